"""A line of type: runs of one face each, at their places, in ems."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from unicodedata import east_asian_width

from communique.pictures.typesetting.bidi import visual
from communique.pictures.typesetting.faces import Face, Voice, face_of, width

HAN_GAP = 1 / 8
SQUEEZE = -0.45
OPENING = frozenset("（《「『【〔〈“‘")
CLOSING = frozenset("，。、；：）》」』】〕〉”’")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one face, and where it starts on the line."""

    text: str
    face: Face
    start: float


@dataclass(frozen=True, slots=True)
class Line:
    """A finished line and its width."""

    runs: tuple[Run, ...]
    width: float


def is_wide(char: str) -> bool:
    """Whether a character takes a whole square: Han, kana and their punctuation."""
    return char > "\u1100" and east_asian_width(char) in "WF"


def is_full(char: str, voice: Voice) -> bool:
    """Whether a punctuation mark is drawn in one half of a square, so that its other half is empty."""
    if char not in OPENING and char not in CLOSING:
        return False
    face = face_of(char, voice)
    return face is not None and width(char, face) > 0.8 * face.scale


def gap(before: str, after: str, voice: Voice) -> float:
    """The space between two characters beyond their own: Han and Latin apart, two punctuation marks together."""
    if (before.isascii() and before.isalnum() and _is_han(after)) or (
        after.isascii() and after.isalnum() and _is_han(before)
    ):
        return HAN_GAP
    both = is_full(before, voice) and is_full(after, voice)
    if both and not (before in OPENING and after in CLOSING):
        return SQUEEZE
    return 0.0


def _is_han(char: str) -> bool:
    return is_wide(char) and char.isalnum()


@lru_cache(maxsize=1024)
def advances(text: str, voice: Voice) -> tuple[float, ...]:
    """Where each character of a text ends in ems, kerning aside: good enough to choose line breaks by."""
    ends = []
    end = 0.0
    before = ""
    for piece, face in _pieces(text, voice):
        for char in piece:
            end += (gap(before, char, voice) if before else 0.0) + width(char, face)
            ends.append(end)
            before = char
    return tuple(ends)


def set_line(text: str, voice: Voice, leftwards: bool) -> Line:
    """A line of text, its punctuation hung at the margins."""
    text = visual(text, leftwards)
    start = SQUEEZE if text and text[0] in OPENING and is_full(text[0], voice) else 0.0
    runs: list[Run] = []
    before = ""
    for piece, face in _pieces(text, voice):
        for part in _unspaced(piece, voice):
            start += gap(before, part[0], voice) if before else 0.0
            runs.append(Run(part, face, start))
            start += width(part, face)
            before = part[-1]
    if before in CLOSING and is_full(before, voice):
        start += SQUEEZE
    return Line(tuple(runs), start)


def _unspaced(piece: str, voice: Voice) -> Iterator[str]:
    first = 0
    for place in range(1, len(piece)):
        if gap(piece[place - 1], piece[place], voice):
            yield piece[first:place]
            first = place
    yield piece[first:]


def _pieces(text: str, voice: Voice) -> list[tuple[str, Face]]:
    """The text cut where the face changes. A word stays in one face if there is one that holds all of it."""
    pieces: list[tuple[str, Face]] = []
    for word in map("".join, (group for _, group in groupby(text, _sort))):
        whole = face_of(word, voice)
        for part in [word] if whole else word:
            face = whole or face_of(part, voice) or _box(voice)
            if pieces and pieces[-1][1] == face:
                part = pieces.pop()[0] + part
            pieces.append((part, face))
    return pieces


def _sort(char: str) -> str:
    return "space" if char.isspace() else "wide" if is_wide(char) else "letter"


def _box(voice: Voice) -> Face:
    return next(face for face in voice.faces if face.file == "chinese.otf")
