"""GIF files: a table of colours, then blocks in pieces of up to 255 bytes."""

from communique.images import Unreadable
from communique.pictures.label import Label

EXTENSION, PICTURE, END = 0x21, 0x2C, 0x3B
CONTROL, APPLICATION = 0xF9, 0xFF
LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
# XMP lies in a GIF in one piece; this leads readers who follow the lengths of pieces out of it
XMP_END = b"\x01" + bytes(range(255, -1, -1)) + b"\0"


def rewrite(data: bytes, label: Label) -> bytes:
    """The same pixels and movement with no other words than the label's."""
    place = 13 + _table(_at(data, 10))
    xmp = label.xmp()
    kept = [b"GIF89a", data[6:place]]
    if xmp:
        kept.append(b"\x21\xff\x0bXMP DataXMP" + xmp + XMP_END)
    while place < len(data) and data[place] != END:
        start = place
        if data[place] == PICTURE:
            place = _pieces_end(data, place + 11 + _table(_at(data, place + 9)))
            kept.append(data[start:place])
        elif data[place] == EXTENSION:
            place = _pieces_end(data, place + 2)
            block = data[start:place]
            if block[1] == CONTROL:
                kept.append(block[:7] + b"\0")
            elif block[1] == APPLICATION and block[3:14] in LOOPS and block[14:16] == b"\x03\x01":
                kept.append(block[:18] + b"\0")
        else:
            raise Unreadable("it is damaged")
    return b"".join((*kept, b"\x3b"))


def _table(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _pieces_end(data: bytes, place: int) -> int:
    while size := _at(data, place):
        place += size + 1
    return place + 1


def _at(data: bytes, place: int) -> int:
    if place >= len(data):
        raise Unreadable("it is cut off")
    return data[place]
