"""The difference between two outputs: which URLs come, change and go, and which lines of text become public."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from urllib.parse import quote

from selectolax.lexbor import LexborHTMLParser


@dataclass(frozen=True, slots=True)
class Change:
    """What happens to one URL: `public` (it comes), `changed` or `gone`, with the lines of text that come and go."""

    url: str
    what: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def difference(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Change, ...]:
    """The changes from one output to another, by URL."""
    changes = []
    for path in sorted(before.keys() | after.keys()):
        old, new = before.get(path), after.get(path)
        if old == new:
            continue
        what = "public" if old is None else "gone" if new is None else "changed"
        added, removed = _lines(path, old or b"", new or b"")
        changes.append(Change(url_of(path), what, added, removed))
    return tuple(changes)


def url_of(path: str) -> str:
    """The URL of a file of the output."""
    return "/" + quote(path.removesuffix("index.html") if path.endswith("index.html") else path)


def _lines(path: str, old: bytes, new: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if not path.endswith(".html"):
        return (), ()
    lines = list(unified_diff(text_lines(old), text_lines(new), n=0, lineterm=""))[2:]
    added = tuple(line[1:] for line in lines if line.startswith("+"))
    removed = tuple(line[1:] for line in lines if line.startswith("-"))
    return added, removed


def text_lines(page: bytes) -> list[str]:
    """The text of the main part of a page, one block a line."""
    tree = LexborHTMLParser(page)
    main = tree.css_first("main") or tree.body
    if main is None:
        return []
    for block in main.css("p,li,h1,h2,h3,h4,dt,dd,td,th,figcaption,small,div,section,tr"):
        block.insert_before("\n")
        block.insert_after("\n")
    lines = (" ".join(line.split()) for line in main.text().split("\n"))
    return [line for line in lines if line]
