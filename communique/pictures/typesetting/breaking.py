"""Where lines end: a large size at which a text fits, and lines of about the same length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.pictures.typesetting.faces import Voice
from communique.pictures.typesetting.lines import advances
from communique.pictures.typesetting.marks import Mark, marks_of, torn

SMALLER = 0.02
CHOICES = 3


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text, in the order of reading, and the size that they are set in."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Column:
    """Room for text: its width and height in pixels, and the sizes to choose from, the largest first."""

    width: float
    height: float
    sizes: tuple[int, ...]

    def most(self, size: int, voice: Voice) -> int:
        """How many lines of a size there is room for."""
        return max(1, int(self.height / (size * voice.leading)))


def fit(text: str, voice: Voice, column: Column, names: Sequence[str] = ()) -> Block:
    """The text at its best size in the column; if no size will do, at the last one, words torn and the end cut.

    A line ends within one of the `names` only if it has to.
    """
    return fit_whole(text, voice, column, names, whole=False) or _forced(text, voice, column, names)


def fit_whole(text: str, voice: Voice, column: Column, names: Sequence[str], whole: bool = True) -> Block | None:
    """The text at its best size in the column, with whole words and, if asked, whole names; None if it has no room."""
    if not text:
        return Block((), column.sizes[0])
    spans = _Spans(text, voice)
    if spans.of(0, len(text)) <= column.width / column.sizes[0]:
        return Block(_cut(text, (len(text),)), column.sizes[0])
    marks = marks_of(text, names, whole)
    blocks: list[tuple[float, Block]] = []
    for size in column.sizes:
        limit = column.width / size
        count = len(_fewest(marks, spans, limit, column.most(size, voice)))
        if count:
            cost, ends = _balanced(marks, spans, limit, count)
            blocks.append((cost + SMALLER * len(blocks), Block(_cut(text, ends), size)))
            if len(blocks) == CHOICES:
                break
    return min(blocks, key=lambda each: each[0])[1] if blocks else None


def _forced(text: str, voice: Voice, column: Column, names: Sequence[str]) -> Block:
    size = column.sizes[-1]
    limit = column.width / size
    most = column.most(size, voice)
    spans = _Spans(text, voice)
    marks: list[Mark] = []
    start = 0
    for mark in marks_of(text, names, whole=False):
        if spans.of(start, mark.place) > limit:
            marks.extend(torn(text, start, mark.place))
        marks.append(mark)
        start = mark.place
    ends = _fewest(marks, spans, limit, len(text))
    if len(ends) <= most:
        return Block(_cut(text, _balanced(marks, spans, limit, len(ends))[1]), size)
    start = ends[most - 2] if most > 1 else 0
    # room for the ellipsis; a good place to stop is worth up to a quarter of the line
    room = limit - 1.0
    places = [(spans.of(start, mark.place), mark) for mark in marks if mark.place > start]
    last = max(
        ((length / limit - 5 * mark.cost, mark.place) for length, mark in places if length <= room), default=(0, start)
    )[1]
    lines = _cut(text[:last], [*ends[: most - 1], last])
    return Block((*lines[:-1], re.sub(r"[\s，。、；：,.;:·—–-]+$", "", lines[-1]) + "…"), size)


class _Spans:
    """The lengths of parts of a text in ems."""

    def __init__(self, text: str, voice: Voice) -> None:
        self._starts = (0.0, *advances(text, voice))
        self._ends = list(self._starts)
        # a space at the end of a line takes no room
        for space in re.finditer(" ", text):
            self._ends[space.end()] = self._starts[space.start()]

    def of(self, start: int, end: int) -> float:
        return self._ends[end] - self._starts[start]


def _fewest(marks: list[Mark], spans: _Spans, limit: float, most: int) -> list[int]:
    """The ends of as few lines as there can be; none if these are more than `most`, or a word is too long."""
    ends: list[int] = []
    start = last = 0
    for mark in marks:
        if spans.of(start, mark.place) > limit:
            if last == start or spans.of(last, mark.place) > limit or len(ends) + 1 == most:
                return []
            ends.append(last)
            start = last
        last = mark.place
    return [*ends, last]


def _balanced(marks: list[Mark], spans: _Spans, limit: float, count: int) -> tuple[float, tuple[int, ...]]:
    """The ends of a number of lines of about the same length, at the places that cost least, and that cost."""
    aim = spans.of(0, marks[-1].place) / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        following = marks if number < count else marks[-1:]
        for start, (cost, ends) in best.items():
            for place, own in following:
                if place <= start:
                    continue
                length = spans.of(start, place)
                if length > limit:
                    break
                total = cost + ((length - aim) / limit) ** 2 + own
                if place not in reached or total < reached[place][0]:
                    reached[place] = (total, (*ends, place))
        best = reached
    return best[marks[-1].place]


def _cut(text: str, ends: Sequence[int]) -> tuple[str, ...]:
    return tuple(text[start:end].strip(" ") for start, end in pairwise((0, *ends)))
