"""What a font file says of itself: which characters it holds, and which pairs of letters stand closer.

Pillow's plain layout gives neither: it draws a box for a missing letter, and a 64th of the kerning.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@dataclass(frozen=True, slots=True)
class Tables:
    """The number of each character's glyph, and the kerning of pairs of glyphs in ems."""

    glyphs: Mapping[int, int]
    kerning: Mapping[tuple[int, int], float]

    def closer(self, before: str, after: str) -> float:
        """The kerning between two characters in ems."""
        return self.kerning.get((self.glyphs.get(ord(before), 0), self.glyphs.get(ord(after), 0)), 0.0)


def shipped(folder: str, name: str) -> Traversable:
    """A file that ships with this package."""
    return files("communique.pictures").joinpath(folder, name)


@cache
def tables(file: str) -> Tables:
    """The tables of a font."""
    data = shipped("fonts", file).read_bytes()
    places = {data[at : at + 4]: struct.unpack_from(">L", data, at + 8)[0] for at in range(12, 12 + 16 * data[5], 16)}
    units = struct.unpack_from(">H", data, places[b"head"] + 18)[0]
    kerning = _pairs(data, places[b"kern"], units) if b"kern" in places else {}
    return Tables(dict(_characters(data, places[b"cmap"])), kerning)


def _characters(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    # the last of the maps is the fullest: they are in the order of their encodings
    at = start + struct.unpack_from(">L", data, start + 8 * struct.unpack_from(">H", data, start + 2)[0])[0]
    if struct.unpack_from(">H", data, at)[0] == 12:
        end = at + struct.unpack_from(">L", data, at + 4)[0]
        for first, last, glyph in struct.iter_unpack(">LLL", data[at + 16 : end]):
            yield from zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True)
    else:
        yield from _segments(data, at)


def _segments(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    """The character map of the oldest format: segments with a distance, or with a place in a list of glyphs."""
    size = struct.unpack_from(">H", data, at + 6)[0]
    for place in range(at + 14, at + 14 + size, 2):
        last = struct.unpack_from(">H", data, place)[0]
        first, distance, offset = (struct.unpack_from(">H", data, place + 2 + size * n)[0] for n in (1, 2, 3))
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph = struct.unpack_from(">H", data, place + 2 + size * 3 + offset + 2 * (code - first))[0]
            yield code, (glyph + distance) & 0xFFFF


def _pairs(data: bytes, start: int, units: int) -> dict[tuple[int, int], float]:
    count = struct.unpack_from(">H", data, start + 10)[0]
    pairs = struct.iter_unpack(">HHh", data[start + 18 : start + 18 + 6 * count])
    return {(left, right): value / units for left, right, value in pairs}
