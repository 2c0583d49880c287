"""The manuscript: an imported document as blocks, before anybody knows what is title, quote or note."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from communique.importing.notes import Remark


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; a newline in them is a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture inside a line; `file` is its name beside the new text."""

    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign that leads to a footnote."""

    label: str


Line = tuple[Run | Picture | Mark, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `role` is what its style says: title, subtitle, abstract, quote, contents, or nothing.
    `number` is its place in the source, by which remarks find it."""

    content: Line
    role: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its level in the source."""

    content: Line
    level: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; each item is a tuple of blocks."""

    items: tuple[tuple["Block", ...], ...]
    ordered: bool = False
    start: int = 1
    number: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A table with as many cells in each row; the first row is its head."""

    rows: tuple[tuple[Line, ...], ...]
    number: int = 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a speaker, who may be unknown, in paragraphs."""

    paragraphs: tuple[Line, ...]
    speaker: str = ""
    number: int = 0


Block = Paragraph | Heading | Listing | Table | Quotation


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A whole document: blocks, footnotes by label, pictures by file name, and what could not be carried over."""

    blocks: tuple[Block, ...]
    footnotes: Mapping[str, tuple[Block, ...]] = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()

    def with_remarks(self, remarks: Iterable[Remark]) -> "Manuscript":
        """The manuscript with further remarks before its own."""
        return replace(self, remarks=(*remarks, *self.remarks))


def words(content: Line) -> str:
    """The plain text of a line; line breaks are newlines."""
    return "".join(part.text for part in content if isinstance(part, Run))


def cut(content: Line, start: int, end: int | None = None) -> Line:
    """The part of a line between two places of its plain text; what has no width stays with the words before it."""
    parts: list[Run | Picture | Mark] = []
    at = 0
    for part in content:
        if not isinstance(part, Run):
            if start < at <= (at if end is None else end) or (at == start == 0):
                parts.append(part)
            continue
        last = at + len(part.text)
        piece = part.text[max(start - at, 0) : None if end is None else max(end - at, 0)]
        if piece and last > start:
            parts.append(replace(part, text=piece))
        at = last
    return tidy(parts)


def tidy(content: Iterable[Run | Picture | Mark]) -> Line:
    """A line without spaces at its ends and around line breaks, neighbours of one style joined."""
    joined: list[Run | Picture | Mark] = []
    for part in content:
        last = joined[-1] if joined else None
        if not isinstance(part, Run):
            joined.append(part)
        elif part.text and isinstance(last, Run) and replace(part, text="") == replace(last, text=""):
            joined[-1] = replace(last, text=last.text + part.text)
        elif part.text:
            joined.append(part)
    return _trimmed(joined)


def _trimmed(parts: list[Run | Picture | Mark]) -> Line:
    kept: list[Run | Picture | Mark] = []
    blank = True
    for part in parts:
        if isinstance(part, Run):
            text = re.sub(r"[ \u3000]*\n[ \n\u3000]*", "\n", re.sub(" {2,}", " ", part.text))
            text = text.lstrip(" \u3000" if kept else " \n\u3000") if blank else text
            if text.startswith("\n") and kept and isinstance(kept[-1], Run):
                kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
            if not text:
                continue
            blank = text[-1] in " \n"
            part = replace(part, text=text)
        else:
            blank = False
        kept.append(part)
    while kept and isinstance(last := kept[-1], Run):
        stripped = last.text.rstrip(" \n\u3000")
        if stripped:
            kept[-1] = replace(last, text=stripped)
            break
        kept.pop()
    return tuple(part for part in kept if not isinstance(part, Run) or part.text)


def plain(block: Block) -> str:
    """All words of a block as plain text."""
    match block:
        case Paragraph(content) | Heading(content):
            return words(content)
        case Quotation(paragraphs):
            return "\n".join(words(content) for content in paragraphs)
        case Table(rows):
            return "\n".join(words(cell) for row in rows for cell in row)
        case Listing(items):
            return "\n".join(plain(inner) for item in items for inner in item)


def parts_of(block: Block) -> Iterator[Run | Picture | Mark]:
    """All parts of the lines of a block."""
    match block:
        case Paragraph(content) | Heading(content):
            yield from content
        case Quotation(paragraphs):
            yield from (part for content in paragraphs for part in content)
        case Table(rows):
            yield from (part for row in rows for cell in row for part in cell)
        case Listing(items):
            yield from (part for item in items for inner in item for part in parts_of(inner))


def pictures_of(block: Block) -> tuple[Picture, ...]:
    """The pictures of a block."""
    return tuple(part for part in parts_of(block) if isinstance(part, Picture))


def uniform(content: Line, style: str) -> bool:
    """Whether all words of a line are `strong`, or all `emphasis`."""
    runs = [part for part in content if isinstance(part, Run) and part.text.strip()]
    return bool(runs) and all(getattr(part, style) for part in runs)
