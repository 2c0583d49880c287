"""Numbers in English words, from one to trillion, and words that may stand for a number, as both or decade."""

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from communique.parity.numbers import AFTER_ENGLISH, Number, soft, unit_of

SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
HALVES = {"half": Fraction(1, 2), "halves": Fraction(1, 2), "quarter": Fraction(1, 4), "quarters": Fraction(1, 4)}

_SMALL = {
    word: value
    for value, word in enumerate(
        (
            *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
        )
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2)
}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_MANY = {"week": 7, "weeks": 7, "decades": 10, "centuries": 100, "dozen": 12}
_TWO = ("both", "pair", "couple", "twice", "double", "doubled", "doubles", "dual", "twin", "twofold", "bilateral")
_OTHER = ("either", "neither", "another", "other", "others", "latter", "secondly")
_THREE = ("triple", "tripled", "triples", "threefold", "thrice", "trilateral")
_PERIODS = {"week": 7, "fortnight": 14, "decade": 10, "century": 100}
_SOFT: dict[str, Fraction | int] = {
    **dict.fromkeys((*_TWO, *_OTHER), 2),
    **dict.fromkeys(_THREE, 3),
    **dict.fromkeys(("quadruple", "quadrupled"), 4),
    "dozen": 12,
    **_PERIODS,
    **HALVES,
}
_UNIT = re.compile(rf"(?:[\s-]+(?P<part>per\s?cent\b|percentage\spoints?))?(?:[\s-]+(?P<unit>{AFTER_ENGLISH}))?", re.I)
_WORD = re.compile(r"[A-Za-z]+")
_A_SCALE = re.compile(r"\s+(?:hundred|thousand|million|billion|trillion)\b", re.I)
_OF_FIGURES = re.compile(r"\d[\s-]?(?:(?:hundred|thousand|million)\s)?$", re.I)
_JOIN = re.compile(r"[\s-]+")
_AND = re.compile(r"\s+and\s+|-and-")


class _Word(NamedTuple):
    """A word of a number."""

    value: int
    ordinal: bool
    start: int
    end: int


def spelled_numbers(text: str) -> Iterator[Number]:
    """The numbers in the words of an English text."""
    run: list[_Word] = []
    for match in _WORD.finditer(text):
        name = match[0].lower()
        if name in _SOFT:
            yield soft(_SOFT[name], match.start(), match.end())
        value, ordinal = value_of(name)
        if name in ("a", "an") and _A_SCALE.match(text, match.end()):
            value = 1
        if value is None or (value >= 100 and _OF_FIGURES.search(text, max(0, match.start() - 12), match.start())):
            if run and name in _MANY and _JOIN.fullmatch(text, run[-1].end, match.start()):
                yield soft(_sum(run) * _MANY[name], run[0].start, match.end())
                yield soft(_sum(run), run[0].start, match.end())
                run = []
            continue
        this = _Word(value, ordinal, match.start(), match.end())
        if run and not _continues(run[-1], this, text):
            yield _number(run, text)
            run = []
        run.append(this)
    if run:
        yield _number(run, text)


def value_of(name: str) -> tuple[int | None, bool]:
    """The value of a word of a number, and whether it is an ordinal."""
    if name in _ORDINALS:
        return _ORDINALS[name], True
    cardinal = ""
    if name.endswith("ieth"):
        cardinal = f"{name[:-4]}y"
    elif name.endswith("th"):
        cardinal = name[:-2]
    for words in (_SMALL, _TENS, SCALES):
        if (cardinal or name) in words:
            return words[cardinal or name], bool(cardinal)
    return None, False


def _continues(last: _Word, this: _Word, text: str) -> bool:
    """Whether a word goes on with the number of the word before it."""
    if last.ordinal:
        return False
    if _AND.fullmatch(text, last.end, this.start):
        return last.value >= 100 and this.value < 100
    if not _JOIN.fullmatch(text, last.end, this.start):
        return False
    if this.value >= 100:
        return last.value < this.value and (this.value > 100 or last.value < 20)
    return last.value >= 100 or (last.value in _TENS.values() and 0 < this.value < 10)


def _sum(run: list[_Word]) -> int:
    total = current = 0
    for word in run:
        if word.value > 100:
            total += (current or 1) * word.value
            current = 0
        elif word.value == 100:
            current = (current or 1) * 100
        else:
            current += word.value
    return total + current


def _number(run: list[_Word], text: str) -> Number:
    value, last = _sum(run), run[-1].value
    # in two to three million the scale is that of both, so it is kept apart
    scale = Fraction(last if last >= 1000 else 1)
    number = Number(value / scale, run[0].start, run[-1].end, scale, firm=value > 2)
    unit = _UNIT.match(text, number.end)
    if unit and unit[0]:
        part = Fraction(1, 100) if unit["part"] else Fraction(1)
        return replace(number, scale=scale * part, unit=unit_of(unit["unit"]), end=unit.end(), firm=True)
    return number
