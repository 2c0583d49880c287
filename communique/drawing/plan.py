"""The plan of a map: where circles, labels, outlines and lines go, in whole numbers that are the same everywhere."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from communique.drawing.columns import Band, Column, Measures, Spot, column
from communique.drawing.families import Family
from communique.drawing.lettering import width
from communique.drawing.sides import two_sides
from communique.drawing.ties import Tie

WIDE = Measures(letters=15, leading=19, label=250, lines=4, unit=9, greatest=24)
NARROW = Measures(letters=14, leading=18, label=170, lines=4, unit=6, greatest=12)
_EDGE = 4
_AIR = 9
_THICKEST = 6
_NARROW_WIDTH = 320


@dataclass(frozen=True, slots=True)
class Label:
    """A line of a label: the height of its base line, and its text."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A circle with its label, which starts or ends at `label_x`; `ties` is the path of all lines that lead to it."""

    key: str
    x: int
    y: int
    radius: int
    label_x: int
    anchor: str
    lines: tuple[Label, ...]
    ties: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A path, and how thick it is."""

    path: str
    thickness: int


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing: its size, the size of its letters, and from the back to the front what is in it."""

    width: int
    height: int
    letters: int
    outlines: tuple[Stroke, ...]
    ties: tuple[Stroke, ...]
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class _Bow:
    """A column bent around a middle: how far to the right it stands there, and at its ends further by `depth`."""

    x: int
    middle: int
    half: int
    depth: int

    def at(self, y: int) -> int:
        return self.x + self.depth * (y - self.middle) ** 2 // self.half**2

    def path(self, first: int, last: int) -> str:
        # a parabola is a quadratic curve, whose handle is where the tangents of its ends meet
        handle = self.x + self.depth * (first - self.middle) * (last - self.middle) // self.half**2
        return f"M{self.at(first)} {first}Q{handle} {(first + last) // 2} {self.at(last)} {last}"


def wide_plan(families: Sequence[Family], ties: Sequence[Tie]) -> Plan:
    """Two columns that face each other, labels outside, lines inside: for screens."""
    heaviest = max((member.weight for family in families for member in family.members), default=0)
    sides = [column(side, heaviest, WIDE) for side in two_sides(families, ties)]
    height = max(side.height for side in sides) + 2 * _EDGE
    ...
