"""Prose: a Markdown text as pieces of HTML with holes where only the whole site knows what belongs there."""

from dataclasses import dataclass
from typing import NamedTuple

from communique.links import Reference, Target
from communique.problems import Place, Problem

LIMIT_BYTES = 512 * 1024


class LinkStart(NamedTuple):
    """Here a link opens."""

    target: Target
    title: str


class Words(NamedTuple):
    """Plain text in which names may become links."""

    text: str


class Anchor(NamedTuple):
    """The value of an id, or of a link to one, inside this text."""

    id: str


class Illustration(NamedTuple):
    """An image; `path` is that of its file in the site folder, `alone` where it is a paragraph of its own."""

    path: str
    alt: str
    title: str
    alone: bool
    place: Place


class QuoteStart(NamedTuple):
    """Here the words of a speaker begin; `speaker` as the attribution names them."""

    speaker: str
    place: Place


class QuoteEnd(NamedTuple):
    """Here the words of a speaker end."""


Piece = str | LinkStart | Words | Anchor | Illustration | QuoteStart | QuoteEnd


@dataclass(frozen=True, slots=True)
class Prose:
    """A text that has been read. `plain` is its words without markup; `references` are the records it mentions."""

    place: Place
    pieces: tuple[Piece, ...] = ()
    plain: str = ""
    references: tuple[Reference, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def speakers(self) -> tuple[QuoteStart, ...]:
        """The attributions, in their order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, QuoteStart))

    @property
    def illustrations(self) -> tuple[Illustration, ...]:
        """The images, in their order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Illustration))


def parse_prose(text: str, place: Place) -> Prose:
    """A Markdown text that begins at a place, as Prose; what is wrong with it is among its problems."""
    if not text.strip():
        return Prose(place)
    if len(text) * 4 > LIMIT_BYTES and len(text.encode()) > LIMIT_BYTES:
        return _refused(place, f"the text is larger than {LIMIT_BYTES // 1024} KB", "divide it into several records")
    from communique.prose_writer import write_prose

    try:
        return write_prose(text, place)
    except RecursionError:
        return _refused(place, "lists or block quotes stand too deeply inside each other", "make the text flatter")


def _refused(place: Place, message: str, help: str) -> Prose:
    return Prose(place, problems=(Problem(place, "E106", message, help),))
