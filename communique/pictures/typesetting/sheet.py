"""A sheet on which lines and rules are drawn, with sixteen colours, so that the file is small and soon written."""

import struct
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from communique.pictures.containers.png import SIGNATURE, chunk
from communique.pictures.typesetting.bands import bands, packed
from communique.pictures.typesetting.boxes import Box, around
from communique.pictures.typesetting.letters import OVERSIZE, drawn
from communique.pictures.typesetting.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

DEPTH = 4
BY_PALETTE = 3
ABOVE = 2


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour, and how many shades of it there are between the paper and itself, where letters have their edges."""

    colour: str
    shades: int = 1


class Sheet:
    """White paper of a size in pixels, and inks by name."""

    def __init__(self, width: int, height: int, paper: str, inks: dict[str, Ink]) -> None:
        from PIL import Image

        self._page = Image.new("L", (width, height))
        self._paper = paper
        self._inks = inks
        self._first: dict[str, int] = {}
        self._inked: list[Box] = []
        count = 1
        for name, ink in inks.items():
            self._first[name] = count
            count += ink.shades
        assert count <= 1 << DEPTH, "a palette of four bits has sixteen colours"

    def rule(self, left: int, top: int, width: int, height: int, ink: str) -> None:
        """A filled rectangle."""
        darkest = self._first[ink] + self._inks[ink].shades - 1
        box = Box(left, top, left + width, top + height)
        self._page.paste(darkest, box)
        self._inked.append(box)

    def text(self, line: Line, left: float, baseline: int, size: int, ink: str) -> None:
        """A line of text from a point on its baseline."""
        first, shades = self._first[ink], self._inks[ink].shades
        words = []
        for start, word in line.words:
            across, phase = divmod(round((left + start * size) * OVERSIZE), OVERSIZE)
            letters = drawn(word, size, phase, first, shades)
            if letters:
                words.append((letters.box.moved(across, baseline), letters.image))
        if not words:
            return
        whole = around([box for box, _ in words])
        over = any(whole.meets(box) for box in self._inked)
        end = whole.left
        for box, image in words:
            self._page.paste(self._joined(box, image) if over or box.left < end else image, box)
            end = max(end, box.right)
        self._inked.append(whole)

    def _joined(self, box: Box, image: "Image") -> "Image":
        """A picture with what is under it: where both have ink, the darker."""
        from PIL import ImageChops

        return ImageChops.lighter(self._page.crop(box), image)

    def png(self) -> bytes:
        """The sheet as a PNG with a palette: the paper, then a ramp of shades for each ink."""
        width, height = self._page.size
        # one more byte says how a row is filtered
        row = 1 + (width * DEPTH + 7) // 8
        page = Box(0, 0, width, height)
        inked = bands((max(box.top, 0), min(box.bottom, height)) for box in self._inked if box.meets(page))
        palette = _palette(self._paper, tuple(self._inks.values()))
        self._page.putpalette(palette)
        pixels = packed(self._rows(row, inked), row, inked)
        header = struct.pack(">LLBBBBB", width, height, DEPTH, BY_PALETTE, 0, 0, 0)
        chunks = ((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b""))
        return b"".join((SIGNATURE, *(chunk(*each) for each in chunks)))

    def _rows(self, row: int, inked: list[tuple[int, int]]) -> bytes:
        """The rows in so many bytes each; in bands only by how much each byte differs from the one above."""
        from PIL import Image, ImageChops

        # a blank row, then all rows of the page
        above = bytes(row + 1) + self._page.tobytes("raw", "P;4", row)
        plain, upper = (
            Image.frombuffer("L", (row, self._page.height), data, "raw", "L", 0, 1) for data in (above[row:], above)
        )
        rows = ImageChops.subtract_modulo(plain, upper)
        for top, bottom in inked:
            rows.paste(ABOVE, (0, top, 1, bottom))
        return rows.tobytes()


@lru_cache(maxsize=16)
def _palette(paper: str, inks: tuple[Ink, ...]) -> bytes:
    from PIL import ImageColor

    blank = ImageColor.getrgb(paper)
    palette = [*blank]
    for ink in inks:
        colour = ImageColor.getrgb(ink.colour)
        for shade in range(1, ink.shades + 1):
            palette += [round(p + (i - p) * shade / ink.shades) for p, i in zip(blank, colour, strict=True)]
    return bytes(palette)
