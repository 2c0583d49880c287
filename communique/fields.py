"""Fields: what the front matter of a kind may hold, written once, as a dataclass with a type and a sentence a field."""

import dataclasses
import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, TypeVar

from communique.frontmatter import Mapping, Node, Sequence, Text
from communique.links import Reference, read_target
from communique.moments import Moment, Unclear, read_instant, read_moment
from communique.names import Name
from communique.problems import Place, Problem, did_you_mean
from communique.prose import Prose, parse_prose

T = TypeVar("T")


class Reading:
    """What comes up while a document is read: problems, and the references that it makes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.references: list[Reference] = []

    def fault(self, place: Place, code: str, message: str, help: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(place, code, message, help))


class Type:
    """A type of value. `read` gives the value, or None after it has noted a problem."""

    says: ClassVar[str] = "a text"

    def read(self, node: Node, reading: Reading) -> Any:
        """The value of a node: of a text, unless a type says otherwise."""
        if not isinstance(node, Text):
            self.wrong(node, reading)
            return None
        try:
            return self.value(node, reading)
        except Unclear as unclear:
            reading.fault(node.place, unclear.code, str(unclear), unclear.help)
            return None

    def value(self, node: Text, reading: Reading) -> Any:
        """The value of a text. Raises Unclear."""
        raise Unclear("E202", f"`{node.text}` is not {self.says}", "")

    def wrong(self, node: Node, reading: Reading, help: str = "") -> None:
        """Note that the node is not of this type."""
        shape = {Text: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
        otherwise = "if the text begins with [ or {, put it in quotation marks" if self.says == "a text" else ""
        reading.fault(node.place, "E202", f"here stands {shape}, where {self.says} is asked", help or otherwise)


class Line(Type):
    """One line of plain text."""

    def value(self, node: Text, reading: Reading) -> str:
        return " ".join(node.text.split())


class Passage(Type):
    """A text in Markdown."""

    def value(self, node: Text, reading: Reading) -> Prose:
        prose = parse_prose(node.text, Place(node.place.path, node.place.line + node.block, 1))
        reading.problems.extend(prose.problems)
        reading.references.extend(prose.references)
        return prose


@dataclass(frozen=True)
class Located:
    """A text with its place, where a later stage may find fault with it."""

    text: str
    place: Place


class Spot(Type):
    """A line of text that keeps its place: a file name, a path."""

    def value(self, node: Text, reading: Reading) -> Located:
        return Located(node.text.strip(), node.place)


@dataclass(frozen=True)
class Slug(Type):
    """The slug of a record of one kind."""

    kind: str
    says = "a slug"

    def value(self, node: Text, reading: Reading) -> Reference:
        slug = node.text.strip().removeprefix(f"{self.kind}:")
        reference = Reference(Name(self.kind, slug), node.place)
        reading.references.append(reference)
        return reference


@dataclass(frozen=True)
class Cited:
    """A source: its words, or the record that it is, where it was given as `announcement:SLUG`."""

    text: str
    reference: Reference | None


class Source(Type):
    """A source in words, or a record in short form."""

    def value(self, node: Text, reading: Reading) -> Cited:
        text = " ".join(node.text.split())
        if re.match(r"(announcement|partner|person|topic|page):\S+$", text):
            target = read_target(text, node.place)
            if isinstance(target, Reference):
                reading.references.append(target)
                return Cited("", target)
        return Cited(text, None)


class YesNo(Type):
    """`true` or `false`."""

    says = "`true` or `false`"

    def value(self, node: Text, reading: Reading) -> bool:
        if node.text in ("true", "false"):
            return node.text == "true"
        message = f"`{node.text}` is neither `true` nor `false`"
        raise Unclear("E206", message, "write `true` or `false`, in small letters")


@dataclass(frozen=True)
class Whole(Type):
    """A whole number within bounds."""

    least: int
    most: int
    says = "a whole number"

    def value(self, node: Text, reading: Reading) -> int:
        if re.fullmatch(r"\d{1,9}", node.text, re.ASCII) and self.least <= int(node.text) <= self.most:
            return int(node.text)
        raise Unclear("E202", f"`{node.text}` is not a whole number from {self.least} to {self.most}", "")


@dataclass(frozen=True)
class Date(Type):
    """A day or an instant; with `partial` a day, a month or a year."""

    partial: bool = False
    says = "a date"

    def value(self, node: Text, reading: Reading) -> Moment:
        return read_moment(node.text.strip(), partial=self.partial)


@dataclass(frozen=True)
class At:
    """An instant with its place in the file; `utc` where it is written in UTC itself, with `Z`."""

    instant: datetime
    place: Place
    utc: bool


class Instant(Type):
    """An instant with offset."""

    says = "an instant"

    def value(self, node: Text, reading: Reading) -> At:
        text = node.text.strip()
        return At(read_instant(text), node.place, text[-1:] in "Zz")


class Web(Type):
    """The address of a page on the web."""

    says = "a web address"

    def value(self, node: Text, reading: Reading) -> str:
        if re.fullmatch(r"https?://[^\s<>\"'`\\]+", node.text.strip(), re.IGNORECASE):
            return node.text.strip()
        raise Unclear("E202", f"`{node.text}` is not a web address", "write it whole, as `https://www.example.org/`")


@dataclass(frozen=True)
class Many(Type):
    """A list of values of one type."""

    of: Type
    says = "a list"

    def read(self, node: Node, reading: Reading) -> tuple[Any, ...] | None:
        if not isinstance(node, Sequence):
            self.wrong(node, reading, "write it as a list, one `- …` a line, or as `[one, two]`")
            return None
        values = []
        for item in node.items:
            if isinstance(item, Text) and not item.text.strip():
                reading.fault(item.place, "E208", "an entry of the list is empty", "fill it in, or delete it")
            elif (value := self.of.read(item, reading)) is not None:
                values.append(value)
        return tuple(values)


@dataclass(frozen=True)
class Part(Type):
    """A group of fields, described by a dataclass."""

    of: type
    says = "a group of fields"

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Mapping):
            return read_fields(self.of, node, reading)
        names = ", ".join(f"`{spec.name}:`" for spec in specs(self.of))
        self.wrong(node, reading, f"write its fields one a line, indented: {names}")
        return None


@dataclass(frozen=True)
class Spec:
    """What is known of one field: its name in the file, and the attribute that holds it."""

    name: str
    attribute: str
    type: Type
    required: bool
    says: str


def required(type: Type, says: str, *, key: str = "") -> Any:
    """A dataclass field that the front matter must hold, under its own name or `key`."""
    return field(metadata={"type": type, "required": True, "says": says, "key": key})


def optional(type: Type, says: str, default: Any = None) -> Any:
    """A dataclass field that the front matter may hold."""
    if isinstance(type, Many):
        default = ()
    return field(default=default, metadata={"type": type, "required": False, "says": says, "key": ""})


@cache
def specs(of: type[Any]) -> tuple[Spec, ...]:
    """The fields that a dataclass reads from front matter, in its order. `from_` is written `from`."""
    return tuple(
        Spec(known["key"] or each.name.rstrip("_"), each.name, known["type"], known["required"], known["says"])
        for each in dataclasses.fields(of)
        if (known := each.metadata)
    )


def read_fields(of: type[T], fields: Mapping, reading: Reading, **given: Any) -> T | None:
    """The dataclass `of` made from fields and given values, or None after at least one problem was noted."""
    known = {spec.name: spec for spec in specs(of)}  # type: ignore[arg-type]
    values = dict(given)
    faults = len(reading.problems)
    excused: set[str] = set()
    for key, node in fields.fields:
        spec = known.get(key.text)
        if spec is None:
            help = did_you_mean(key.text, known, "its fields are: " + ", ".join(f"`{name}`" for name in known))
            excused.update(name for name in known if f"`{name}`?" in help)
            reading.fault(key.place, "E203", f"`{key.text}` is not a field of {_noun(of)}", help)
        elif isinstance(node, Text) and not node.text.strip():
            if spec.required:
                excused.add(spec.name)
                reading.fault(node.place, "E208", f"`{key.text}` is empty", f"fill it in: {spec.says}")
        else:
            value = spec.type.read(node, reading)
            excused.add(spec.name)
            if value is not None:
                values[spec.attribute] = value
    for spec in known.values():
        if spec.required and spec.attribute not in values and spec.name not in excused:
            reading.fault(fields.place, "E201", f"`{spec.name}` is missing", f"add `{spec.name}:`, {spec.says}")
    if len(reading.problems) > faults and any(problem.severity == "error" for problem in reading.problems[faults:]):
        return None
    return of(**values)


def _noun(of: type) -> str:
    return getattr(of, "noun", None) or article(of.__name__.lower())


def article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun
