"""AVIF files: boxes within boxes, in which pixels and words are items that say at which byte they lie.

So nothing may move: words are overwritten where they are, and the label is put behind everything else.
"""

import struct
from collections.abc import Iterator

from communique.images import Unreadable
from communique.pictures.label import Label

PLAIN = frozenset({b"ftyp", b"meta", b"mdat", b"moov"})
WORDS = frozenset({b"udta", b"meta", b"uuid"})
XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
# what a word item becomes: something valid that says nothing, and what fills the rest of its room
EMPTY = {
    b"Exif": (b"\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0", b"\0"),
    b"mime": (b'<x:xmpmeta xmlns:x="adobe:ns:meta/"/>', b" "),
    b"uri ": (b"", b"\0"),
}
MOST_EXTENTS = 10_000

Box = tuple[bytes, int, int, int]


def boxes(data: bytes | bytearray, start: int, end: int) -> Iterator[Box]:
    """The name of each box, where it begins, where its content begins, and where it ends."""
    while start + 8 <= end:
        size, name = struct.unpack_from(">L4s", data, start)
        inner = start + 8
        if size == 1 and start + 16 <= end:
            size, inner = struct.unpack_from(">Q", data, inner)[0], start + 16
        finish = end if size == 0 else start + size
        if finish < inner or finish > end:
            raise Unreadable("it is damaged or cut off")
        yield name, start, inner, finish
        start = finish


def rewrite(data: bytes, label: Label) -> bytes:
    """The same pixels with no other words than the label's, which is XMP here. Colour profile and turn stay."""
    copy = bytearray(data)
    try:
        for name, start, inner, end in list(boxes(copy, 0, len(copy))):
            if name == b"meta":
                _blank_items(copy, inner + 4, end)
            elif name == b"moov":
                _blank_within(copy, inner, end)
            elif name not in PLAIN:
                _blank(copy, start, inner, end)
            if copy[start : start + 4] == b"\0\0\0\0":
                # a box that goes on to the end of the file, whatever follows
                copy[start : start + 4] = struct.pack(">L", end - start)
    except struct.error as error:
        raise Unreadable("it is damaged or cut off") from error
    xmp = label.xmp()
    return bytes(copy) + (struct.pack(">L4s", 24 + len(xmp), b"uuid") + XMP + xmp if xmp else b"")


def _blank(copy: bytearray, start: int, inner: int, end: int) -> None:
    copy[start + 4 : start + 8] = b"free"
    copy[inner:end] = bytes(end - inner)


def _blank_within(copy: bytearray, start: int, end: int) -> None:
    for name, begin, inner, finish in list(boxes(copy, start, end)):
        if name in WORDS:
            _blank(copy, begin, inner, finish)
        elif name == b"trak":
            _blank_within(copy, inner, finish)


def _blank_items(copy: bytearray, start: int, end: int) -> None:
    parts = {name: (inner, finish) for name, _, inner, finish in boxes(copy, start, end)}
    if b"iinf" not in parts or b"iloc" not in parts:
        return
    words = _word_items(copy, *parts[b"iinf"])
    base = {0: 0, 1: parts.get(b"idat", (0, 0))[0]}
    room = len(copy)
    for item, method, offset, size in list(_extents(copy, parts[b"iloc"][0])):
        if item in words and method in base:
            begin = base[method] + offset
            size = max(0, min(size, len(copy) - begin))
            room -= size
            if room < 0:
                raise Unreadable("it is damaged")
            empty, filling = EMPTY[words[item]]
            copy[begin : begin + size] = (empty if len(empty) <= size else b"").ljust(size, filling)


def _word_items(copy: bytearray, start: int, end: int) -> dict[int, bytes]:
    items = {}
    for name, _, inner, _ in boxes(copy, start + (8 if copy[start] else 6), end):
        version = copy[inner]
        if name == b"infe" and version in (2, 3):
            item, kind = struct.unpack_from(">H2x4s" if version == 2 else ">L2x4s", copy, inner + 4)
            if kind in EMPTY:
                items[item] = kind
    return items


def _extents(copy: bytearray, place: int) -> Iterator[tuple[int, int, int, int]]:
    """The item, the way of counting, the offset and the size of each piece of an item."""

    def number(size: int) -> int:
        nonlocal place
        place += size
        if place > len(copy):
            raise Unreadable("it is damaged or cut off")
        return int.from_bytes(copy[place - size : place], "big")

    version = number(1)
    number(3)
    sizes = number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    seen = 0
    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        for _ in range(number(2)):
            seen += 1
            if seen > MOST_EXTENTS:
                raise Unreadable("it is damaged")
            number(index_size if version else 0)
            offset = number(offset_size)
            yield item, method, base + offset, number(length_size)
