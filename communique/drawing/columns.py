"""Columns: members one below the other, so far apart that neither circles nor labels nor outlines meet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isqrt

from communique.drawing.families import Family, Member
from communique.drawing.lettering import wrap

_LEAST = 4
_MARGIN = 4
_BORDER = 6
_BETWEEN = 10


@dataclass(frozen=True, slots=True)
class Measures:
    """The size of letters, the height of a line of them, how wide and how high a label may be, and the radius of a
    circle: of that of one announcement, and the greatest."""

    letters: int
    leading: int
    label: int
    lines: int
    unit: int
    greatest: int


@dataclass(frozen=True, slots=True)
class Spot:
    """A member at a height: the radius of its circle, its label in lines, and how far sideways the label must stay
    clear of circles and outlines."""

    member: Member
    y: int
    radius: int
    lines: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Band:
    """The outline of a family: the heights of its first and last circle, and how far it reaches around them."""

    first: int
    last: int
    reach: int


@dataclass(frozen=True, slots=True)
class Column:
    """Spots from the top down, and the outlines, the outer ones before the inner ones."""

    spots: tuple[Spot, ...]
    bands: tuple[Band, ...]
    height: int


def radius(weight: int, heaviest: int, measures: Measures) -> int:
    """The radius of a circle, whose area grows with the weight."""
    greatest = min(measures.greatest**2, measures.unit**2 * heaviest)
    return max(_LEAST, isqrt(greatest * weight // heaviest)) if heaviest else _LEAST


def column(families: Sequence[Family], heaviest: int, measures: Measures) -> Column:
    """The column of families; `heaviest` is the greatest weight in the whole drawing."""
    spots: list[Spot] = []
    bands: list[Band] = []
    radii = {each.key: radius(each.weight, heaviest, measures) for family in families for each in family.members}
    widest = max(radii.values(), default=0)
    bottom = 0
    for family in families:
        around = [
            max(radii[each.key] for each in family.members[span.first : span.last + 1]) + _BORDER * (span.inside + 1)
            for span in family.spans
        ]
        opening = _widest_by_number(((span.first, reach) for span, reach in zip(family.spans, around, strict=True)))
        closing = _widest_by_number(((span.last, reach) for span, reach in zip(family.spans, around, strict=True)))
        first = len(spots)
        for number, member in enumerate(family.members):
            lines = wrap(member.label, measures.letters, measures.label, measures.lines)
            half = max((len(lines) * measures.leading + _BETWEEN) // 2, radii[member.key] + _MARGIN)
            y = bottom + max(half, opening.get(number, 0) + _MARGIN)
            bottom = y + max(half, closing.get(number, 0) + _MARGIN)
            spots.append(Spot(member, y, radii[member.key], lines, max(widest, *around, 0)))
        bands += [
            Band(spots[first + span.first].y, spots[first + span.last].y, reach)
            for span, reach in zip(family.spans, around, strict=True)
        ]
    return Column(tuple(spots), tuple(bands), bottom)


def _widest_by_number(reaches: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for number, reach in reaches:
        found[number] = max(reach, found.get(number, 0))
    return found
