"""The memory: results of pure steps by the digest of all that they depend on, kept from one build to the next."""

import os
from collections.abc import Iterable
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from zlib import crc32

from communique.last import replace
from communique.packing import Damaged, pack, unpack
from communique.stowage import Stowed

KEY = 16
_MARK = b"communique memory 4\n"
# before the packed result of an entry: its key, its length, and its seal
_HEAD = KEY + 8


def entry(key: bytes, result: object) -> bytes:
    """A result as it stands in the file of a memory."""
    packed = pack(result)
    return b"".join((key, len(packed).to_bytes(4, "big"), _seal(packed), packed))


class Memory:
    """What earlier builds found out; a build keeps only what it used or found itself, so that it cannot grow for ever.

    Keys hold `salt`, a digest of code and libraries, so a memory that another version wrote is merely of no use.
    """

    def __init__(self, file: Path | None, salt: bytes) -> None:
        self._file = file
        self._salt = salt
        self._read = _read(file) if file is not None else b""
        self._known, self._whole = _places(self._read)
        self._used: set[bytes] = set()
        self._fresh: dict[bytes, bytes | Stowed] = {}

    def key(self, step: str, digest: bytes) -> bytes:
        """The key of a step's result."""
        return blake2b(self._salt + step.encode() + b"\0" + digest, digest_size=KEY).digest()

    def recall(self, key: bytes) -> tuple[bool, object]:
        """Whether a result is known, and the result."""
        fresh = self._fresh.get(key)
        if fresh is not None:
            return True, unpack((fresh if isinstance(fresh, bytes) else fresh())[_HEAD:])
        place = self._known.get(key)
        if place is None:
            return False, None
        packed = self._read[place.start + _HEAD : place.stop]
        try:
            if self._read[place.start + KEY + 4 : place.start + _HEAD] != _seal(packed):
                return False, None
            result = unpack(packed)
        except Damaged:
            return False, None
        self._used.add(key)
        return True, result

    def keep(self, key: bytes, entry: bytes | Stowed) -> None:
        """Keep an entry that is new."""
        self._fresh[key] = entry

    def save(self) -> None:
        """Write what was used and found; nothing where that is what the file holds already.

        A little that is new is added at the end, as long as little is out of use.
        """
        if self._file is None:
            return
        lasting = [self._known[key] for key in self._used if key not in self._fresh]
        idle = len(self._read) - len(_MARK) - sum(place.stop - place.start for place in lasting)
        grown = sum(len(data) if isinstance(data, bytes) else data.size for data in self._fresh.values())
        added = (data if isinstance(data, bytes) else data() for data in self._fresh.values())
        if not self._whole or 4 * (idle + grown) > len(self._read):
            replace(self._file, chain((_MARK,), (self._read[place] for place in lasting), added))
        elif self._fresh:
            _add(self._file, len(self._read), added)


def _seal(packed: bytes) -> bytes:
    """What shows whether a packed result is whole; no secret, for what is read back can do no harm."""
    return crc32(packed).to_bytes(4, "big")


def _read(file: Path) -> bytes:
    """The file of a memory; nothing where it is missing."""
    try:
        with open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as stream:
            return stream.read()
    except OSError:
        return b""


def _add(file: Path, length: int, entries: Iterable[bytes]) -> None:
    """Add entries to a file that is as long as when it was read; nothing where the disk refuses."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)), "ab", 0) as stream:
            if os.fstat(stream.fileno()).st_size == length:
                stream.write(b"".join(entries))
    except OSError:
        return


def _places(data: bytes) -> tuple[dict[bytes, slice], bool]:
    """Where the entries of a memory stand by their keys, the last where there are several, and whether they are all
    there; those before the end of a damaged one may be others than they seem, which their seals show."""
    places: dict[bytes, slice] = {}
    start = len(_MARK) if data.startswith(_MARK) else -1
    end = len(data)
    while 0 <= start < end:
        stop = start + _HEAD + int.from_bytes(data[start + KEY : start + KEY + 4], "big")
        if stop > end:
            break
        places[data[start : start + KEY]] = slice(start, stop)
        start = stop
    return places, start == end
