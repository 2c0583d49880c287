"""The search: its page, and the index that the page reads."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import unescape

from communique.addresses import file_of
from communique.concordance import known_names
from communique.edition import Edition
from communique.kinds import Announcement, Partner, Person, Topic
from communique.kinds import Page as TextPage
from communique.names import Name
from communique.output import Output, Page, Raw
from communique.problems import Place
from communique.prose import Prose, Words, escape
from communique.search.index import Block, Item, block
from communique.search.shards import shards
from communique.views import Link
from communique.work import Work

# how many announcements are indexed at once
BLOCK = 32
_SITE = Place("site.yaml")
_HEADING = re.compile(r'<(h[2-6]) id="">(.*?)</\1>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SEPARATOR = " · "


def search_files(edition: Edition, work: Work) -> Iterator[Output]:
    """The page of the search, and the files of its index."""
    url = edition.site.at("/search/")
    made = shards(_blocks(edition, work))
    years = list(
        dict.fromkeys(each.date.local(edition.site.settings.zone).year for each in edition.site.announcements.values())
    )
    context = partial(_page, edition, url, made.version, years)
    yield Page(url, "search.html", context, _SITE, key=edition.face_key(url, (), f"{made.version} {years}"))
    folder = file_of(url).removesuffix("index.html")
    for path, data in made.files.items():
        yield Raw(folder + path, data, _SITE)


def _page(edition: Edition, url: str, version: str, years: Iterable[int]) -> Mapping[str, object]:
    site, word = edition.site, edition.word
    kinds = {
        "announcements": site.announcements,
        "partners": site.partners,
        "people": site.people,
        "topics": site.topics,
    }
    return edition.context(
        url,
        edition.head(url, word("search"), word("search_covers")),
        title=word("search"),
        # as the version of the index it is also that of the script which reads it
        script=f"/search.js?v={version}",
        index=f"{url}index.js?v={version}",
        lists=tuple(Link(word(kind), site.at(f"/{kind}/")) for kind, records in kinds.items() if records),
        years=tuple(Link(str(year), site.at(f"/announcements/{year}/")) for year in years),
    )


def _blocks(edition: Edition, work: Work) -> list[Block]:
    """All that can be found. Among equals the later comes first, so announcements go from the oldest to the newest,
    and what has no date follows them. What is added at the end leaves the blocks before it as they are."""
    site = edition.site
    named = _named(edition)
    announcements = list(site.announcements.values())[::-1]
    parts = [announcements[start : start + BLOCK] for start in range(0, len(announcements), BLOCK)]

    def announced(part: Sequence[Announcement]) -> Block:
        return block([_announcement(edition, each, named[each.name]) for each in part])

    def undated(_: str) -> Block:
        items = [
            *(_text_item(edition, page, "page") for page in site.pages.values()),
            *(_text_item(edition, topic, "topic") for topic in site.topics.values()),
            *(_person(edition, person) for person in site.people.values()),
            *(_partner(edition, partner) for partner in site.partners.values()),
        ]
        return block(items)

    found = work.do(announced, parts, lambda part: edition.key("search", part))
    return [*found, *work.do(undated, ["undated"], lambda _: edition.key("search", ()))]


def _named(edition: Edition) -> Mapping[Name, list[tuple[str, ...]]]:
    """The partners, people and topics that each announcement mentions, each by all its names."""
    site = edition.site
    named: defaultdict[Name, list[tuple[str, ...]]] = defaultdict(list)
    records: list[Partner | Person | Topic] = [*site.partners.values(), *site.people.values(), *site.topics.values()]
    for record in records:
        for announcement in site.mentions.get(record.name, ()):
            named[announcement.name].append(_names(record))
    return named


def _names(record: Partner | Person | Topic) -> tuple[str, ...]:
    return (record.title,) if isinstance(record, Topic) else known_names(record)


def _announcement(edition: Edition, announcement: Announcement, named: list[tuple[str, ...]]) -> Item:
    notes = [note.note for note in (announcement.withdrawn, *announcement.corrections) if note]
    pictures = [picture for picture in (announcement.image, *announcement.gallery) if picture]
    return Item(
        url=_address(edition, announcement.name),
        language=edition.site.foreign(announcement.name),
        title=announcement.title,
        about=_filled(edition.cards.when(announcement).text, announcement.place),
        flag=edition.word("withdrawn") if edition.site.withdrawn(announcement) else "",
        names=tuple(name for names in named for name in names),
        summary=announcement.summary,
        headings=_headings(announcement.body),
        text=_joined(
            announcement.subtitle,
            _plain(announcement.body),
            *(f"{fact.value} {fact.label}" for fact in announcement.facts),
            *(event.what for event in announcement.events),
            *(_plain(note) for note in (announcement.notes, *notes)),
            *(text for picture in pictures for text in (picture.alt, picture.caption)),
            announcement.source.name if announcement.source else "",
            *(names[0] for names in named),
        ),
    )


def _text_item(edition: Edition, record: TextPage | Topic, kind: str) -> Item:
    return Item(
        url=_address(edition, record.name),
        language=edition.site.foreign(record.name),
        title=record.title,
        about=(edition.word(f"one_{kind}"),),
        headings=_headings(record.body),
        text=_plain(record.body),
    )


def _person(edition: Edition, person: Person) -> Item:
    card = edition.cards.people[person.name]
    where = edition.site.of(edition.site.partners, [role.partner for role in person.roles if role.partner])
    return Item(
        url=_address(edition, person.name),
        language=edition.site.foreign(person.name),
        title=person.full_name,
        about=(edition.word("one_person"),),
        also=known_names(person),
        names=tuple(name for partner in where for name in known_names(partner)),
        summary=", ".join(_filled(card.role, card.partner.text if card.partner else "")),
        headings=_headings(person.body),
        text=_joined(*(role.title for role in person.roles), _plain(person.body)),
    )


def _partner(edition: Edition, partner: Partner) -> Item:
    site, card = edition.site, edition.cards.partners[partner.name]
    parents = site.of(site.partners, [partner.parent] if partner.parent else [])
    related: list[Partner | Person] = [*parents, *site.of(site.people, partner.contacts)]
    return Item(
        url=_address(edition, partner.name),
        language=edition.site.foreign(partner.name),
        title=partner.title,
        about=_filled(edition.word("one_partner"), card.kind, card.place),
        also=known_names(partner),
        names=tuple(name for record in related for name in known_names(record)),
        headings=_headings(partner.body),
        text=_joined(_plain(partner.body), _plain(partner.boilerplate), *(record.title for record in related)),
    )


def _address(edition: Edition, name: Name) -> str:
    """The URL of a record from the root of its language."""
    return edition.site.url(name).removeprefix(edition.site.at("/"))


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)


def _joined(*texts: str) -> str:
    return _SEPARATOR.join(_filled(*texts))


def _plain(prose: Prose | None) -> str:
    if not prose:
        return ""
    alone = (text for image in prose.illustrations for text in (image.alt, image.title))
    return _joined(prose.plain, *alone)


def _headings(prose: Prose) -> tuple[str, ...]:
    """The headings of a text."""
    html = "".join(
        piece if isinstance(piece, str) else escape(piece.text) if isinstance(piece, Words) else ""
        for piece in prose.pieces
    )
    return tuple(unescape(_TAG.sub("", match[2])) for match in _HEADING.finditer(html))
