"""Dates in texts, in the forms in which people write them."""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

_MONTHS = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
)
_MONTH = rf"{_MONTHS}|{_MONTHS.upper()}"
_WEEKDAY = r"(?:(?i:Mon|Tue|Tues|Wed|Wednes|Thu|Thurs|Fri|Sat|Satur|Sun)(?i:day)?\.?,?\s+)?"
_TH = "(?:st|nd|rd|th|ST|ND|RD|TH)?"
_FORMS = (
    re.compile(
        rf"\b{_WEEKDAY}(?P<day>\d{{1,2}}){_TH}\s+(?:of\s+)?(?P<month>{_MONTH})\.?(?:,?\s+(?P<year>\d{{4}}))?\b",
    ),
    re.compile(
        rf"\b{_WEEKDAY}(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}}){_TH}\b(?:,?\s+(?P<year>\d{{4}})\b)?",
    ),
    re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
    re.compile(
        r"(?:(?P<year>\d{4})\s*年\s*)?(?<!\d)(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*日"
        r"(?:\s*[（(]?(?:星期|周)[一二三四五六日天][）)]?)?"
    ),
)


class Said(NamedTuple):
    """A date in a text: where it stands, and the day as `2025-10-27`; without a year `day` is empty."""

    start: int
    end: int
    day: str


def find_dates(text: str) -> list[Said]:
    """The dates of a text from left to right."""
    found: list[Said] = []
    for said in sorted(_all(text)):
        if not found or said.start >= found[-1].end:
            found.append(said)
        elif said.end > found[-1].end:
            found[-1] = said
    return found


def _all(text: str) -> Iterator[Said]:
    for form in _FORMS:
        for match in form.finditer(text):
            month = match["month"]
            number = int(month) if month.isdigit() else _month(month)
            # a leap year stands in for a year that is not said
            try:
                day = date(int(match["year"] or 2024), number, int(match["day"]))
            except ValueError:
                continue
            yield Said(match.start(), match.end(), day.isoformat() if match["year"] else "")


def _month(name: str) -> int:
    names = _MONTHS.split("|")[:12]
    return next(number for number, known in enumerate(names, 1) if known.lower().startswith(name.lower()[:3]))
