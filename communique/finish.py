"""Finishing: outputs become bytes, and the bytes are checked as their readers would read them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b, sha256
from operator import attrgetter
from typing import NamedTuple
from urllib.parse import urlsplit

from communique.check.addresses import Addresses, read_addresses
from communique.check.alternates import check_alternates
from communique.check.finished import check_machine_files, check_pages
from communique.check.reading import Reading, read_gist, read_page
from communique.contents import Contents, Data, Published, digest
from communique.edition import Edition
from communique.frontmatter import Fault, decode
from communique.images import Unreadable
from communique.output import Output, Page, Raw, Written
from communique.palette import in_the_dark
from communique.problems import Place, Problem
from communique.provenance import askers
from communique.render import Renderer
from communique.settings import Settings
from communique.sources import Sources
from communique.versions import Told, versions
from communique.work import Work


class Finished(NamedTuple):
    """The bytes of a file, or what gives them, None where they are to be looked up, with their digest; what was read
    in them if it is a page, or a feed or other file for machines."""

    data: Data | None
    digest: str
    reading: Reading | None
    addresses: Addresses | None


def finish(
    outputs: Sequence[Output], sources: Sources, editions: Sequence[Edition], published: Published, work: Work
) -> tuple[Contents, list[Problem]]:
    """The finished files by path, and their problems. What is remembered and `published` is not made again."""
    templates, problems = _templates(sources)
    base_url = editions[0].site.settings.base_url
    told = versions((output for output in outputs if isinstance(output, Page)), editions)
    templates_key = blake2b(repr(sorted(templates.items())).encode(), digest_size=16).digest()
    renderer = Renderer(templates, urlsplit(base_url).path)
    problems += [each for found in work.do(_check_templates, [renderer], lambda _: templates_key) for each in found]
    paths: dict[str, Output] = {}
    for output in sorted(outputs, key=attrgetter("path")):
        # of two for one path, a problem already, the first: records come before redirects and files of static/
        paths.setdefault(output.path, output)
    make = partial(_make, renderer, told)
    made: dict[str, Finished | Problem] = {
        path: _ready(output) for path, output in paths.items() if isinstance(output, Raw)
    }
    ahead = [output for output in paths.values() if isinstance(output, Page | Written)]
    made.update(zip([output.path for output in ahead], work.do(make, ahead, partial(_key, told), "data"), strict=True))
    # what is remembered but not published, or no longer so, is made now, with the others
    lost = [output for output in ahead if _lost(made[output.path], published.digests.get(output.path))]
    made.update(zip([output.path for output in lost], work.do(make, lost, bulk="data"), strict=True))
    made = {path: made[path] for path in paths}

    def fetch(path: str) -> bytes:
        data = published.fetch(path)
        known = made[path]
        if data is None or not isinstance(known, Finished) or digest(data) != known.digest:
            again = make(next(output for output in ahead if output.path == path))
            data = again.data if isinstance(again, Finished) and isinstance(again.data, bytes) else None
        return data or b""

    files = Contents(
        {path: each.data for path, each in made.items() if isinstance(each, Finished) and each.data is not None},
        {path: each.digest for path, each in made.items() if isinstance(each, Finished)},
        fetch,
    )
    readings = {path: each.reading for path, each in made.items() if isinstance(each, Finished) and each.reading}
    # what a template hides by its own fault is looked through nevertheless
    gists = {
        path: read_gist(renderer.gist(page))
        for path, page in paths.items()
        if isinstance(page, Page) and isinstance(made[path], Problem)
    }
    problems += {
        (each.place, each.code, each.message): each for each in made.values() if isinstance(each, Problem)
    }.values()
    problems += check_pages({**readings, **gists}, paths, partial(askers, editions), templates, urlsplit(base_url).path)
    # a page that could not be made is no version of another
    problems += [] if gists else check_alternates(readings, paths, base_url)
    problems += [found for path in files if path.endswith(".css") for found in _loads(paths[path], files[path])]
    named = {path: each.addresses for path, each in made.items() if isinstance(each, Finished) and each.addresses}
    problems += check_machine_files(named, paths, base_url)
    return files, problems


def _check_templates(renderer: Renderer) -> tuple[Problem, ...]:
    return tuple(renderer.check())


def _loads(output: Output, sheet: bytes) -> Iterator[Problem]:
    """A problem for each address outside the site from which a style sheet loads."""
    text = sheet.decode("utf-8", "replace")
    for match in re.finditer(r"(?:url\(\s*|@import\s+)[\"']?((?:https?:)?//[^\"')\s;]+)", text, re.IGNORECASE):
        place = output.blame._replace(line=text.count("\n", 0, match.start()) + 1, column=1)
        help = "put the file into static/; pages load nothing from elsewhere"
        yield Problem(place, "E606", f"`{match[1]}` is loaded by the style sheet", help)


def _key(told: Told, output: Output) -> bytes:
    if isinstance(output, Page) and output.key:
        return blake2b(output.key + repr(told[output.url]).encode(), digest_size=16).digest()
    return output.key


def _lost(made: Finished | Problem, published: str | None) -> bool:
    return isinstance(made, Finished) and made.data is None and made.digest != published


def _make(renderer: Renderer, told: Told, output: Page | Written) -> Finished | Problem:
    if isinstance(output, Page):
        page = renderer.render(output, told[output.url])
        return page if isinstance(page, Problem) else Finished(page, digest(page), read_page(page), None)
    try:
        data = output.write()
    except Unreadable as fault:
        return Problem(output.blame, "E308", f"`/{output.path}` cannot be published: {fault}", "export it again")
    return Finished(data, digest(data), None, read_addresses(output.path, data))


def _ready(output: Raw) -> Finished:
    from_static = output.blame.path.startswith("static/")
    page = read_page(output.data) if from_static and output.path.endswith((".html", ".htm")) else None
    addresses = None if from_static else read_addresses(output.path, output.data)
    return Finished(output.data, digest(output.data), page, addresses)


def _templates(sources: Sources) -> tuple[dict[str, str], list[Problem]]:
    texts = {}
    problems = []
    for path, data in sources.templates.items():
        try:
            texts[path.removeprefix("templates/")] = decode(path, data)
        except Fault as fault:
            problems.append(fault.problem)
    return texts, problems


def static_files(sources: Sources, settings: Settings) -> Iterator[Raw]:
    """The files of static/, which are published at the root."""
    for path, data in sources.static.items():
        yield Raw(path.removeprefix("static/"), _static(path, data, settings), Place(path))


def _static(path: str, data: bytes, settings: Settings) -> bytes:
    """The style sheet carries the colours of site.yaml, lighter on dark paper; all else is as it is."""
    if path != "static/style.css" or not settings.colours:
        return data
    themes = {"light": settings.colours, "dark": in_the_dark(dict(settings.colours))}
    rules = "".join(
        f"@media screen and (prefers-color-scheme:{theme}){{:root{{{_rules(colours)}}}}}\n"
        for theme, colours in themes.items()
    )
    return data + b"\n" + rules.encode()


def _rules(colours: Mapping[str, str]) -> str:
    return "".join(f"--{name}:{colour};" for name, colour in sorted(colours.items()))


def versioned(sources: Sources, name: str, settings: Settings) -> str:
    """The URL of a static file, which changes with its content so that no visitor keeps an old one."""
    path = f"static/{name}"
    return f"/{name}?v={sha256(_static(path, sources.static.get(path, b''), settings)).hexdigest()[:10]}"
