"""A sheet on which lines and rules are drawn, with few colours, so that the file stays small."""

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from communique.pictures.typesetting.faces import font
from communique.pictures.typesetting.lines import Line

if TYPE_CHECKING:
    from PIL.Image import Image

SHADES = 16
# letters are drawn larger and reduced: their places and shapes do not snap to whole pixels
OVERSIZE = 3


@lru_cache(maxsize=None)
def _steps(first: int) -> list[int]:
    return [first + round(value * SHADES / 255) if round(value * SHADES / 255) else 0 for value in range(256)]


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
        from PIL import Image, ImageChops, ImageDraw

        layer = self._layers[ink]
        indent = size
        box = (round(line.width * size) + 2 * indent, round(1.9 * size))
        drawn = Image.new("L", (box[0] * OVERSIZE, box[1] * OVERSIZE))
        pen = ImageDraw.Draw(drawn)
        shift = left - int(left) + indent
        for run in line.runs:
            spot = ((shift + run.start * size) * OVERSIZE, 1.4 * size * OVERSIZE)
            face = font(run.face.file, round(size * OVERSIZE * run.face.scale))
            pen.text(spot, run.text, fill=255, font=face, anchor="ls")
        place = (int(left) - indent, baseline - round(1.4 * size))
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
