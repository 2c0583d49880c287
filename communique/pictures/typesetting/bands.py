"""Bands: the rows of a sheet that have ink. Only they are packed; the blank rows between them come ready packed."""

import struct
import zlib
from collections.abc import Iterable
from functools import lru_cache

# a stream with the largest window, and its last block, which is empty
HEAD, END = b"\x78\x01", b"\x03\x00"
# fewer blank rows than these are packed with those around them, since each band has tables of its own
LEAST_BLANK = 20
ADLER = 65521


def bands(inked: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first row and the one after the last of each band, from the top down. Rows that nearly meet are in one."""
    found: list[tuple[int, int]] = []
    for top, bottom in sorted(inked):
        if found and top - found[-1][1] < LEAST_BLANK:
            found[-1] = (found[-1][0], max(found[-1][1], bottom))
        else:
            found.append((top, bottom))
    return found


def packed(rows: bytes, width: int, inked: Iterable[tuple[int, int]]) -> bytes:
    """The zlib stream of rows that are each so many bytes wide, and zeros but in these bands."""
    view = memoryview(rows)
    pieces = [HEAD]
    check = 1
    done = 0
    for top, bottom in inked:
        band = view[top * width : bottom * width]
        blank = top * width - done
        pieces += _blank(blank), _deflated(band)
        check = zlib.adler32(band, _over_zeros(check, blank))
        done = bottom * width
    blank = len(rows) - done
    return b"".join((*pieces, _blank(blank), END, struct.pack(">L", _over_zeros(check, blank))))


@lru_cache(maxsize=256)
def _blank(count: int) -> bytes:
    return _deflated(bytes(count))


def _deflated(data: bytes | memoryview) -> bytes:
    """A piece of a stream, up to a whole byte, which refers to nothing before it."""
    # by runs is as small as any way to pack this few colours, and by far the fastest; and as it looks for nothing but
    # repeated bytes, every make of zlib finds the same
    packer = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
    return packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH)


def _over_zeros(check: int, count: int) -> int:
    """The Adler-32 of what has this one, with so many zeros after it."""
    low, high = check & 0xFFFF, check >> 16
    return (high + count * low) % ADLER << 16 | low
