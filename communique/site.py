"""The site: what is public at an instant in one language, all references resolved. What is withheld is not in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from communique.addresses import url_of
from communique.concordance import Concordance
from communique.kinds import Announcement, Page, Partner, Person, Topic
from communique.kinds.person import Role
from communique.library import Entry
from communique.links import Reference
from communique.names import Name
from communique.resolve import Speakers
from communique.settings import Settings
from communique.standing import Standing

T = TypeVar("T")

# a news sitemap holds what is younger
NEWS_AGE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a person: the announcement, the number of the quote in its body from 0, the speaker, and the role
    held on that date."""

    announcement: Announcement
    number: int
    speaker: Person
    role: Role | None


@dataclass(frozen=True, slots=True)
class Site:
    """All public records in one language, each list in the order in which it is shown, and what leads from one to
    another. `root` is the path of the language: empty for the default one, `/zh-Hans` for another.
    `untranslated` are the records that are shown in the default language instead, and `shared` those which the site in
    that language shows, too; `deep` tells which id a place of an original has here;
    `entries` are those from which the records come; `known` are the names of all records; `digests` tell for each
    announcement all that its own page shows of it, `faces` all that other pages do, but for those that hold its whole
    text."""

    settings: Settings
    language: str
    root: str
    announcements: Mapping[Name, Announcement]
    partners: Mapping[Name, Partner]
    people: Mapping[Name, Person]
    topics: Mapping[Name, Topic]
    pages: Mapping[Name, Page]
    untranslated: frozenset[Name]
    shared: frozenset[Name]
    deep: Mapping[tuple[Name, str], str]
    files: Mapping[str, Name]
    images: Mapping[str, bytes]
    standings: Mapping[Name, Standing]
    concordance: Concordance
    speakers: Speakers
    quotes: Mapping[Name, tuple[Quote, ...]]
    mentions: Mapping[Name, tuple[Announcement, ...]]
    digests: Mapping[Name, bytes]
    faces: Mapping[Name, bytes]
    entries: Mapping[Name, Entry]
    known: frozenset[Name]
    now: datetime
    next_change: datetime | None

    def url(self, name: Name) -> str:
        """The URL of a record in this language."""
        return self.root + url_of(name)

    def at(self, path: str) -> str:
        """The URL of a path, which begins with `/`, in this language."""
        return self.root + path

    def withdrawn(self, announcement: Announcement) -> bool:
        """Whether an announcement no longer stands."""
        return self.standings[announcement.name] == "withdrawn"

    def quotes_of(self, name: Name) -> tuple[Quote, ...]:
        """The quotes of a person, of those who spoke for a partner, or in an announcement."""
        return self.quotes.get(name, ())

    def title(self, name: Name) -> str:
        """What a public record is called."""
        return next(records[name].title for records in self._kinds() if name in records)

    def _kinds(self) -> tuple[Mapping[Name, Announcement | Partner | Person | Topic | Page], ...]:
        return (self.announcements, self.partners, self.people, self.topics, self.pages)

    def of(self, records: Mapping[Name, T], references: Iterable[Reference]) -> tuple[T, ...]:
        """Those of the records that are referred to, in that order."""
        return tuple(records[each.name] for each in references if each.name in records)

    def foreign(self, name: Name) -> str:
        """The language in which a record is shown where that is not the site's; empty where it is."""
        return self.settings.language if name in self.untranslated else ""

    def holds(self, name: Name) -> bool:
        """Whether a record is public."""
        return name in self.standings
