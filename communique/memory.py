"""The memory: results of pure steps by the digest of all that they depend on, kept from one build to the next."""

import os
from hashlib import blake2b
from pathlib import Path

from communique.last import replace
from communique.packing import Damaged, unpack

KEY = 16
_HEAD = b"communique memory 2\n"


class Memory:
    """What earlier builds found out; a build keeps only what it used or found itself, so that it cannot grow for ever.

    Keys hold `salt`, a digest of code and libraries, so a memory that another version wrote is merely of no use.
    """

    def __init__(self, file: Path | None, salt: bytes) -> None:
        self._file = file
        self._salt = salt
        self._known = _load(file) if file is not None else {}
        self._used: dict[bytes, bytes] = {}
        self._fresh = False

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
        self._fresh = True

    def save(self) -> None:
        """Write what was used and found; nothing where that is what the file holds already."""
        if self._file is not None and (self._fresh or len(self._used) != len(self._known)):
            replace(self._file, _dump(self._used))


def _dump(entries: dict[bytes, bytes]) -> bytes:
    body = b"".join(key + len(data).to_bytes(4, "big") + data for key, data in sorted(entries.items()))
    return _HEAD + blake2b(body, digest_size=KEY).digest() + body


def _load(file: Path) -> dict[bytes, bytes]:
    """The entries of a memory file; none where it is missing or damaged."""
    try:
        with open(os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as stream:
            data = stream.read()
    except OSError:
        return {}
    start = len(_HEAD) + KEY
    if not data.startswith(_HEAD) or blake2b(data[start:], digest_size=KEY).digest() != data[len(_HEAD) : start]:
        return {}
    entries = {}
    while start + KEY + 4 <= len(data):
        end = start + KEY + 4 + int.from_bytes(data[start + KEY : start + KEY + 4], "big")
        entries[data[start : start + KEY]] = data[start + KEY + 4 : end]
        start = end
    return entries
