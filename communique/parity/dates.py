"""Dates: days and months, alone or as ranges, as English and Chinese texts write them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique.parity.chinese import numeral

_YEAR = r"(?P<year>(?:1[5-9]|20)\d\d)"
_MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?![A-Za-z])"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?(?![\dA-Za-z%]|[.,]\d)"
_TO = r"\s*(?:[-–—]|to|and|until)\s*"
_ISO = (rf"(?<![\dA-Za-z-]){_YEAR}-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?![\d-])",)
_ENGLISH = (
    rf"(?<![\d/])(?P<month>\d{{1,2}})/(?P<day>\d{{1,2}})/{_YEAR}(?![\d/])",
    rf"(?<![\dA-Za-z.,])(?:(?P<first>{_DAY}){_TO})?(?P<day>{_DAY})\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR}(?!\d))?",
    rf"\b{_MONTH}\s+(?P<day>{_DAY})(?:{_TO}(?P<last>{_DAY}))?(?:,?\s+{_YEAR}(?!\d))?",
    rf"\b{_MONTH},?\s+(?:of\s+)?{_YEAR}(?!\d)",
    rf"\b{_MONTH}",
)
_SIGNS = "〇零一二三四五六七八九"
_FEW = rf"(?:\d{{1,2}}|[{_SIGNS}十]{{1,3}})"
_FULL_YEAR = rf"(?P<year>(?:1[5-9]|20)\d\d|[{_SIGNS}]{{4}})\s*年\s*"
_ON = rf"(?:\s*(?:至|到|-|–|—|~|～|、|和)\s*(?P<last>{_FEW})\s*[日号號])?"
_CHINESE = (
    rf"(?<!\d)(?:{_FULL_YEAR})?(?<![\d{_SIGNS}十])(?P<month>{_FEW})\s*月\s*(?P<day>{_FEW})\s*[日号號]{_ON}",
    rf"(?<!\d){_FULL_YEAR}(?P<month>{_FEW})\s*月份?",
    rf"(?<![\d{_SIGNS}十百千万个個.])(?P<month>{_FEW})\s*月份?(?![\d{_SIGNS}])",
)
_FORMS = {
    "en": tuple(re.compile(form) for form in (*_ISO, *_ENGLISH)),
    "zh": tuple(re.compile(form) for form in (*_ISO, *_CHINESE)),
}
_NUMBERS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}


@dataclass(frozen=True, slots=True)
class Date:
    """A day or a month in a text, as far as it is given; 0 stands for what is not.

    A `firm` one is surely a date; May alone may be none. `either` is true where day and month may be exchanged.
    """

    year: int
    month: int
    day: int
    start: int
    end: int
    firm: bool = True
    either: bool = False


def same_date(one: Date, other: Date) -> bool:
    """Whether two texts may give one date; a text need not repeat the year."""
    if one.year and other.year and one.year != other.year:
        return False
    if one.either or other.either:
        return {one.month, one.day} == {other.month, other.day}
    return (one.month, one.day) == (other.month, other.day)


def find_dates(text: str, language: str) -> tuple[list[Date], str]:
    """The dates of a text in English (`en`) or Chinese (`zh`), and the text with spaces in their place."""
    found: list[Date] = []
    for form in _FORMS[language]:
        if not form.search(text):
            continue
        pieces, done = [], 0
        for match in form.finditer(text):
            dates = list(_dates(match))
            if dates:
                found += dates
                pieces += [text[done : match.start()], re.sub(r"[^\n]", " ", match[0])]
                done = match.end()
        text = "".join((*pieces, text[done:]))
    return sorted(found, key=lambda date: date.start), text


def _dates(match: re.Match[str]) -> Iterator[Date]:
    named = match.groupdict()
    year, month = _read(named.get("year")), _read(named["month"])
    days = [_read(named.get(key)) for key in ("first", "day", "last")]
    either = "/" in match[0]
    if not (1 <= month <= 12 or (either and 1 <= month <= 31)) or any(day > 31 for day in days):
        return
    # a month's name alone may be a verb or a name; a number with 月 alone is a month
    firm = bool(year or any(days) or named["month"][0] in f"0123456789{_SIGNS}十")
    for day in [day for day in days if day] or [0]:
        yield Date(year, month, day, match.start(), match.end(), firm, either)


def _read(text: str | None) -> int:
    """The number of a year, month or day; 0 where there is none, 99 where it cannot be."""
    if not text:
        return 0
    digits = re.match(r"\d+", text)
    if digits:
        return int(digits[0])
    if text[:3].lower() in _NUMBERS:
        return _NUMBERS[text[:3].lower()]
    value = numeral(text)
    return int(value) if value is not None and value.denominator == 1 else 99
