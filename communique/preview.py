"""The preview: the site as it would be if nothing were withheld, for its editors alone. It cannot be published."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from communique.addresses import file_of
from communique.clocks import clocks
from communique.contents import Published
from communique.edition import Edition
from communique.kinds import Announcement
from communique.library import Entry, Library
from communique.names import Name
from communique.output import Page
from communique.pipeline import Gathered, compose, gather, relate_all
from communique.problems import Problem, arrange
from communique.settings import Settings
from communique.site import Site
from communique.sources import Sources
from communique.standing import WITHHELD, standing_of
from communique.why import why
from communique.work import Work


class Notice(NamedTuple):
    """What stands on the page of a withheld announcement: its standing, and why it stands so."""

    standing: str
    why: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The files by path with all that is withheld, the notices of withheld pages by path, and the problems. `base_path`
    is the path of the site's address; `next_change` is when the notices change; the files were made of `editions`
    and `pages`."""

    files: Mapping[str, bytes] = field(repr=False)
    notices: Mapping[str, Notice]
    problems: tuple[Problem, ...]
    base_path: str = "/"
    next_change: datetime | None = None
    editions: Sequence[Edition] = field(default=(), repr=False)
    pages: Sequence[Page] = field(default=(), repr=False)


def preview(sources: Sources, now: datetime, work: Work | None = None) -> Preview:
    """The preview of a site at an instant. Its problems are those of the site that would be published, as far as they
    do not come out of finished files, and those of the withheld pages."""
    work = work or Work()
    found = gather(sources, now, "", Published(), work)
    if found.settings is None:
        return Preview({}, {}, arrange(found.problems))
    public, related = relate_all(found, now)
    problems = [*found.problems, *related]
    sites, _ = relate_all(Gathered(found.settings, unveiled(found.library), []), now)
    files, outputs, editions, faults = compose(sources, found.settings, sites, Published(), work, problems)
    notices = dict(_notices(found.library, found.settings, sites, now))
    changes = [site.next_change for site in public if site.next_change]
    base_path = urlsplit(found.settings.base_url).path
    next_change = min(changes, key=datetime.timestamp, default=None)
    pages = [output for output in outputs if isinstance(output, Page)]
    told = arrange([*problems, *faults])
    return Preview(dict(files), notices, told, base_path, next_change, editions, pages)


def unveiled(library: Library) -> Library:
    """The library as if nothing kept an announcement back."""
    entries = {name: _unveiled(entry) for name, entry in library.entries.items()}
    translations = {
        tag: {name: _unveiled(entry) for name, entry in made.items()} for tag, made in library.translations.items()
    }
    return replace(library, entries=entries, translations=translations)


def _unveiled(entry: Entry) -> Entry:
    record = entry.record
    if not isinstance(record, Announcement):
        return entry
    if not (record.draft or record.questions or record.awaiting or record.embargo):
        return entry
    return replace(entry, record=replace(record, draft=False, questions=(), awaiting=(), embargo=None))


def _notices(library: Library, settings: Settings, sites: list[Site], now: datetime) -> Iterator[tuple[str, Notice]]:
    partners = {partner.name: partner for partner in library.partners}
    for site in sites:
        for name in site.announcements:
            announcement = _shown(library, site, name)
            standing = standing_of(announcement, now)
            if standing in WITHHELD:
                asked = [question.ask for question in announcement.questions]
                told = clocks(settings, partners, [*announcement.partners, *asked])
                yield file_of(site.url(name)), Notice(standing, why(announcement, standing, told))


def _shown(library: Library, site: Site, name: Name) -> Announcement:
    """The announcement whose text a site shows, as it really stands."""
    made = library.translations.get(site.language, {})
    entry = made.get(name) if name not in site.untranslated else None
    record = (entry or library.entries[name]).record
    assert isinstance(record, Announcement)
    return record
