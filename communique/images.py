"""Images: what their bytes say of them."""

import io
import warnings
from functools import lru_cache

LIMIT_PIXELS = 150_000_000
LIMITS = {"PNG": 30_000_000, "GIF": 30_000_000, "WEBP": 24_000_000, "AVIF": 24_000_000}


class Unreadable(ValueError):
    """Bytes that are no image; the text says why."""


@lru_cache(maxsize=4096)
def read_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels, as the image is meant to be seen. Raises Unreadable."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP", "GIF", "AVIF")) as image:
                width, height = image.size
                # before anything is decoded: in a PNG the orientation may stand behind all pixels
                if width * height > LIMITS.get(str(image.format), LIMIT_PIXELS):
                    raise Unreadable("it has too many pixels")
                # where a PNG says nothing of it, Pillow would decode all pixels to look behind them
                turned = (image.format != "PNG" or _turnable(data)) and image.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    except Unreadable:
        raise
    except Exception as error:
        # Pillow raises whatever its decoders meet in a broken file
        raise Unreadable("the file is damaged or of another format") from error
    return (height, width) if turned else (width, height)


def _turnable(data: bytes) -> bool:
    return b"eXIf" in data or b"Orientation" in data or b"Raw profile type exif" in data


def readable(data: bytes) -> bool:
    """Whether bytes are an image that can be shown; that they are not is a problem already."""
    try:
        read_size(data)
    except Unreadable:
        return False
    return True
