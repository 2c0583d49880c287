"""What a finished page says, read back by a parser that knows nothing of how it was made."""

import json
import re
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

Given = dict[str, str | None]

_SCRIPT_TYPES = frozenset(("application/ld+json", "application/json"))
# within a drawing the parser writes some names with capital letters, elsewhere without
_ACTIVE = frozenset(
    (
        "iframe",
        "object",
        "embed",
        "applet",
        "base",
        "frame",
        "frameset",
        "foreignObject",
        "foreignobject",
        "animate",
        "animateTransform",
        "animatetransform",
        "animateMotion",
        "animatemotion",
        "set",
    )
)
_LOADING = frozenset(("img", "script", "source", "video", "audio", "track", "use", "input"))
# the attributes that hold addresses, by element
_ADDRESSES = {
    **dict.fromkeys(("a", "area", "link", "use"), ("href",)),
    **dict.fromkeys(("script", "audio", "track", "input"), ("src",)),
    **dict.fromkeys(("img", "source"), ("src", "srcset")),
    "video": ("src", "poster"),
}
# the elements of which more than the id is read
_READ = _ACTIVE | _ADDRESSES.keys() | {"meta", "style", "form"}
_LOADED = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender")
)
# what nearly all attributes are, and none that could run something
_HARMLESS = frozenset(
    (
        "alt",
        "aria-current",
        "aria-hidden",
        "aria-label",
        "aria-labelledby",
        "charset",
        "class",
        "content",
        "cx",
        "cy",
        "d",
        "datetime",
        "defer",
        "dir",
        "fill",
        "fetchpriority",
        "height",
        "href",
        "hreflang",
        "id",
        "lang",
        "loading",
        "media",
        "name",
        "property",
        "r",
        "rel",
        "sizes",
        "src",
        "srcset",
        "title",
        "type",
        "viewbox",
        "viewBox",
        "width",
        "x",
        "y",
    )
)
_SAFE = re.compile(r"(?:https?:|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_STRIPPED = re.compile("[\x00-\x20]")


class Reading(NamedTuple):
    """What matters of a page: its links inside the site, its ids, and what should not be there, each with the
    sign by which a template can be searched for it; why its linked data is `broken`; its language, its own address, and
    those of its versions in other languages, by language."""

    links: tuple[str, ...]
    ids: tuple[str, ...]
    twice: tuple[str, ...]
    dangerous: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]
    without_alt: tuple[str, ...]
    broken: tuple[str, ...]
    refreshes: bool
    language: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]


class _Reader:
    """Gathers what matters while it is led through a page, element by element."""

    def __init__(self) -> None:
        self.links: dict[str, None] = {}
        self.ids: dict[str, None] = {}
        self.twice: list[str] = []
        self.dangerous: list[tuple[str, str]] = []
        self.foreign: list[str] = []
        self.without_alt: list[str] = []
        self.broken: list[str] = []
        self.refreshes = False
        self.canonical = ""
        self.alternates: list[tuple[str, str]] = []

    def id(self, id: str) -> None:
        if id in self.ids:
            self.twice.append(id)
        self.ids[id] = None

    def danger(self, what: str, sign: str) -> None:
        self.dangerous.append((what, sign))

    def element(self, tag: str, given: Given) -> None:
        for name in _ADDRESSES.get(tag, ()):
            value = given.get(name)
            if value is not None:
                for url in _candidates(value) if name == "srcset" else (value,):
                    self.address(tag, url, given)
        if tag == "link":
            self.related(given)
        elif tag == "img" and "alt" not in given:
            self.without_alt.append(given.get("src") or "")
        elif tag == "meta" and (given.get("http-equiv") or "").lower() == "refresh":
            self.refreshes = True
            self.links[(given.get("content") or "").partition("url=")[2]] = None
        elif tag == "style":
            self.danger("a style sheet inside the page", "<style")
        elif (
            tag in _ACTIVE or (tag == "form" and "action" in given) or (tag == "input" and _is(given, "type", "image"))
        ):
            self.danger(f"the element `<{tag}>`", f"<{tag}")

    def related(self, given: Given) -> None:
        address = given.get("href") or ""
        if given.get("rel") == "canonical":
            self.canonical = self.canonical or address
        elif given.get("rel") == "alternate" and "hreflang" in given:
            self.alternates.append((given["hreflang"] or "", address))
        elif _is(given, "rel", "import"):
            self.danger("the element `<link>`", "<link")

    def address(self, tag: str, url: str, given: Given) -> None:
        way = _way(url)
        if way == "inside":
            self.links[url] = None
        elif way == "unsafe":
            self.danger(f"a link to `{url[:60]}`", url)
        elif _loads(tag, given.get("rel")):
            self.foreign.append(url)
        elif way == "bare":
            self.danger(f"a link to `{url}`", url)

    def script(self, type: str | None, text: str) -> None:
        if type not in _SCRIPT_TYPES:
            self.danger("a script inside the page", "<script")
            return
        try:
            json.loads(text)
        except (ValueError, RecursionError) as error:
            self.broken.append(str(error))

    def odd(self, tag: str, given: Given) -> None:
        if "formaction" in given:
            self.danger(f"the element `<{tag}>`", f"<{tag}")
        for name in given:
            if name.startswith("on") or name in ("style", "srcdoc", "xlink:href"):
                self.danger(f"the attribute `{name}` on `<{tag}>`", f" {name}=")


def read_page(page: bytes) -> Reading:
    """The Reading of a page."""
    found = _Reader()
    root = LexborHTMLParser(page).root
    # one walk asks less of the parser than a query for each kind of thing
    for node in root.traverse() if root is not None else ():
        tag, given = node.tag or "", node.attributes
        if given:
            if "id" in given:
                found.id(given["id"] or "")
            if not given.keys() <= _HARMLESS:
                found.odd(tag, given)
        if tag in _READ:
            found.element(tag, given)
            if tag == "script" and "src" not in given:
                found.script(given.get("type"), node.text())
    return Reading(
        tuple(found.links),
        tuple(found.ids),
        tuple(found.twice),
        tuple(found.dangerous),
        tuple(found.foreign),
        tuple(found.without_alt),
        tuple(found.broken),
        found.refreshes,
        root.attributes.get("lang") or "" if root is not None else "",
        found.canonical,
        tuple(found.alternates),
    )


def read_gist(page: bytes) -> Reading:
    """Links and ids alone of what is no whole page."""
    reading = read_page(page)
    return Reading(reading.links, reading.ids, (), (), (), (), (), False, "", "", ())


def _candidates(srcset: str) -> list[str]:
    return [part.split()[0] for part in srcset.split(",") if part.split()]


def _loads(tag: str, rel: str | None) -> bool:
    if tag == "link":
        return bool(_LOADED & set((rel or "").split()))
    return tag in _LOADING


def _is(given: Given, name: str, value: str) -> bool:
    return (given.get(name) or "").lower() == value


@lru_cache(maxsize=4096)
def _way(url: str) -> str:
    """Where a URL leads: `inside` the site, `out` of it, out without a scheme (`bare`), or by an `unsafe` one."""
    plain = _STRIPPED.sub("", url)
    if plain.startswith("//"):
        return "bare"
    if _SAFE.match(plain):
        return "out"
    return "unsafe" if _SCHEME.match(plain) else "inside"
