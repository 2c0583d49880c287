"""Naming: where a text names a partner or a person otherwise than they wish to be named."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b

from communique.concordance import Concordance, known_names, matching
from communique.kinds import Partner, Person
from communique.library import Library
from communique.names import Name
from communique.problems import Place, Problem
from communique.sources import Sources
from communique.work import Work

# fields of front matter that hold sentences; in others a name is the name itself, or a slug
_SPOKEN = frozenset(
    ("title", "subtitle", "summary", "notes", "facts", "events", "boilerplate", "image", "gallery", "corrections")
)
_FIELD = re.compile(r"([\w-]+):")
_NO_NAMES = re.compile(
    r"<!--.*?-->|`[^`]*`|(?<=\])\([^()]*\)|\b(?:partner|person):[\w-]+|https?://\S+|“[^“”]*”|「[^「」]*」", re.DOTALL
)
_STRAIGHT = re.compile(r"\"[^\"]*\"")
_CAPITALS = r"[A-Z][\w’'&-]*"
# what begins with a set of signs is found much sooner than what begins with a look ahead
_NO_ARTICLE = "[A-Z](?!(?<=T)he |(?<=A)n? )"
_RUN = re.compile(rf"{_NO_ARTICLE}[\w’'&-]*(?:(?: (?:of|and|the|for|in|&))* {_CAPITALS})+")
_SMALL = frozenset(("of", "and", "the", "for", "in", "a", "an"))
# names of fewer words share too many of them by chance
FEWEST_WORDS = 3
FEWEST_WORDS_OF_A_PART = 4
ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Naming:
    """How partners and people are named: all forms, known and avoided; for an avoided one the name to use; the words of
    each known one, with the name to use and the file that says so; and those in which a word is. `digest` is of all
    of that."""

    forms: Concordance
    avoided: Mapping[str, str]
    words: Mapping[frozenset[str], tuple[str, str]]
    holding: Mapping[str, tuple[frozenset[str], ...]]
    digest: bytes

    def misnamed(self, path: str, text: str) -> tuple[Problem, ...]:
        """A problem for each form in a file of content/ that is to be avoided, or is nearly a known name.

        What somebody says in quotation marks or in a block quote stays as it was said.
        """
        if not self._suspicious(text):
            return ()
        return tuple(found for number, line in _sentences(text) for found in self._in_line(path, number, line))

    def _suspicious(self, text: str) -> bool:
        """Whether there is anything to ask about in a text, quoted or not: nearly always there is not."""
        return any(form in text for form in self.avoided) or any(
            run not in self.forms.names and self._near(run) and not self.forms.find(run) for run in _RUN.findall(text)
        )

    def _in_line(self, path: str, number: int, line: str) -> Iterator[Problem]:
        for start, end, _ in self.forms.find(line) if self.avoided else ():
            said = line[start:end]
            if said in self.avoided:
                message = f"`{said}` is a form of the name that is not to be used"
                yield Problem(Place(path, number, start + 1), "W306", message, f"write `{self.avoided[said]}`")
        for match in _RUN.finditer(line):
            near = self._near(match[0])
            if near is None or any(
                start < match.end() and match.start() < end for start, end, _ in self.forms.find(line)
            ):
                continue
            message = f"`{match[0]}` is nearly the name `{near[0]}`"
            help = f"is it the same? write `{near[0]}`, or add this form to `also` in {near[1]}"
            yield Problem(Place(path, number, match.start() + 1), "W307", message, help)

    def _near(self, said: str) -> tuple[str, str] | None:
        words = _words(said)
        if len(words) < FEWEST_WORDS:
            return None
        shared = Counter(whole for word in words for whole in self.holding.get(word, ()))
        alike = [whole for whole, count in shared.items() if count >= FEWEST_WORDS]
        likeness, name, home = max(
            ((_likeness(words, whole), *self.words[whole]) for whole in alike), default=(0.0, "", "")
        )
        return (name, home) if likeness >= ALIKE else None


def naming(records: Iterable[Partner | Person]) -> Naming:
    """The naming of all partners and people, in all their languages."""
    owners: dict[str, set[Name]] = {}
    avoided: dict[str, str] = {}
    words: dict[frozenset[str], tuple[str, str]] = {}
    for record in records:
        for form in known_names(record):
            owners.setdefault(form, set()).add(record.name)
            words.setdefault(_words(form), (record.title, record.path))
        for form in record.avoid if isinstance(record, Partner) else ():
            avoided.setdefault(form, record.title)
    # a name that somebody bears is nothing to avoid
    avoided = {form: title for form, title in avoided.items() if form not in owners}
    names = {form: next(iter(of)) for form, of in owners.items()} | {form: Name("", "") for form in avoided}
    told = repr((sorted(names), sorted(avoided.items()), sorted((sorted(key), to) for key, to in words.items())))
    holding: dict[str, tuple[frozenset[str], ...]] = {}
    for whole in words:
        for word in whole:
            holding[word] = (*holding.get(word, ()), whole)
    return Naming(matching(names), avoided, words, holding, blake2b(told.encode(), digest_size=16).digest())


def check_naming(sources: Sources, library: Library, work: Work) -> list[Problem]:
    """The names that texts do not write as their bearers do, also in withheld ones."""
    names = naming(each.record for each in library.all_entries if isinstance(each.record, Partner | Person))
    texts = [(path, data) for path, data in sources.content.items() if path in library.files]
    found = work.do(partial(_misnamed, names), texts, partial(_key, names.digest))
    return [problem for problems in found for problem in problems]


def _key(known: bytes, text: tuple[str, bytes]) -> bytes:
    digest = blake2b(f"{text[0]}\n".encode(), key=known, digest_size=16)
    digest.update(text[1])
    return digest.digest()


def _misnamed(names: Naming, text: tuple[str, bytes]) -> tuple[Problem, ...]:
    return names.misnamed(text[0], text[1].decode("utf-8", "replace"))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The lines in which somebody is named, each with its number; what names nobody is blank in them."""
    inside = text.startswith("---")
    field = ""
    for number, line in enumerate(_NO_NAMES.sub(_blank, text).split("\n"), 1):
        if inside and number > 1 and line.rstrip() == "---":
            inside = False
        elif inside and (match := _FIELD.match(line)):
            field = match[1]
        if inside and field in _SPOKEN:
            yield number, line
        elif not inside and not line.lstrip().startswith(">"):
            # in front matter they are YAML's, in a text somebody's words stand between them
            yield number, _STRAIGHT.sub(_blank, line)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _words(name: str) -> frozenset[str]:
    """The words of a name that say something, in small letters."""
    return frozenset(word for word in re.split(r"[^\w&]+", name.casefold()) if word and word not in _SMALL)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """What part of their words two names share; one that is wholly in the other is like it if it is long enough."""
    shared = len(one & other)
    if shared >= FEWEST_WORDS_OF_A_PART and shared == min(len(one), len(other)):
        return 1.0
    return shared / len(one | other)
