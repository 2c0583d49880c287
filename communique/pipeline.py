"""The pipeline: sources and an instant in, finished files and problems out. It touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from communique.base import base_of
from communique.check.leaks import find_leaks
from communique.edition import edition
from communique.finish import finish, static_files, versioned
from communique.library import read_library
from communique.output import collisions
from communique.outputs import plan
from communique.problems import Problem, arrange
from communique.relate import relate
from communique.settings import read_settings
from communique.sources import Sources
from communique.vanishing import vanishing
from communique.withholding import public_texts, withheld
from communique.work import Work


@dataclass(frozen=True, slots=True)
class Built:
    """What a build comes to: the finished files by path, its problems, and when the public site changes next."""

    files: Mapping[str, bytes] = field(repr=False)
    problems: tuple[Problem, ...]
    next_change: datetime | None


def build(
    sources: Sources,
    now: datetime,
    base_url: str = "",
    published: frozenset[str] = frozenset(),
    work: Work | None = None,
) -> Built:
    """The whole site at an instant, with every problem.

    `base_url` replaces that of site.yaml; `published` are the paths of the output as it is public now; `work` says how
    the many like steps are done.
    """
    work = work or Work()
    settings, found = read_settings(sources.settings, base_url)
    problems = [*sources.problems, *found]
    if settings is None:
        library = read_library(sources.content, (), work)
        # without settings nobody knows the site's languages: no translation is wrong for that
        languages = "is not a language of the site"
        problems += [problem for problem in library.problems if languages not in problem.message]
        return Built({}, arrange(problems), None)
    library = read_library(sources.content, settings.languages, work)
    problems += library.problems
    style, script = versioned(sources, "style.css", settings), versioned(sources, "site.js", settings)
    editions = []
    for tag in settings.languages:
        site, found = relate(library, settings, now, tag)
        problems += found
        whole, found = edition(site, style, script, base_of(sources, site, f"{style} {script}"))
        problems += found
        editions.append(whole)
    sites = [each.site for each in editions]
    outputs = [*plan(editions), *static_files(sources, settings)]
    problems += collisions(outputs)
    files, faults = finish(outputs, sources, editions, work)
    problems += faults
    problems += find_leaks(withheld(sources, library, sites), public_texts(sources, library, sites), files)
    problems += vanishing(published, {output.path for output in outputs}, library, now)
    next_change = min((each.next_change for each in sites if each.next_change), default=None)
    return Built(files, arrange(problems), next_change)
