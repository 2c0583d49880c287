"""Values: the types that a single value of front matter may have, and what comes up while one is read."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

from communique.frontmatter import Mapping, Node, Sequence, Text
from communique.links import Reference, read_target
from communique.moments import Moment, Unclear, read_instant, read_moment
from communique.names import Name
from communique.problems import Place, Problem
from communique.prose import Prose, parse_prose


class Reading:
    """What comes up while a document is read: problems, and the references that it makes."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.references: list[Reference] = []

    def fault(self, place: Place, code: str, message: str, help: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(place, code, message, help))


def blank(text: str) -> bool:
    """Whether nobody could see anything of a text."""
    return not text.strip("\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff \t\n\u00a0\u3000")


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

    def stand_in(self, name: str) -> Any:
        """What stands where a record of this name lacks a value that it must have; None where nothing can."""
        return None

    def wrong(self, node: Node, reading: Reading, help: str = "") -> None:
        """Note that the node is not of this type."""
        shape = {Text: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
        otherwise = "if the text begins with [ or {, put it in quotation marks" if self.says == "a text" else ""
        reading.fault(node.place, "E202", f"here stands {shape}, where {self.says} is asked", help or otherwise)


class Line(Type):
    """One line of plain text."""

    def value(self, node: Text, reading: Reading) -> str:
        return " ".join(node.text.split())

    def stand_in(self, name: str) -> str:
        return name


class Passage(Type):
    """A text in Markdown."""

    def value(self, node: Text, reading: Reading) -> Prose:
        place = node.place if node.indent is None else node.place._replace(line=node.place.line + 1, column=1)
        prose = parse_prose(node.text, place._replace(column=1 + (node.indent or 0)))
        reading.problems.extend(prose.problems)
        reading.references.extend(prose.references)
        return prose

    def stand_in(self, name: str) -> Prose:
        return Prose(Place(""))


@dataclass(frozen=True)
class Located:
    """A text with its place, where a later stage may find fault with it."""

    text: str
    place: Place


class Spot(Type):
    """A line of text that keeps its place: a file name, a path."""

    def value(self, node: Text, reading: Reading) -> Located:
        return Located(node.text.strip(), node.place)


class Sort(Spot):
    """A line of text that names a kind and keeps its place."""

    def stand_in(self, name: str) -> Located:
        return Located("", Place(""))


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

    def stand_in(self, name: str) -> Moment:
        return Moment(2000, 1, 1)


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
        text = node.text.strip()
        if re.fullmatch(r"https?://[^\s<>\"'`\\]+", text, re.IGNORECASE) and _has_host(text):
            return text
        raise Unclear("E202", f"`{node.text}` is not a web address", "write it whole, as `https://www.example.org/`")


def _has_host(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname)
    except ValueError:
        return False
