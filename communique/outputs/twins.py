"""The twins of announcements for machines: the page as Markdown, and as an item of ninjs 3.1."""

import json
from collections.abc import Iterator
from functools import partial

from communique.addresses import file_of
from communique.edition import MARKDOWN, NINJS, Edition
from communique.kinds import Announcement
from communique.output import Output, Written
from communique.outputs.announcements import last_change
from communique.outputs.feeds import content
from communique.outputs.wording import wording
from communique.problems import Place
from communique.views import Picture

SCHEMA = "https://www.iptc.org/std/ninjs/ninjs-schema_3.1.json"


def twins(edition: Edition) -> Iterator[Output]:
    """Both twins of each announcement that is written in this language."""
    for announcement in edition.site.announcements.values():
        if edition.site.foreign(announcement.name):
            continue
        place = Place(announcement.path)
        for file, write in ((MARKDOWN, _markdown), (NINJS, _ninjs)):
            url = edition.beside(announcement.name, file)
            key = edition.key(url, (announcement,))
            yield Written(file_of(url), partial(write, edition, announcement), place, key)


def _markdown(edition: Edition, announcement: Announcement) -> bytes:
    return wording(edition, announcement, marks=True).encode()


def _ninjs(edition: Edition, announcement: Announcement) -> bytes:
    item = {key: value for key, value in _item(edition, announcement).items() if value not in ("", [], ())}
    return (json.dumps(item, ensure_ascii=False) + "\n").encode()


def _item(edition: Edition, announcement: Announcement) -> dict[str, object]:
    site, cards, withdrawn = edition.site, edition.cards, announcement.withdrawn
    card = cards.announcement(announcement)
    zone = site.settings.zone
    partners = site.of(site.partners, announcement.partners)
    published = announcement.date.start(zone).isoformat()
    summary = withdrawn.note.plain if withdrawn else announcement.summary
    item: dict[str, object] = {
        "uri": edition.absolute(card.url),
        "standard": {"name": "ninjs", "version": "3.1", "schema": SCHEMA},
        "type": "text",
        "representationType": "full",
        "language": edition.language.tag,
        "firstCreated": published,
        "versionCreated": last_change(announcement, zone).start(zone).isoformat(),
        "contentCreated": published,
        "pubStatus": "canceled" if withdrawn else "usable",
        "title": edition.title(announcement),
        "headlines": [{"role": "main", "value": edition.title(announcement)}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": summary}],
        "bodies": [{"role": "main", "contentType": "text/html", "value": content(edition, announcement)}],
        "infoSources": [{"name": edition.frame.title, "role": "publisher", "uri": edition.absolute("/")}],
    }
    if withdrawn:
        return item
    if announcement.subtitle:
        item["headlines"] = [*_list(item["headlines"]), {"role": "subheadline", "value": announcement.subtitle}]
    speakers = {quote.speaker.url: quote.speaker.text for quote in cards.quotes_of(announcement.name)}
    contacts = [cards.people[who.name] for who in site.of(site.people, announcement.contacts)]
    people = [("quoted", text, url) for url, text in speakers.items()]
    people += [("contact", who.name, who.url) for who in contacts]
    pictures = [cards.picture(announcement, each) for each in (announcement.image, *announcement.gallery) if each]
    return item | {
        "by": ", ".join(partner.title for partner in partners),
        "located": announcement.place,
        "people": [{"name": name, "rel": rel, "uri": edition.absolute(url)} for rel, name, url in people],
        "organisations": [
            {"name": each.title, "rel": "author", "uri": edition.absolute(site.url(each.name))} for each in partners
        ],
        "subjects": [{"name": each.text, "rel": "about", "uri": edition.absolute(each.url)} for each in card.topics],
        "associations": [_picture(edition, each) for each in pictures if each],
    }


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _picture(edition: Edition, picture: Picture) -> dict[str, object]:
    """A picture as an item of its own."""
    address = edition.absolute(picture.url)
    item: dict[str, object] = {"uri": address, "name": picture.alt, "rel": "illustration", "type": "picture"}
    item |= {"by": picture.credit} if picture.credit else {}
    item |= {"usageTerms": picture.licence} if picture.licence else {}
    says = [("caption", picture.caption), ("alternative text", picture.alt)]
    item["descriptions"] = [{"role": role, "value": value} for role, value in says if value]
    item["renditions"] = [{"name": "original", "href": address, "width": picture.width, "height": picture.height}]
    return item
