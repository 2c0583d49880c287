"""The plan of a map: where circles, labels, outlines and lines go, in whole numbers that are the same everywhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.drawing.columns import Column, Measures, Spot, column
from communique.drawing.families import Family
from communique.drawing.lettering import width
from communique.drawing.sides import two_sides
from communique.drawing.ties import Tie

WIDE = Measures(letters=15, leading=19, label=250, lines=4, unit=9, greatest=24)
NARROW = Measures(letters=14, leading=18, label=190, lines=5, unit=6, greatest=12)
NARROW_WIDTH = 320
_NARROW_ROOM = 84
_EDGE = 4
_AIR = 10
_THICKEST = 7


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a label: the height of its base, and its text."""

    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Node:
    """A circle with its label, which starts or ends (`anchor`) at `label_x`; `weight` is what the circle's area stands
    for, and `ties` the path of all its ties."""

    key: str
    weight: int
    x: int
    y: int
    radius: int
    label_x: int
    anchor: str
    lines: tuple[Line, ...]
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
class _Wing:
    """A column in its place. Its labels lie at the side `out`, -1 for left and 1 for right, its ties at the other;
    it bends inwards by `depth` from the height of the middle to that of the top and bottom."""

    column: Column
    out: int
    x: int
    top: int
    middle: int
    depth: int

    def at(self, y: int) -> int:
        """Where the column stands at a height."""
        return self._bent((y - self.middle) ** 2)

    def _bent(self, square: int) -> int:
        return self.x - self.out * (self.depth * square // max(1, self.middle**2))

    def path(self, first: int, last: int) -> str:
        """The path along the column."""
        # a parabola is a quadratic curve, whose handle is where the tangents of its ends meet
        handle = self._bent((first - self.middle) * (last - self.middle))
        return f"M{self.at(first)} {first}Q{handle} {(first + last) // 2} {self.at(last)} {last}"

    def label_at(self, spot: Spot, measures: Measures) -> int:
        """Where a label begins, clear of what the column is anywhere beside it."""
        y = spot.y + self.top
        half = len(spot.lines) * measures.leading // 2
        outermost = max(y - half, min(self.middle, y + half))
        # labels of a straight column are flush; where a column leans, an outline reaches further than it is wide
        reach = spot.reach * 9 // 8 if self.depth else max(each.reach for each in self.column.spots)
        return self.at(outermost) + self.out * (reach + _AIR)

    def breadth(self, measures: Measures) -> int:
        """How far the labels reach from where the column stands in the middle."""
        reaches = (
            self.out * (self.label_at(spot, measures) - self.x)
            + max(width(line, measures.letters) for line in spot.lines)
            for spot in self.column.spots
        )
        return max(reaches, default=0)


def wide_plan(families: Sequence[Family], ties: Sequence[Tie]) -> Plan:
    """Two columns that bow like brackets, labels outside, ties inside."""
    heaviest = _heaviest(families)
    columns = [column(side, heaviest, WIDE) for side in two_sides(families, ties)]
    height = max(each.height for each in columns) + 2 * _EDGE
    depth = min(110, height // 8)
    room = min(470, max(320, height * 2 // 3))
    left, right = (
        _Wing(each, out, 0, (height - each.height) // 2, height // 2, depth)
        for each, out in zip(columns, (-1, 1), strict=True)
    )
    x = _EDGE + left.breadth(WIDE)
    if not right.column.spots:
        return _plan([replace(left, x=x)], ties, x + room // 2 + _EDGE, height, room * 5 // 8, WIDE)
    wings = [replace(left, x=x), replace(right, x=x + room)]
    return _plan(wings, ties, x + room + right.breadth(WIDE) + _EDGE, height, room * 5 // 8, WIDE)


def narrow_plan(families: Sequence[Family], ties: Sequence[Tie]) -> Plan:
    """One column, labels to its right, ties to its left."""
    only = column(families, _heaviest(families), NARROW)
    height = only.height + 2 * _EDGE
    wing = _Wing(only, 1, _NARROW_ROOM, _EDGE, height // 2, 0)
    return _plan([wing], ties, NARROW_WIDTH, height, (_NARROW_ROOM - 2 * _EDGE) * 4 // 3, NARROW)


def _heaviest(families: Iterable[Family]) -> int:
    return max((member.weight for family in families for member in family.members), default=0)


def _plan(wings: Sequence[_Wing], ties: Sequence[Tie], wide: int, high: int, bulge: int, measures: Measures) -> Plan:
    places = {spot.member.key: (wing, spot.y + wing.top) for wing in wings for spot in wing.column.spots}
    most = max((tie.weight for tie in ties), default=1)
    strokes = []
    paths: dict[str, list[str]] = {}
    for one, other, weight in sorted(ties, key=lambda tie: (tie.weight, tie)):
        path = _tie(places[one], places[other], high, bulge)
        strokes.append(Stroke(path, _thickness(weight, most)))
        paths.setdefault(one, []).append(path)
        paths.setdefault(other, []).append(path)
    return Plan(
        width=wide,
        height=high,
        letters=measures.letters,
        outlines=tuple(
            Stroke(wing.path(band.first + wing.top, band.last + wing.top), 2 * band.reach)
            for wing in wings
            for band in wing.column.bands
        ),
        ties=tuple(strokes),
        nodes=tuple(
            _node(spot, wing, measures, "".join(paths.get(spot.member.key, ())))
            for wing in wings
            for spot in wing.column.spots
        ),
    )


def _node(spot: Spot, wing: _Wing, measures: Measures, ties: str) -> Node:
    y = spot.y + wing.top
    # letters are centred on a line when their base is about a third of their size below it
    base = y + measures.letters * 35 // 100
    count = len(spot.lines)
    lines = tuple(
        Line(base + (2 * number + 1 - count) * measures.leading // 2, text) for number, text in enumerate(spot.lines)
    )
    x = wing.label_at(spot, measures)
    anchor = "end" if wing.out < 0 else "start"
    return Node(spot.member.key, spot.member.weight, wing.at(y), y, spot.radius, x, anchor, lines, ties)


def _tie(one: tuple[_Wing, int], other: tuple[_Wing, int], high: int, bulge: int) -> str:
    (wing, y), (far, far_y) = one, other
    x, far_x = wing.at(y), far.at(far_y)
    if wing is far:
        away = bulge // 5 + bulge * 4 // 5 * abs(y - far_y) // high
        return f"M{x} {y}C{x - wing.out * away} {y} {far_x - wing.out * away} {far_y} {far_x} {far_y}"
    middle = (wing.x + far.x) // 2
    return f"M{x} {y}C{middle} {y} {middle} {far_y} {far_x} {far_y}"


def _thickness(weight: int, most: int) -> int:
    return weight if most <= _THICKEST else 1 + (_THICKEST - 1) * (weight - 1) // (most - 1)
