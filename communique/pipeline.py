"""The pipeline: sources and an instant in, finished files and problems out. It touches nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from communique.frontmatter import Fault, decode
from communique.library import read_library
from communique.problems import Place, Problem, arrange
from communique.settings import Settings, read_settings
from communique.site import relate
from communique.sources import Sources
from communique.vanishing import vanishing
from communique.withholding import public_texts, withheld

if TYPE_CHECKING:
    from communique.edition import Edition
    from communique.output import Output


@dataclass(frozen=True, slots=True)
class Built:
    """What a build comes to: the finished files by path, its problems, and when the public site changes next."""

    files: Mapping[str, bytes] = field(repr=False)
    problems: tuple[Problem, ...]
    next_change: datetime | None


def build(sources: Sources, now: datetime, base_url: str = "", published: frozenset[str] = frozenset()) -> Built:
    """The whole site at an instant, with every problem. `base_url` replaces that of site.yaml; `published` are the
    paths of the output as it is public now."""
    settings, problems = read_settings(sources.settings, base_url)
    found = [*sources.problems, *problems]
    if settings is None:
        library = read_library(sources.content, ())
        return Built({}, arrange([*found, *_unsettled(library.problems)]), None)
    library = read_library(sources.content, settings.languages)
    site, problems = relate(library, settings, now)
    found += [*library.problems, *problems]
    from communique.check.leaks import find_leaks
    from communique.edition import edition

    style = _versioned(sources, "style.css", settings)
    script = _versioned(sources, "site.js", None)
    whole, problems = edition(site, style, script)
    files, problems_of_files = _finish(sources, settings, whole)
    found += [*problems, *problems_of_files]
    found += find_leaks(withheld(sources, library, site), public_texts(sources, library, site), files)
    found += vanishing(published, files, library, now)
    return Built(files, arrange(found), site.next_change)


def _unsettled(problems: tuple[Problem, ...]) -> list[Problem]:
    """Without settings nobody knows the site's languages: no translation is wrong for that."""
    return [problem for problem in problems if "is not a language of the site" not in problem.message]


def _finish(sources: Sources, settings: Settings, whole: "Edition") -> tuple[dict[str, bytes], list[Problem]]:
    from communique.check.finished import check_machine_files, check_pages
    from communique.check.reading import read_page
    from communique.output import Raw, collisions
    from communique.outputs import plan
    from communique.render import Renderer

    outputs = plan(whole)
    outputs += [
        Raw(path.removeprefix("static/"), _static(path, data, settings), Place(path))
        for path, data in sources.static.items()
    ]
    problems = collisions(outputs)
    templates, faults = _templates(sources)
    problems += faults
    renderer = Renderer(templates, urlsplit(settings.base_url).path)
    problems += renderer.check()
    paths: dict[str, Output] = {output.path: output for output in outputs}
    files: dict[str, bytes] = {}
    readings = {}
    failures: dict[tuple[Place, str, str], Problem] = {}
    for path, output in sorted(paths.items()):
        if isinstance(output, Raw):
            files[path] = output.data
            continue
        rendered = renderer.render(output)
        if isinstance(rendered, Problem):
            failures.setdefault((rendered.place, rendered.code, rendered.message), rendered)
            continue
        files[path] = rendered
        readings[path] = read_page(rendered)
    problems += failures.values()
    problems += check_pages(readings, paths, whole.composer.asked, templates)
    made = {path: data for path, data in files.items() if not paths[path].blame.path.startswith("static/")}
    problems += check_machine_files(made, paths, settings.base_url)
    return files, problems


def _templates(sources: Sources) -> tuple[dict[str, str], list[Problem]]:
    texts = {}
    problems = []
    for path, data in sources.templates.items():
        try:
            texts[path.removeprefix("templates/")] = decode(path, data)
        except Fault as fault:
            problems.append(fault.problem)
    return texts, problems


def _static(path: str, data: bytes, settings: Settings) -> bytes:
    """The style sheet carries the colours of site.yaml; all else is as it is."""
    if path != "static/style.css" or not settings.colours:
        return data
    rules = "".join(f"--{name}:{colour};" for name, colour in sorted(settings.colours.items()))
    return data + f"\n@media (prefers-color-scheme: light){{:root{{{rules}}}}}\n".encode()


def _versioned(sources: Sources, name: str, settings: Settings | None) -> str:
    """The URL of a static file, which changes with its content so that no visitor keeps an old one."""
    path = f"static/{name}"
    data = sources.static.get(path, b"")
    finished = _static(path, data, settings) if settings else data
    return f"/{name}?v={sha256(finished).hexdigest()[:10]}"
