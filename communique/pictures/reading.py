"""Opening pictures from anywhere: what is seen, in few modes, within bounds of memory and time."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.images import Unreadable
from communique.pictures.containers import JPEG, PNG, Kind, kind_of, rewritten
from communique.pictures.label import Label

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

ORIENTATION = 0x0112
SAMPLE = 2_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A picture file without its words: how large it is as it is meant to be seen, and whether it moves."""

    kind: Kind
    data: bytes
    width: int
    height: int
    turn: int
    moving: bool


@contextmanager
def opened(kind: Kind, data: bytes) -> Iterator["ImageFile"]:
    """The picture in Pillow; whatever its decoders raise is Unreadable."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=(kind.name,)) as image:
                yield image
    except Unreadable:
        raise
    except (MemoryError, Image.DecompressionBombError) as error:
        raise Unreadable("it has too many pixels") from error
    except Exception as error:
        # Pillow raises whatever its decoders meet in a broken file
        raise Unreadable("the file is damaged or cut off") from error


def source_of(data: bytes) -> Source:
    """What a file says that it holds. Raises Unreadable."""
    kind = kind_of(data)
    data = rewritten(data, Label())
    with opened(kind, data) as image:
        width, height = image.size
        if width * height > kind.most:
            raise Unreadable(f"it has more than {kind.most // 1_000_000} million pixels")
        if not width or not height:
            raise Unreadable("it has no pixels")
        # it stands before the pixels now; where there is none, Pillow would decode all of them to look for one
        turn = image.getexif().get(ORIENTATION, 1) if kind != PNG or "exif" in image.info else 1
        moving = kind != JPEG and bool(getattr(image, "is_animated", False))
    size = (height, width) if turn in (5, 6, 7, 8) else (width, height)
    return Source(kind, data, *size, turn, moving)


def pixels_of(source: Source, least: int) -> tuple["Image", bytes]:
    """The pixels, not yet turned upright, as L, RGB, RGBA or CMYK, and the colour profile.

    A large JPEG is decoded at a fraction of its size, no narrower than `least` as it is meant to be seen.
    """
    with opened(source.kind, source.data) as image:
        if source.kind == JPEG:
            height = max(1, least * source.height // source.width)
            image.draft(None, (height, least) if source.turn in (5, 6, 7, 8) else (least, height))
        image.load()
        return _plain(image), image.info.get("icc_profile", b"") or b""


def is_flat(image: "Image") -> bool:
    """Whether a picture is a drawing or a screenshot: most of its pixels equal the one beside them."""
    from PIL import ImageChops

    rows = min(image.height, max(1, SAMPLE // image.width))
    top = (image.height - rows) // 2
    sample = image.crop((0, top, image.width, top + rows))
    most, *others = ImageChops.difference(sample, ImageChops.offset(sample, 1, 0)).split()
    for band in others:
        most = ImageChops.lighter(most, band)
    return most.histogram()[0] > 0.5 * image.width * rows


def _plain(image: "ImageFile") -> "Image":
    """The picture in one of four modes; an alpha channel only where something shows through."""
    mode = image.mode
    if mode in ("L", "RGB", "CMYK") and "transparency" not in image.info:
        return image
    if mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 257) + 0.5).convert("L")
    if mode == "1" and "transparency" not in image.info:
        return image.convert("L")
    if mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        clear = image.convert("RGBA")
        return clear if clear.getchannel("A").getextrema()[0] != 255 else clear.convert("RGB")
    return image.convert("RGB")
