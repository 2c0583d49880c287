"""The timeline: announcements and events, the latest first, each no more precise than it is known."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from communique.edition import Edition
from communique.moments import Moment
from communique.output import Output, Page
from communique.problems import Place
from communique.views import Link, When

# what one page may hold before each year gets its own
LIMIT = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """An announcement, or an event that one tells of. `what` is empty for the announcement itself."""

    date: When
    what: str
    announcement: Link
    withdrawn: bool


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


_Dated = tuple[Moment, Entry]


def timeline(edition: Edition) -> Iterator[Output]:
    """The timeline on one page; where that holds too much, its latest years, and a page for each year."""
    years = {year: list(dated) for year, dated in groupby(_entries(edition), key=lambda each: each[0].year)}
    if sum(len(dated) for dated in years.values()) <= LIMIT:
        yield _front(edition, years, list(years))
        return
    yield _front(edition, years, _latest(years))
    for year in years:
        yield _year_page(edition, years, year)


def _latest(years: Mapping[int, Sequence[_Dated]]) -> list[int]:
    """The latest year, and those before it that fit on its page."""
    shown: list[int] = []
    held = 0
    for year, dated in years.items():
        held += len(dated)
        if shown and held > LIMIT:
            break
        shown.append(year)
    return shown


def _entries(edition: Edition) -> list[_Dated]:
    """All entries, the latest first; what is known less precisely comes after what is known more precisely."""
    site = edition.site
    found = []
    for announcement in site.announcements.values():
        day = announcement.date.local(site.settings.zone)
        link = Link(announcement.title, site.url(announcement.name))
        withdrawn = site.withdrawn(announcement)
        told = [(Moment(day.year, day.month, day.day), ""), *((each.date, each.what) for each in announcement.events)]
        for number, (moment, what) in enumerate(told):
            key = (-moment.year, -moment.month, -moment.day, announcement.name.slug, number)
            found.append((key, moment, Entry(edition.language.when(moment), what, link, withdrawn)))
    return [(moment, entry) for _, moment, entry in sorted(found, key=lambda each: each[0])]


def _year(edition: Edition, year: int, dated: Sequence[_Dated]) -> Year:
    spans = []
    for (month, vague), group in groupby(dated, key=lambda each: (each[0].month, not each[0].day)):
        title = edition.language.date(Moment(year, month))
        if vague:
            title = edition.word("in_the_course_of").format(date=title)
        spans.append(Span(title, vague, tuple(entry for _, entry in group)))
    return Year(str(year), f"year-{year}", tuple(spans))


def _url(edition: Edition, year: int) -> str:
    return edition.site.at(f"/timeline/{year}/")


def _front(edition: Edition, years: Mapping[int, Sequence[_Dated]], shown: list[int]) -> Page:
    word = edition.word
    url = edition.site.at("/timeline/")
    context = edition.context(
        url,
        edition.head(url, word("timeline"), word("list_of_timeline")),
        title=word("timeline"),
        links=tuple(Link(str(year), f"#year-{year}" if year in shown else _url(edition, year)) for year in years),
        years=tuple(_year(edition, year, years[year]) for year in shown),
        earlier=tuple(Link(str(year), _url(edition, year)) for year in years if year not in shown),
    )
    return Page(url, "timeline.html", context, Place("site.yaml"))


def _year_page(edition: Edition, years: Mapping[int, Sequence[_Dated]], year: int) -> Page:
    url = _url(edition, year)
    title = edition.word("timeline_of_year").format(year=year)
    crumbs = (Link(edition.word("timeline"), edition.site.at("/timeline/")),)
    context = edition.context(
        url,
        edition.head(url, title, title, crumbs=crumbs),
        title=title,
        links=tuple(Link(str(each), _url(edition, each), each == year) for each in years),
        years=(_year(edition, year, years[year]),),
        earlier=(),
    )
    return Page(url, "timeline.html", context, Place("site.yaml"))
