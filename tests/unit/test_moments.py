"""Moments: dates as precise as they are known, and instants that mean the same everywhere."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from communique.moments import Moment, Unclear, read_instant, read_moment

BEIJING = ZoneInfo("Asia/Shanghai")
LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("2025-10", date(2025, 10, 1), date(2025, 10, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
        ("2199-12", date(2199, 12, 1), date(2199, 12, 31)),
        ("2025-10-27", date(2025, 10, 27), date(2025, 10, 27)),
    ],
)
def test_a_date_is_as_precise_as_it_is_written(text: str, first: date, last: date) -> None:
    moment = read_moment(text, partial=True)
    assert (moment.first(), moment.last(), moment.iso) == (first, last, text)


@pytest.mark.parametrize(
    ("text", "partial", "code"),
    [
        ("2025-13-45", False, "E204"),
        ("2025-02-29", False, "E204"),
        ("2025-00-10", False, "E204"),
        ("9999-12-31", False, "E204"),
        ("0001-01-01", False, "E204"),
        ("2025-10-00", False, "E204"),
        ("0000-01-01", False, "E204"),
        ("2025-10", False, "E204"),
        ("2025", False, "E204"),
        ("2025-13", True, "E204"),
        ("27.10.2025", False, "E204"),
        ("10/27/2025", True, "E204"),
        ("2025-1-1", False, "E204"),
        ("20251027", False, "E204"),
        ("+2025-10-27", False, "E204"),
        ("tomorrow", False, "E204"),
        ("", False, "E204"),
        ("2025-10-27T09:00", False, "E205"),
        ("2025-10-27T25:00Z", False, "E205"),
        ("2025-10-27T09:00Z", True, "E204"),
    ],
)
def test_what_is_no_date_is_refused_with_help(text: str, partial: bool, code: str) -> None:
    with pytest.raises(Unclear) as raised:
        read_moment(text, partial=partial)
    assert raised.value.code == code
    assert raised.value.help


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2025-10-27T09:00+08:00", "2025-10-27T01:00"),
        ("2025-10-27T09:00+0800", "2025-10-27T01:00"),
        ("2025-10-27T09:00Z", "2025-10-27T09:00"),
        ("2025-10-27t09:00z", "2025-10-27T09:00"),
        ("2025-10-27 09:00:30 -03:30", "2025-10-27T12:30:30"),
        ("2025-10-27T00:30+14:00", "2025-10-26T10:30"),
        ("2024-02-29T23:59-12:00", "2024-03-01T11:59"),
    ],
)
def test_an_instant_is_the_same_in_any_clock(text: str, utc: str) -> None:
    assert read_instant(text) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2025-10-27",
        "2025-10-27T09:00",
        "2025-10-27T9:00Z",
        "2025-10-27T24:00Z",
        "2025-10-27T09:60Z",
        "2025-10-27T09:00:60Z",
        "2025-10-27T09:00+25:00",
        "2025-10-27T09:00+08:60",
        "2025-10-27T09:00 PM +08:00",
        "2025-02-30T09:00Z",
        "2025-10-27T09:00 CST",
        "2025-10-27T09:00 Europe/London",
        "0001-01-01T00:00+01:00",
        "9999-12-31T23:59-01:00",
        "now",
        "",
    ],
)
def test_what_is_no_instant_is_refused_with_help(text: str) -> None:
    with pytest.raises(Unclear) as raised:
        read_instant(text)
    assert raised.value.code == "E205"
    assert raised.value.help


def test_a_day_begins_at_midnight_of_the_site() -> None:
    assert read_moment("2025-10-27").start(BEIJING) == datetime(2025, 10, 26, 16, tzinfo=UTC)
    assert read_moment("2025-10", partial=True).start(LONDON) == datetime(2025, 9, 30, 23, tzinfo=UTC)


def test_an_instant_has_the_calendar_day_of_the_place_that_asks() -> None:
    moment = read_moment("2025-10-27T23:30+00:00")
    assert (moment.local(LONDON).day, moment.local(BEIJING).day) == (27, 28)
    assert moment.local(BEIJING).iso == "2025-10-28T07:30:00+08:00"
    assert moment.start(BEIJING) == moment.start(LONDON)


def test_a_day_has_no_time_zone() -> None:
    assert read_moment("2025-10-27").local(BEIJING) == Moment(2025, 10, 27)


def test_the_offset_that_was_written_is_kept() -> None:
    assert read_instant("2025-10-27T09:00+08:00").utcoffset() == timedelta(hours=8)
