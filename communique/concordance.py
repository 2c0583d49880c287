"""The names by which partners and people are known, and where a text says them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.kinds import Partner, Person
from communique.names import Name
from communique.problems import Place, Problem

# between letters of these scripts there are no spaces to tell words apart
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Concordance:
    """Known names and whose they are; names of several records are nobody's."""

    names: Mapping[str, Name]

    def find(self, text: str) -> list[tuple[int, int, Name]]:
        """The mentions in a text as start, end and record, from left to right, the longest where they overlap."""
        said = [name for name in self.names if name in text]
        if not said:
            return []
        said.sort(key=len, reverse=True)
        pattern = "|".join(_bounded(name) for name in said)
        return [(match.start(), match.end(), self.names[match.group()]) for match in re.finditer(pattern, text)]


def _bounded(name: str) -> str:
    before = "" if _UNSPACED.match(name[0]) else r"(?<![\w-])"
    after = "" if _UNSPACED.match(name[-1]) else r"(?![\w-])"
    return f"{before}{re.escape(name)}{after}"


def concordance(records: Iterable[Partner | Person]) -> Concordance:
    """The concordance of these records."""
    owners: dict[str, set[Name]] = {}
    for record in records:
        for name in known_names(record):
            owners.setdefault(name, set()).add(record.name)
    return Concordance({name: next(iter(of)) for name, of in owners.items() if len(of) == 1})


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
            if other is not record:
                message = f"`{name}` is also a name of {other.path}"
                help = "no text can tell which of the two is meant, so the name links to neither"
                problems.append(Problem(Place(record.path), "W304", message, help))
    return problems
