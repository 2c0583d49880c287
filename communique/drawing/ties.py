"""Ties: who announced with whom, and how often."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple


class Tie(NamedTuple):
    """Two that announced together, the lesser key first, and how often."""

    one: str
    other: str
    weight: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many announcements each made, and what ties them."""

    alone: Mapping[str, int]
    ties: tuple[Tie, ...]

    def partners(self) -> dict[str, list[tuple[str, int]]]:
        """With whom each announced, and how often."""
        found: dict[str, list[tuple[str, int]]] = {}
        for one, other, weight in self.ties:
            found.setdefault(one, []).append((other, weight))
            found.setdefault(other, []).append((one, weight))
        return found

    def among(self, keys: Iterable[str]) -> tuple[Tie, ...]:
        """The ties within a circle."""
        circle = set(keys)
        return tuple(tie for tie in self.ties if tie.one in circle and tie.other in circle)


def count(announcements: Iterable[Iterable[str]]) -> Counts:
    """The counts of announcements, each given by those who make it."""
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    for makers in announcements:
        each = sorted(set(makers))
        alone.update(each)
        together.update(combinations(each, 2))
    return Counts(alone, tuple(Tie(one, other, weight) for (one, other), weight in sorted(together.items())))
