"""WebP files: RIFF chunks of even length."""

import struct
from collections.abc import Iterator

from communique.images import Unreadable
from communique.pictures.label import Label, orientation_of

ICC, ALPHA, EXIF, XMP = 0x20, 0x10, 0x08, 0x04
PIXELS = frozenset({b"ALPH", b"VP8 ", b"VP8L", b"ANIM", b"ANMF", b"ICCP"})


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The name and the content of each chunk."""
    place = 0
    while place + 8 <= len(data):
        name, size = struct.unpack_from("<4sL", data, place)
        if place + 8 + size > len(data):
            raise Unreadable("it is cut off")
        yield name, data[place + 8 : place + 8 + size]
        place += 8 + size + size % 2


def rewrite(data: bytes, label: Label) -> bytes:
    """The same pixels with no other words than the label's. Colour profile and orientation stay."""
    size = struct.unpack_from("<L", data, 4)[0]
    if size + 8 > len(data) + 1:
        raise Unreadable("it is cut off")
    kept: dict[bytes, list[bytes]] = {}
    header = b""
    orientation = 1
    for name, content in chunks(data[12 : size + 8]):
        if name == b"VP8X" and len(content) >= 10:
            header = content[:10]
        elif name == b"EXIF":
            orientation = orientation_of(content)
        elif name == b"ANMF":
            frame = b"".join(_chunk(*part) for part in chunks(content[16:]) if part[0] in PIXELS)
            kept.setdefault(name, []).append(content[:16] + frame)
        elif name in PIXELS:
            kept.setdefault(name, []).append(content)
    exif, xmp = label.exif(orientation), label.xmp()
    if not header and (exif or xmp):
        header = _header(kept)
    if header:
        flags = header[0] & ~(EXIF | XMP) | (EXIF if exif else 0) | (XMP if xmp else 0)
        kept = {b"VP8X": [bytes([flags]) + header[1:]], **kept}
    if exif:
        kept[b"EXIF"] = [exif]
    if xmp:
        kept[b"XMP "] = [xmp]
    body = b"WEBP" + b"".join(_chunk(name, content) for name, contents in kept.items() for content in contents)
    return b"RIFF" + struct.pack("<L", len(body)) + body


def _header(kept: dict[bytes, list[bytes]]) -> bytes:
    """The header that a plain file lacks and a file with a label needs."""
    if b"VP8L" in kept and len(kept[b"VP8L"][0]) >= 5:
        bits = int.from_bytes(kept[b"VP8L"][0][1:5], "little")
        width, height, alpha = bits & 0x3FFF, bits >> 14 & 0x3FFF, bits >> 28 & 1
    elif b"VP8 " in kept and len(kept[b"VP8 "][0]) >= 10:
        across, down = struct.unpack_from("<HH", kept[b"VP8 "][0], 6)
        width, height, alpha = (across & 0x3FFF) - 1, (down & 0x3FFF) - 1, 0
    else:
        raise Unreadable("it is damaged")
    if width < 0 or height < 0:
        raise Unreadable("it has no pixels")
    flags = (ALPHA if alpha else 0) | (ICC if b"ICCP" in kept else 0)
    return bytes([flags, 0, 0, 0]) + width.to_bytes(3, "little") + height.to_bytes(3, "little")


def _chunk(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<L", len(content)) + content + b"\0" * (len(content) % 2)
