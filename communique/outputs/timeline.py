"""The timeline: announcements and events, the latest first, each no more precise than it is known."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import NamedTuple

from communique.edition import Edition
from communique.kinds import Announcement
from communique.moments import Moment
from communique.output import Output, Page
from communique.problems import Place
from communique.views import Link, When

# what one page may hold before each year gets its own
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An announcement, or an event that one tells of. `what` is empty for the announcement itself; `language` is that
    of its texts where it is not the page's."""

    date: When
    what: str
    announcement: Link
    withdrawn: bool
    language: str


@dataclass(frozen=True, slots=True)
class Span:
    """The entries of a month in order, or with `vague` those of which no more than the month or year is known."""

    title: str
    vague: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its months; what is known only to the year comes last."""

    title: str
    id: str
    spans: tuple[Span, ...]


class _Told(NamedTuple):
    """Something with a date: an announcement, or one of its events."""

    moment: Moment
    announcement: Announcement
    what: str


_Years = Mapping[int, Sequence[_Told]]


def timeline_pages(edition: Edition) -> Iterator[Output]:
    """The timeline on one page; where that holds too much, its latest years, and a page for each year."""
    years = {year: list(told) for year, told in groupby(_told(edition), key=lambda each: each.moment.year)}
    shown = _latest(years)
    url = edition.site.at("/timeline/")
    yield _page(edition, url, partial(_front, edition, url, years, shown), years, shown)
    if len(shown) < len(years):
        for year in years:
            url = _url(edition, year)
            yield _page(edition, url, partial(_year_page, edition, url, years, year), years, [year])


def _page(
    edition: Edition, url: str, context: Callable[[], Mapping[str, object]], years: _Years, shown: Sequence[int]
) -> Page:
    announcements = {told.announcement.name: told.announcement for year in shown for told in years[year]}
    key = edition.face_key(url, announcements.values(), f"{list(years)} {shown}")
    return Page(url, "timeline.html", context, Place("site.yaml"), key=key)


def _told(edition: Edition) -> list[_Told]:
    """All that is told, the latest first; what is known less precisely comes after what is known more precisely."""
    zone = edition.site.settings.zone
    found = []
    for announcement in edition.site.announcements.values():
        day = announcement.date.local(zone)
        told = [(Moment(day.year, day.month, day.day), ""), *((each.date, each.what) for each in announcement.events)]
        for number, (moment, what) in enumerate(told):
            key = (-moment.year, -moment.month, -moment.day, announcement.name.slug, number)
            found.append((key, _Told(moment, announcement, what)))
    return [told for _, told in sorted(found, key=lambda each: each[0])]


def _latest(years: _Years) -> list[int]:
    """The latest year, and those before it that fit on its page."""
    shown: list[int] = []
    held = 0
    for year, told in years.items():
        held += len(told)
        if shown and held > LIMIT:
            break
        shown.append(year)
    return shown


def _year(edition: Edition, year: int, told: Sequence[_Told]) -> Year:
    spans = []
    for (month, vague), group in groupby(told, key=lambda each: (each.moment.month, not each.moment.day)):
        title = edition.language.date(Moment(year, month))
        if vague:
            title = edition.word("in_the_course_of").format(date=title)
        spans.append(Span(title, vague, tuple(_entry(edition, each) for each in group)))
    return Year(_title(edition, year), f"year-{year}", tuple(spans))


def _entry(edition: Edition, told: _Told) -> Entry:
    name = told.announcement.name
    return Entry(
        edition.language.when(told.moment),
        told.what,
        Link(told.announcement.title, edition.site.url(name)),
        edition.site.withdrawn(told.announcement),
        edition.site.foreign(name),
    )


def _title(edition: Edition, year: int) -> str:
    return edition.language.date(Moment(year))


def _url(edition: Edition, year: int) -> str:
    return edition.site.at(f"/timeline/{year}/")


def _front(edition: Edition, url: str, years: _Years, shown: Sequence[int]) -> Mapping[str, object]:
    word = edition.word
    return edition.context(
        url,
        edition.head(url, word("timeline"), word("list_of_timeline")),
        title=word("timeline"),
        links=tuple(
            Link(_title(edition, year), f"#year-{year}" if year in shown else _url(edition, year)) for year in years
        ),
        years=tuple(_year(edition, year, years[year]) for year in shown),
        earlier=tuple(Link(_title(edition, year), _url(edition, year)) for year in years if year not in shown),
    )


def _year_page(edition: Edition, url: str, years: _Years, year: int) -> Mapping[str, object]:
    title = edition.word("timeline_of_year").format(year=year)
    crumbs = (Link(edition.word("timeline"), edition.site.at("/timeline/")),)
    return edition.context(
        url,
        edition.head(url, title, title, crumbs=crumbs),
        title=title,
        links=tuple(Link(_title(edition, each), _url(edition, each), each == year) for each in years),
        years=(_year(edition, year, years[year]),),
        earlier=(),
    )
