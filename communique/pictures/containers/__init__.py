"""The file formats of pictures: rewriting a file without its words, byte for byte the same pixels."""

from collections.abc import Callable
from dataclasses import dataclass

from communique.images import Unreadable
from communique.pictures.containers import avif, gif, jpeg, png, webp
from communique.pictures.label import Label


@dataclass(frozen=True, slots=True)
class Kind:
    """A file format. `most` is the number of pixels up to which a picture is decoded."""

    name: str
    type: str
    ending: str
    rewrite: Callable[[bytes, Label], bytes]
    most: int


JPEG = Kind("JPEG", "image/jpeg", ".jpg", jpeg.rewrite, 150_000_000)
PNG = Kind("PNG", "image/png", ".png", png.rewrite, 30_000_000)
GIF = Kind("GIF", "image/gif", ".gif", gif.rewrite, 30_000_000)
WEBP = Kind("WEBP", "image/webp", ".webp", webp.rewrite, 24_000_000)
AVIF = Kind("AVIF", "image/avif", ".avif", avif.rewrite, 24_000_000)


def kind_of(data: bytes) -> Kind:
    """The format that the first bytes show, whatever the file is called. Raises Unreadable."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(png.SIGNATURE):
        return PNG
    if data.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return WEBP
    if data[4:8] == b"ftyp" and any(brand in data[8:64] for brand in (b"avif", b"avis")):
        return AVIF
    raise Unreadable("the file is no PNG, JPEG, WebP, GIF or AVIF" if data else "the file is empty")


def rewritten(data: bytes, label: Label) -> bytes:
    """The file with the same pixels and no other words than the label's. Raises Unreadable."""
    return kind_of(data).rewrite(data, label)
