"""Columns: members one below the other, so far apart that neither circles nor labels nor outlines meet."""

from collections.abc import Iterable
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
    """A member at a height: the radius of its circle, and its label in lines."""

    member: Member
    y: int
    radius: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The outline of a family: the heights of its first and last circle, and how far it reaches around them."""

    first: int
    last: int
    reach: int


@dataclass(frozen=True, slots=True)
class Column:
    """Spots from the top down, the outer bands before the inner ones; `reach` is what the widest takes sideways."""

    spots: tuple[Spot, ...]
    bands: tuple[Band, ...]
    height: int
    reach: int


def radius(weight: int, heaviest: int, measures: Measures) -> int:
    """The radius of a circle, whose area grows with the weight."""
    greatest = min(measures.greatest**2, measures.unit**2 * heaviest)
    return max(_LEAST, isqrt(greatest * weight // heaviest)) if heaviest else _LEAST


def column(families: Iterable[Family], heaviest: int, measures: Measures) -> Column:
    """The column of families; `heaviest` is the greatest weight in the whole drawing."""
    spots: list[Spot] = []
    bands: list[Band] = []
    bottom = 0
    for family in families:
        top = bottom
        first = len(spots)
        radii = [radius(member.weight, heaviest, measures) for member in family.members]
        labels = [wrap(member.label, measures.letters, measures.label, measures.lines) for member in family.members]
        reaches = [
            max(radii[span.first : span.last + 1]) + _BORDER * (span.inside + 1) for span in family.spans
        ]
        for number, member in enumerate(family.members):
            half = max((len(labels[number]) * measures.leading + _BETWEEN) // 2, radii[number] + _MARGIN)
            opening = [
                reach + _MARGIN for span, reach in zip(family.spans, reaches, strict=True) if span.first == number
            ]
            closing = [
                reach + _MARGIN for span, reach in zip(family.spans, reaches, strict=True) if span.last == number
            ]
            y = top + max(half, *opening, 0)
            top = y + max(half, *closing, 0)
            spots.append(Spot(member, y, radii[number], labels[number]))
        bands += [
            Band(spots[first + span.first].y, spots[first + span.last].y, reach)
            for span, reach in zip(family.spans, reaches, strict=True)
        ]
        bottom = top
    reach = max((*(spot.radius for spot in spots), *(band.reach for band in bands)), default=0)
    return Column(tuple(spots), tuple(bands), bottom, reach)
