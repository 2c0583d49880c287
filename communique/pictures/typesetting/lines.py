"""A line of type: letters at their places, in ems."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

from communique.pictures.typesetting.bidi import visual
from communique.pictures.typesetting.faces import BOX, Face, Voice, face_of, width
from communique.pictures.typesetting.tables import tables

HAN_GAP = 1 / 8
SQUEEZE = -0.45
OPENING = frozenset("（《「『【〔〈“‘")
CLOSING = frozenset("，。、；：）》」』】〕〉”’")


class Letter(NamedTuple):
    """A character and its face."""

    char: str
    face: Face


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Letters that stand together, and where each starts and ends from the start of the first."""

    letters: tuple[Letter, ...]
    starts: tuple[float, ...]
    ends: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Words with the places where they start, without the spaces between them, and the width of the whole."""

    words: tuple[tuple[float, Word], ...]
    width: float


def is_wide(char: str) -> bool:
    """Whether a character takes a whole square: Han, kana and their punctuation."""
    return char > "\u1100" and east_asian_width(char) in "WF"


@lru_cache(maxsize=1024)
def advances(text: str, voice: Voice) -> tuple[float, ...]:
    """Where each character of a text in reading order ends, in ems."""
    return tuple([start + end for start, word in _words(text, voice) for end in word.ends])


@lru_cache(maxsize=1024)
def set_line(text: str, voice: Voice, leftwards: bool) -> Line:
    """A line of text, its punctuation hung at the margins."""
    words = tuple(_words(visual(text, leftwards), voice))
    if not words:
        return Line((), 0.0)
    first, last = words[0][1].letters[0], words[-1][1].letters[-1]
    hung = SQUEEZE if first.char in OPENING and _is_half_empty(first) else 0.0
    end = words[-1][0] + words[-1][1].ends[-1] + hung
    if last.char in CLOSING and _is_half_empty(last):
        end += SQUEEZE
    return Line(tuple((start + hung, word) for start, word in words if not word.letters[0].char.isspace()), end)


def _words(text: str, voice: Voice) -> Iterator[tuple[float, Word]]:
    """The words and the spaces of a text, with the places where they start."""
    start = 0.0
    before: Letter | None = None
    for _, group in groupby(text, _sort):
        word = _word("".join(group), voice)
        if before:
            start += _gap(before, word.letters[0], voice)
        yield start, word
        start += word.ends[-1]
        before = word.letters[-1]


@lru_cache(maxsize=4096)
def _word(text: str, voice: Voice) -> Word:
    """Letters in one face if there is one that holds all of them."""
    whole = face_of(text, voice)
    letters = tuple([Letter(char, whole or face_of(char, voice) or _box(voice)) for char in text])
    starts, ends = [0.0], [width(*letters[0])]
    for before, letter in pairwise(letters):
        starts.append(ends[-1] + _gap(before, letter, voice))
        ends.append(starts[-1] + width(*letter))
    return Word(letters, tuple(starts), tuple(ends))


@lru_cache(maxsize=4096)
def _sort(char: str) -> str:
    return "space" if char.isspace() else "wide" if is_wide(char) else "letter"


def _box(voice: Voice) -> Face:
    return next(face for face in voice.faces if face.file == BOX)


@lru_cache(maxsize=8192)
def _gap(before: Letter, after: Letter, voice: Voice) -> float:
    """The space between two letters beyond their own: kerning; Han and Latin apart; punctuation marks together."""
    if before.face == after.face:
        closer = tables(before.face.file).closer(before.char, after.char) * before.face.scale
        tracking = voice.tracking if before.face == voice.faces[0] else 0.0
        if closer or tracking:
            return closer + tracking
    if (_is_plain(before.char) and _is_han(after.char)) or (_is_han(before.char) and _is_plain(after.char)):
        return HAN_GAP
    if _is_half_empty(before) and _is_half_empty(after) and not (before.char in OPENING and after.char in CLOSING):
        return SQUEEZE
    return 0.0


def _is_plain(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_han(char: str) -> bool:
    return is_wide(char) and char.isalnum()


def _is_half_empty(letter: Letter) -> bool:
    """Whether a punctuation mark stands in one half of a square."""
    marks = letter.char in OPENING or letter.char in CLOSING
    return marks and width(letter.char, letter.face) > 0.8 * letter.face.scale
