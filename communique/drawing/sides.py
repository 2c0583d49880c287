"""Sides: which family stands left and which right, and in which order."""

from collections.abc import Iterable, Sequence

from communique.drawing.families import Family
from communique.drawing.ties import Tie

Side = tuple[Family, ...]
_SWEEPS = 4
_SCALE = 10_000


def two_sides(families: Iterable[Family], ties: Sequence[Tie]) -> tuple[Side, Side]:
    """The families on two sides of about equal length, with those tied most facing each other."""
    ordered = sorted(families, key=lambda family: (-len(family.members), -family.weight, family.key))
    home = {member.key: number for number, family in enumerate(ordered) for member in family.members}
    tied: dict[int, dict[int, int]] = {}
    for one, other, weight in ties:
        pair = home[one], home[other]
        for here, there in (pair, pair[::-1]):
            tied.setdefault(here, {})
            tied[here][there] = tied[here].get(there, 0) + weight
    sides: tuple[list[int], list[int]] = ([], [])
    for number, family in enumerate(ordered):
        lengths = [sum(len(ordered[each].members) for each in side) for side in sides]
        inward = [sum(tied.get(number, {}).get(each, 0) for each in side) for side in sides]
        if abs(lengths[0] - lengths[1]) > max(1, len(family.members)):
            choice = 0 if lengths[0] < lengths[1] else 1
        else:
            choice = min((0, 1), key=lambda side: (inward[side], lengths[side], side))
        sides[choice].append(number)
    left, right = (tuple(ordered[number] for number in side) for side in sides)
    return _straightened(_central(left), _central(right), ties)


def _central(side: Side) -> Side:
    """The families with the heaviest in the middle."""
    heaviest = sorted(side, key=lambda family: (-family.weight, family.key))
    return (*reversed(heaviest[1::2]), *heaviest[::2])


def _straightened(left: Side, right: Side, ties: Sequence[Tie]) -> tuple[Side, Side]:
    """The sides with each family moved to the height of those it is tied to, so that fewer lines cross."""
    for _ in range(_SWEEPS):
        heights = {**_heights(left), **_heights(right)}
        right = _by_ties(right, ties, heights)
        heights |= _heights(right)
        left = _by_ties(left, ties, heights)
    return left, right


def _heights(side: Side) -> dict[str, int]:
    keys = [member.key for family in side for member in family.members]
    return {key: (2 * number + 1) * _SCALE // (2 * len(keys)) for number, key in enumerate(keys)}


def _by_ties(side: Side, ties: Sequence[Tie], heights: dict[str, int]) -> Side:
    here = {member.key: number for number, family in enumerate(side) for member in family.members}
    sums = [0] * len(side)
    weights = [0] * len(side)
    for one, other, weight in ties:
        for mine, theirs in ((one, other), (other, one)):
            if mine in here and theirs not in here:
                sums[here[mine]] += weight * heights[theirs]
                weights[here[mine]] += weight
    middles = [sum(heights[member.key] for member in family.members) // len(family.members) for family in side]
    wanted = [
        total // weight if weight else middles[n] for n, (total, weight) in enumerate(zip(sums, weights, strict=True))
    ]
    return tuple(side[number] for number in sorted(range(len(side)), key=lambda each: (wanted[each], each)))
