"""The memory: results of pure steps by the digest of all that they depend on, kept from one build to the next."""

import os
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import BinaryIO, NamedTuple
from zlib import crc32

from communique.last import replace
from communique.packing import Damaged, pack, unpack
from communique.stowage import Shelf, Stowed, read

KEY = 16
_MARK = b"communique memory 4\n"
# a part of the file is the seal and the number of the rows of its table, the table, and the packed results; a row has
# the key, the length and the seal of a result
_HEAD, _ROW = 8, KEY + 8


class Entry(NamedTuple):
    """A packed result, and what shows whether it is whole; no secret, for what is read back can do no harm."""

    packed: bytes | Stowed
    seal: bytes

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.packed) if isinstance(self.packed, bytes) else self.packed.size

    def bytes(self) -> bytes:
        """The packed result as it is now, whole or not."""
        return self.packed if isinstance(self.packed, bytes) else self.packed()


def entry(result: object, shelf: Shelf | None = None) -> Entry:
    """The entry of a result, its bytes on a shelf if there is one."""
    packed = pack(result)
    return Entry(shelf.stow(packed) if shelf else packed, _seal(packed))


class Memory:
    """What earlier builds found out; a build keeps only what it used or found itself, so that it cannot grow for ever.

    Keys hold `salt`, a digest of code and libraries, so a memory that another version wrote is merely of no use.
    """

    def __init__(self, file: Path | None, salt: bytes) -> None:
        self._file = file
        self._salt = salt
        self._stream = _opened(file) if file is not None else None
        self._known, self._length = _entries(self._stream) if self._stream else ({}, 0)
        self._used: dict[bytes, Entry] = {}
        self._fresh: dict[bytes, Entry] = {}

    def key(self, step: str, digest: bytes) -> bytes:
        """The key of a step's result."""
        return blake2b(self._salt + step.encode() + b"\0" + digest, digest_size=KEY).digest()

    def recall(self, key: bytes) -> tuple[bool, object]:
        """Whether a result is known, and the result."""
        known = self._fresh.get(key) or self._known.get(key)
        if known is None:
            return False, None
        try:
            packed = known.bytes()
            if _seal(packed) != known.seal:
                return False, None
            result = unpack(packed)
        except (OSError, Damaged):
            return False, None
        self._used[key] = known
        return True, result

    def keep(self, key: bytes, entry: Entry) -> None:
        """Keep the entry of a result that was not known."""
        self._used[key] = self._fresh[key] = entry

    def save(self) -> None:
        """Write what was used and found, as the last act; nothing where that is what the file holds already.

        A little that is new is added at the end, as long as little is out of use.
        """
        if self._file is None:
            return
        fresh = sum(each.size for each in self._fresh.values())
        lasting = sum(each.size for each in self._used.values()) - fresh
        if self._length < 0 or 4 * (self._length - lasting + fresh) > self._length:
            replace(self._file, self._whole())
        elif self._fresh:
            _add(self._file, self._length, _part(self._fresh))
        self._close()

    def _whole(self) -> Iterator[bytes]:
        yield _MARK
        yield from _part(self._used)
        # Windows lets nobody replace a file that is open
        self._close()

    def _close(self) -> None:
        self._known = {}
        if self._stream:
            self._stream.close()


def _seal(data: bytes) -> bytes:
    return crc32(data).to_bytes(4, "big")


def _part(entries: Mapping[bytes, Entry]) -> Iterator[bytes]:
    """Entries as a part of the file of a memory, piece by piece."""
    table = b"".join(key + each.size.to_bytes(4, "big") + each.seal for key, each in entries.items())
    yield _seal(table) + len(entries).to_bytes(4, "big")
    yield table
    for each in entries.values():
        yield each.bytes()


def _add(file: Path, length: int, pieces: Iterable[bytes]) -> None:
    """Add a part to a file that is as long as when it was read; nothing where the disk refuses."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)), "ab") as stream:
            if os.fstat(stream.fileno()).st_size == length:
                stream.writelines(pieces)
    except OSError:
        return


def _opened(file: Path) -> BinaryIO | None:
    """The file of a memory to be read; None where it is missing."""
    try:
        return open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)), "rb", 0)
    except OSError:
        return None


def _entries(stream: BinaryIO) -> tuple[dict[bytes, Entry], int]:
    """The entries in the file of a memory, whose bytes stay there, and its length: -1 where it is damaged."""
    entries: dict[bytes, Entry] = {}
    file = stream.fileno()
    try:
        length = os.fstat(file).st_size
        if read(file, len(_MARK), 0) != _MARK:
            return {}, -1
        start = len(_MARK)
        while start < length:
            head = read(file, _HEAD, start)
            table = read(file, min(_ROW * int.from_bytes(head[4:], "big"), length), start + _HEAD)
            if _seal(table) != head[:4]:
                return entries, -1
            start += _HEAD + len(table)
            for row in range(0, len(table), _ROW):
                size = int.from_bytes(table[row + KEY : row + KEY + 4], "big")
                seal = table[row + KEY + 4 : row + _ROW]
                entries[table[row : row + KEY]] = Entry(Stowed(file, start, size), seal)
                start += size
    except OSError:
        return entries, -1
    return entries, length if start == length else -1
