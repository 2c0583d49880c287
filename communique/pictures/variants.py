"""The sizes and formats in which a picture is given to readers and to the press."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from communique.pictures.colour import in_srgb
from communique.pictures.containers import JPEG, PNG, WEBP, Kind, rewritten
from communique.pictures.label import Label
from communique.pictures.reading import Source, is_flat, pixels_of, source_of

if TYPE_CHECKING:
    from PIL.Image import Image

WIDTHS = (480, 960, 1600)
JPEG_QUALITY = 82
WEBP_QUALITY = 80
TALLEST_JPEG, TALLEST_WEBP = 65_500, 16_383
LARGEST = 8_000_000
# a width is left out if the picture itself is hardly wider
NEARLY = 0.8
# a file that is about as small as ours stays as it was made
KEEP = 1.1


@dataclass(frozen=True, slots=True)
class Variant:
    """A file made from a picture. `suffix` goes behind the stem of the file's name, as `-960.webp`."""

    suffix: str
    type: str
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Variants:
    """All files made from a picture: one that every browser shows, smaller ones, and the original for the press."""

    fallback: Variant
    webp: tuple[Variant, ...]
    original: Variant | None


def variants(data: bytes, *, redistribute: bool, credit: str, licence: str) -> Variants:
    """The variants of a picture, upright, in sRGB, with no words in them but credit and licence. Raises Unreadable."""
    label = Label(credit, licence)
    source = source_of(data)
    original = _as_it_is(source, label, "-original") if redistribute else None
    image, profile = pixels_of(source, _top(source))
    if source.moving:
        return Variants(_as_it_is(source, label, f"-{source.width}"), (), original)
    flat = source.kind != JPEG and is_flat(image)
    upright = source.turn == 1 and not profile and image.mode != "CMYK"
    image = _upright(source, image, profile)
    kind = PNG if flat or image.mode == "RGBA" else JPEG
    fallback = _encoded(image, kind, label)
    if upright and kind == source.kind and image.width == source.width:
        kept = _as_it_is(source, label, f"-{source.width}")
        fallback = kept if len(kept.data) < KEEP * len(fallback.data) else fallback
    smaller = (_encoded(each, WEBP, label, flat) for each in _scaled(image))
    return Variants(fallback, tuple(each for each in smaller if len(each.data) < len(fallback.data)), original)


def original(data: bytes, *, credit: str, licence: str) -> bytes:
    """The file as it is, in full size, for the press, with no words in it but credit and licence. Raises Unreadable."""
    source = source_of(data)
    pixels_of(source, 1)
    return _as_it_is(source, Label(credit, licence), "").data


def scrub(data: bytes) -> bytes:
    """The file without any words in it, its pixels, colour profile and orientation as they were. Raises Unreadable."""
    source = source_of(data)
    pixels_of(source, 1)
    return source.data


def _top(source: Source) -> int:
    """The width of the largest variant: no tall strip may cost more than a large photograph."""
    shape = source.width / source.height
    return max(1, min(source.width, WIDTHS[-1], int((LARGEST * shape) ** 0.5), int(TALLEST_JPEG * shape)))


def _upright(source: Source, image: "Image", profile: bytes) -> "Image":
    from PIL import Image

    width = _top(source)
    size = (width, max(1, round(source.height * width / source.width)))
    lying = size[::-1] if source.turn in (5, 6, 7, 8) else size
    if image.size != lying:
        image = image.resize(lying, Image.Resampling.LANCZOS, reducing_gap=2.0)
    image = in_srgb(image, profile)
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    return image.transpose(turns[source.turn]) if source.turn in turns else image


def _scaled(image: "Image") -> Iterator["Image"]:
    """The picture in each width of a WebP, itself last; none if it is small or taller than a WebP may be."""
    from PIL import Image

    if image.width <= WIDTHS[0]:
        return
    for width in (each for each in WIDTHS if each <= NEARLY * image.width):
        size = (width, max(1, round(image.height * width / image.width)))
        if size[1] <= TALLEST_WEBP:
            yield image.resize(size, Image.Resampling.LANCZOS)
    if image.height <= TALLEST_WEBP:
        yield image


def _as_it_is(source: Source, label: Label, suffix: str) -> Variant:
    data = rewritten(source.data, label)
    return Variant(suffix + source.kind.ending, source.kind.type, source.width, source.height, data)


def _encoded(image: "Image", kind: Kind, label: Label, lossless: bool = False) -> Variant:
    file = io.BytesIO()
    if kind == JPEG:
        image.save(file, "JPEG", quality=JPEG_QUALITY, progressive=True, optimize=True, icc_profile=None)
    elif kind == WEBP:
        image.save(file, "WEBP", quality=WEBP_QUALITY, lossless=lossless, method=4, icc_profile=None)
    else:
        image.save(file, "PNG", compress_level=6, icc_profile=None)
    data = rewritten(file.getvalue(), label)
    return Variant(f"-{image.width}{kind.ending}", kind.type, *image.size, data)
