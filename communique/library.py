"""The library: all records of content/, read but not yet put in relation."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import NamedTuple

from communique.frontmatter import Document, Fault, attempt
from communique.kinds import (
    Alone,
    Announcement,
    Page,
    Partner,
    Person,
    ReadRecord,
    Record,
    Topic,
    read_alone,
    read_record,
    read_translation,
)
from communique.links import Reference
from communique.names import APPROVALS, FOLDERS, IMAGES, ContentFile, Name, read_path
from communique.problems import Place, Problem
from communique.proofreading.residue import Residue
from communique.work import Work

# the line after the fields
_END = re.compile(rb"\n(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with the references that its file makes, the digest of what it was read from, and that of what other
    pages than its own may show of it: its fields and its quotes.

    Of a translation, `alone` is what shows while its original is withheld, if it can show then, and `confirmed` says
    that it is meant to; `original` is then the file of its original without words.
    """

    record: Record
    references: tuple[Reference, ...]
    digest: bytes
    face: bytes
    alone: "Entry | None" = None
    confirmed: bool = False
    original: bytes | None = None


@dataclass(frozen=True, slots=True)
class Library:
    """Records by name, those of the translations by language, the name of every file, all names (also those of records
    with errors), and the other files of content/ (images) with their bytes. `unsound` are the attributes that have
    stand-ins, by the names of the records with errors that are there, mended, nevertheless; `residue` is what
    proofreading found in each file."""

    entries: Mapping[Name, Entry]
    translations: Mapping[str, Mapping[Name, Entry]]
    files: Mapping[str, Name]
    names: frozenset[Name]
    others: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    unsound: Mapping[Name, frozenset[str]] = field(default_factory=dict)
    residue: Mapping[str, tuple[Residue, ...]] = field(default_factory=dict)

    @property
    def all_entries(self) -> tuple[Entry, ...]:
        """The entries of the originals and of all translations."""
        return (*self.entries.values(), *(each for made in self.translations.values() for each in made.values()))

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


def read_library(
    content: Mapping[str, bytes], languages: tuple[str, ...], work: Work | None = None, *, check: bool = False
) -> Library:
    """The library of the files of content/, given by path; the first of the languages is that of the originals.

    With `check`, all texts are proofread, and records with errors are there too, with stand-ins for what is not sound.
    """
    work = work or Work()
    originals, translations, strays, files, problems = _sort(content, languages)
    entries: dict[Name, Entry] = {}
    made: dict[str, dict[Name, Entry]] = {language: {} for language in languages[1:]}
    unsound: dict[Name, frozenset[str]] | None = {} if check else None
    residue: dict[str, tuple[Residue, ...]] = {}
    texts = [*originals.values(), *translations]
    keys = {text.path: _key(text) for text in [*texts, *strays]}
    if check:
        found = work.do(_read_and_proofread, [*texts, *strays], lambda text: keys[text.path])
        residue = {text.path: each.residue for text, each in zip([*texts, *strays], found, strict=True)}
    else:
        found = work.do(_read, texts, lambda text: keys[text.path])
    for text, read in zip(texts, found, strict=False):
        here = made[text.content_file.language] if text.original else entries
        _enter(here, text, keys[text.path], read, problems, unsound)
    others: dict[str, bytes] = {}
    twins: dict[str, str] = {}
    for path, data in content.items():
        if path.endswith(".md"):
            continue
        others[unicodedata.normalize("NFC", path)] = data
        other = twins.setdefault(unicodedata.normalize("NFKC", path).casefold(), path)
        if other != path:
            message = f"this file and {other} have one name, but for letters' case or Unicode form"
            problems.append(
                Problem(Place(path), "E401", message, "rename one of them; other systems take them for one")
            )
    return Library(entries, made, files, frozenset(files.values()), others, tuple(problems), unsound or {}, residue)


class _Text(NamedTuple):
    """A file to be read; a translation comes with its original."""

    path: str
    data: bytes
    content_file: ContentFile
    original: "_Text | None" = None


def _sort(
    content: Mapping[str, bytes], languages: tuple[str, ...]
) -> tuple[dict[Name, _Text], list[_Text], list[_Text], dict[str, Name], list[Problem]]:
    """The originals by name, the translations, texts that are neither, the name of each file, and the problems with
    the files' names."""
    texts: dict[str, _Text] = {}
    problems: list[Problem] = []
    for path, data in content.items():
        content_file = read_path(path) if path.endswith(".md") else None
        if isinstance(content_file, ContentFile):
            texts[path] = _Text(path, data, content_file)
        elif content_file is not None:
            problems.append(content_file)
        elif not path.lower().endswith(IMAGES) and not _holds_sign_offs(path, content):
            help = "a text of content/ ends in `.md`, in small letters; other files go to static/ or away"
            problems.append(Problem(Place(path), "W103", "nothing is made of this file", help))
    files: dict[str, Name] = {}
    owner: dict[tuple[str, str, str], str] = {}
    originals: dict[Name, _Text] = {}
    translations: list[_Text] = []
    strays: list[_Text] = []
    for path, text in texts.items():
        name, language, _ = text.content_file
        if language and language not in languages[1:]:
            problems.append(_strange_language(path, language, languages))
            continue
        files[unicodedata.normalize("NFC", path)] = name
        twin = (name.kind, unicodedata.normalize("NFKC", name.slug).casefold(), language)
        if twin in owner:
            help = "rename one of them; a slug is one record's alone, whatever its letters' case"
            message = f"this file and {owner[twin]} are both the {name.kind} `{name.slug}`"
            problems.append(Problem(Place(path), "E401", message, help))
            strays.append(text)
            continue
        owner[twin] = path
        if language:
            translations.append(text)
        else:
            originals[name] = text
    kinds = list(FOLDERS.values())
    ordered = dict(sorted(originals.items(), key=lambda item: (kinds.index(item[0].kind), item[0].slug)))
    paired: list[_Text] = []
    for text in translations:
        original = originals.get(text.content_file.name)
        if original is None:
            problems.append(_orphan(text))
            strays.append(text)
        else:
            paired.append(text._replace(original=original))
    return ordered, paired, strays, files, problems


def _holds_sign_offs(path: str, content: Mapping[str, bytes]) -> bool:
    beside = f"{path.removesuffix(APPROVALS)}.md"
    return path.endswith(APPROVALS) and path.startswith("content/announcements/") and beside in content


def _strange_language(path: str, language: str, languages: tuple[str, ...]) -> Problem:
    if languages and language == languages[0]:
        help = f"`{language}` is the site's first language: the original itself has no language in its name"
        return Problem(Place(path), "E108", f"`{language}` is the language of the originals", help)
    help = "site.yaml's `languages` are: " + ", ".join(languages)
    return Problem(Place(path), "E108", f"`{language}` is not a language of the site", help)


def _orphan(text: _Text) -> Problem:
    kind, slug = text.content_file.name
    help = f"name it after the {kind} that it translates, or write that one first, in a file without a language"
    return Problem(Place(text.path), "E112", f"there is no {kind} `{slug}` that this could translate", help)


class _Read(NamedTuple):
    """What was read in a file; of a translation also what shows of it alone; and what proofreading found."""

    record: ReadRecord
    alone: Alone | None
    residue: tuple[Residue, ...] = ()


def _enter(
    entries: dict[Name, Entry],
    text: _Text,
    key: bytes,
    found: _Read,
    problems: list[Problem],
    unsound: dict[Name, frozenset[str]] | None,
) -> None:
    read, apart = found.record, found.alone
    name = text.content_file.name
    problems.extend(read.problems)
    record = read.record
    if record is None and read.mended is not None and unsound is not None:
        record = read.mended
        unsound[name] = unsound.get(name, frozenset()) | {*read.unsound}
    if record is not None:
        alone = None
        if apart is not None and apart.record is not None:
            digest, face = (
                blake2b(b"alone" + each, digest_size=16).digest() for each in (key, _face(text, apart.record))
            )
            alone = Entry(apart.record, apart.references, digest, face, original=apart.original)
        confirmed = apart is not None and apart.confirmed
        entries[name] = Entry(record, read.references, key, _face(text, record), alone, confirmed)


def _read(text: _Text) -> _Read:
    return _read_document(text, attempt(text.path, text.data))


def _read_and_proofread(text: _Text) -> _Read:
    from communique.proofreading.texts import proofread

    document = attempt(text.path, text.data)
    read = _read_document(text, document)
    return read._replace(residue=proofread(document, text.data)) if isinstance(document, Document) else read


def _read_document(text: _Text, document: Document | Fault) -> _Read:
    if text.original is None:
        return _Read(read_record(document, text.content_file), None)
    shared = attempt(text.original.path, text.original.data)
    read = read_translation(document, text.content_file, shared)
    if read.record is None or isinstance(document, Fault) or isinstance(shared, Fault):
        return _Read(read, None)
    return _Read(read, read_alone(document, text.content_file, shared))


def _face(text: _Text, record: Record) -> bytes:
    digest = blake2b(record.body.quoted, digest_size=16)
    for each in (text, text.original):
        if each is not None:
            end = None if b"\r" in each.data else _END.search(each.data, 3)
            digest.update(f"{each.path}\n".encode())
            digest.update(each.data[: end.start() + 1] if end else each.data)
    return digest.digest()


def _key(text: _Text) -> bytes:
    digest = blake2b(digest_size=16)
    for each in (text, text.original):
        if each is not None:
            digest.update(f"{each.path}\n{len(each.data)}\n".encode())
            digest.update(each.data)
    return digest.digest()
