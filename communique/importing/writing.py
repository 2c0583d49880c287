"""The file of a draft: front matter and body, and the lines on which notes find their places."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.frontmatter_writer import field, passage
from communique.importing.manuscript import Block, Mark, parts_of, plain
from communique.importing.markdown_blocks import Writer
from communique.importing.notes import Note, Remark
from communique.importing.opening import Opening

# front matter has a limit of its own
LIMIT_NOTES_BYTES = 40 * 1024


@dataclass(frozen=True, slots=True)
class Contents:
    """What goes into the file."""

    opening: Opening
    partners: tuple[str, ...]
    body: tuple[Block, ...]
    notes: tuple[Block, ...]
    footnotes: Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """The file, and the notes on it with their lines."""

    text: str
    notes: tuple[Note, ...]


def write(contents: Contents, remarks: Iterable[Remark]) -> Written:
    """The file of a draft, and the remarks as notes."""
    body, notes = Writer(), Writer()
    notes.write(contents.notes, _used(contents.notes, contents.footnotes))
    all_remarks = [*remarks]
    if len(notes.text.encode()) > LIMIT_NOTES_BYTES:
        notes = Writer()
        body.write((*contents.body, *contents.notes), contents.footnotes)
        all_remarks = [remark for remark in all_remarks if remark.field != "notes"]
        all_remarks.append(Remark("notes", "the notes to editors are too long for a field; they end the text"))
    else:
        body.write(contents.body, _used(contents.body, contents.footnotes))
    front, places = _front_matter(contents, notes.text)
    start = len(front) + 3
    numbers = {number: start + line for number, line in body.places.items()}
    numbers |= {number: places["notes"] + line for number, line in notes.places.items()}
    said = _words(
        (*contents.body, *contents.notes, *(block for inner in contents.footnotes.values() for block in inner))
    )
    text = "\n".join(["---", *front, "---", "", body.text])
    found = []
    for remark in [*all_remarks, *body.remarks, *notes.remarks]:
        near = next((number for number, words in said if remark.near and remark.near in words), 0)
        line = numbers.get(remark.block) or places.get(remark.field) or numbers.get(near) or 0
        found.append(Note(line, remark.code, remark.message, remark.help))
    return Written(text, tuple(found))


def _front_matter(contents: Contents, notes: str) -> tuple[list[str], dict[str, int]]:
    """The lines of the fields, and the line of the file on which each field stands."""
    opening = contents.opening
    fields: list[tuple[str, list[str]]] = [("title", field("title", opening.title))]
    if opening.subtitle:
        fields.append(("subtitle", field("subtitle", opening.subtitle)))
    fields += [("summary", field("summary", opening.summary)), ("date", field("date", opening.day))]
    if opening.place:
        fields.append(("place", field("place", opening.place)))
    fields += [("partners", field("partners", contents.partners)), ("draft", field("draft", "true"))]
    if notes:
        fields.append(("notes", passage("notes", notes)))
    lines: list[str] = []
    places = {"notes": 0}
    for name, written in fields:
        places[name] = len(lines) + 2
        lines += written
    return lines, places


def _used(blocks: Iterable[Block], footnotes: Mapping[str, tuple[Block, ...]]) -> dict[str, tuple[Block, ...]]:
    labels = dict.fromkeys(part.label for block in blocks for part in parts_of(block) if isinstance(part, Mark))
    return {label: footnotes[label] for label in labels if label in footnotes}


def _words(blocks: Iterable[Block]) -> list[tuple[int, str]]:
    return [(block.number, " ".join(plain(block).split())) for block in blocks]
