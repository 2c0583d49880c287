"""Where a line may end, and how much it would rather not."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from communique.pictures.typesetting.lines import is_wide
from communique.pictures.typesetting.tables import shipped

NO_START = frozenset("，。、；：？！）》」』】〕〉”’…—～·・％‰℃ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:?!)]}%")
NO_END = frozenset("（《「『【〔〈“‘([{￥第")
COUNTERS = frozenset("年月日时点分秒号亿万千百十个家项名位人所座届次种倍元美欧英度期版米公里平方吨岁周天")
NUMERALS = frozenset("零一二三四五六七八九十百千万亿两几数")
PAUSES = frozenset("，。、；：？！—,;:.?!")
DASHES = frozenset("–—·&|-")

# beside wide characters, after spaces and dashes, and nowhere else may a line end
PLACE = re.compile("(?<=[ /\u1100-\U0010ffff-])(?!\\Z)|(?!^)(?=[\u1100-\U0010ffff])")

INSIDE_NAME = 0.1
BEFORE_DASH = 0.05
AFTER_SHORT_WORD = 0.03
INSIDE_WORD = 0.03
AFTER_PAUSE = -0.01
TORN = 1.0


class Mark(NamedTuple):
    """A place where a line may end, and what it costs there; a line that is a tenth too short costs 0.01."""

    place: int
    cost: float


@lru_cache(maxsize=1)
def chinese_words() -> frozenset[str]:
    """The common Chinese words of two characters."""
    text = shipped("words", "chinese.txt").read_text("utf-8").strip()
    return frozenset(text[place : place + 2] for place in range(0, len(text), 2))


def marks_of(text: str, names: Sequence[str], whole: bool) -> list[Mark]:
    """All places where a line of a text may end. With `whole`, none of them is within one of the names."""
    inside = {
        place
        for name in names
        if name in text
        for found in re.finditer(re.escape(name), text)
        for place in range(found.start() + 1, found.end())
    }
    marks = []
    for found in PLACE.finditer(text):
        place = found.start()
        cost = _cost(text, place)
        if cost is not None and not (whole and place in inside):
            marks.append(Mark(place, cost + INSIDE_NAME if place in inside else cost))
    return [*marks, Mark(len(text), 0.0)]


def torn(text: str, start: int, end: int) -> Iterator[Mark]:
    """Marks within a word, for one that is longer than a line."""
    return (
        Mark(place, TORN)
        for place in range(start + 1, end)
        if " " not in text[place - 1 : place + 1] and text[place] not in NO_START and text[place - 1] not in NO_END
    )


def _cost(text: str, place: int) -> float | None:
    before, after = text[place - 1], text[place]
    if before == " ":
        return _cost_at_space(text[:place].rstrip().rpartition(" ")[2], after)
    if after == " " or after in NO_START or before in NO_END or "\xa0" in (before, after):
        return None
    if is_wide(before) or is_wide(after):
        if before.isdigit() and after in COUNTERS:
            return None
        if before in PAUSES:
            return AFTER_PAUSE
        joined = before + after in chinese_words() or (before in NUMERALS and (after in COUNTERS or after in NUMERALS))
        return INSIDE_WORD if joined else 0.0
    if before in "-‐–—/" and after.isalpha() and text[place - 2 : place - 1].isalpha():
        return AFTER_SHORT_WORD
    return None


def _cost_at_space(word: str, after: str) -> float:
    if after in DASHES:
        return BEFORE_DASH
    if word[-1:] in PAUSES:
        return AFTER_PAUSE
    return AFTER_SHORT_WORD if len(word) <= 3 or word[-1:].isdigit() else 0.0
