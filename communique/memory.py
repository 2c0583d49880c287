"""The memory: results of pure steps by the digest of all that they depend on, kept from one build to the next."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import blake2b
from itertools import accumulate
from pathlib import Path
from struct import Struct
from typing import BinaryIO, NamedTuple
from zlib import crc32

from communique.last import replace
from communique.packing import Damaged, pack, unpack
from communique.stowage import Shelf, Stowed, read

_MARK = b"communique memory 4\n"
# a part of the file is the seal and the number of the rows of its table, the table, and the packed results; a row has
# the key of a result, its length and its seal
_HEAD, _ROW = 8, Struct(">20sI4s")


class Entry(NamedTuple):
    """A packed result, and what shows whether it is whole; no secret, for what is read back can do no harm."""

    packed: bytes | Stowed
    seal: bytes

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.packed) if isinstance(self.packed, bytes) else self.packed.size

    def whole(self) -> bytes:
        """The packed result. Raises OSError where it is damaged."""
        packed = self.packed if isinstance(self.packed, bytes) else self.packed()
        if _seal(packed) != self.seal:
            raise OSError("a result is damaged")
        return packed


def entry(result: object, shelf: Shelf | None = None) -> Entry:
    """The entry of a result, its bytes on a shelf if there is one."""
    packed = pack(result)
    return Entry(shelf.stow(packed) if shelf else packed, _seal(packed))


class Memory:
    """What earlier builds found out; a build keeps only what it used or found itself, so that it cannot grow for ever.

    `salt` is a digest of code and libraries: nothing is known of what another version wrote.
    """

    def __init__(self, file: Path | None, salt: bytes) -> None:
        self._file = file
        self._mark = _MARK + salt
        self._stream = _opened(file) if file is not None else None
        self._known, self._length = _places(self._stream, self._mark) if self._stream else ({}, 0)
        self._used: set[bytes] = set()
        self._fresh: dict[bytes, Entry] = {}

    def recall(self, key: bytes) -> tuple[bool, object]:
        """Whether a result is known, and the result."""
        known = self._fresh.get(key) or self._entry(key)
        if known is None:
            return False, None
        try:
            result = unpack(known.whole())
        except (OSError, Damaged):
            return False, None
        self._used.add(key)
        return True, result

    def _entry(self, key: bytes) -> Entry | None:
        place = self._known.get(key)
        if place is None or self._stream is None:
            return None
        start, size, seal = place
        return Entry(Stowed(self._stream.fileno(), start, size), seal)

    def keep(self, key: bytes, entry: Entry) -> None:
        """Keep the entry of a result that was not known."""
        self._fresh[key] = entry

    def save(self) -> None:
        """Write what was used and found, as the last act; nothing where that is what the file holds already.

        A little that is new is added at the end, as long as little is out of use.
        """
        if self._file is None:
            return
        lasting = [key for key in self._known if key in self._used and key not in self._fresh]
        idle = self._length - sum(_ROW.size + self._known[key][1] for key in lasting)
        fresh = sum(_ROW.size + each.size for each in self._fresh.values())
        if self._length < 0 or 4 * (idle + fresh) > self._length:
            replace(self._file, self._whole(lasting))
        elif self._fresh and self._stream:
            _add(self._file, os.fstat(self._stream.fileno()), self._length, _part(self._fresh))

    def _whole(self, lasting: Iterable[bytes]) -> Iterator[bytes]:
        yield self._mark
        yield from _part({key: known for key in lasting if (known := self._entry(key))} | self._fresh)
        # Windows lets nobody replace a file that is open
        self.close()

    def close(self) -> None:
        """Let go of the file; nothing in it is known any more."""
        self._known = {}
        if self._stream:
            self._stream.close()


def key_of(step: str) -> Callable[[bytes], bytes]:
    """What makes the keys of a step's results of the digests, 16 bytes each, of all that they depend on."""
    return blake2b(step.encode(), digest_size=4).digest().__add__


def _seal(data: bytes) -> bytes:
    return crc32(data).to_bytes(4, "big")


def _part(entries: Mapping[bytes, Entry]) -> Iterator[bytes]:
    """Entries as a part of the file of a memory, piece by piece."""
    table = b"".join(_ROW.pack(key, each.size, each.seal) for key, each in entries.items())
    yield _seal(table) + len(entries).to_bytes(4, "big")
    yield table
    for each in entries.values():
        yield each.whole()


def _add(file: Path, read: os.stat_result, length: int, pieces: Iterable[bytes]) -> None:
    """Add a part to the file that was read, if it is still there and as long as then: what another version put in its
    place must not hold results of this one. Nothing where the disk refuses."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)), "ab") as stream:
            found = os.fstat(stream.fileno())
            if os.path.samestat(found, read) and found.st_size == length:
                stream.writelines(pieces)
    except OSError:
        return


def _opened(file: Path) -> BinaryIO | None:
    """The file of a memory to be read; None where it is missing."""
    try:
        return open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb", 0)
    except OSError:
        return None


def _places(stream: BinaryIO, mark: bytes) -> tuple[dict[bytes, tuple[int, int, bytes]], int]:
    """Where the results in the file of a memory stand, by their keys: start, size and seal; and the length of the file,
    -1 where it is damaged or of another version."""
    places: dict[bytes, tuple[int, int, bytes]] = {}
    file = stream.fileno()
    try:
        length = os.fstat(file).st_size
        if read(file, len(mark), 0) != mark:
            return {}, -1
        start = len(mark)
        while start < length:
            head = read(file, _HEAD, start)
            table = read(file, min(_ROW.size * int.from_bytes(head[4:], "big"), length), start + _HEAD)
            if _seal(table) != head[:4] or len(table) % _ROW.size:
                return places, -1
            start += _HEAD + len(table)
            keys, sizes, seals = zip(*_ROW.iter_unpack(table), strict=True) if table else ((), (), ())
            starts = [*accumulate(sizes, initial=start)]
            places.update(zip(keys, zip(starts, sizes, seals, strict=False), strict=True))
            start = starts[-1]
    except OSError:
        return places, -1
    return places, length if start == length else -1
