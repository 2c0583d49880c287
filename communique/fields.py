"""Fields: what the front matter of a kind may hold, written once, as a dataclass with a type and a sentence a field."""

import dataclasses
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from communique.frontmatter import Mapping, Node, Sequence, Text
from communique.problems import did_you_mean
from communique.values import Instant, Reading, Type, YesNo, blank

T = TypeVar("T")


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
            if isinstance(item, Text) and blank(item.text):
                reading.fault(item.place, "E208", "an entry of the list is empty", "fill it in, or delete it")
            elif (value := self.of.read(item, reading)) is not None:
                values.append(value)
        return tuple(values)

    def stand_in(self, name: str) -> tuple[Any, ...]:
        return ()


@dataclass(frozen=True)
class Part(Type):
    """A group of fields, described by a dataclass."""

    of: type
    says = "a group of fields"

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Mapping):
            # what has a fault keeps its place, so that the rest of it is checked too
            return mend_fields(self.of, node, reading)[0]
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
    made, unsound = mend_fields(of, fields, reading, **given)
    return None if unsound else made


def mend_fields(of: type[T], fields: Mapping, reading: Reading, **given: Any) -> tuple[T | None, tuple[str, ...]]:
    """The dataclass `of` with stand-ins for what must be there and is not, so that the rest can be checked; None where
    nothing can stand in. And the attributes that are not sound: `UNKNOWN` stands for a field that nobody knows."""
    known = {spec.name: spec for spec in specs(of)}  # type: ignore[arg-type]
    values = dict(given)
    unsound: dict[str, None] = {}
    excused: set[str] = set()
    # a draft that was imported may have nobody in its lists yet
    draft = any(key.text == "draft" and isinstance(node, Text) and node.text == "true" for key, node in fields.fields)
    for key, node in fields.fields:
        spec = known.get(key.text)
        before = len(reading.problems)
        if spec is None:
            help = did_you_mean(key.text, known, "its fields are: " + ", ".join(f"`{name}`" for name in known))
            excused.update(name for name in known if f"`{name}`?" in help)
            reading.fault(key.place, "E203", f"`{key.text}` is not a field of {_noun(of)}", help)
        elif isinstance(node, Text) and blank(node.text):
            if spec.required or isinstance(spec.type, FAIL_CLOSED) or spec.name == "questions":
                excused.add(spec.name)
                reading.fault(node.place, "E208", f"`{key.text}` is empty", f"fill it in: {spec.says}")
        elif spec.required and isinstance(node, Sequence) and not node.items and not draft:
            excused.add(spec.name)
            reading.fault(node.place, "E208", f"`{key.text}` is empty", f"fill it in: {spec.says}")
        else:
            value = spec.type.read(node, reading)
            excused.add(spec.name)
            if value is not None:
                values[spec.attribute] = value
        if any(problem.severity == "error" for problem in reading.problems[before:]):
            unsound[spec.attribute if spec else UNKNOWN] = None
    for spec in known.values():
        if spec.required and spec.attribute not in values:
            unsound[spec.attribute] = None
            if spec.name not in excused:
                reading.fault(fields.place, "E201", f"`{spec.name}` is missing", f"add `{spec.name}:`, {spec.says}")
            otherwise = spec.type.stand_in(given["name"].slug if "name" in given else "…")
            if otherwise is None:
                return None, tuple(unsound)
            values[spec.attribute] = otherwise
    return of(**values), tuple(unsound)


UNKNOWN = "?"
# an empty one of these is not the same as none: somebody meant to say something that may keep a text back
FAIL_CLOSED = (Instant, YesNo, Part)


def _noun(of: type) -> str:
    return getattr(of, "noun", None) or article(of.__name__.lower())


def article(noun: str) -> str:
    """The noun with `a` or `an` before it."""
    return ("an " if noun[0] in "aeiou" else "a ") + noun
