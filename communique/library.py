"""The library: all records of content/, read but not yet put in relation."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

from communique.kinds import Announcement, Page, Partner, Person, ReadRecord, Record, Topic, read_record
from communique.links import Reference
from communique.names import FOLDERS, IMAGES, ContentFile, Name, read_path
from communique.problems import Place, Problem
from communique.work import Work


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the references that its file makes, and the digest of the file's path and bytes."""

    record: Record
    references: tuple[Reference, ...]
    digest: bytes


@dataclass(frozen=True, slots=True)
class Library:
    """Records by name, the name of every file, all names (also those of records with errors), and the other files of
    content/ (images) with their bytes."""

    entries: Mapping[Name, Entry]
    files: Mapping[str, Name]
    names: frozenset[Name]
    others: Mapping[str, bytes]
    problems: tuple[Problem, ...]

    @property
    def announcements(self) -> tuple[Announcement, ...]:
        """All announcements, by slug."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, Announcement))

    @property
    def partners(self) -> tuple[Partner, ...]:
        """All partners, by slug."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, Partner))

    @property
    def people(self) -> tuple[Person, ...]:
        """All people, by slug."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, Person))

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics, by slug."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, Topic))

    @property
    def pages(self) -> tuple[Page, ...]:
        """All pages, by slug."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, Page))


def read_library(content: Mapping[str, bytes], languages: tuple[str, ...], work: Work | None = None) -> Library:
    """The library of the files of content/, given by path."""
    files: dict[str, Name] = {}
    owner: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    others: dict[str, bytes] = {}
    chosen: list[tuple[str, bytes, ContentFile]] = []
    for path, data in content.items():
        if not path.endswith(".md"):
            others[unicodedata.normalize("NFC", path)] = data
            if not path.lower().endswith(IMAGES):
                help = "a text of content/ ends in `.md`, in small letters; other files go to static/ or away"
                problems.append(Problem(Place(path), "W103", "nothing is made of this file", help))
            continue
        content_file = read_path(path)
        if isinstance(content_file, Problem):
            problems.append(content_file)
            continue
        if content_file.language:
            help = "site.yaml's `languages` are: " + ", ".join(languages)
            problems.append(
                Problem(Place(path), "E108", f"`{content_file.language}` is not a language of the site", help)
            )
            continue
        name = content_file.name
        files[unicodedata.normalize("NFC", path)] = name
        twin = (name.kind, unicodedata.normalize("NFKC", name.slug).casefold())
        if twin in owner:
            help = "rename one of them; a slug is one record's alone, whatever its letters' case"
            message = f"this file and {owner[twin]} are both the {name.kind} `{name.slug}`"
            problems.append(Problem(Place(path), "E401", message, help))
            continue
        owner[twin] = path
        chosen.append((path, data, content_file))
    entries: dict[Name, Entry] = {}
    for each, read in zip(chosen, (work or Work()).do(_read, chosen, _key), strict=True):
        record, references, found = read
        problems.extend(found)
        if record is not None:
            entries[each[2].name] = Entry(record, references, _key(each))
    kinds = list(FOLDERS.values())
    ordered = dict(sorted(entries.items(), key=lambda item: (kinds.index(item[0].kind), item[0].slug)))
    return Library(ordered, files, frozenset(files.values()), others, tuple(problems))


def _read(chosen: tuple[str, bytes, ContentFile]) -> ReadRecord:
    return read_record(*chosen)


def _key(chosen: tuple[str, bytes, ContentFile]) -> bytes:
    path, data, _ = chosen
    return blake2b(path.encode() + b"\0" + data, digest_size=16).digest()
