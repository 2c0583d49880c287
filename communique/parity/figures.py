"""Figures: the dates and numbers of two texts, and which of them have no counterpart in the other."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from communique.parity.align import Group
from communique.parity.blocks import Block
from communique.parity.chinese import chinese_numbers
from communique.parity.dates import Date, find_dates, same_date
from communique.parity.differences import LIMIT, Difference
from communique.parity.english import english_numbers
from communique.parity.numbers import Number, agree, same_unit, soft

_READERS: dict[str, Callable[[str], list[Number]]] = {"en": english_numbers, "zh": chinese_numbers}
_FULL_WIDTH = str.maketrans("０１２３４５６７８９％＄￥．", "0123456789%$¥.")
_HELP = "correct it, or write `<!-- allow parity: … -->` with the reason on the line before"
_SLIPS = tuple(10**power for power in range(1, 9))


@dataclass(frozen=True, slots=True)
class _Found:
    """A date or a number, and the block in which it stands."""

    figure: Number | Date
    block: Block

    @property
    def words(self) -> str:
        """What is written there."""
        return " ".join(self.block.text[self.figure.start : self.figure.end].split())


LIMIT_TEXT = 200_000
"""The longest texts, in signs, whose numbers are compared."""

_Both = tuple[list[_Found], list[_Found]]


def readable(language: str) -> str:
    """By whose rules the numbers of a language are read: `en`, `zh`, or empty where nobody knows them."""
    primary = language.partition("-")[0].lower()
    return primary if primary in _READERS else ""


def compare_figures(
    groups: Sequence[Group], original: str, translation: str, place: tuple[int, int]
) -> list[Difference]:
    """The differences in dates and numbers between texts in two languages; none where a language is not readable.

    `place` is where something is said to be missing if no block of the translation corresponds.
    """
    languages = readable(original), readable(translation)
    length = sum(len(block.text) for group in groups for block in (*group.original, *group.translation))
    if not all(languages) or length > LIMIT_TEXT:
        return []
    read: list[_Both] = [(_read(each.original, languages[0]), _read(each.translation, languages[1])) for each in groups]
    alone: list[_Both] = [(_without(before, after), _without(after, before)) for before, after in read]
    differences: list[Difference] = []
    for number, group in enumerate(groups):
        missing, extra = alone[number]
        near = [read[index] for index in (number - 1, number + 1) if 0 <= index < len(read)]
        # what has moved to the next paragraph is there; what has been exchanged for something else is not
        if not extra:
            missing = _without(missing, [found for _, after in near for found in after])
        elif not missing:
            extra = _without(extra, [found for before, _ in near for found in before])
        if group.translation:
            place = group.translation[0].beginning
        differences += _tell(missing, extra, place)
    return differences


def _read(blocks: Iterable[Block], language: str) -> list[_Found]:
    found: list[_Found] = []
    for block in blocks:
        dates, rest = find_dates(block.text.translate(_FULL_WIDTH), language)
        found += (_Found(date, block) for date in dates)
        found += (_Found(number, block) for number in _READERS[language](rest))
        # a year that one text gives alone may be part of a date in the other
        for date in dates:
            parts = (date.year, date.month, date.day)
            found += (_Found(soft(part, date.start, date.end), block) for part in parts if part)
    return found


def _without(these: list[_Found], those: list[_Found]) -> list[_Found]:
    """Those of the one text that have no counterpart in the other, each once."""
    known: dict[Fraction | frozenset[int], dict[str | Date, Number | Date]] = {}
    for other in those:
        known.setdefault(_key(other.figure), {})[_form(other.figure)] = other.figure
    alone: list[_Found] = []
    for each in these:
        if not each.figure.firm:
            continue
        like = known.setdefault(_key(each.figure), {})
        if not any(_same(each.figure, other) for other in like.values()):
            alone.append(each)
            like[_form(each.figure)] = each.figure
    return alone[:LIMIT]


def _key(figure: Number | Date) -> Fraction | frozenset[int]:
    """What two figures that say the same have in common."""
    return figure.value if isinstance(figure, Number) else frozenset((figure.month, figure.day))


def _form(figure: Number | Date) -> str | Date:
    """What two figures with one key may differ in."""
    return figure.unit if isinstance(figure, Number) else replace(figure, start=0, end=0)


def _same(one: Number | Date, other: Number | Date) -> bool:
    if isinstance(one, Number):
        return isinstance(other, Number) and agree(one, other)
    return isinstance(other, Date) and same_date(one, other)


def _tell(missing: list[_Found], extra: list[_Found], place: tuple[int, int]) -> Iterable[Difference]:
    for here in extra:
        there = _origin(here, missing, len(extra))
        code = "date" if isinstance(here.figure, Date) else "number"
        line, column = here.block.place(here.figure.start)
        if there is None:
            yield Difference(line, column, code, f"the original does not say `{here.words}`", _HELP)
        else:
            missing.remove(there)
            yield Difference(line, column, code, _compared(here, there), _HELP)
    for there in missing:
        code = "date" if isinstance(there.figure, Date) else "number"
        message = f"`{there.words}` of the original is not here"
        yield Difference(*place, code, message, _HELP)


def _origin(here: _Found, missing: list[_Found], count: int) -> _Found | None:
    """The figure of the original for which one of the translation stands, as it seems."""
    same_kind = [each for each in missing if isinstance(each.figure, type(here.figure))]
    for test in (_equal, _slipped):
        for each in same_kind:
            if test(here.figure, each.figure):
                return each
    return same_kind[0] if len(same_kind) == 1 and count == 1 else None


def _equal(here: Number | Date, there: Number | Date) -> bool:
    if isinstance(here, Number) and isinstance(there, Number):
        return here.value == there.value
    return isinstance(here, Date) and isinstance(there, Date) and (here.month, here.day) == (there.month, there.day)


def _slipped(here: Number | Date, there: Number | Date) -> bool:
    return isinstance(here, Number) and isinstance(there, Number) and bool(_slip(here, there))


def _slip(here: Number, there: Number) -> str:
    """How many times as large a number is as that of the original, where that is a power of ten."""
    if not here.value or not there.value or not same_unit(here.unit, there.unit):
        return ""
    times = here.value / there.value
    for slip in _SLIPS:
        if times == slip:
            return f"{slip:,} times"
        if times == Fraction(1, slip):
            return f"1/{slip:,} of"
    return ""


def _compared(here: _Found, there: _Found) -> str:
    one, other = here.figure, there.figure
    if isinstance(one, Number) and isinstance(other, Number):
        if one.value == other.value:
            return f"`{here.words}` is of another currency than `{there.words}` of the original"
        slip = _slip(one, other)
        if slip:
            return f"`{here.words}` is {slip} `{there.words}` of the original"
    return f"`{here.words}` stands for `{there.words}` of the original"
