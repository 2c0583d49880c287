"""The social cards of announcements: what a chat or a timeline shows of them."""

from collections.abc import Iterator
from functools import partial
from hashlib import blake2b

from communique.addresses import file_of
from communique.edition import CARD, Edition
from communique.kinds import Announcement
from communique.output import Written
from communique.palette import ACCENT
from communique.problems import Place


def social_cards(edition: Edition) -> Iterator[Written]:
    """A card for each announcement, where its text is in the edition's own language."""
    for announcement in edition.site.announcements.values():
        if not edition.site.foreign(announcement.name):
            yield _card(edition, announcement)


def _card(edition: Edition, announcement: Announcement) -> Written:
    title, date = edition.title(announcement), edition.cards.when(announcement).text
    partners = [link.text for link in edition.cards.announcement(announcement).partners]
    accent = (edition.site.settings.colours or {}).get("accent", ACCENT)
    language = edition.language.tag
    parts = (title, *partners, edition.frame.title, date, accent, language)
    key = blake2b("\0".join(parts).encode(), digest_size=16).digest()
    draw = partial(_drawn, title, partners, edition.frame.title, date, accent, language)
    return Written(file_of(edition.beside(announcement.name, CARD)), draw, Place(announcement.path), key)


def _drawn(title: str, partners: list[str], site: str, date: str, accent: str, language: str) -> bytes:
    from communique.pictures import card

    return card(title, partners, site, date, accent=accent, language=language)
