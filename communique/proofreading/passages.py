"""Passages: a Markdown text as the paragraphs, items and rows in which residue is looked for."""

import re
from collections.abc import Collection
from typing import NamedTuple

from communique.scripts import UNSPACED

_SIGNS = re.compile(r"^[ >#]*(?:[-*+] |\d+\. )?|[*_\[\]()]")
_HAN = re.compile(f"[{UNSPACED}]")
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|`[^`\n]*`|\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*(?=\))|<[^<>\s]{1,300}>|"
    r"https?://[^\s<>“”，。；（）]+|\\(?=[^\w\s])",
    re.DOTALL,
)
_MAIL = re.compile(r"\b[\w.+-]{1,60}@[\w-]+\.[\w.]+")


class Passage(NamedTuple):
    """A paragraph, item, row, heading or block quote. What is no text (comments, code, addresses) is blank in it."""

    line: int
    text: str
    kind: str

    @property
    def words(self) -> str:
        """The text without the signs that make it an item, a heading or a link."""
        return " ".join(_SIGNS.sub("", self.text).split())

    @property
    def is_han(self) -> bool:
        """Whether there are more Chinese characters than Latin words."""
        signs = 0 if self.text.isascii() else len(_HAN.findall(self.text))
        return bool(signs) and signs > len(re.findall(r"[A-Za-z]+", self.text))


class Sheet(NamedTuple):
    """All passages of a text, with the title above it, the names of people whom readers know, and the text whole, in
    which a rule looks once whether it could find anything at all."""

    passages: tuple[Passage, ...]
    title: str
    people: tuple[str, ...]
    text: str

    def holds(self, *words: str) -> bool:
        """Whether one of these stands in the text."""
        return any(word in self.text for word in words)


def blank(match: re.Match[str]) -> str:
    """Spaces in the place of what matched, line by line."""
    return re.sub(r"[^\n]", " ", match[0])


def read_sheet(text: str, title: str, people: Collection[str]) -> Sheet:
    """The sheet of a Markdown text."""
    shown = _NO_TEXT.sub(blank, text)
    shown = _MAIL.sub(blank, shown) if "@" in shown else shown
    return Sheet(_passages(shown), title, tuple(people), shown)


def _passages(shown: str) -> tuple[Passage, ...]:
    groups: list[tuple[int, str, list[str]]] = []
    above = "none"
    for number, line in enumerate(shown.split("\n")):
        kind = {">": "quote", "|": "row", "#": "heading"}.get(line.lstrip()[:1], "")
        kind = "item" if re.match(r"\s*(?:[-*+]|\d+\.) ", line) else kind
        if line.strip() and kind == above and kind in ("", "quote"):
            groups[-1][2].append(line)
        elif line.strip():
            groups.append((number, kind, [line]))
        above = kind if line.strip() else "none"
    return tuple(Passage(number, "\n".join(lines), kind) for number, kind, lines in groups)
