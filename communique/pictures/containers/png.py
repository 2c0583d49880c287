"""PNG files: chunks with a checksum."""

import struct
import zlib
from collections.abc import Iterator

from communique.images import Unreadable
from communique.pictures.label import Label, orientation_of

SIGNATURE = b"\x89PNG\r\n\x1a\n"
PIXELS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"acTL", b"fcTL", b"fdAT"})
COLOURS = frozenset({b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"mDCV", b"cLLI", b"pHYs"})


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the content of each chunk up to the end of the picture."""
    place = len(SIGNATURE)
    while True:
        if place + 12 > len(data):
            raise Unreadable("it is cut off")
        size, name = struct.unpack_from(">L4s", data, place)
        if place + 12 + size > len(data):
            raise Unreadable("it is cut off")
        if name == b"IEND":
            return
        yield name, data[place + 8 : place + 8 + size]
        place += 12 + size


def rewrite(data: bytes, label: Label) -> bytes:
    """The same pixels with no other words than the label's. Colour profile and orientation stay."""
    kept: list[bytes] = []
    orientation = 1
    for name, content in chunks(data):
        if name == b"eXIf":
            orientation = orientation_of(content)
        elif name in PIXELS or name in COLOURS:
            kept.append(chunk(name, content))
    exif, xmp = label.exif(orientation), label.xmp()
    said = [chunk(b"eXIf", exif)] if exif else []
    if xmp:
        said.append(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
    return b"".join((SIGNATURE, *kept[:1], *said, *kept[1:], chunk(b"IEND", b"")))


def chunk(name: bytes, content: bytes) -> bytes:
    """A chunk with its length and its checksum."""
    return struct.pack(">L", len(content)) + name + content + struct.pack(">L", zlib.crc32(name + content))
