"""A sheet on which lines and rules are drawn, with sixteen colours, so that the file is small and soon written."""

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from communique.pictures.typesetting.faces import font
from communique.pictures.typesetting.lines import Line, Word

if TYPE_CHECKING:
    from PIL.Image import Image

# letters are drawn larger and reduced: their places and shapes do not snap to whole pixels
OVERSIZE = 3
# what Z_RLE is in zlib: as small as any way to pack this few colours, and by far the fastest
BY_RUNS = 3


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour, and how many shades of it there are between the paper and itself, where letters have their edges."""

    colour: str
    shades: int = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn letter or word, and where its upper left corner lies from the point on the baseline where it starts."""

    image: "Image"
    left: int
    top: int


class Sheet:
    """White paper of a size in pixels, and inks by name."""

    def __init__(self, width: int, height: int, paper: str, inks: dict[str, Ink]) -> None:
        from PIL import Image

        self._page = Image.new("L", (width, height))
        self._paper = paper
        self._inks = inks
        self._first: dict[str, int] = {}
        count = 1
        for name, ink in inks.items():
            self._first[name] = count
            count += ink.shades
        assert count <= 16, "a palette of four bits has sixteen colours"

    def rule(self, left: int, top: int, width: int, height: int, ink: str) -> None:
        """A filled rectangle."""
        darkest = self._first[ink] + self._inks[ink].shades - 1
        self._page.paste(darkest, (left, top, left + width, top + height))

    def text(self, line: Line, left: float, baseline: int, size: int, ink: str) -> None:
        """A line of text from a point on its baseline."""
        from PIL import ImageChops

        for start, word in line.words:
            across = round((left + start * size) * OVERSIZE)
            drawn = _word(word, size, across % OVERSIZE, self._first[ink], self._inks[ink].shades)
            if drawn:
                place = (across // OVERSIZE + drawn.left, baseline + drawn.top)
                under = self._page.crop((*place, place[0] + drawn.image.width, place[1] + drawn.image.height))
                self._page.paste(ImageChops.lighter(under, drawn.image), place)

    def png(self) -> bytes:
        """The sheet as a PNG with a palette: the paper, then a ramp of shades for each ink."""
        from PIL import ImageColor

        paper = ImageColor.getrgb(self._paper)
        palette = [*paper]
        for ink in self._inks.values():
            colour = ImageColor.getrgb(ink.colour)
            for shade in range(1, ink.shades + 1):
                palette += [round(p + (i - p) * shade / ink.shades) for p, i in zip(paper, colour, strict=True)]
        self._page.putpalette(palette)
        file = io.BytesIO()
        self._page.save(file, "PNG", bits=4, compress_level=6, compress_type=BY_RUNS)
        return file.getvalue()


@cache
def _steps(first: int, shades: int) -> list[int]:
    """For each value of coverage the colour of the palette."""
    return [first - 1 + step if (step := round(value * shades / 255)) else 0 for value in range(256)]


@lru_cache(maxsize=1024)
def _word(word: Word, size: int, phase: int, first: int, shades: int) -> Drawn | None:
    """A word in the colours of an ink, its start so many parts of a pixel behind the whole one."""
    from PIL import Image

    placed = []
    for letter in word.letters:
        across = round(letter.start * size * OVERSIZE) + phase
        glyph = _glyph(letter.char, letter.face.file, round(size * OVERSIZE * letter.face.scale), across % OVERSIZE)
        if glyph:
            placed.append((across // OVERSIZE + glyph.left, glyph))
    if not placed:
        return None
    left, top = min(across for across, _ in placed), min(glyph.top for _, glyph in placed)
    right = max(across + glyph.image.width for across, glyph in placed)
    bottom = max(glyph.top + glyph.image.height for _, glyph in placed)
    image = Image.new("L", (right - left, bottom - top))
    for across, glyph in placed:
        image.paste(255, (across - left, glyph.top - top), glyph.image)
    return Drawn(image.point(_steps(first, shades)), left, top)


@lru_cache(maxsize=2048)
def _glyph(char: str, file: str, size: int, phase: int) -> Drawn | None:
    """A letter in a font, drawn at a larger size and reduced."""
    from PIL import Image, ImageDraw

    face = font(file, size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(char, anchor="ls"))
    if right <= left or bottom <= top:
        return None
    across, down = (left + phase) // OVERSIZE, top // OVERSIZE
    edge, head = left + phase - across * OVERSIZE, top - down * OVERSIZE
    image = Image.new("L", (edge + right - left, head + bottom - top))
    ImageDraw.Draw(image).text((edge - left, head - top), char, fill=255, font=face, anchor="ls")
    # what is left over at the end of a row counts as a whole pixel, so it must be one
    whole = (-image.width % OVERSIZE, -image.height % OVERSIZE)
    image = image.crop((0, 0, image.width + whole[0], image.height + whole[1]))
    return Drawn(image.reduce(OVERSIZE), across, down)
