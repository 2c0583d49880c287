"""Prose: a Markdown text as pieces of HTML with holes where only the whole site knows what belongs there."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple, cast

from communique.links import Reference, Target
from communique.packing import pack, unpack
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

    `packed` are its pieces, packed until somebody asks for them, and `quoted` is a digest of those in the words of its
    speakers; `plain` is its words without markup; `references` are
    the records it mentions, `speakers` its attributions and `illustrations` its images, each in their order.
    """

    place: Place
    packed: bytes = b""
    plain: str = ""
    references: tuple[Reference, ...] = ()
    speakers: tuple[QuoteStart, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    problems: tuple[Problem, ...] = ()
    quoted: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.packed)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces of HTML, and the holes between them."""
        return cast(tuple[Piece, ...], unpack(self.packed)) if self.packed else ()


def escape(text: str) -> str:
    """Text as it stands in HTML, between tags or in a quoted attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def prose_of(
    place: Place, pieces: tuple[Piece, ...], plain: str, references: Sequence[Reference], problems: Sequence[Problem]
) -> Prose:
    """The Prose of these pieces."""
    speakers = tuple(piece for piece in pieces if isinstance(piece, QuoteStart))
    illustrations = tuple(piece for piece in pieces if isinstance(piece, Illustration))
    quoted = _quotes_digest(pieces) if speakers else b""
    return Prose(place, pack(pieces), plain, tuple(references), speakers, illustrations, tuple(problems), quoted)


def _quotes_digest(pieces: tuple[Piece, ...]) -> bytes:
    """A digest of what speakers say."""
    said: list[Piece] = []
    inside = False
    for piece in pieces:
        inside = inside or isinstance(piece, QuoteStart)
        if inside:
            said.append(piece)
        inside = inside and not isinstance(piece, QuoteEnd)
    return blake2b(repr(said).encode(), digest_size=16).digest()


def parse_prose(text: str, place: Place) -> Prose:
    """A Markdown text that begins at a place, as Prose; what is wrong with it is among its problems."""
    if not text.strip():
        return Prose(place)
    if len(text) * 4 > LIMIT_BYTES and len(text.encode()) > LIMIT_BYTES:
        return _refused(place, f"the text is larger than {LIMIT_BYTES // 1024} KB", "divide it into several records")
    from communique.markdown.burden import Excess
    from communique.prose_writer import write_prose

    try:
        return write_prose(text, place)
    except Excess as excess:
        return _refused(place._replace(line=place.line + excess.line - 1), str(excess), "make the text simpler")
    except RecursionError:
        return _refused(place, "lists or block quotes stand too deeply inside each other", "make the text flatter")


def _refused(place: Place, message: str, help: str) -> Prose:
    return Prose(place, problems=(Problem(place, "E106", message, help),))
