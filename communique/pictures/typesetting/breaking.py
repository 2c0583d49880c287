"""Where lines end: the largest size at which a text fits, and lines of about the same length."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.pictures.typesetting.faces import Voice
from communique.pictures.typesetting.lines import advances, is_wide

NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—～·・％‰℃ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:?!)]}%")
NO_END = frozenset("（《「『【〔〈“‘([{￥第")
COUNTERS = frozenset("年月日时点分秒号亿万千百十个家项名位人所座届次种倍元美欧英度期版米公里平方吨岁周天")
PAUSES = frozenset("，。、；：？！—")
INSIDE_NAME = 0.1
AFTER_SHORT_WORD = 0.012
BEFORE_DASH = 0.04
INSIDE_HAN = 0.01
AFTER_PAUSE = -0.012
TORN = 1.0


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of text, in the order of reading, and the size that they are set in."""

    lines: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A place where a line may end, and how much it would rather not."""

    place: int
    cost: float


def fit(
    text: str, voice: Voice, sizes: Sequence[int], width: float, height: float, names: Sequence[str] = ()
) -> Block:
    """The text at the largest of the sizes that fits, in balanced lines; at the last size cut short if it must be.

    A line ends within one of the `names` only if it has to.
    """
    marks = _marks(text, names)
    measured = _Measure(text, voice)
    for size in sizes:
        most = max(1, int(height / (size * voice.leading)))
        ends = _fewest(marks, measured, width / size)
        if ends and len(ends) <= most:
            return Block(_cut(text, _balanced(marks, measured, width / size, len(ends))), size)
    # only at the last size are words torn and texts cut
    marks = _torn(text, marks, measured, width / size)
    ends = _fewest(marks, measured, width / size)
    if len(ends) <= most:
        return Block(_cut(text, _balanced(marks, measured, width / size, len(ends))), size)
    start = ends[most - 2] if most > 1 else 0
    room = width / size - 1.0
    last = max((mark.place for mark in marks if mark.place > start and measured.span(start, mark.place) <= room), default=start)
    lines = _cut(text[:last], [*ends[: most - 1], last])
    return Block((*lines[:-1], re.sub(r"[\s，。、；：,.;:·—–-]+$", "", lines[-1]) + "…"), size)


class _Measure:
    def __init__(self, text: str, voice: Voice) -> None:
        self._text = text
        self._ends = (0.0, *advances(text, voice))

    def span(self, start: int, end: int) -> float:
        while end > start and self._text[end - 1] == " ":
            end -= 1
        return self._ends[end] - self._ends[start]


def _marks(text: str, names: Sequence[str]) -> list[Mark]:
    inside = {
        place
        for name in names
        if len(name) > 1
        for found in re.finditer(re.escape(name), text)
        for place in range(found.start() + 1, found.end())
    }
    marks = []
    for place in range(1, len(text)):
        cost = _cost(text, place)
        if cost is not None:
            marks.append(Mark(place, cost + (INSIDE_NAME if place in inside else 0.0)))
    return [*marks, Mark(len(text), 0.0)]


def _cost(text: str, place: int) -> float | None:
    """What it costs to end a line before a place; None where that is wrong."""
    before, after = text[place - 1], text[place]
    if before == " ":
        word = text[:place].split()[-1]
        if after in "–—·&|-":
            return BEFORE_DASH
        if word[-1] in PAUSES or word[-1] in ",;:.?!":
            return AFTER_PAUSE
        return AFTER_SHORT_WORD if len(word) <= 3 or word.isdigit() else 0.0
    if after == " " or after in NO_START or before in NO_END or "\xa0" in (before, after):
        return None
    if is_wide(before) or is_wide(after):
        if before.isdigit() and after in COUNTERS:
            return None
        return AFTER_PAUSE if before in PAUSES else INSIDE_HAN
    if before in "-‐–—/" and after.isalpha() and text[place - 2 : place - 1].isalpha():
        return AFTER_SHORT_WORD
    return None


def _torn(text: str, marks: list[Mark], measured: _Measure, limit: float) -> list[Mark]:
    torn: list[Mark] = []
    start = 0
    for mark in marks:
        if measured.span(start, mark.place) > limit:
            torn.extend(Mark(place, TORN) for place in range(start + 1, mark.place) if text[place] != " ")
        torn.append(mark)
        start = mark.place
    return torn


def _fewest(marks: list[Mark], measured: _Measure, limit: float) -> list[int]:
    """The ends of as few lines as there can be; none if a word is too long."""
    ends: list[int] = []
    start = last = 0
    for mark in marks:
        if measured.span(start, mark.place) > limit:
            if last == start or measured.span(last, mark.place) > limit:
                return []
            ends.append(last)
            start = last
        last = mark.place
    return [*ends, last]


def _balanced(marks: list[Mark], measured: _Measure, limit: float, count: int) -> list[int]:
    """The ends of a number of lines of about the same length, at the places that cost least."""
    aim = measured.span(0, marks[-1].place) / count
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for mark in marks if number < count else marks[-1:]:
            for start, (cost, ends) in best.items():
                if start >= mark.place:
                    continue
                length = measured.span(start, mark.place)
                if length > limit:
                    continue
                total = cost + ((length - aim) / limit) ** 2 + mark.cost
                if mark.place not in reached or total < reached[mark.place][0]:
                    reached[mark.place] = (total, (*ends, mark.place))
        best = reached
    return list(best[marks[-1].place][1])


def _cut(text: str, ends: Sequence[int]) -> tuple[str, ...]:
    return tuple(text[start:end].strip(" ") for start, end in pairwise((0, *ends)))
