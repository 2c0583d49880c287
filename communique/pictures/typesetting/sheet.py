"""A sheet on which lines and rules are drawn, with few colours, so that the file stays small."""

import io
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from communique.pictures.typesetting.faces import font
from communique.pictures.typesetting.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

SHADES = 16
# letters are drawn larger and reduced: their places and shapes do not snap to whole pixels
OVERSIZE = 3


@cache
def _steps(first: int) -> list[int]:
    return [first + round(value * SHADES / 255) if round(value * SHADES / 255) else 0 for value in range(256)]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A drawn letter, and where its upper left corner lies from the point on the baseline where it starts."""

    image: "Image | None"
    left: int
    top: int


@lru_cache(maxsize=2048)
def glyph_of(char: str, file: str, size: int) -> Glyph:
    """A letter in a font at a size in pixels."""
    from PIL import Image, ImageDraw

    face = font(file, size)
    left, top, right, bottom = (round(edge) for edge in face.getbbox(char, anchor="ls"))
    if right <= left or bottom <= top:
        return Glyph(None, 0, 0)
    image = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(image).text((-left, -top), char, fill=255, font=face, anchor="ls")
    return Glyph(image, left, top)


class Sheet:
    """White paper of a size in pixels, and inks by name."""

    def __init__(self, width: int, height: int, paper: str, **inks: str) -> None:
        from PIL import Image

        self._paper = paper
        self._inks = inks
        self._layers: dict[str, Image.Image] = {name: Image.new("L", (width, height)) for name in inks}

    def rule(self, left: int, top: int, width: int, height: int, ink: str) -> None:
        """A filled rectangle."""
        self._layers[ink].paste(255, (left, top, left + width, top + height))

    def text(self, line: Line, left: float, baseline: int, size: int, ink: str) -> None:
        """A line of text from a point on its baseline."""
        from PIL import Image, ImageChops

        layer = self._layers[ink]
        # room for what reaches beyond the line and below the baseline
        indent, above = size, round(1.4 * size)
        drawn = Image.new("L", ((round(line.width * size) + 2 * indent) * OVERSIZE, (above + size // 2) * OVERSIZE))
        shift = left - int(left) + indent
        for letter in line.letters:
            glyph = glyph_of(letter.char, letter.face.file, round(size * OVERSIZE * letter.face.scale))
            if glyph.image:
                across = round((shift + letter.start * size) * OVERSIZE) + glyph.left
                drawn.paste(255, (across, above * OVERSIZE + glyph.top), glyph.image)
        place = (int(left) - indent, baseline - above)
        small = drawn.reduce(OVERSIZE)
        under = layer.crop((*place, place[0] + small.width, place[1] + small.height))
        layer.paste(ImageChops.lighter(under, small), place)

    def png(self) -> bytes:
        """The sheet as a PNG with a palette: the paper, then a ramp of shades for each ink."""
        from PIL import ImageChops, ImageColor

        paper = ImageColor.getrgb(self._paper)
        palette = [*paper]
        page: Image | None = None
        for number, (name, layer) in enumerate(self._layers.items()):
            ink = ImageColor.getrgb(self._inks[name])
            for shade in range(1, SHADES + 1):
                palette += [round(p + (i - p) * shade / SHADES) for p, i in zip(paper, ink, strict=True)]
            shaded = layer.point(_steps(number * SHADES))
            page = shaded if page is None else ImageChops.lighter(page, shaded)
        assert page is not None
        page.putpalette(palette)
        file = io.BytesIO()
        page.save(file, "PNG", compress_level=6)
        return file.getvalue()
