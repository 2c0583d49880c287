"""Translations and their originals: whether they say the same, and whether the original has changed since."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from communique.concordance import known_names
from communique.kinds import UNREAD, Person
from communique.library import Library
from communique.made_from import FIELD, unpacked
from communique.names import Name
from communique.parity import Change, Difference, Text, changed, compare, fingerprint, read_text
from communique.problems import Place, Problem
from communique.settings import Settings
from communique.work import Work

LIMIT_TOLD = 8

_QUOTED = re.compile(r"((?:heading|paragraph|item|quote|table|footnote) \d+) (.+)")

_CODES = {
    "number": "W701",
    "date": "W701",
    "quotes": "W702",
    "links": "W703",
    "images": "W703",
    "headings": "W704",
    "tables": "W704",
    "footnotes": "W704",
    "fields": "W704",
    "allow": "W705",
}


@dataclass(frozen=True, slots=True)
class Translation:
    """A file that translates another one: what both are, and in which languages."""

    name: Name
    language: str
    path: str
    data: bytes
    original_language: str
    original_path: str
    original: bytes

    @property
    def texts(self) -> tuple[Text, Text]:
        """The original and the translation, to be compared."""
        original = read_text(self.original_language, self.original_path, self.original)
        return original, read_text(self.language, self.path, self.data)


def translations(content: Mapping[str, bytes], library: Library, settings: Settings) -> list[Translation]:
    """The translations among the files of content/ which can be read, as can their originals."""
    found = []
    for language, made in library.translations.items():
        for name, entry in made.items():
            original = library.entries.get(name)
            if original is not None and UNREAD not in library.unsound.get(name, ()):
                paths = (entry.record.path, original.record.path)
                mine, theirs = (content[path] for path in paths)
                found.append(Translation(name, language, paths[0], mine, settings.language, paths[1], theirs))
    return found


def check_translations(
    content: Mapping[str, bytes], library: Library, settings: Settings, work: Work
) -> tuple[Problem, ...]:
    """A warning for each difference of a translation from its original, and for each that is out of date."""
    people = _people(library)
    known = blake2b(repr(sorted(people.items())).encode(), digest_size=16).digest()
    pairs = translations(content, library, settings)
    judged = work.do(partial(_judge, people), pairs, partial(_key, known))
    return tuple(problem for problems in judged for problem in problems)


def _people(library: Library) -> dict[str, str]:
    """Whose each name is, by names in small letters."""
    people = (entry.record for entry in library.all_entries if isinstance(entry.record, Person))
    return {
        name.casefold(): person.name.slug
        for person in people
        for name in (person.full_name, person.name.slug, *known_names(person))
    }


def _key(known: bytes, pair: Translation) -> bytes:
    digest = blake2b(known, digest_size=16)
    for part in (pair.language, pair.path, pair.original_language, pair.original_path):
        digest.update(part.encode() + b"\0")
    for data in (pair.data, pair.original):
        digest.update(b"%d\0" % len(data) + data)
    return digest.digest()


def _judge(people: Mapping[str, str], pair: Translation) -> tuple[Problem, ...]:
    original, translation = pair.texts
    # while it is a draft of its own it is still being written
    begun = any(field.name == "draft" and field.text == "true" for field in translation.fields)
    problems = [_difference(pair.path, each) for each in compare(original, translation, people) if not begun]
    stale = _stale(original, translation)
    if stale:
        told = ", ".join(tell(change) for change in stale[:LIMIT_TOLD])
        more = f" and {len(stale) - LIMIT_TOLD} more" if len(stale) > LIMIT_TOLD else ""
        message = f"the original has changed since this was made from it: {told}{more}"
        kind, slug = pair.name
        record = slug if kind == "announcement" else f"{kind}:{slug}"
        help = f"bring it up to date, then run `python3 build.py translate {record} {pair.language}`"
        problems.append(Problem(_place(translation), "W706", message, help))
    return tuple(problems)


def _difference(path: str, difference: Difference) -> Problem:
    place = Place(path, difference.line, difference.column)
    return Problem(place, _CODES[difference.code], difference.message, difference.help)


def staleness(pair: Translation) -> tuple[Change, ...] | None:
    """What has changed in the original since the translation was made from it; None where nobody knows."""
    return _stale(*pair.texts)


def _stale(original: Text, translation: Text) -> tuple[Change, ...] | None:
    said = next((field.text for field in translation.fields if field.name == FIELD), "")
    before = unpacked(said) if said.strip() else None
    return None if before is None else changed(before, original)


def state(pair: Translation) -> tuple[str, ...]:
    """The fingerprint of the original as it is now."""
    return fingerprint(pair.texts[0])


def tell(change: Change) -> str:
    """A change in words: `paragraph 2 “The bridge is” (line 14) changed`."""
    where = f" (line {change.line})" if change.line else ""
    verb = {"changed": "changed", "added": "is new", "removed": "is gone"}[change.what]
    label = _QUOTED.sub(r"\1 “\2”", change.label)
    return f"{label}{where} {verb}"


def _place(translation: Text) -> Place:
    """The place of the field that says what a translation was made from."""
    lines = translation.header.split("\n")
    line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{FIELD}:")), 1)
    return Place(translation.path, line, 1)
