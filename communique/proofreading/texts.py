"""Proofreading: the residue in a text of content/, in the body of its file and in those fields that readers see."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from communique.frontmatter import Document, Node, Text, decode
from communique.frontmatter import Mapping as Fields
from communique.frontmatter import Sequence as List
from communique.proofreading.finding import find_residue
from communique.proofreading.residue import Residue

# a line that is no sentence is not asked who speaks or in which year
_IN_LINES = ("W801", "W802", "W809", "W810", "W811")
_LINES = frozenset(
    ("title", "subtitle", "name", "short", "place", "value", "label", "what", "alt", "caption", "credit")
)
_PASSAGES = frozenset(("summary", "notes", "boilerplate", "note"))
# other groups hold no text for readers
_GROUPS = frozenset(("facts", "events", "image", "gallery", "logo", "portrait", "roles", "withdrawn", "corrections"))
_MARK = re.compile(r"#\s*CHECK:\s*(.*)")
_ALLOWED = re.compile(r"#\s*(?:<!--\s*)?allow\s+([\w-]+)\s*:\s*\S")


def proofread(document: Document, data: bytes) -> tuple[Residue, ...]:
    """The residue in a file of content/, on its lines; the document is what was read in it."""
    texts = list(_texts(document.fields))
    title = next((node.text for key, node in texts if key in ("title", "name")), "")
    found = find_residue(document.body, title, document.body_line)
    fields = [*_in_lines(texts), *_in_passages(texts)]
    if fields or b"CHECK" in data:
        lines = decode(document.path, data).split("\n")[: document.body_line]
        found += tuple(_in_fields(fields, lines))
    return tuple(sorted(found))


def _in_lines(texts: Sequence[tuple[str, Text]]) -> Iterator[tuple[Text, int, Residue]]:
    nodes = [node for key, node in texts if key in _LINES and node.text.strip()]
    # one look at all of them, each a paragraph of its own
    for each in find_residue("\n\n".join(" ".join(node.text.split()) for node in nodes), "", 0, _IN_LINES):
        if each.code in _IN_LINES:
            yield nodes[each.line // 2], 0, each


def _in_passages(texts: Sequence[tuple[str, Text]]) -> Iterator[tuple[Text, int, Residue]]:
    for key, node in texts:
        if key in _PASSAGES:
            for each in find_residue(node.text, first_line=0):
                yield node, each.line, each


def _in_fields(fields: Sequence[tuple[Text, int, Residue]], lines: list[str]) -> Iterator[Residue]:
    """The residue in fields at its place in the lines of the file, with that which stands there in comments."""
    placed = [_placed(residue, node, lines, line) for node, line, residue in fields]
    told = {each.line for each in placed if each.rule == "placeholder"}
    placed += [each for each in _marked(lines) if each.line not in told]
    allowed = {(number, match[1]) for number, line in enumerate(lines, 1) if (match := _ALLOWED.search(line))}
    for each in placed:
        if not {(each.line, each.rule), (each.line - 1, each.rule)} & allowed:
            yield each


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
    return replace(residue, line=at, column=column)


def _texts(node: Node, key: str = "") -> Iterator[tuple[str, Text]]:
    """The values that are text, also those inside of groups, each with the name of its field."""
    if isinstance(node, Text):
        yield key, node
    elif isinstance(node, List):
        for item in node.items:
            yield from _texts(item, key)
    elif isinstance(node, Fields) and (not key or key in _GROUPS):
        for name, value in node.fields:
            yield from _texts(value, name.text)
