"""The pages of announcements."""

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from functools import partial
from hashlib import blake2b

from communique.addresses import file_of, url_of
from communique.edition import CARD, KIT, MARKDOWN, NINJS, Edition
from communique.images import readable
from communique.kinds import Announcement, Record
from communique.linked_data import breadcrumbs, news, script
from communique.moments import Moment
from communique.output import Output, Page, Raw, Written
from communique.problems import Place
from communique.resolve import image_files
from communique.views import EventRow, Feed, Link, Notice


def announcement_pages(edition: Edition) -> Iterator[Output]:
    """A page for each announcement, with its images beside it."""
    for announcement in edition.site.announcements.values():
        yield announcement_page(edition, announcement)
        yield from images(edition, announcement)


def images(edition: Edition, record: Record) -> Iterator[Output]:
    """The files that pages show of the images of a record, which stand in the folder of its page."""
    album = edition.composer.album
    folder = file_of(url_of(record.name)).removesuffix("index.html")
    for path, place in image_files(record).items():
        data = edition.site.images.get(path)
        if data is None or not readable(data):
            continue
        if album.variants.get(path) is None:
            # what is wrong with it is said where it is written
            key = blake2b(data, digest_size=16).digest()
            yield Written(folder + path.rpartition("/")[2], partial(_scrubbed, data), place, key)
        for name, made in album.files(path):
            yield Raw(folder + name, made, place)


def _scrubbed(data: bytes) -> bytes:
    from communique.pictures import scrub

    return scrub(data)


def last_change(announcement: Announcement, zone: tzinfo) -> Moment:
    """When the announcement last changed in public: its date, or that of its latest correction or withdrawal."""
    notes = [note.date for note in (*announcement.corrections, *filter(None, [announcement.withdrawn]))]
    return max([announcement.date, *notes], key=lambda moment: moment.start(zone))


def announcement_page(edition: Edition, announcement: Announcement) -> Page:
    """The page of an announcement."""
    zone = edition.site.settings.zone
    modified = last_change(announcement, zone).start(zone).isoformat()
    alike = edition.cards.related.of(announcement)
    context = partial(_context, edition, announcement, alike)
    url = edition.site.url(announcement.name)
    key = edition.key(url, (announcement, *alike), str(announcement.name in edition.site.shared))
    return Page(
        url,
        "announcement.html",
        context,
        Place(announcement.path),
        modified=modified,
        key=key,
        own=not edition.site.foreign(announcement.name),
    )


def _context(edition: Edition, announcement: Announcement, alike: tuple[Announcement, ...]) -> Mapping[str, object]:
    site, cards, compose = edition.site, edition.cards, edition.composer.compose
    language, name, word = edition.language, announcement.name, edition.word
    zone = site.settings.zone
    card = cards.announcement(announcement)
    partners = site.of(site.partners, announcement.partners)
    changed = last_change(announcement, zone)
    modified = changed.start(zone).isoformat()
    said = cards.quotes_of(name)
    crumbs = (Link(edition.word("announcements"), edition.site.at("/announcements/")),)
    here = Link(announcement.title, card.url)
    published = announcement.date.start(zone).isoformat()
    graph = [("article:published_time", published), ("article:modified_time", modified)]
    graph += [
        ("og:image", edition.absolute(edition.beside(name, CARD))),
        ("og:image:type", "image/png"),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", edition.title(announcement)),
        ("twitter:card", "summary_large_image"),
    ]
    head = edition.head(
        card.url,
        edition.title(announcement),
        announcement.withdrawn.note.plain if announcement.withdrawn else announcement.summary,
        kind="article",
        data=script(news(edition, announcement, said, modified), breadcrumbs(edition, (*crumbs, here))),
        crumbs=crumbs,
        graph=graph,
        foreign=site.foreign(name),
        feeds=(
            Feed(word("as_markdown"), edition.beside(name, MARKDOWN), "text/markdown"),
            Feed(word("as_ninjs"), edition.beside(name, NINJS), "application/json"),
        ),
    )
    source = announcement.source
    return edition.context(
        card.url,
        head,
        card=card,
        subtitle=announcement.subtitle,
        partners=tuple(cards.partners[partner.name] for partner in partners),
        body=cards.body(announcement),
        image=card.image,
        gallery=tuple(picture for each in announcement.gallery if (picture := cards.picture(announcement, each))),
        facts=cards.facts(announcement),
        events=tuple(EventRow(language.when(event.date), event.what) for event in announcement.events),
        notes=compose(announcement.notes, owner=name, date=announcement.date, prefix="notes-"),
        source=Link(source.name, source.url) if source else None,
        contacts=tuple(cards.people[person.name] for person in site.of(site.people, announcement.contacts)),
        about=tuple(cards.about(partner) for partner in partners),
        corrections=tuple(
            Notice(language.when(note.date.local(zone)), compose(note.note, owner=name, prefix=f"correction-{number}-"))
            for number, note in enumerate(announcement.corrections, 1)
        ),
        withdrawal=Notice(
            language.when(announcement.withdrawn.date.local(zone)),
            compose(announcement.withdrawn.note, owner=name, prefix="withdrawal-"),
        )
        if announcement.withdrawn
        else None,
        updated=language.when(changed.local(zone)) if changed is not announcement.date else None,
        topics=card.topics,
        related=cards.announcements(alike),
        files=(
            Link(word("kit"), edition.beside(name, KIT)),
            Link(word("as_markdown"), edition.beside(name, MARKDOWN)),
            Link(word("as_ninjs"), edition.beside(name, NINJS)),
        ),
    )
