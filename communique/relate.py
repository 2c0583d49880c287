"""Relating: from all records and an instant to the site of one language, with what is wrong between the records."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b

from communique.choosing import check_order, choose
from communique.clocks import check_embargoes
from communique.concordance import concordance, shared_names
from communique.deep_links import deep_links
from communique.fields import UNKNOWN
from communique.kinds import UNREAD, Announcement, Page, Partner, Person, Topic
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
from communique.site import NEWS_AGE, Quote, Site
from communique.standing import WITHHELD, Standing, standing_of


def check_records(library: Library, settings: Settings) -> Iterator[Problem]:
    """What is wrong between the records in whatever language and at whatever instant they show."""
    records = [entry.record for entry in library.all_entries]
    yield from shared_names(record for record in records if isinstance(record, Partner | Person))
    yield from check_kinds((record for record in records if isinstance(record, Partner)), settings)
    yield from check_circles(library.partners)
    announcements = [record for record in records if isinstance(record, Announcement)]
    yield from check_embargoes(announcements, settings, {each.name: each for each in library.partners})
    for entry in library.all_entries:
        for reference in entry.references:
            problem = check_reference(reference, library)
            if problem is not None:
                yield problem
        yield from check_images(entry.record, library)
        yield from check_was(entry.record)


def relate(
    library: Library, settings: Settings, now: datetime, tag: str, default: Site | None = None
) -> tuple[Site, tuple[Problem, ...]]:
    """The site in one language at an instant, and what is wrong between the records in that language or then.

    What has no public translation is there in the default language, if it is public in that; `default` is the site in
    that language.
    """
    chosen = choose(library, settings, now, tag)
    versions = [entry.record for entry in library.all_entries]
    speakers = Speakers(
        [entry.record for entry in chosen.values() if isinstance(entry.record, Person)],
        [record for record in versions if isinstance(record, Person)],
    )
    problems: list[Problem] = []
    asked = {id(entry): entry for entry in (*library.all_entries, *chosen.values())}
    spoken = {key: speakers.references(bodies(entry)) for key, entry in asked.items()}
    if not (_broken(library, "person") or _unsure(library, _NAMING, "person")):
        problems += [each for entry in library.all_entries for each in spoken[id(entry)][1]]
    edges = {name: (*entry.references, *spoken[id(entry)][0]) for name, entry in chosen.items()}
    standings = {
        name: standing_of(entry.record, now) for name, entry in chosen.items() if isinstance(entry.record, Announcement)
    }
    withheld = {name for name, standing in standings.items() if standing in WITHHELD}
    public = _reach(chosen, edges, withheld)
    # whether some of these would be public is not known
    sure = public - _unsure(library, _WITHHOLDING, "announcement")
    problems += _exposed(sure, edges, withheld)
    problems += _borrowed(library, chosen, sure, withheld)
    problems += check_order(library, now, tag)
    problems += _early(standings, chosen, settings, now) if tag == settings.language else []
    problems += _lonely(chosen, edges, public) if not (_broken(library) or library.unsound) else []
    site = _site(library, chosen, settings, now, tag, speakers, standings, public, edges)
    if default is not None:
        shared = frozenset(site.standings.keys() & default.standings.keys())
        site = replace(site, shared=shared, deep=deep_links(site.entries, default.entries, shared, site.files))
    return site, tuple(problems)


def _broken(library: Library, kind: str = "") -> bool:
    """Whether a record could not be read: what it says is not known, and nobody can be blamed for it."""
    return any(name not in library.entries and kind in ("", name.kind) for name in library.names)


# the attributes by which a person is known, and those that keep an announcement back
_NAMING = frozenset(("title", "also", "honorific", UNKNOWN, UNREAD))
_WITHHOLDING = frozenset(("draft", "embargo", "questions", UNKNOWN, UNREAD))


def _unsure(library: Library, attributes: frozenset[str], kind: str) -> set[Name]:
    """The records of a kind that have stand-ins for one of these attributes."""
    return {name for name, unsound in library.unsound.items() if name.kind == kind and unsound & attributes}


def bodies(entry: Entry) -> tuple[Prose, ...]:
    """The texts of a record in which people may be quoted."""
    notes = entry.record.notes if isinstance(entry.record, Announcement) else None
    boilerplate = entry.record.boilerplate if isinstance(entry.record, Partner) else None
    return tuple(prose for prose in (entry.record.body, notes, boilerplate) if prose)


def _reach(chosen: Mapping[Name, Entry], edges: Mapping[Name, tuple[Reference, ...]], withheld: set[Name]) -> set[Name]:
    """Public means reached from public announcements and pages."""
    reached: set[Name] = set()
    ahead = [name for name in chosen if name.kind in ("announcement", "page") and name not in withheld]
    while ahead:
        name = ahead.pop()
        if name not in reached:
            reached.add(name)
            ahead += [each.name for each in edges[name] if each.name in chosen and each.name not in withheld]
    return reached


def _exposed(public: set[Name], edges: Mapping[Name, tuple[Reference, ...]], withheld: set[Name]) -> Iterable[Problem]:
    for name in public:
        for reference in edges[name]:
            if reference.name in withheld:
                message = f"this public {name.kind} mentions `{reference.name.slug}`, which is withheld"
                yield Problem(reference.place, "E309", message, "take the mention out until the announcement is public")


def _borrowed(
    library: Library, chosen: Mapping[Name, Entry], public: set[Name], withheld: set[Name]
) -> Iterable[Problem]:
    """Pictures that lie in the folder of a withheld announcement belong to it."""
    folders = {
        f"{posixpath.dirname(path)}/": name for path, name in library.files.items() if path.endswith("/index.md")
    }
    kept = {folder: name for folder, name in folders.items() if name in withheld}
    for name in public if kept else ():
        for path, place in image_files(chosen[name].record).items():
            owner = next((each for folder, each in kept.items() if path.startswith(folder)), None)
            if owner is not None:
                message = f"this picture belongs to `{owner.slug}`, which is withheld"
                yield Problem(place, "E309", message, "put a copy of it beside this text")


def _early(
    standings: Mapping[Name, Standing], chosen: Mapping[Name, Entry], settings: Settings, now: datetime
) -> Iterable[Problem]:
    """Announcements that somebody may have thought a later date would keep back."""
    for name, standing in standings.items():
        record = chosen[name].record
        if standing == "public" and isinstance(record, Announcement) and record.embargo is None:
            begins = record.date.start(settings.zone)
            if begins > now:
                message = f"the date, {record.date.iso}, is still to come, but this announcement is public already"
                lift = begins.isoformat(timespec="minutes")
                help = f"a date keeps nothing back: to publish it then, add `embargo: {lift}`"
                yield Problem(Place(record.path), "W308", message, help)


def _lonely(
    chosen: Mapping[Name, Entry], edges: Mapping[Name, tuple[Reference, ...]], public: set[Name]
) -> Iterable[Problem]:
    mentioned = {reference.name for references in edges.values() for reference in references}
    for name, entry in chosen.items():
        if name not in public and name not in mentioned and name.kind != "announcement":
            message = f"no announcement or page leads to this {name.kind}, so it is not published"
            help = "name it in an announcement, or link to it from a page"
            yield Problem(Place(entry.record.path), "W303", message, help)


def _site(
    library: Library,
    chosen: Mapping[Name, Entry],
    settings: Settings,
    now: datetime,
    tag: str,
    speakers: Speakers,
    standings: Mapping[Name, Standing],
    public: set[Name],
    edges: Mapping[Name, tuple[Reference, ...]],
) -> Site:
    zone = settings.zone
    records = [entry.record for name, entry in chosen.items() if name in public]
    announcements = sorted(
        (each for each in records if isinstance(each, Announcement)),
        key=lambda each: (-each.date.start(zone).timestamp(), each.name.slug),
    )
    shown = [entry.record for entry in library.all_entries if entry.record.name in public]
    known = concordance([record for record in shown if isinstance(record, Partner | Person)])
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
    default = tag == settings.language
    originals = frozenset(name for name in public if not default and chosen[name] is library.entries[name])
    return Site(
        settings=settings,
        language=tag,
        root="" if default else f"/{tag}",
        announcements={each.name: each for each in announcements},
        partners={each.name: each for each in records if isinstance(each, Partner)},
        people={each.name: each for each in records if isinstance(each, Person)},
        topics={each.name: each for each in records if isinstance(each, Topic)},
        pages={each.name: each for each in records if isinstance(each, Page)},
        untranslated=originals,
        shared=frozenset(),
        deep={},
        files=library.files,
        images=library.others,
        standings={name: standings.get(name, "public") for name in public},
        concordance=known,
        speakers=speakers,
        quotes={name: tuple(each) for name, each in quotes.items()},
        mentions={name: tuple(each) for name, each in mentions.items()},
        digests={
            each.name: _digest(library, edges, standings, each, chosen[each.name].digest) for each in announcements
        },
        faces={each.name: _digest(library, edges, standings, each, chosen[each.name].face) for each in announcements},
        entries={name: chosen[name] for name in sorted(public)},
        known=library.names,
        now=now,
        next_change=_next_change(library, settings, now, public),
    )


def _next_change(library: Library, settings: Settings, now: datetime, public: set[Name]) -> datetime | None:
    """The next instant at which the same content makes another site."""
    zone = settings.zone
    instants = []
    for each in (entry.record for entry in library.all_entries if isinstance(entry.record, Announcement)):
        if standing_of(each, now) == "embargoed" and each.embargo is not None:
            instants.append(each.embargo.instant)
        elif each.name in public and each.withdrawn is None:
            published = each.date.start(zone)
            instants += [published, published + NEWS_AGE]
    # in one zone, instants of an hour that happens twice are compared by the clock on the wall: so by UTC
    following = min((instant.astimezone(UTC) for instant in instants if instant > now), default=None)
    return following.astimezone(zone) if following else None


def _digest(
    library: Library,
    edges: Mapping[Name, tuple[Reference, ...]],
    standings: Mapping[Name, Standing],
    announcement: Announcement,
    read: bytes,
) -> bytes:
    """A digest of what was read of an announcement, its pictures, its standing, and which announcements it may link
    to."""
    digest = blake2b(read, digest_size=16)
    digest.update(standings[announcement.name].encode())
    for path in image_files(announcement):
        digest.update(path.encode() + b"\0" + library.others.get(path, b""))
    for reference in edges[announcement.name]:
        if reference.name.kind == "announcement":
            digest.update(f"{reference.name.slug} {standings.get(reference.name, '')}".encode())
    return digest.digest()
