"""Families: partners with the organisations that they are parts of."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody to be drawn. `weight` is the number of announcements, `parent` the key of another member or empty."""

    key: str
    label: str
    weight: int
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Neighbours in a family, by their numbers from 0, that one outline holds; `inside` counts the outlines within."""

    first: int
    last: int
    inside: int


@dataclass(frozen=True, slots=True)
class Family:
    """A member and all its parts, each part right after what it belongs to, and the outlines around them."""

    members: tuple[Member, ...]
    spans: tuple[Span, ...]

    @property
    def weight(self) -> int:
        """The weight of all together."""
        return sum(member.weight for member in self.members)

    @property
    def key(self) -> str:
        """The key of the one at the head."""
        return self.members[0].key


# outlines in outlines, at most
LIMIT_NESTED = 3


def families(members: Iterable[Member]) -> tuple[Family, ...]:
    """All families, the heaviest first. Members that are, wrongly, parts of each other still stand in one of them."""
    ordered = sorted(members, key=lambda member: (-member.weight, member.label.casefold(), member.key))
    keys = {member.key for member in ordered}
    parts: dict[str, list[Member]] = {}
    for member in ordered:
        parts.setdefault(member.parent if member.parent in keys else "", []).append(member)
    placed: set[str] = set()
    found = [_family(head, parts, placed) for head in parts.get("", ())]
    found += [_family(member, parts, placed) for member in ordered if member.key not in placed]
    return tuple(sorted(found, key=lambda family: (-family.weight, family.key)))


def _family(head: Member, parts: dict[str, list[Member]], placed: set[str]) -> Family:
    members: list[Member] = []
    depths: list[int] = []
    ahead = [(head, 0)]
    while ahead:
        member, depth = ahead.pop()
        if member.key not in placed:
            placed.add(member.key)
            members.append(member)
            depths.append(depth)
            ahead += [(part, depth + 1) for part in reversed(parts.get(member.key, ()))]
    return Family(tuple(members), _spans(depths))


def _spans(depths: list[int]) -> tuple[Span, ...]:
    """The outlines of members at these depths, the outer ones first."""
    open_: list[tuple[int, int]] = []
    ranges: list[tuple[int, int, int]] = []
    for number, depth in enumerate([*depths, -1]):
        while open_ and open_[-1][1] >= depth:
            first, level = open_.pop()
            if number - first > 1:
                ranges.append((first, number - 1, level))
        if 0 <= depth < LIMIT_NESTED:
            open_.append((number, depth))
    ranges.sort()
    return tuple(
        Span(first, last, max((deep - level for one, end, deep in ranges if first <= one and end <= last), default=0))
        for first, last, level in ranges
    )
