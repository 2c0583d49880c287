"""Whether the finished files hold together: links, ids, images, feeds, markup."""

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import unquote, urljoin, urlsplit

from communique.addresses import file_of, to_root
from communique.check.addresses import Addresses
from communique.check.reading import Reading
from communique.output import Output, Page
from communique.problems import Place, Problem, did_you_mean

# a path that is its own address, whatever a browser makes of it
_PLAIN = re.compile(r"(?!\.)[A-Za-z0-9_-][A-Za-z0-9_.-]*(?:/(?!\.)[A-Za-z0-9_.-]+)*")
_SITE = "http://site.invalid/"


def check_pages(
    readings: Mapping[str, Reading],
    paths: Mapping[str, Output],
    askers: Callable[[], Mapping[str, list[Place]]],
    templates: Mapping[str, str],
    base_path: str,
) -> Iterator[Problem]:
    """The problems of pages, given what was read in each, by path.

    `base_path` is where the site begins on its server. `askers` says which places in content asked for a URL from the
    root; all else comes from a template.
    """
    asked: Mapping[str, list[Place]] | None = None
    ids = {path: frozenset(reading.ids) for path, reading in readings.items()}
    plain = [path for path in paths if _PLAIN.fullmatch(path)]
    plain += [path.removesuffix("index.html") for path in plain if path.endswith("/index.html")]
    # most pages share most of their links: what resolves from one way to the root does so wherever it is written
    resolving: dict[str, set[str]] = {}
    for path, reading in readings.items():
        page = _page(paths[path])
        root = base_path if page.absolute else to_root(page.url)
        if root not in resolving:
            resolving[root] = {root + each for each in plain}
        sound = resolving[root]
        for link in [link for link in reading.links if link not in sound]:
            from_root = link.startswith(root)
            if link.startswith("#") and link[1:] in ids[path]:
                continue
            way, _, fragment = link.partition("#")
            if fragment and way in sound and fragment in ids.get(file_of("/" + way.removeprefix(root)), ()):
                sound.add(link)
                continue
            if link.startswith("/") and not (page.absolute and from_root):
                place = _in_template(link, page, templates, f"={link}")
                message = f"the link `{link}` on {page.url} begins at the server's root"
                help = 'write it in double quotation marks, as href="/path/": then it is made relative'
                yield Problem(place, "E601", message, help)
                continue
            fault = _fault(f"/{link[len(root) :]}" if page.absolute and from_root else link, page, ids, paths)
            if fault is not None:
                asked = askers() if asked is None else asked
                yield from _blamed(link, page, fault, asked, templates, ids)
            elif from_root:
                sound.add(link)
        yield from _markup(reading, page, templates)


def _page(output: Output) -> Page:
    """The page at a path; a page of static/ is one without a template."""
    if isinstance(output, Page):
        return output
    return Page(f"/{output.path.removesuffix('index.html')}", "", dict, output.blame)


def _fault(link: str, page: Page, ids: Mapping[str, frozenset[str]], paths: Mapping[str, Output]) -> str | None:
    """The URL from the root that a dead link of a page leads to; None where it resolves."""
    target = urlsplit(urljoin(_SITE + page.url.lstrip("/"), link))
    path = file_of(target.path)
    url = target.path + (f"#{target.fragment}" if target.fragment else "")
    if f"{target.scheme}://{target.netloc}/" != _SITE or path not in paths:
        return url
    fragment = unquote(target.fragment)
    if fragment and fragment != "top" and path in ids and fragment not in ids[path]:
        return url
    return None


def _blamed(
    link: str,
    page: Page,
    url: str,
    asked: Mapping[str, list[Place]],
    templates: Mapping[str, str],
    ids: Mapping[str, frozenset[str]],
) -> Iterator[Problem]:
    places = asked.get(url) or asked.get(unquote(url)) or []
    path, _, fragment = url.partition("#")
    if places and fragment:
        for place in places:
            message = f"the page `{unquote(path)}` has no place `#{unquote(fragment)}`"
            help = "the ids of headings are their words in small letters, joined by hyphens"
            yield Problem(place, "E303", message, did_you_mean(unquote(fragment), ids[file_of(path)], help))
    elif places:
        for place in places:
            yield Problem(place, "E302", f"there is nothing at `{unquote(url)}`", "correct the link, or take it out")
    else:
        place = _in_template(url, page, templates, f'"{link}"')
        message = f"a link on {page.url} leads to `{url}`, which does not exist"
        origin = f" and templates/{page.template}" if page.template else ""
        yield Problem(place, "E601", message, f"the page comes from {page.blame.path}{origin}")


def _in_template(needle: str, page: Page, templates: Mapping[str, str], *more: str) -> Place:
    """Where a template says what stands on the finished page; the page's own template where none does."""
    if not page.template:
        return page.blame
    for name in (page.template, *sorted(templates)):
        source = templates.get(name, "")
        for text in (f'"{needle}"', f"'{needle}'", *more):
            at = source.find(text)
            if at >= 0:
                at += text[0] in "\"'"
                return Place(f"templates/{name}", source.count("\n", 0, at) + 1, at - source.rfind("\n", 0, at))
    return Place(f"templates/{page.template}", 1, 1)


def _markup(reading: Reading, page: Page, templates: Mapping[str, str]) -> Iterator[Problem]:
    where = f"on {page.url}"
    for id in reading.twice:
        place = page.blame
        if not place.path.startswith("content/"):
            place = _in_template(id, page, templates)
        help = "two headings of the same words, or a heading with the words of an id of the template? rename one"
        yield Problem(place, "E602", f"the id `{id}` stands twice {where}", help)
    for what, sign in reading.dangerous if page.template else ():
        place = _in_template(sign, page, templates, sign)
        yield Problem(
            place, "E603", f"{what} stands {where}", "take it out of the template; pages hold no active content"
        )
    if reading.refreshes and page.template not in ("redirect.html", ""):
        place = _in_template("refresh", page, templates)
        yield Problem(place, "E603", f"a page that sends its reader away stands {where}", "use `was` for old addresses")
    for url in reading.foreign:
        place = _in_template(url, page, templates, url)
        yield Problem(
            place, "E606", f"`{url}` is loaded {where}", "put the file into static/; pages load nothing from elsewhere"
        )
    for source in reading.without_alt:
        place = _in_template(source, page, templates, source)
        yield Problem(place, "E604", f"the image `{source}` {where} has no alternative text", 'add `alt="…"`')
    for fault in reading.broken:
        own = "application/ld+json" in templates.get(page.template, "")
        place = _in_template("application/ld+json", page, templates) if own else page.blame
        yield Problem(place, "E605", f"the linked data {where} is not valid JSON: {fault}")


def check_machine_files(
    files: Mapping[str, Addresses], paths: Mapping[str, Output], base_url: str
) -> Iterator[Problem]:
    """The problems of feeds and sitemaps, given what was read in each: ill-formed ones, entries that lead nowhere."""
    # most files name many of the same partners, people and topics
    sound: set[str] = set()
    for path, addresses in files.items():
        blame = paths[path].blame
        if addresses.fault:
            yield Problem(blame, "E605", f"`/{path}` is ill-formed: {addresses.fault}")
        for address in [address for address in addresses.named if address not in sound]:
            if address.startswith(base_url) and file_of("/" + address.removeprefix(base_url)) not in paths:
                yield Problem(blame, "E601", f"`/{path}` names `{address}`, which does not exist")
            else:
                sound.add(address)
