"""Proofreading: the residue in the texts of content/, in the body of a file and in those fields that readers see."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from hashlib import blake2b

from communique.concordance import known_names
from communique.frontmatter import Document, Fault, Node, Sequence, Text, parse
from communique.frontmatter import Mapping as Fields
from communique.kinds import Person
from communique.library import Library
from communique.problems import Place, Problem
from communique.proofreading.residue import Residue, find_residue
from communique.sources import Sources
from communique.work import Work

# a line that is no sentence is not asked who speaks or in which year
_IN_LINES = frozenset(("mixed-scripts", "glued-words", "quotation-marks", "invisible-sign", "placeholder"))
_LINES = frozenset(
    ("title", "subtitle", "name", "short", "place", "value", "label", "what", "alt", "caption", "credit")
)
_PASSAGES = frozenset(("summary", "notes", "boilerplate", "note"))
# other groups hold no text for readers
_GROUPS = frozenset(("facts", "events", "image", "gallery", "logo", "portrait", "roles", "withdrawn", "corrections"))
_MARK = re.compile(r"#\s*CHECK:\s*(.*)")
_ALLOWED = re.compile(r"#\s*(?:<!--\s*)?allow\s+([\w-]+)\s*:\s*\S")


def proofread_all(sources: Sources, library: Library, work: Work) -> list[Problem]:
    """The residue in all texts of a library, also in withheld ones, which are to be ready when they show."""
    records = (entry.record for entry in library.all_entries)
    people = sorted({name for record in records if isinstance(record, Person) for name in known_names(record)})
    known = blake2b("\n".join(people).encode(), digest_size=16).digest()
    texts = [(path, data) for path, data in sources.content.items() if path in library.files]
    found = work.do(
        partial(_proofread, tuple(people)), texts, lambda text: blake2b(text[1], key=known, digest_size=16).digest()
    )
    return [
        Problem(Place(path, each.line, each.column), each.code, each.message, each.help)
        for (path, _), residue in zip(texts, found, strict=True)
        for each in residue
    ]


def proofread(data: bytes, people: Iterable[str] = ()) -> tuple[Residue, ...]:
    """The residue in a file of content/, on its lines; `people` are the names that readers know."""
    return _proofread(tuple(people), ("", data))


def _proofread(people: tuple[str, ...], text: tuple[str, bytes]) -> tuple[Residue, ...]:
    try:
        document = parse(*text)
    except Fault:
        return ()
    title = next((node.text for key, node in _texts(document.fields) if key in ("title", "name")), "")
    found = [*find_residue(document.body, title, document.body_line, people)]
    lines = text[1].decode("utf-8", "replace").split("\n")[: document.body_line]
    fields = [*_in_lines(document, lines), *_in_passages(document, lines, people)]
    told = {each.line for each in fields if each.rule == "placeholder"}
    fields += [each for each in _marked(lines) if each.line not in told]
    if fields:
        allowed = {(number, match[1]) for number, line in enumerate(lines, 1) if (match := _ALLOWED.search(line))}
        found += [each for each in fields if not {(each.line, each.rule), (each.line - 1, each.rule)} & allowed]
    return tuple(sorted(found))


def _in_lines(document: Document, lines: list[str]) -> Iterator[Residue]:
    nodes = [node for key, node in _texts(document.fields) if key in _LINES and node.text.strip()]
    # one look at all of them, each a paragraph of its own
    for each in find_residue("\n\n".join(" ".join(node.text.split()) for node in nodes), first_line=0):
        if each.rule in _IN_LINES:
            yield _placed(each, nodes[each.line // 2], lines, 0)


def _in_passages(document: Document, lines: list[str], people: tuple[str, ...]) -> Iterator[Residue]:
    for key, node in _texts(document.fields):
        if key in _PASSAGES:
            for each in find_residue(node.text, first_line=0, people=people):
                yield _placed(each, node, lines, each.line)


def _marked(lines: list[str]) -> Iterator[Residue]:
    """The comments by which a starting file says what is to be filled in."""
    for number, line in enumerate(lines, 1):
        if "CHECK" in line and (match := _MARK.search(line)):
            message = f"here is to be filled in: {match[1].strip()}"
            yield Residue(number, match.start() + 1, "W811", "placeholder", message, "do it, and delete the comment")


def _placed(residue: Residue, node: Text, lines: list[str], line: int) -> Residue:
    """Residue at its place in the file, where the value of a field stands in it as it is; else at the field's."""
    if node.indent is not None:
        at, column = node.place.line + 1 + line, node.indent + residue.column
    else:
        start = lines[node.place.line - 1].find(node.text, node.place.column - 1)
        at, column = node.place.line, start + residue.column if start >= 0 else node.place.column
    return Residue(at, column, residue.code, residue.rule, residue.message, residue.help)


def _texts(node: Node, key: str = "") -> Iterator[tuple[str, Text]]:
    """The values that are text, also those inside of groups, each with the name of its field."""
    if isinstance(node, Text):
        yield key, node
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _texts(item, key)
    elif isinstance(node, Fields) and (not key or key in _GROUPS):
        for name, value in node.fields:
            yield from _texts(value, name.text)
