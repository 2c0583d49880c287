"""The site: what is public at an instant, all references resolved. What is withheld is not in it."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TypeVar

from communique.addresses import url_of
from communique.clocks import check_embargoes
from communique.concordance import Concordance, concordance, shared_names
from communique.kinds import Announcement, Page, Partner, Person, Topic
from communique.kinds.person import Role
from communique.library import Entry, Library
from communique.links import Reference
from communique.names import Name
from communique.problems import Place, Problem
from communique.prose import Prose
from communique.resolve import (
    Speakers,
    check_circles,
    check_images,
    check_kinds,
    check_reference,
    check_was,
    image_files,
)
from communique.settings import Settings
from communique.standing import Standing, standing_of

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
    another. `digests` tell for each announcement all that its own page shows of it. `root` is the path of the language: empty for the default one, `/zh-Hans` for another."""

    settings: Settings
    language: str
    root: str
    announcements: Mapping[Name, Announcement]
    partners: Mapping[Name, Partner]
    people: Mapping[Name, Person]
    topics: Mapping[Name, Topic]
    pages: Mapping[Name, Page]
    files: Mapping[str, Name]
    images: Mapping[str, bytes]
    standings: Mapping[Name, Standing]
    concordance: Concordance
    speakers: Speakers
    quotes: Mapping[Name, tuple[Quote, ...]]
    mentions: Mapping[Name, tuple[Announcement, ...]]
    digests: Mapping[Name, bytes]
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

    def holds(self, name: Name) -> bool:
        """Whether a record is public."""
        return name in self.standings


def relate(library: Library, settings: Settings, now: datetime) -> tuple[Site, tuple[Problem, ...]]:
    """The site at an instant, and what is wrong between the records."""
    speakers = Speakers(library.people)
    problems: list[Problem] = list(shared_names([*library.partners, *library.people]))
    problems += check_kinds(library.partners, settings)
    problems += check_circles(library.partners)
    problems += check_embargoes(library.announcements, settings, {each.name: each for each in library.partners})
    edges: dict[Name, tuple[Reference, ...]] = {}
    for name, entry in library.entries.items():
        spoken, unknown = speakers.references(bodies(entry))
        problems += unknown
        edges[name] = (*entry.references, *spoken)
        problems += [found for each in edges[name] if (found := check_reference(each, library)) is not None]
        problems += check_images(entry.record, library)
        problems += check_was(entry.record)
    standings = {each.name: standing_of(each, now) for each in library.announcements}
    withheld = {name for name, standing in standings.items() if standing in ("draft", "embargoed")}
    public = _reach(library, edges, withheld)
    problems += _exposed(public, edges, withheld)
    problems += _borrowed(library, public, withheld)
    problems += _lonely(library, edges, public)
    return _site(library, settings, now, speakers, standings, public, edges), tuple(problems)


def bodies(entry: Entry) -> tuple[Prose, ...]:
    """The texts of a record in which people may be quoted."""
    notes = entry.record.notes if isinstance(entry.record, Announcement) else None
    boilerplate = entry.record.boilerplate if isinstance(entry.record, Partner) else None
    return tuple(prose for prose in (entry.record.body, notes, boilerplate) if prose)


def _reach(library: Library, edges: Mapping[Name, tuple[Reference, ...]], withheld: set[Name]) -> set[Name]:
    """Public means reached from public announcements and pages."""
    reached: set[Name] = set()
    ahead = [name for name in library.entries if name.kind in ("announcement", "page") and name not in withheld]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [each.name for each in edges[name] if each.name in library.entries and each.name not in withheld]
    return reached


def _exposed(public: set[Name], edges: Mapping[Name, tuple[Reference, ...]], withheld: set[Name]) -> Iterable[Problem]:
    for name in public:
        for reference in edges[name]:
            if reference.name in withheld:
                message = f"this public {name.kind} mentions `{reference.name.slug}`, which is withheld"
                yield Problem(reference.place, "E309", message, "take the mention out until the announcement is public")


def _borrowed(library: Library, public: set[Name], withheld: set[Name]) -> Iterable[Problem]:
    """Pictures that lie in the folder of a withheld announcement belong to it."""
    folders = {
        f"{posixpath.dirname(path)}/": name for path, name in library.files.items() if path.endswith("/index.md")
    }
    kept = {folder: name for folder, name in folders.items() if name in withheld}
    for name in public if kept else ():
        for path, place in image_files(library.entries[name].record).items():
            owner = kept.get(f"{posixpath.dirname(path)}/")
            if owner is not None:
                message = f"this picture belongs to `{owner.slug}`, which is withheld"
                yield Problem(place, "E309", message, "put a copy of it beside this text")


def _lonely(library: Library, edges: Mapping[Name, tuple[Reference, ...]], public: set[Name]) -> Iterable[Problem]:
    mentioned = {reference.name for references in edges.values() for reference in references}
    for name, entry in library.entries.items():
        if name not in public and name not in mentioned and name.kind != "announcement":
            message = f"no announcement or page leads to this {name.kind}, so it is not published"
            help = "name it in an announcement, or link to it from a page"
            yield Problem(Place(entry.record.path), "W303", message, help)


def _site(
    library: Library,
    settings: Settings,
    now: datetime,
    speakers: Speakers,
    standings: Mapping[Name, Standing],
    public: set[Name],
    edges: Mapping[Name, tuple[Reference, ...]],
) -> Site:
    zone = settings.zone
    announcements = sorted(
        (each for each in library.announcements if each.name in public),
        key=lambda each: (-each.date.start(zone).timestamp(), each.name.slug),
    )
    partners = {each.name: each for each in library.partners if each.name in public}
    people = {each.name: each for each in library.people if each.name in public}
    known = concordance([*partners.values(), *people.values()])
    quotes: dict[Name, list[Quote]] = {}
    mentions: dict[Name, list[Announcement]] = {}
    for each in announcements:
        named = dict.fromkeys(reference.name for reference in edges[each.name])
        if settings.link_names:
            named |= dict.fromkeys(name for _, _, name in known.find(each.body.plain))
        for name in named:
            mentions.setdefault(name, []).append(each)
        for number, start in enumerate(each.body.speakers):
            speaker = speakers.person(start.speaker)
            if speaker is not None:
                role = speaker.role_at(each.date, each.name)
                spoken_for = (role.partner.name,) if role and role.partner else ()
                for name in (speaker.name, each.name, *spoken_for):
                    quotes.setdefault(name, []).append(Quote(each, number, speaker, role))
    return Site(
        settings=settings,
        language=settings.language,
        root="",
        announcements={each.name: each for each in announcements},
        partners=partners,
        people=people,
        topics={each.name: each for each in library.topics if each.name in public},
        pages={each.name: each for each in library.pages if each.name in public},
        files=library.files,
        images=library.others,
        standings={name: standings.get(name, "public") for name in public},
        concordance=known,
        speakers=speakers,
        quotes={name: tuple(each) for name, each in quotes.items()},
        mentions={name: tuple(each) for name, each in mentions.items()},
        digests={each.name: _digest(library, edges, standings, each) for each in announcements},
        now=now,
        next_change=_next_change(library, settings, now, public),
    )


def _next_change(library: Library, settings: Settings, now: datetime, public: set[Name]) -> datetime | None:
    """The next instant at which the same content makes another site."""
    zone = settings.zone
    instants = []
    for each in library.announcements:
        if standing_of(each, now) == "embargoed" and each.embargo is not None:
            instants.append(each.embargo.instant)
        elif each.name in public:
            published = each.date.start(zone)
            instants += [published, published + NEWS_AGE]
    return min((instant.astimezone(zone) for instant in instants if instant > now), default=None)


def _digest(
    library: Library,
    edges: Mapping[Name, tuple[Reference, ...]],
    standings: Mapping[Name, Standing],
    announcement: Announcement,
) -> bytes:
    """A digest of the file of an announcement, its pictures, its standing, and which announcements it may link to."""
    digest = blake2b(library.entries[announcement.name].digest, digest_size=16)
    digest.update(standings[announcement.name].encode())
    for path in image_files(announcement):
        digest.update(path.encode() + b"\0" + library.others.get(path, b""))
    for reference in edges[announcement.name]:
        if reference.name.kind == "announcement":
            digest.update(f"{reference.name.slug} {standings.get(reference.name, '')}".encode())
    return digest.digest()
