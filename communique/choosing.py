"""Choosing: which text of each record a language shows at an instant."""

from collections.abc import Iterator
from datetime import UTC, datetime

from communique.kinds import Announcement
from communique.library import Entry, Library
from communique.names import Name
from communique.problems import Place, Problem
from communique.settings import Settings
from communique.standing import WITHHELD, standing_of

_ALWAYS, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


def choose(library: Library, settings: Settings, now: datetime, tag: str) -> dict[Name, Entry]:
    """For each record its text in a language: the translation, unless that is withheld, else the original.

    A translation that is public before its original shows without any word of that.
    """
    made = library.translations.get(tag, {}) if tag != settings.language else {}
    chosen = {}
    for name, original in library.entries.items():
        own = made.get(name)
        if own is None or _withheld(own, now):
            chosen[name] = original
        elif _withheld(original, now):
            chosen[name] = own.alone or original
        else:
            chosen[name] = own
    return chosen


def _withheld(entry: Entry, now: datetime) -> bool:
    return isinstance(entry.record, Announcement) and standing_of(entry.record, now) in WITHHELD


def check_order(library: Library, now: datetime, tag: str) -> Iterator[Problem]:
    """A warning for each translation into a language that shows, or would show, before its original, unless it says
    `draft: false` to confirm that."""
    for name, own in library.translations.get(tag, {}).items():
        original = library.entries.get(name)
        if original is None or not _withheld(original, now) or own.confirmed:
            continue
        opens, later = _opens(own), _opens(original)
        if opens >= later:
            continue
        embargo = own.record.embargo if isinstance(own.record, Announcement) else None
        mine = embargo is not None and embargo.place.path == own.record.path
        place = embargo.place if embargo is not None and mine else Place(own.record.path, 1, 1)
        if own.alone is None:
            message = "this translation cannot show before its original, since it takes words from it"
            help = "give it a title, a summary and a text of its own, or the embargo of the original"
        else:
            since = "is public" if opens <= now else f"will be public from {opens.isoformat(timespec='minutes')}"
            until = "is withheld" if later == _NEVER else f"is withheld until {later.isoformat(timespec='minutes')}"
            message = f"this translation {since}, but its original {until}"
            help = (
                "if that is meant, add `draft: false`; if not, take the field out: the original's embargo then counts"
            )
        yield Problem(place, "W707", message, help)


def _opens(entry: Entry) -> datetime:
    """Since when an announcement is not withheld."""
    record = entry.record
    if not isinstance(record, Announcement):
        return _ALWAYS
    if record.draft or record.questions:
        return _NEVER
    return record.embargo.instant if record.embargo else _ALWAYS
