"""The memory: results of pure steps by the digest of all that they depend on, kept from one build to the next."""

import os
from collections.abc import Iterator
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from zlib import crc32

from communique.last import replace
from communique.packing import Damaged, unpack

KEY = 16
_HEAD = b"communique memory 3\n"
# the seal and the length of a part
_PART = 12


class Memory:
    """What earlier builds found out; a build keeps only what it used or found itself, so that it cannot grow for ever.

    Keys hold `salt`, a digest of code and libraries, so a memory that another version wrote is merely of no use.
    """

    def __init__(self, file: Path | None, salt: bytes) -> None:
        self._file = file
        self._salt = salt
        self._known, self._read = _load(file) if file is not None else ({}, 0)
        self._used: dict[bytes, bytes] = {}

    def key(self, step: str, digest: bytes) -> bytes:
        """The key of a step's result."""
        return blake2b(self._salt + step.encode() + b"\0" + digest, digest_size=KEY).digest()

    def recall(self, key: bytes) -> tuple[bool, object]:
        """Whether a result is known, and the result."""
        packed = self._known.get(key) or self._used.get(key)
        if packed is None:
            return False, None
        try:
            result = unpack(packed)
        except Damaged:
            return False, None
        self._used[key] = packed
        return True, result

    def keep(self, key: bytes, packed: bytes) -> None:
        """Keep a packed result."""
        self._used[key] = packed

    def save(self) -> None:
        """Write what was used and found; nothing where that is what the file holds already.

        A little that is new is added at the end, as long as little is out of use.
        """
        if self._file is None:
            return
        known = self._known
        fresh = {key: data for key, data in self._used.items() if data is not known.get(key)}
        idle = sum(len(data) for key, data in known.items() if key not in self._used)
        if self._read < 0 or 4 * (idle + sum(map(len, fresh.values()))) > self._read:
            replace(self._file, chain((_HEAD,), _dump(self._used)))
        elif fresh:
            _add(self._file, self._read, b"".join(_dump(fresh)))


def _dump(entries: dict[bytes, bytes]) -> Iterator[bytes]:
    """Entries as a part of a memory file, piece by piece: its seal, its length, and the entries."""
    seal = length = 0
    for piece in _pieces(entries):
        seal = crc32(piece, seal)
        length += len(piece)
    yield seal.to_bytes(4, "big") + length.to_bytes(8, "big")
    yield from _pieces(entries)


def _pieces(entries: dict[bytes, bytes]) -> Iterator[bytes]:
    for key, data in entries.items():
        yield key + len(data).to_bytes(4, "big") + data


def _seal(body: bytes | memoryview) -> bytes:
    """What shows whether a part is whole; no secret, for what is read back can do no harm."""
    return crc32(body).to_bytes(4, "big")


def _add(file: Path, length: int, part: bytes) -> None:
    """Add a part to a file that is as long as when it was read; nothing where the disk refuses."""
    try:
        with open(os.open(file, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)), "ab", 0) as stream:
            if os.fstat(stream.fileno()).st_size == length:
                stream.write(part)
    except OSError:
        return


def _load(file: Path) -> tuple[dict[bytes, bytes], int]:
    """The entries of a memory file up to where it is damaged, and its length; none where it is missing."""
    try:
        with open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as stream:
            data = stream.read()
    except OSError:
        return {}, 0
    entries: dict[bytes, bytes] = {}
    start = len(_HEAD) if data.startswith(_HEAD) else len(data)
    while start < len(data):
        body = start + _PART
        end = body + int.from_bytes(data[body - 8 : body], "big")
        if end > len(data) or _seal(memoryview(data)[body:end]) != data[start : start + 4]:
            return entries, -1
        while body < end:
            there = body + KEY + 4
            after = there + int.from_bytes(data[there - 4 : there], "big")
            entries[data[body : body + KEY]] = data[there:after]
            body = after
        start = end
    return entries, len(data)
