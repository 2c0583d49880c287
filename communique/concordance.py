"""The names by which partners and people are known, and where a text says them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.kinds import Partner, Person
from communique.names import Name
from communique.problems import Place, Problem
from communique.scripts import UNSPACED

# between letters of these scripts there are no spaces to tell words apart
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Concordance:
    """Known names and whose they are; names of several records are nobody's. `pattern` matches any of the names."""

    names: Mapping[str, Name]
    pattern: re.Pattern[str]

    def find(self, text: str) -> list[tuple[int, int, Name]]:
        """The mentions in a text as start, end and record, from left to right, the longest where they overlap."""
        found = []
        position = 0
        while match := self.pattern.search(text, position):
            start = match.start()
            end = self._end(text, start, match.end())
            if end:
                found.append((start, end, self.names[text[start:end]]))
            position = end or start + 1
        return found

    def _end(self, text: str, start: int, end: int) -> int:
        """Where the longest name ends that begins here as a word of its own and ends so; 0 where there is none."""
        if not _apart(text, start - 1, start):
            return 0
        if _apart(text, end - 1, end):
            return end
        # a longer name begins here but does not end here: perhaps a shorter one does
        shorter = (start + len(name) for name in self.names if text.startswith(name, start))
        return max((each for each in shorter if _apart(text, each - 1, each)), default=0)


def _apart(text: str, left: int, right: int) -> bool:
    """Whether a word may end at one position and another begin at the next."""
    if left < 0 or right >= len(text) or not (_joins(text[left]) and _joins(text[right])):
        return True
    return bool(_UNSPACED.match(text, left) or _UNSPACED.match(text, right))


def _joins(sign: str) -> bool:
    return sign.isalnum() or sign in "_-"


def concordance(records: Iterable[Partner | Person]) -> Concordance:
    """The concordance of these records, of which several may be versions of one in several languages."""
    owners: dict[str, set[Name]] = {}
    for record in records:
        for name in known_names(record):
            owners.setdefault(name, set()).add(record.name)
    return matching({name: next(iter(of)) for name, of in owners.items() if len(of) == 1})


def matching(names: Mapping[str, Name]) -> Concordance:
    """The concordance of names and whose they are."""
    # no look-behind: so the engine can skip all places where no name's first letter stands
    pattern = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name))) or r"(?!)"
    return Concordance(names, re.compile(pattern))


def known_names(record: Partner | Person) -> tuple[str, ...]:
    """The names by which a text may call a record."""
    short = (record.short,) if isinstance(record, Partner) and record.short else ()
    return tuple(dict.fromkeys((record.title, *short, *record.also)))


def shared_names(records: Iterable[Partner | Person]) -> list[Problem]:
    """A warning for each name that belongs to several records, at the file of each but the first."""
    first: dict[str, Partner | Person] = {}
    problems = []
    for record in records:
        for name in known_names(record):
            other = first.setdefault(name, record)
            if other.name != record.name:
                message = f"`{name}` is also a name of {other.path}"
                help = "no text can tell which of the two is meant, so the name links to neither"
                problems.append(Problem(Place(record.path), "W304", message, help))
    return problems
