"""The pipeline: sources and an instant in, finished files and problems out. It touches nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from communique.album import album
from communique.base import base_of
from communique.contents import Contents, Published
from communique.edition import Edition, edition
from communique.finish import finish, static_files, versioned
from communique.library import Library, read_library
from communique.names import APPROVALS
from communique.output import Output, collisions, impossible
from communique.outputs import plan
from communique.problems import Problem, arrange
from communique.proofreading.naming import check_naming
from communique.proofreading.proofs import proofs
from communique.relate import check_records, relate
from communique.settings import Settings, read_settings
from communique.site import Site
from communique.sources import Sources
from communique.vanishing import vanishing
from communique.withholding import exposed, public_texts, withheld, without
from communique.work import Work


@dataclass(frozen=True, slots=True)
class Built:
    """What a build comes to: the finished files by path, its problems, and when the public site changes next."""

    files: Contents = field(repr=False)
    problems: tuple[Problem, ...]
    next_change: datetime | None


def build(
    sources: Sources,
    now: datetime,
    base_url: str = "",
    published: Published | None = None,
    work: Work | None = None,
) -> Built:
    """The whole site at an instant, with every problem.

    `base_url` replaces that of site.yaml; `published` is the output as it is public now; `work` says how the many like
    steps are done.
    """
    work, published = work or Work(), published or Published()
    found = gather(sources, now, base_url, published, work)
    if found.settings is None:
        return Built(Contents({}, {}), arrange(found.problems), None)
    sites, related = relate_all(found, now)
    problems = [*found.problems, *related]
    files, outputs, _, faults = compose(sources, found.settings, sites, published, work, problems)
    problems += faults
    problems += _leaks(sources, now, base_url, work, found.library, sites, files)
    problems += vanishing(published.digests, {output.path for output in outputs}, found.library, now)
    changes = [each.next_change for each in sites if each.next_change]
    next_change = min(changes, key=datetime.timestamp, default=None)
    return Built(files, arrange(problems), next_change)


class Gathered(NamedTuple):
    """What sources say, read but not yet put in relation: without settings nothing can be made of it."""

    settings: Settings | None
    library: Library
    problems: list[Problem]


def gather(sources: Sources, now: datetime, base_url: str, published: Published, work: Work) -> Gathered:
    """The settings and the library of the sources, with what is wrong there in whatever language and at whatever
    instant it shows."""
    settings, found = read_settings(sources.settings, base_url, mend=True)
    problems = [*sources.problems, *found]
    if any(problem.place.path == "site.yaml" for problem in sources.problems):
        # it is there, but could not be read
        problems = [problem for problem in problems if problem.code != "E111"]
    if settings is None:
        library = read_library(sources.content, (), work)
        # without settings nobody knows the site's languages: no translation is wrong for that
        languages = "is not a language of the site"
        problems += [problem for problem in library.problems if languages not in problem.message]
        return Gathered(None, library, problems)
    library = read_library(sources.content, settings.languages, work, check=True)
    problems += library.problems
    if settings.sign_off or any(path.endswith(APPROVALS) for path in sources.content):
        from communique.approval import approve_all

        library, lacking = approve_all(library, sources.content, settings, now, published.digests)
        problems += lacking
    problems += check_naming(sources, library, work)
    if len(settings.languages) > 1:
        from communique.translations import check_translations

        problems += check_translations(sources.content, library, settings, work)
    problems += proofs(library)
    problems += check_records(library, settings)
    return Gathered(settings, library, problems)


def relate_all(found: Gathered, now: datetime) -> tuple[list[Site], list[Problem]]:
    """The site in each of its languages at an instant, and what is wrong between the records there and then."""
    assert found.settings is not None
    sites: list[Site] = []
    problems: list[Problem] = []
    for tag in found.settings.languages:
        site, related = relate(found.library, found.settings, now, tag, sites[0] if sites else None)
        problems += related
        sites.append(site)
    return sites, problems


class Composed(NamedTuple):
    """The finished files of sites, the outputs that they come from, the editions, and what is wrong with all that."""

    files: Contents
    outputs: Sequence[Output]
    editions: Sequence[Edition]
    problems: list[Problem]


def compose(
    sources: Sources,
    settings: Settings,
    sites: Sequence[Site],
    published: Published,
    work: Work,
    known: Sequence[Problem],
) -> Composed:
    """The finished files of sites, with what is wrong beyond what is known already."""
    problems: list[Problem] = []
    style, script = versioned(sources, "style.css", settings), versioned(sources, "site.js", settings)
    pictures = album(sites, work)
    editions = []
    for site in sites:
        whole, found = edition(site, style, script, base_of(sources, site, f"{style} {script}"), pictures)
        problems += found
        editions.append(whole)
    outputs = [*plan(editions, work), *static_files(sources, settings)]
    told = {(problem.place, problem.code) for problem in known}
    problems += collisions(outputs)
    # an old path at which no page can stand is a problem already
    problems += [each for each in impossible(outputs) if (each.place, each.code) not in told]
    files, faults = finish(outputs, sources, editions, published, work)
    return Composed(files, outputs, editions, [*problems, *faults])


def _leaks(
    sources: Sources,
    now: datetime,
    base_url: str,
    work: Work,
    library: Library,
    sites: Sequence[Site],
    files: Mapping[str, bytes],
) -> list[Problem]:
    """The second look. Words that pages put together from public values may by chance be those of a withheld text: a
    page is suspect only where it would be another one if the withheld did not exist."""
    secrets = withheld(sources, library, sites)
    if not secrets:
        return []
    from communique.check.leaks import Blind, Leak, find_leaks

    address = sites[0].settings.base_url
    said = {**sources.templates, "site.yaml": sources.settings or b""}
    found = list(find_leaks(secrets, public_texts(sources, library, sites), {**said, **files}, address))
    leaks = [each for each in found if isinstance(each, Leak)]
    static = {path.removeprefix("static/") for path in sources.static}
    blind = [each for each in found if isinstance(each, Blind) and each.path in static]
    sure = [leak for leak in leaks if leak.path in said or leak.path in static]
    doubtful = [leak for leak in leaks if leak not in sure]
    clean = without(sources, secrets)
    if doubtful and clean.content != sources.content:
        innocent = build(clean, now, base_url, work=work).files
        sure += [leak for leak in doubtful if innocent.get(leak.path) != files[leak.path]]
    problems = [leak.problem() for leak in sure] + [each.problem() for each in blind]
    return problems + list(exposed(sources, library, sites, secrets))
