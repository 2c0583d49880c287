"""Provenance: which place in the content asked for which URL."""

from collections.abc import Iterable

from communique.composer import Composer
from communique.edition import Edition
from communique.kinds import Announcement, Partner, Record
from communique.links import Address
from communique.problems import Place
from communique.prose import LinkStart, Prose


def askers(editions: Iterable[Edition]) -> dict[str, list[Place]]:
    """The places that ask for each URL of the site, in texts and in the menu; URLs begin at the site's root."""
    places: dict[str, list[Place]] = {}
    for edition in editions:
        site = edition.site
        for entry in site.settings.menu:
            if entry.to.startswith("/"):
                places.setdefault(site.at(entry.to), []).append(entry.line)
        for record in (entry.record for entry in site.entries.values()):
            for prose in texts_of(record):
                for piece in prose.pieces:
                    if isinstance(piece, LinkStart):
                        url = _asked(piece, record, edition.composer)
                        places.setdefault(url, []).append(piece.target.place)
    return places


def _asked(link: LinkStart, record: Record, composer: Composer) -> str:
    url = composer.url(link.target)
    return composer.site.url(record.name) + url if isinstance(link.target, Address) and url.startswith("#") else url


def texts_of(record: Record) -> tuple[Prose, ...]:
    """All texts of a record in which links may stand."""
    texts: list[Prose | None] = [record.body]
    if isinstance(record, Announcement):
        texts += [record.notes, *(note.note for note in record.corrections)]
        texts.append(record.withdrawn.note if record.withdrawn else None)
    if isinstance(record, Partner):
        texts.append(record.boilerplate)
    return tuple(text for text in texts if text)
