"""Dates as precise as they are known: a year, a month, a day, or an instant."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

FIRST_YEAR, LAST_YEAR = 1000, 9998

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_INSTANT = re.compile(r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2}))?\s*(Z|z|[+-]\d{2}:?\d{2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A date; `month` and `day` are 0 where they are not known, `instant` has an offset or is None."""

    year: int
    month: int = 0
    day: int = 0
    instant: datetime | None = None

    def local(self, zone: tzinfo) -> "Moment":
        """The same moment with the calendar day that it has in a time zone."""
        if self.instant is None:
            return self
        there = self.instant.astimezone(zone)
        return Moment(there.year, there.month, there.day, there)

    def start(self, zone: tzinfo) -> datetime:
        """The first instant of the moment in a time zone."""
        if self.instant is not None:
            return self.instant.astimezone(zone)
        return datetime(self.year, self.month or 1, self.day or 1, tzinfo=zone)

    def first(self) -> date:
        """The earliest day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def last(self) -> date:
        """The latest day that it can be."""
        if self.day:
            return date(self.year, self.month, self.day)
        if self.month == 12 or not self.month:
            return date(self.year, 12, 31)
        return date(self.year, self.month + 1, 1) - timedelta(days=1)

    @property
    def iso(self) -> str:
        """ISO 8601, as precise as it is known."""
        if self.instant is not None:
            return self.instant.isoformat()
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)


class Unclear(ValueError):
    """A text that is no moment: `code` of the problem, its message, and help."""

    def __init__(self, code: str, message: str, help: str) -> None:
        super().__init__(message)
        self.code = code
        self.help = help


def read_moment(text: str, *, partial: bool = False) -> Moment:
    """A day or an instant with offset; with `partial` also a month or a year. Raises Unclear."""
    form = (
        "write a year, a month or a day, as `2025`, `2025-10` or `2025-10-27`"
        if partial
        else ("write a day as `2025-10-27` or an instant as `2025-10-27T09:00+08:00`")
    )
    match = _DAY.fullmatch(text)
    if match:
        year, month, day = match.groups()
        if not partial and not day:
            raise Unclear("E204", f"`{text}` is not a whole date", form)
        try:
            date(int(year), int(month or 1), int(day or 1))
        except ValueError:
            raise Unclear("E204", f"`{text}` does not exist in the calendar", form) from None
        if not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise Unclear("E204", f"`{text}` is too far away", f"years go from {FIRST_YEAR} to {LAST_YEAR}")
        return Moment(int(year), int(month or 0), int(day or 0))
    if not partial and _INSTANT.fullmatch(text):
        instant = read_instant(text)
        return Moment(instant.year, instant.month, instant.day, instant)
    raise Unclear("E204", f"`{text}` is not written as a date", form)


def read_instant(text: str) -> datetime:
    """An ISO 8601 instant with offset, in 24-hour time. Raises Unclear."""
    form = "write it as `2025-10-27T09:00+08:00`: day, `T`, 24-hour time, offset from UTC"
    match = _INSTANT.fullmatch(text)
    if match is None:
        raise Unclear("E205", f"`{text}` is not an instant", form)
    year, month, day, hour, minute, second, offset = match.groups()
    if offset is None:
        raise Unclear(
            "E205",
            f"`{text}` has no offset",
            "say in whose clock: end it with `+08:00` (Beijing), `+01:00` or `Z` (UTC)",
        )
    try:
        if offset in "Zz":
            zone: tzinfo = UTC
        else:
            sign = -1 if offset[0] == "-" else 1
            hours, minutes = int(offset[1:3]), int(offset[-2:])
            if hours > 14 or minutes > 59:
                raise ValueError(offset)
            from datetime import timezone

            zone = timezone(sign * timedelta(hours=hours, minutes=minutes))
        instant = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), tzinfo=zone)
        if not FIRST_YEAR <= instant.year <= LAST_YEAR:
            raise ValueError(instant)
        return instant
    except (ValueError, OverflowError):
        raise Unclear("E205", f"`{text}` does not exist in the calendar", form) from None
