"""Letters and words as pictures, each drawn once for many lines."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from communique.pictures.typesetting.boxes import Box, around
from communique.pictures.typesetting.faces import font
from communique.pictures.typesetting.lines import Word

if TYPE_CHECKING:
    from PIL.Image import Image

# letters are drawn larger and reduced: their places and shapes do not snap to whole pixels
OVERSIZE = 3


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawn letter or word, and where it lies from the point on the baseline where it starts."""

    image: "Image"
    box: Box


@lru_cache(maxsize=1024)
def drawn(word: Word, size: int, phase: int, first: int, shades: int) -> Drawn | None:
    """A word in so many shades from a first one on, its start so many parts of a pixel behind the whole one."""
    from PIL import Image

    placed = []
    for (char, face), start in zip(word.letters, word.starts, strict=True):
        across = round(start * size * OVERSIZE) + phase
        glyph = _glyph(char, face.file, round(size * OVERSIZE * face.scale), across % OVERSIZE)
        if glyph:
            placed.append((glyph.box.moved(across // OVERSIZE, 0), glyph.image))
    if not placed:
        return None
    whole = around([box for box, _ in placed])
    image = Image.new("L", (whole.right - whole.left, whole.bottom - whole.top))
    for box, coverage in placed:
        image.paste(255, box.moved(-whole.left, -whole.top), coverage)
    return Drawn(image.point(_steps(first, shades)), whole)


@cache
def _steps(first: int, shades: int) -> list[int]:
    """For each value of coverage the colour of the palette."""
    return [first - 1 + step if (step := round(value * shades / 255)) else 0 for value in range(256)]


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
    image = image.crop((0, 0, image.width + whole[0], image.height + whole[1])).reduce(OVERSIZE)
    return Drawn(image, Box(across, down, across + image.width, down + image.height))
