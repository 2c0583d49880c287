"""What import tells the press officer: notes on a draft, and the refusal to make one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Note(NamedTuple):
    """Something to know about a draft. `line` is a line of the new file (0: none), `code` one word for what it is."""

    line: int
    code: str
    message: str
    help: str = ""


class Refused(Exception):
    """A document of which no draft is made: the reason, and what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class WrongKind(Refused):
    """A file of a kind that cannot be imported, whatever it holds."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A note before its line is known: it concerns a block of the manuscript by number, a field by name, or the place
    where some words stand."""

    code: str
    message: str
    help: str = ""
    block: int = 0
    field: str = ""
    near: str = ""
    taken: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the site knows: slugs with the names they go by, the preferred one first. `boilerplates` are Markdown."""

    partners: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    people: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    boilerplates: Mapping[str, str] = field(default_factory=dict)


def brief(text: str, length: int = 60) -> str:
    """The first words of a text, to point at it."""
    words = " ".join(text.split())
    if len(words) <= length:
        return words
    cut = words[:length].rpartition(" ")[0]
    return (cut if len(cut) > length // 2 else words[:length]) + " …"


def several(number: int, noun: str) -> str:
    """A number with its noun: `1 table`, `3 tables`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
