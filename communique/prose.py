"""Prose: a Markdown text as pieces of HTML with holes where only the whole site knows what belongs there."""

from dataclasses import dataclass
from typing import NamedTuple, cast

from communique.links import Reference, Target
from communique.packing import unpack
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
    """A text that has been read.

    `packed` are its pieces, packed until somebody asks for them; `plain` is its words without markup; `references` are
    the records it mentions, `speakers` its attributions and `illustrations` its images, each in their order.
    """

    place: Place
    packed: bytes = b""
    plain: str = ""
    references: tuple[Reference, ...] = ()
    speakers: tuple[QuoteStart, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.packed)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of HTML, and the holes between them."""
        return cast(tuple[Piece, ...], unpack(self.packed)) if self.packed else ()


def escape(text: str) -> str:
    """Text as it stands in HTML, between tags or in a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def parse_prose(text: str, place: Place) -> Prose:
    """A Markdown text that begins at a place, as Prose; what is wrong with it is among its problems."""
    if not text.strip():
        return Prose(place)
    if len(text) * 4 > LIMIT_BYTES and len(text.encode()) > LIMIT_BYTES:
        return _refused(place, f"the text is larger than {LIMIT_BYTES // 1024} KB", "divide it into several records")
    from communique.markdown_burden import Excess
    from communique.prose_writer import write_prose

    try:
        return write_prose(text, place)
    except Excess as excess:
        return _refused(place._replace(line=place.line + excess.line - 1), str(excess), "make the text simpler")
    except RecursionError:
        return _refused(place, "lists or block quotes stand too deeply inside each other", "make the text flatter")


def _refused(place: Place, message: str, help: str) -> Prose:
    return Prose(place, problems=(Problem(place, "E106", message, help),))
