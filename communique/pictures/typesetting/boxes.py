"""Boxes: rectangles of pixels."""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle, from its first column and row to those before the last two."""

    left: int
    top: int
    right: int
    bottom: int

    def moved(self, across: int, down: int) -> "Box":
        """It, as large, at another place."""
        left, top, right, bottom = self
        return Box(left + across, top + down, right + across, bottom + down)

    def meets(self, other: "Box") -> bool:
        """Whether they have a pixel in common."""
        beside = self.right <= other.left or other.right <= self.left
        above = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or above)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds some others."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))
