"""JPEG files: segments that begin with a marker, and runs of coded pixels."""

import re
import struct
from collections.abc import Iterator

from communique.images import Unreadable
from communique.pictures.label import Label, orientation_of

END, SCAN = 0xD9, 0xDA
APP0, APP1, APP2, APP14 = 0xE0, 0xE1, 0xE2, 0xEE
TABLES = frozenset({*range(0xC0, 0xD0), 0xDB, 0xDC, 0xDD})
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
EXIF, XMP, PROFILE = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"
MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
# a picture in several scans is held whole while it is decoded, two bytes for each value; each scan is a pass over it
MOST_SCANS = 40
MOST_HELD = 300_000_000


def segments(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """The marker and the content of each segment up to the end of the picture, and the coded pixels behind it."""
    place = 2
    while True:
        if data[place : place + 1] != b"\xff":
            raise Unreadable("it is damaged or cut off")
        while data[place + 1 : place + 2] == b"\xff":
            place += 1
        marker = data[place + 1] if place + 1 < len(data) else END
        if marker == END:
            yield END, b"", b""
            return
        size = int.from_bytes(data[place + 2 : place + 4], "big")
        end = place + 2 + size
        if size < 2 or end > len(data):
            raise Unreadable("it is damaged or cut off")
        following = end
        if marker == SCAN:
            found = MARKER.search(data, end)
            following = found.start() if found else len(data)
        yield marker, data[place + 4 : end], data[end:following]
        place = following
        if place == len(data):
            return


def rewrite(data: bytes, label: Label) -> bytes:
    """The same pixels with no other words than the label's. Colour profile and orientation stay."""
    kept: list[bytes] = []
    head = b""
    orientation, scans, held = 1, 0, 0
    for marker, content, pixels in segments(data):
        if marker == APP1 and content.startswith(EXIF):
            orientation = orientation_of(content)
        elif marker == APP0 and content.startswith(b"JFIF\0") and len(content) >= 12:
            # without its thumbnail
            head = _segment(APP0, content[:12] + b"\0\0")
        elif marker == END:
            # a file that lacks it stays without it, for the decoder to judge
            kept.append(b"\xff\xd9")
        elif marker == SCAN:
            scans += 1
            kept += _segment(marker, content), pixels
        elif (
            marker in TABLES
            or (marker == APP2 and content.startswith(PROFILE))
            or (marker == APP14 and content.startswith(b"Adobe"))
        ):
            if marker in FRAMES and len(content) >= 6:
                height, width, parts = struct.unpack_from(">HHB", content, 1)
                held = max(held, height * width * parts * 2)
            kept.append(_segment(marker, content))
    if scans > MOST_SCANS or (scans > 1 and held > MOST_HELD):
        raise Unreadable("it is too large for a progressive JPEG")
    exif, xmp = label.exif(orientation), label.xmp()
    said = (_segment(APP1, EXIF + exif) if exif else b"") + (_segment(APP1, XMP + xmp) if xmp else b"")
    return b"".join((b"\xff\xd8", head, said, *kept))


def _segment(marker: int, content: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(content) + 2) + content
