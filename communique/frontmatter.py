"""Front matter: YAML read as text, every value with its place. What YAML would guess, nobody guesses here."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import yaml

from communique.problems import Place, Problem
from communique.scripts import unfolded

LIMIT_BYTES = 64 * 1024
LIMIT_DEPTH = 6
LIMIT_VALUES = 2000

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
# all bytes of UTF-8 but those with which a control character begins, or a sign as rare
_UNSUSPECTED = b"\t\n\r" + bytes(each for each in range(0x20, 0x100) if each not in (0x7F, 0xC2, 0xEF))
_END = re.compile(r"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_WITHHOLDING = re.compile(
    r"\n[ \t>*_-]*((?:(?i:embargo)(?:ed)?(?:[ _-]?until)?|draft|withdrawn|questions))[*_]*[ \t]*[:\uff1a]"
)
_OPENING = re.compile(r"[\[{]")
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_HINT = (
    "quote the value: a text with `: ` or ` #`, or one that begins with & @ % * ! [ { | > ` or a quotation mark, "
    "needs quotation marks around it"
)


class Text(NamedTuple):
    """A value as it was typed; `indent` is the number of spaces before its lines where it stands on the lines after its
    field (`|` and `>`)."""

    text: str
    place: Place
    indent: int | None = None


class Sequence(NamedTuple):
    """A list of values."""

    items: tuple["Node", ...]
    place: Place


class Mapping(NamedTuple):
    """Fields with their values, in the order of the file."""

    fields: tuple[tuple[Text, "Node"], ...]
    place: Place


Node = Text | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Document:
    """A file of content in two parts. `body_line` is the line on which the body begins, counted from 1."""

    path: str
    fields: Mapping
    body: str
    body_line: int
    problems: tuple[Problem, ...] = ()


class Fault(Exception):
    """A document that cannot be read; holds the one problem that says why, and the document without its fields where
    these alone cannot be read."""

    document: Document | None = None

    def __init__(self, place: Place, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.problem = Problem(place, code, message, help)


def decode(path: str, data: bytes) -> str:
    """The text of a file: UTF-8 with or without a mark, any line ends. Raises Fault."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        raise Fault(
            Place(path, line, column),
            "E101",
            "the file is not UTF-8 text",
            "save it again with the encoding UTF-8 (in older editors: not ANSI, GBK or UTF-16)",
        ) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    control = _CONTROL.search(text) if data.translate(None, _UNSUSPECTED) else None
    if control:
        raise Fault(
            _position(path, text, control.start()),
            "E107",
            f"the file holds the control character U+{ord(control.group()):04X}",
            "delete it; it often comes in by pasting",
        )
    return text


def parse(path: str, data: bytes) -> Document:
    """A content file as a Document. Raises Fault."""
    text = decode(path, data)
    if not (text.startswith("---\n") or text == "---"):
        help = "begin the file with a line `---`, then the fields, then a line `---`"
        raise Fault(Place(path, 1, 1), "E102", "the file does not begin with front matter", help)
    end = _END.search(text, 3)
    if end is None:
        raise Fault(Place(path, 1, 1), "E102", "the front matter does not end", "put a line `---` after the last field")
    body_start = min(end.end() + 1, len(text))
    body_line = text.count("\n", 0, end.end()) + 2
    try:
        fields, problems = read_yaml(path, text[4 : end.start() + 1], 1)
    except Fault as fault:
        fault.document = Document(path, Mapping((), Place(path, 1, 1)), text[body_start:], body_line)
        raise
    problems += tuple(_astray(path, text, fields))
    return Document(path, fields, text[body_start:], body_line, problems)


def attempt(path: str, data: bytes) -> Document | Fault:
    """A content file as a Document, or why it cannot be read."""
    try:
        return parse(path, data)
    except Fault as fault:
        return fault


def _astray(path: str, text: str, fields: Mapping) -> Iterator[Problem]:
    """A problem for each line that would keep the text back if it stood among the fields, where it does not."""
    places = {key.place.line for key, _ in fields.fields}
    for match in _WITHHOLDING.finditer(text):
        line = text.count("\n", 0, match.start(1)) + 1
        if line not in places:
            place = Place(path, line, match.start(1) - text.rfind("\n", 0, match.start(1)))
            message = f"a line that begins with `{match[1]}` stands in a text, where it withholds nothing"
            help = (
                "write it as a line of its own among the fields, with `: ` after the name; or word the text otherwise"
            )
            yield Problem(place, "E113", message, help)


def read_yaml(path: str, text: str, lines_before: int) -> tuple[Mapping, tuple[Problem, ...]]:
    """A YAML text as a Mapping, all scalars as text, and what is wrong in it without spoiling the rest. Raises Fault.

    Aliases, anchors, tags and merge keys are refused, so the size of the result is bounded by the size of the text.
    """
    what = "the front matter" if lines_before else "the file"
    _refuse_excess(path, text, lines_before)
    reader = _Reader(path, text, lines_before)
    try:
        root = reader.document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = reader.place_at(mark.index) if mark else Place(path, 1 + lines_before, 1)
        message = f"{what} is not valid YAML: {error.problem or error.context or 'it cannot be read'}"
        raise Fault(place, "E103", message, _yaml_help(text, place.line - 1 - lines_before)) from None
    except (yaml.YAMLError, ValueError) as error:
        message = f"{what} is not valid YAML: {error}"
        raise Fault(Place(path, 1 + lines_before, 1), "E103", message, _HINT) from None
    return root, tuple(reader.problems)


def _yaml_help(text: str, line: int) -> str:
    lines = text.split("\n")
    for number in (line, line - 1):
        if 0 <= number < len(lines) and re.match(r"\s*[\w-]+\uff1a", lines[number]):
            return "after a field's name stands `:` and a space, not the full-width colon `：`"
    if 0 <= line < len(lines) and "\t" in lines[line]:
        return "indent with spaces, not with tabs"
    return _HINT


def _refuse_excess(path: str, text: str, lines_before: int) -> None:
    # libyaml recurses in C: depth is bounded before it sees the text
    if len(text.encode("utf-8", "surrogatepass")) > LIMIT_BYTES:
        raise Fault(
            Place(path, 1, 1),
            "E106",
            f"the front matter is larger than {LIMIT_BYTES // 1024} KB",
            "move text to the body",
        )
    depth = 0
    for match in re.finditer(r"[\[\]{}]", text):
        depth = depth + 1 if _OPENING.match(match.group()) else max(depth - 1, 0)
        if depth > 50:
            place = _position(path, text, match.start())
            raise Fault(
                Place(path, place.line + lines_before, place.column), "E106", "the front matter is nested too deeply"
            )


def _position(path: str, text: str, offset: int) -> Place:
    return Place(path, text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset))


class _Reader:
    """Walks the events of one YAML document."""

    def __init__(self, path: str, text: str, lines_before: int) -> None:
        self.path = path
        self.lines_before = lines_before
        self.values = 0
        self.problems: list[Problem] = []
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self.text = text
        self.next: Callable[[], Any] = _LOADER(text).get_event

    def document(self) -> Mapping:
        event = self.next()
        while isinstance(event, yaml.StreamStartEvent | yaml.DocumentStartEvent):
            event = self.next()
        if isinstance(event, yaml.StreamEndEvent):
            return Mapping((), Place(self.path, 1 + self.lines_before, 1))
        root = self.node(event, 1)
        while not isinstance(event := self.next(), yaml.StreamEndEvent):
            if isinstance(event, yaml.DocumentStartEvent):
                raise Fault(self.place(event), "E103", "the front matter holds more than one YAML document")
        if isinstance(root, Mapping):
            return root
        help = _yaml_help(self.text, root.place.line - 1 - self.lines_before)
        if help == _HINT:
            help = "write one field a line, as `title: …`"
        raise Fault(root.place, "E103", "the front matter is not a list of fields", help)

    def place(self, event: Any) -> Place:
        return self.place_at(event.start_mark.index)

    def place_at(self, index: int) -> Place:
        """The place of a position in the text. YAML knows more line breaks than editors do."""
        line = bisect_right(self.lines, index)
        return Place(self.path, line + self.lines_before, index - self.lines[line - 1] + 1)

    def indent(self, place: Place) -> int:
        """How far the lines of a block text are indented."""
        lines = self.text.split("\n")[place.line - self.lines_before :]
        first = next((line for line in lines if line.strip()), "")
        return len(first) - len(first.lstrip(" "))

    def node(self, event: Any, depth: int) -> Node:
        place = self.place(event)
        self.values += 1
        if self.values > LIMIT_VALUES:
            raise Fault(place, "E106", f"the front matter holds more than {LIMIT_VALUES} values")
        if depth > LIMIT_DEPTH:
            raise Fault(place, "E106", f"the front matter is nested more than {LIMIT_DEPTH} levels deep")
        if isinstance(event, yaml.AliasEvent):
            raise Fault(place, "E105", "a YAML alias (`*name`) is not used here", _HINT)
        if event.anchor is not None:
            raise Fault(place, "E105", "a YAML anchor (`&name`) is not used here", _HINT)
        if event.tag is not None:
            raise Fault(place, "E105", f"a YAML tag (`{event.tag}`) is not used here", _HINT)
        if isinstance(event, yaml.ScalarEvent):
            control = _CONTROL.search(event.value)
            if control:
                message = f"the value holds the control character U+{ord(control.group()):04X}"
                raise Fault(place, "E107", message, "delete it; a backslash in double quotation marks can make one")
            if event.style not in ("|", ">"):
                return Text(event.value, place)
            text = unfolded(event.value) if event.style == ">" else event.value
            return Text(text, place, self.indent(place))
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := self.next(), yaml.SequenceEndEvent):
                items.append(self.node(event, depth + 1))
            return Sequence(tuple(items), place)
        return self.mapping(place, depth)

    def mapping(self, place: Place, depth: int) -> Mapping:
        fields: dict[str, tuple[Text, Node]] = {}
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self.node(event, depth + 1)
            if not isinstance(key, Text):
                raise Fault(key.place, "E103", "the name of a field is a list or a mapping", _HINT)
            if key.text == "<<":
                raise Fault(key.place, "E105", "a YAML merge key (`<<`) is not used here")
            if key.text in fields:
                first = fields[key.text][0].place.line
                help = f"it already stands on line {first}; keep one of them"
                self.problems.append(Problem(key.place, "E104", f"`{key.text}` is given twice", help))
                self.node(self.next(), depth + 1)
                continue
            fields[key.text] = (key, self.node(self.next(), depth + 1))
        return Mapping(tuple(fields.values()), place)
