"""Feeds: Atom (RFC 4287, tombstones RFC 6721) of all, of each partner and topic, RSS 2.0 and JSON Feed 1.1 of all."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from xml.etree.ElementTree import Element, SubElement, tostring

from markupsafe import Markup

from communique.addresses import file_of
from communique.edition import ATOM, KIT, Edition
from communique.kinds import Announcement, Partner, Topic
from communique.output import Output, Written
from communique.outputs.announcements import last_change
from communique.outputs.profiles import feed_of
from communique.problems import Place
from communique.render import relative
from communique.views import Feed

NEWEST = 50
NEWEST_OF_ONE = 20


def feeds(edition: Edition) -> Iterator[Output]:
    """The feeds of the site, of each partner and of each topic, each with the newest announcements."""
    site = edition.site
    everything = list(site.announcements.values())[:NEWEST]
    whole = edition.frame.feeds[0]
    blame = Place("site.yaml")
    site_feed = Feed(edition.frame.title, whole.url, ATOM)
    yield Written(file_of(whole.url), partial(_atom, edition, site_feed, edition.frame.home, everything), blame)
    yield Written(file_of(edition.site.at("/rss.xml")), partial(_rss, edition, everything), blame)
    yield Written(file_of(edition.site.at("/feed.json")), partial(_json, edition, everything), blame)
    records: list[Partner | Topic] = [*site.partners.values(), *site.topics.values()]
    for record in records:
        listed = site.mentions.get(record.name, ())[:NEWEST_OF_ONE]
        feed = feed_of(edition, record)
        named = Feed(f"{feed.title} – {edition.frame.title}", feed.url, ATOM)
        write = partial(_atom, edition, named, edition.site.url(record.name), listed)
        yield Written(file_of(feed.url), write, Place(record.path), edition.key(feed.url, listed))


def content(edition: Edition, announcement: Announcement) -> str:
    """The body of an announcement with whole addresses, as a feed carries it."""
    if announcement.withdrawn:
        words = edition.composer.compose(announcement.withdrawn.note, owner=announcement.name, prefix="withdrawal-")
        return str(Markup("<p><strong>{}</strong></p>\n{}").format(edition.word("withdrawn"), words))
    html = edition.cards.body(announcement)
    here = edition.absolute(edition.site.url(announcement.name))
    for number, note in enumerate(announcement.corrections, 1):
        date = edition.language.date(note.date.local(edition.site.settings.zone))
        words = edition.composer.compose(note.note, owner=announcement.name, prefix=f"correction-{number}-")
        html += Markup("<h2>{}, {}</h2>\n{}").format(edition.word("correction"), date, words)
    return relative(str(html), edition.site.settings.base_url).replace('href="#', f'href="{here}#')


def _published(edition: Edition, announcement: Announcement) -> datetime:
    return announcement.date.start(edition.site.settings.zone)


def _updated(edition: Edition, announcement: Announcement) -> datetime:
    zone = edition.site.settings.zone
    return last_change(announcement, zone).start(zone)


def _text(parent: Element, tag: str, text: str, **attributes: str) -> Element:
    element = SubElement(parent, tag, attributes)
    element.text = text
    return element


def _xml(root: Element) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _atom(edition: Edition, feed: Feed, url: str, announcements: Iterable[Announcement]) -> bytes:
    listed = list(announcements)
    zone = edition.site.settings.zone
    newest = max((_updated(edition, each) for each in listed), default=datetime(1970, 1, 1, tzinfo=zone))
    root = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": edition.language.tag})
    if any(each.withdrawn for each in listed):
        root.set("xmlns:at", "http://purl.org/atompub/tombstones/1.0")
    _text(root, "id", edition.absolute(feed.url))
    _text(root, "title", feed.title)
    if edition.frame.tagline and url == edition.frame.home:
        _text(root, "subtitle", edition.frame.tagline)
    _text(root, "updated", newest.isoformat())
    SubElement(root, "link", {"rel": "self", "type": ATOM, "href": edition.absolute(feed.url)})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": edition.absolute(url)})
    _text(SubElement(root, "author"), "name", edition.frame.title)
    for each in listed:
        card = edition.cards.announcement(each)
        tag = edition.identifier(each)
        if each.withdrawn:
            when = _updated(edition, each).isoformat()
            gone = SubElement(root, "at:deleted-entry", {"ref": tag, "when": when})
            _text(gone, "at:comment", each.withdrawn.note.plain)
            continue
        entry = SubElement(root, "entry", {"xml:lang": card.language} if card.language else {})
        _text(entry, "id", tag)
        _text(entry, "title", each.title)
        _text(entry, "published", _published(edition, each).isoformat())
        _text(entry, "updated", _updated(edition, each).isoformat())
        SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": edition.absolute(card.url)})
        kit = {"rel": "enclosure", "type": "application/zip", "href": edition.absolute(edition.beside(each.name, KIT))}
        SubElement(entry, "link", kit)
        for partner in card.partners:
            _text(SubElement(entry, "author"), "name", partner.text)
        for topic in card.topics:
            SubElement(entry, "category", {"term": topic.text})
        _text(entry, "summary", each.summary)
        _text(entry, "content", content(edition, each), type="html")
    return _xml(root)


def _rss(edition: Edition, announcements: list[Announcement]) -> bytes:
    from email.utils import format_datetime

    root = Element("rss", {"version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom"})
    channel = SubElement(root, "channel")
    _text(channel, "title", edition.frame.title)
    _text(channel, "link", edition.absolute(edition.frame.home))
    _text(channel, "description", edition.frame.tagline or edition.frame.title)
    _text(channel, "language", edition.language.tag)
    if announcements:
        newest = max(_updated(edition, each) for each in announcements)
        _text(channel, "lastBuildDate", format_datetime(newest))
    link = {"rel": "self", "type": "application/rss+xml", "href": edition.absolute(edition.site.at("/rss.xml"))}
    SubElement(channel, "atom:link", link)
    for each in announcements:
        address = edition.absolute(edition.site.url(each.name))
        item = SubElement(channel, "item")
        _text(item, "title", edition.title(each))
        _text(item, "link", address)
        _text(item, "description", each.withdrawn.note.plain if each.withdrawn else each.summary)
        _text(item, "guid", address, isPermaLink="true")
        _text(item, "pubDate", format_datetime(_published(edition, each)))
        for topic in edition.cards.announcement(each).topics:
            _text(item, "category", topic.text)
    return _xml(root)


def _json(edition: Edition, announcements: list[Announcement]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": edition.frame.title,
        "description": edition.frame.tagline or edition.frame.title,
        "home_page_url": edition.absolute(edition.frame.home),
        "feed_url": edition.absolute(edition.site.at("/feed.json")),
        "language": edition.language.tag,
        "items": [_item(edition, each) for each in announcements],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _item(edition: Edition, announcement: Announcement) -> dict[str, object]:
    card = edition.cards.announcement(announcement)
    item: dict[str, object] = {
        "id": edition.absolute(card.url),
        "url": edition.absolute(card.url),
        "title": edition.title(announcement),
        "summary": announcement.withdrawn.note.plain if announcement.withdrawn else announcement.summary,
        "content_html": content(edition, announcement),
        "date_published": _published(edition, announcement).isoformat(),
        "date_modified": _updated(edition, announcement).isoformat(),
        "language": card.language or edition.language.tag,
        "authors": [{"name": link.text, "url": edition.absolute(link.url)} for link in card.partners],
        "tags": [link.text for link in card.topics],
    }
    kit = edition.absolute(edition.beside(announcement.name, KIT))
    item["attachments"] = [{"url": kit, "mime_type": "application/zip", "title": edition.word("kit")}]
    if card.image:
        item["image"] = edition.absolute(card.image.url)
    return item
