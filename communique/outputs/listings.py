"""The home page and the lists of announcements."""

from collections.abc import Iterator, Mapping
from functools import partial

from communique.edition import Edition
from communique.kinds import Announcement
from communique.linked_data import script, website
from communique.names import Name
from communique.output import Output, Page
from communique.problems import Place
from communique.views import Link, Pager

LATEST = 6
_SITE = Place("site.yaml")


def listings(edition: Edition) -> Iterator[Output]:
    """Home, the list of announcements in pages, and one list a year."""
    announcements = list(edition.site.announcements.values())
    yield _home_page(edition, announcements)
    size = edition.site.settings.per_page
    count = max(1, -(-len(announcements) // size))
    years = _years(edition, announcements)
    for number in range(1, count + 1):
        shown = announcements[(number - 1) * size : number * size]
        context = partial(_list_page, edition, shown, number, count, years)
        url = list_url(edition, number)
        key = edition.face_key(url, shown, f"{count} {list(years)}")
        yield Page(url, "announcements.html", context, _SITE, key=key)
    for year, listed in years.items():
        context = partial(_year_page, edition, year, listed, years)
        url = edition.site.at(f"/announcements/{year}/")
        yield Page(url, "announcements.html", context, _SITE, key=edition.face_key(url, listed, str(list(years))))


def _home_page(edition: Edition, announcements: list[Announcement]) -> Page:
    site, home = edition.site, edition.frame.home
    standing = [each for each in announcements if not site.withdrawn(each)]
    lead = min(standing, key=lambda each: not each.pinned, default=None)
    rest = [each for each in announcements if each is not lead][:LATEST]
    announcing = {reference.name for each in announcements for reference in each.partners}
    topics = {name.slug: len(found) for name, found in site.mentions.items() if name.kind == "topic"}
    extras = f"{lead is None} {sorted(announcing)} {sorted(topics.items())}"
    key = edition.face_key(home, [lead, *rest] if lead else rest, extras)
    return Page(home, "home.html", partial(_home, edition, lead, rest, announcing), _SITE, key=key)


def _home(
    edition: Edition, lead: Announcement | None, rest: list[Announcement], announcing: set[Name]
) -> Mapping[str, object]:
    site, cards, home = edition.site, edition.cards, edition.frame.home
    partners = [card for name, card in cards.partners.items() if name in announcing]
    head = edition.head(home, "", edition.frame.tagline or edition.frame.title, data=script(website(edition)))
    return edition.context(
        home,
        head,
        lead=cards.announcement(lead) if lead else None,
        facts=cards.facts(lead)[:3] if lead else (),
        latest=cards.announcements(rest),
        partners=tuple(sorted(partners, key=lambda card: edition.language.order(card.name))),
        topics=tuple(
            cards.topic(topic)
            for topic in sorted(site.topics.values(), key=lambda topic: edition.language.order(topic.title))
        ),
    )


def _years(edition: Edition, announcements: list[Announcement]) -> dict[int, list[Announcement]]:
    zone = edition.site.settings.zone
    years: dict[int, list[Announcement]] = {}
    for each in announcements:
        years.setdefault(each.date.local(zone).year, []).append(each)
    return years


def _year_links(edition: Edition, years: dict[int, list[Announcement]], current: int = 0) -> tuple[Link, ...]:
    return tuple(Link(str(year), edition.site.at(f"/announcements/{year}/"), year == current) for year in years)


def list_url(edition: Edition, number: int) -> str:
    """The URL of one page of the list of announcements."""
    return edition.site.at("/announcements/" if number == 1 else f"/announcements/page/{number}/")


def _list_page(
    edition: Edition, shown: list[Announcement], number: int, count: int, years: dict[int, list[Announcement]]
) -> Mapping[str, object]:
    word = edition.word
    url = list_url(edition, number)
    text = word("page_of").format(number=number, count=count)
    pager = Pager(
        number,
        count,
        text,
        Link(word("newer"), list_url(edition, number - 1)) if number > 1 else None,
        Link(word("older"), list_url(edition, number + 1)) if number < count else None,
    )
    title = word("announcements") if number == 1 else f"{word('announcements')}, {text}"
    crumbs = (Link(word("announcements"), edition.site.at("/announcements/")),) if number > 1 else ()
    return edition.context(
        url,
        edition.head(url, title, word("list_of_announcements"), crumbs=crumbs),
        title=word("announcements"),
        cards=edition.cards.announcements(shown),
        pager=pager if count > 1 else None,
        years=_year_links(edition, years),
    )


def _year_page(
    edition: Edition, year: int, shown: list[Announcement], years: dict[int, list[Announcement]]
) -> Mapping[str, object]:
    word = edition.word
    url = edition.site.at(f"/announcements/{year}/")
    title = word("announcements_of_year").format(year=year)
    return edition.context(
        url,
        edition.head(url, title, title, crumbs=(Link(word("announcements"), edition.site.at("/announcements/")),)),
        title=title,
        cards=edition.cards.announcements(shown),
        pager=None,
        years=_year_links(edition, years, year),
    )
