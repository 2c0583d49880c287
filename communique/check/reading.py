"""What a finished page says, read back by a parser that knows nothing of how it was made."""

import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

_SCRIPT_TYPES = frozenset(("application/ld+json", "application/json"))
_FORBIDDEN = (
    "iframe,object,embed,applet,base,form[action],link[rel=import],frame,frameset,foreignObject,animate,"
    "animateTransform,animateMotion,set,[formaction],input[type=image]"
)
_URLS = (
    "a[href],area[href],link[href],use[href],img[src],script[src],source[src],source[srcset],video[src],video[poster],"
    "audio[src],track[src],img[srcset],input[src]"
)
_LOADING = frozenset(("img", "script", "source", "video", "audio", "track", "use", "input"))
_LOADED = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender")
)
# small letters, and a space for whatever may stand before an attribute
_FOLDED = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ\t\n\r\f/\"'", b"abcdefghijklmnopqrstuvwxyz       ")
_HANDLER = re.compile(rb" (?:on[a-z]+|style) *=")
_SAFE = re.compile(r"(?:https?:|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_STRIPPED = re.compile("[\x00-\x20]")


class Reading(NamedTuple):
    """What matters of a page: its links inside the site, its ids, and what should not be there, each with the
    sign by which a template can be searched for it; its language, its own address, and those of its versions in other
    languages, by language."""

    links: tuple[str, ...]
    ids: tuple[str, ...]
    twice: tuple[str, ...]
    dangerous: tuple[tuple[str, str], ...]
    foreign: tuple[str, ...]
    without_alt: tuple[str, ...]
    data: tuple[str, ...]
    refreshes: bool
    language: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]


def read_page(page: bytes) -> Reading:
    """The Reading of a page."""
    tree = LexborHTMLParser(page)
    links: dict[str, None] = {}
    dangerous: list[tuple[str, str]] = []
    foreign = []
    for node in tree.css(_URLS):
        attributes = node.attributes
        tag = node.tag or ""
        for name in ("href", "src", "poster", "srcset"):
            value = attributes.get(name)
            if value is None:
                continue
            for url in _candidates(value) if name == "srcset" else (value,):
                bare = _STRIPPED.sub("", url)
                if _SAFE.match(bare) or bare.startswith("//"):
                    if _loads(tag, attributes.get("rel")):
                        foreign.append(url)
                    elif bare.startswith("//"):
                        dangerous.append((f"a link to `{url}`", url))
                elif _SCHEME.match(bare):
                    dangerous.append((f"a link to `{url[:60]}`", url))
                else:
                    links[url] = None
    ids: dict[str, None] = {}
    twice = []
    for node in tree.css("[id]"):
        id = node.attributes.get("id") or ""
        if id in ids:
            twice.append(id)
        ids[id] = None
    dangerous += [(f"the element `<{node.tag}>`", f"<{node.tag}") for node in tree.css(_FORBIDDEN)]
    data = []
    for node in tree.css("script:not([src])"):
        if node.attributes.get("type") in _SCRIPT_TYPES:
            data.append(node.text())
        else:
            dangerous.append(("a script inside the page", "<script"))
    dangerous += [("a style sheet inside the page", "<style") for _ in tree.css("style")]
    folded = page.translate(_FOLDED)
    if b"srcdoc" in folded or b"xlink:href" in folded or _HANDLER.search(folded):
        dangerous += _handlers(tree)
    refreshes = [node.attributes.get("content") or "" for node in tree.css("meta[http-equiv=refresh i]")]
    links.update(dict.fromkeys(content.partition("url=")[2] for content in refreshes))
    without_alt = [node.attributes.get("src") or "" for node in tree.css("img:not([alt])")]
    return Reading(
        tuple(links),
        tuple(ids),
        tuple(twice),
        tuple(dangerous),
        tuple(foreign),
        tuple(without_alt),
        tuple(data),
        bool(refreshes),
        next((node.attributes.get("lang") or "" for node in tree.css("html")), ""),
        next((node.attributes.get("href") or "" for node in tree.css("link[rel=canonical]")), ""),
        tuple(
            (node.attributes.get("hreflang") or "", node.attributes.get("href") or "")
            for node in tree.css("link[rel=alternate][hreflang]")
        ),
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


def _handlers(tree: LexborHTMLParser) -> list[tuple[str, str]]:
    return [
        (f"the attribute `{name}` on `<{node.tag}>`", f" {name}=")
        for node in tree.css("*")
        for name in node.attributes
        if name.startswith("on") or name in ("style", "srcdoc", "xlink:href")
    ]
