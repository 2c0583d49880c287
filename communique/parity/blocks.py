"""Blocks of Markdown with their lines: headings, paragraphs, items of lists, quotes, tables, footnotes.

The text of a block has spaces where its marks and the targets of its links stand, so every word keeps its column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from communique.comments import without_comments

_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]*(?=\S)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_NOTE = re.compile(r" {0,3}\[\^[^\]\n]+\]:[ \t]*")
_DEFINITION = re.compile(r"^ {0,3}\[([^\[\]^\n][^\[\]\n]*)\]:[ \t]*(\S+)[^\n]*", re.MULTILINE)
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_ATTRIBUTION = re.compile(r"(?:—|--|―|–)[ \t]*(\S.*)")
_IMAGE = re.compile(r"!\[([^\[\]]*)\](\([ \t]*<?([^\s()<>]*)>?)")
_LINK = re.compile(r"\[([^\[\]]*)\](\([ \t]*<?([^\s()<>]*)>?)")
_REFERRED = re.compile(r"\[([^\[\]^][^\[\]]*)\](\[([^\[\]^]*)\])")
_MARK = re.compile(r"\[\^[^\[\]\n]+\]")
_AUTOLINK = re.compile(r"<?\b((?:https?://|mailto:)[^\s<>()，。；、）》”]*[^\s<>()，。；、）》”.,;:!?])>?")


@dataclass(frozen=True, slots=True)
class Link:
    """The target of a link or an image, and where it begins in the text of its block."""

    target: str
    start: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block, which begins at a line and column of the file. `kind` is `heading`, `paragraph`, `item`, `quote`,
    `table` or `footnote`; `level` is that of a heading; `speaker` is the attribution of a quote; `cells` counts the
    cells of each row of a table; `marks` counts the marks of footnotes; `raw` is what was typed."""

    kind: str
    line: int
    column: int
    text: str
    raw: str
    level: int = 0
    speaker: str = ""
    cells: tuple[int, ...] = ()
    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    marks: int = 0

    def place(self, start: int) -> tuple[int, int]:
        """The line and column of a position in the text."""
        line_start = self.text.rfind("\n", 0, start) + 1
        return self.line + self.text.count("\n", 0, start), self.column + start - line_start

    @property
    def beginning(self) -> tuple[int, int]:
        """The line and column of the first word."""
        return self.place(len(self.text) - len(self.text.lstrip()))

    @property
    def ending(self) -> tuple[int, int]:
        """The line and column of the first word of the last line, which in a quote is that of the speaker."""
        last = self.raw.rpartition("\n")[2]
        return self.line + self.raw.count("\n"), self.column + len(last) - len(last.lstrip(" >—―–-"))

    def rows(self) -> list["Block"]:
        """The rows of a table, each as a block."""
        lines = enumerate(self.text.split("\n"), self.line)
        return [replace(self, line=line, text=text, raw=text) for line, text in lines if text.strip()]


def read_blocks(markdown: str, line: int, column: int = 1) -> tuple[Block, ...]:
    """The blocks of a text that begins at a line; each of its lines begins at the column."""
    source = without_comments(markdown)[0]
    defined = {match[1].casefold(): match[2] for match in _DEFINITION.finditer(source)}
    return tuple(_block(*each, column, defined) for each in _divide(source.split("\n"), line))


def plain_block(text: str, line: int, column: int) -> Block:
    """A text without Markdown as one block."""
    return Block("paragraph", line, column, text, text)


def _divide(lines: list[str], first: int) -> Iterator[tuple[str, int, list[str]]]:
    """Kind, line and lines of each block."""
    kind, begin, held = "", 0, list[str]()
    for number, line in enumerate([*lines, ""]):
        begins = _begins(lines, number, kind)
        if held and (begins or not line.strip()):
            yield kind, first + begin, held
            kind, held = "", []
        if not line.strip() or begins == "none":
            continue
        if not held:
            kind, begin = begins or "paragraph", number
        if kind == "paragraph" and held and _UNDERLINE.fullmatch(line):
            yield "underlined", first + begin, held
            kind, held = "", []
            continue
        held.append(line)
        if kind == "heading":
            yield kind, first + begin, held
            kind, held = "", []


def _begins(lines: list[str], number: int, within: str) -> str:
    """The kind of block that a line begins; empty where it begins none, `none` where it is no block's."""
    line = lines[number] if number < len(lines) else ""
    following = lines[number + 1] if number + 1 < len(lines) else ""
    if _HEADING.match(line):
        return "heading"
    if _NOTE.match(line):
        return "footnote"
    if _DEFINITION.fullmatch(line) or (within != "paragraph" and _RULE.fullmatch(line)):
        return "none"
    if _QUOTE.match(line):
        return "" if within == "quote" else "quote"
    if within != "table" and "|" in line and "|" in following and "-" in following and set(following) <= set(" \t:|-"):
        return "table"
    if _ITEM.match(line) and within not in ("paragraph", "quote"):
        return "item"
    return ""


def _block(kind: str, line: int, lines: list[str], column: int, defined: dict[str, str]) -> Block:
    raw = "\n".join(lines)
    level, speaker = 0, ""
    cells: tuple[int, ...] = ()
    if kind == "underlined":
        kind, level = "heading", 1
    elif kind == "heading":
        level = len(raw.lstrip()) - len(raw.lstrip().lstrip("#"))
        lines = [_without(_HEADING, lines[0])]
    elif kind == "quote":
        lines = [_without(_QUOTE, each) for each in lines]
        found = _ATTRIBUTION.fullmatch(lines[-1].strip()) if len(lines) > 1 else None
        if found:
            speaker, lines = found[1], lines[:-1]
    elif kind == "table":
        lines = [lines[0], " " * len(lines[1]), *lines[2:]]
        cells = tuple(_cells(each) for each in lines if each.strip())
    elif kind in ("item", "footnote"):
        lines = [_without(_ITEM if kind == "item" else _NOTE, lines[0]), *lines[1:]]
    text, images = _take(_IMAGE, "\n".join(lines))
    text, links = _take(_LINK, text)
    text, referred = _take(_REFERRED, text, defined)
    text, bare = _take(_AUTOLINK, text)
    marks = len(_MARK.findall(text))
    text = _MARK.sub(_blank, text)
    return Block(kind, line, column, text, raw, level, speaker, cells, (*links, *referred, *bare), images, marks)


def _take(pattern: re.Pattern[str], text: str, defined: dict[str, str] | None = None) -> tuple[str, tuple[Link, ...]]:
    """A text with spaces for the targets that a pattern finds, and these."""
    found = []

    def blank(match: re.Match[str]) -> str:
        if match.re is _AUTOLINK:
            found.append(Link(match[1], match.start()))
            return " " * len(match[0])
        target = match[3]
        if defined is not None:
            target = defined.get((match[3] or match[1]).casefold(), "")
            if not target:
                return match[0]
        found.append(Link(target, match.start()))
        return match[0].replace(f"[{match[1]}]{match[2]}", f" {match[1]} {' ' * len(match[2])}").replace("!", " ", 1)

    return pattern.sub(blank, text), tuple(found)


def _without(pattern: re.Pattern[str], line: str) -> str:
    return pattern.sub(_blank, line, count=1)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _cells(row: str) -> int:
    return len(re.sub(r"\\\|", "", row).strip().strip("|").split("|"))
