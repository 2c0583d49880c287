"""Passages: a Markdown text as the paragraphs, items and rows in which residue is looked for."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from communique.scripts import UNSPACED

_LEAD = re.compile(r"[ >#]*(?:[-*+] |\d+\. )?")
_SIGNS = re.compile(r"[*_\[\]()]+")
_HAN = re.compile(f"[{UNSPACED}]+")
_LATIN = re.compile("[A-Za-z]+")
_ITEM = re.compile(r"\s*(?:[-*+]|\d+\.) ")
_KINDS = {">": "quote", "|": "row", "#": "heading"}
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|`[^`\n]*`|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*(?=\))|<[^<>\s]{1,300}>|"
    r"https?://[^\s<>“”，。；（）]+|\\(?=[^\w\s])",
    re.DOTALL,
)
_MAIL = re.compile(r"\b[\w.+-]{1,60}@[\w-]+\.[\w.]+")
_ASCII = bytes(range(128))
_SMALL = b"abcdefghijklmnopqrstuvwxyz"


class Passage(NamedTuple):
    """A paragraph, item, row, heading or block quote. What is no text (comments, code, addresses) is blank in it."""

    line: int
    text: str
    kind: str

    @property
    def words(self) -> str:
        """The text without the signs that make it an item, a heading or a link."""
        lead = _LEAD.match(self.text)
        return " ".join(_SIGNS.sub("", self.text[lead.end() if lead else 0 :]).split())

    @property
    def is_han(self) -> bool:
        """Whether there are more Chinese characters than Latin words."""
        signs = 0 if self.text.isascii() else sum(map(len, _HAN.findall(self.text)))
        return bool(signs) and signs > len(_LATIN.findall(self.text))


class Sheet:
    """A Markdown text with the title above it, in which what is no text is blank. A rule looks once whether it could
    find anything in the text at all, before it asks for its passages."""

    def __init__(self, text: str, title: str = "") -> None:
        shown = _NO_TEXT.sub(blank, text)
        self.text = _MAIL.sub(blank, shown) if "@" in shown else shown
        self.title = title

    def holds(self, *words: str) -> bool:
        """Whether one of these stands in the text."""
        text = self.text
        return any(word in text for word in words)

    @cached_property
    def coded(self) -> bytes:
        """The text in UTF-8."""
        return self.text.encode("utf-8", "ignore")

    @cached_property
    def rest(self) -> bytes:
        """What small letters leave of the text: a quarter of it, in which much can be looked for."""
        return self.coded.translate(None, _SMALL)

    @cached_property
    def signs(self) -> frozenset[str]:
        """The signs of the text that are not in ASCII."""
        return frozenset() if self.text.isascii() else frozenset(self.coded.translate(None, _ASCII).decode())

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the text."""
        return tuple(_passages(self.text))


def blank(match: re.Match[str]) -> str:
    """Spaces in the place of what matched, line by line."""
    found = match[0]
    return re.sub(r"[^\n]", " ", found) if "\n" in found else " " * len(found)


def _passages(shown: str) -> Iterator[Passage]:
    groups: list[tuple[int, str, list[str]]] = []
    above = "none"
    for number, line in enumerate(shown.split("\n")):
        bare = line.lstrip()
        if not bare:
            above = "none"
            continue
        first = bare[0]
        kind = _KINDS.get(first, "")
        if (first in "-*+" or first.isdecimal()) and _ITEM.match(line):
            kind = "item"
        if kind == above and kind in ("", "quote"):
            groups[-1][2].append(line)
        else:
            groups.append((number, kind, [line]))
        above = kind
    return (Passage(number, "\n".join(lines), kind) for number, kind, lines in groups)
