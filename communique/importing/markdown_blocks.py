"""Blocks of the manuscript as Markdown, each read back by the site's own reader to see that no word changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from communique.importing.html_tables import one_line
from communique.importing.manuscript import (
    Block,
    Heading,
    Line,
    Listing,
    Mark,
    Paragraph,
    Picture,
    Quotation,
    Run,
    Table,
    plain,
)
from communique.importing.markdown_text import write_line
from communique.importing.notes import Remark, brief
from communique.problems import Place
from communique.prose import parse_prose

LIMIT_LEVELS = 8

_DASH = re.compile(r"(\**)\\?([—–―]|-(?=-))")


class Writer:
    """Writes blocks, and remembers on which line of the text each begins."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.places: dict[int, int] = {}
        self.remarks: list[Remark] = []

    @property
    def text(self) -> str:
        """What was written, with a newline at its end."""
        return "\n".join(self.lines).strip("\n") + "\n" if any(self.lines) else ""

    def write(self, blocks: Iterable[Block], footnotes: Mapping[str, tuple[Block, ...]]) -> None:
        """Write blocks, and the footnotes to which they refer."""
        before: Block | None = None
        for block in blocks:
            if isinstance(block, Listing) and isinstance(before, Listing) and block.ordered and before.ordered:
                message = "two numbered lists follow each other and have become one"
                self.remarks.append(Remark("list", message, "put a sentence between them", block.number))
            self._add(self._faithful(block), block)
            before = block
        for label, inner in footnotes.items():
            text = "\n\n".join(self._faithful(block) for block in inner)
            number = inner[0].number if inner else 0
            self._add(f"[^{label}]: " + _indented(text), Paragraph((), "", number))

    def _add(self, text: str, block: Block) -> None:
        if not text:
            return
        if self.lines:
            self.lines.append("")
        line = len(self.lines) + 1
        for number in _numbers(block):
            self.places.setdefault(number, line)
        self.lines += text.split("\n")

    def _faithful(self, block: Block) -> str:
        for styles, candidate in ((True, block), (False, block), (False, _flat(block))):
            if _same(write_block(candidate, marks=False, styles=styles), block):
                if not styles:
                    message = f"bold and italic are left out in “{brief(plain(block))}”, which could not hold them"
                    self.remarks.append(Remark("style", message, "", block.number))
                return write_block(candidate, styles=styles)
        message = f"signs in “{brief(plain(block))}” may show differently on the page"
        self.remarks.append(Remark("signs", message, "compare this paragraph with the original", block.number))
        return write_block(_flat(block), styles=False)


def _same(text: str, block: Block) -> bool:
    read = parse_prose(text, Place("content/announcements/draft/index.md", 1, 1)).plain
    return "".join(read.split()) == "".join(plain(block).split())


def _flat(block: Block) -> Block:
    if isinstance(block, Paragraph | Heading | Quotation):
        return block
    return Paragraph(one_line((block,)), "", block.number)


def _numbers(block: Block) -> list[int]:
    if not isinstance(block, Listing):
        return [block.number]
    return [block.number, *(number for item in block.items for inner in item for number in _numbers(inner))]


def write_block(block: Block, *, marks: bool = True, styles: bool = True, level: int = 0) -> str:
    """A block as Markdown, without a newline at its end."""
    match block:
        case Paragraph(content):
            return write_line(content, marks=marks, styles=styles)
        case Heading(content, depth):
            text = write_line(_without_breaks(content), marks=marks, styles=styles)
            return "#" * depth + " " + (text[:-1] + "\\#" if text.endswith("#") and not text.endswith("\\#") else text)
        case Quotation(paragraphs, speaker):
            return _quotation(paragraphs, speaker, marks, styles)
        case Table(rows):
            return _table(rows, marks, styles)
        case Listing():
            return _listing(block, marks, styles, level)


def _without_breaks(content: Line) -> Line:
    return one_line((Paragraph(content),))


def _quotation(paragraphs: tuple[Line, ...], speaker: str, marks: bool, styles: bool) -> str:
    text = "\n\n".join(write_line(content, marks=marks, styles=styles) for content in paragraphs)
    lines = text.split("\n")
    if speaker:
        lines.append(f"— {speaker}")
    elif dash := _DASH.match(lines[-1]):
        # or it would be taken for the name of the speaker
        lines[-1] = f"{dash[1]}&#{ord(dash[2])};{lines[-1][dash.end() :]}"
    return "\n".join(f"> {line}".rstrip() if not line.endswith("  ") else f"> {line}" for line in lines)


def _table(rows: tuple[tuple[Line, ...], ...], marks: bool, styles: bool) -> str:
    written = [[write_line(cell, marks=marks, styles=styles, cell=True) for cell in row] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in written]
    return "\n".join([lines[0], "|" + "---|" * len(rows[0]), *lines[1:]])


def _listing(block: Listing, marks: bool, styles: bool, level: int) -> str:
    items = []
    loose = _is_loose(block)
    for number, item in enumerate(block.items, block.start):
        text = _item(item, loose, marks, styles, level)
        marker = f"{number}. " if block.ordered else "- "
        items.append(marker + _indented(text))
    return ("\n\n" if loose else "\n").join(items)


def _is_loose(block: Listing) -> bool:
    """Whether an item of the list, or of a list in it, has several paragraphs."""
    return any(
        sum(not isinstance(inner, Listing) for inner in item) > 1
        or any(isinstance(inner, Listing) and _is_loose(inner) for inner in item)
        for item in block.items
    )


def _item(item: tuple[Block, ...], loose: bool, marks: bool, styles: bool, level: int) -> str:
    if level >= LIMIT_LEVELS or not isinstance(item[0], Paragraph | Heading):
        item = (Paragraph(one_line(item), "", item[0].number),)
    texts = []
    for inner in item:
        if isinstance(inner, Heading):
            inner = Paragraph(tuple(_strong(part) for part in inner.content), "", inner.number)
        elif isinstance(inner, Table | Quotation):
            inner = Paragraph(one_line((inner,)), "", inner.number)
        texts.append(write_block(inner, marks=marks, styles=styles, level=level + 1))
    return ("\n\n" if loose else "\n").join(texts)


def _strong(part: Run | Picture | Mark) -> Run | Picture | Mark:
    return replace(part, strong=True) if isinstance(part, Run) else part


def _indented(text: str) -> str:
    """Text whose lines after the first belong to a list item or a footnote."""
    first, *rest = text.split("\n")
    return "\n".join([first, *("    " + line if line else "" for line in rest)])
