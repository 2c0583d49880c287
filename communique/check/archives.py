"""Archives: what is inside a file, also inside an office document, opened within bounds for all files together."""

import io
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

POOL = 32 * 1024 * 1024
"""What all archives together may unpack to, beyond twice their own size."""
LIMIT_MEMBERS = 5000
LIMIT_DEPTH = 4
_END, _ENTRY = b"PK\x05\x06", b"PK\x01\x02"
_STRANGE = (b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"MSCF", b"ITSF")
_FAILURES = (
    zipfile.BadZipFile,
    tarfile.TarError,
    NotImplementedError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
    KeyError,
    zlib.error,
)


class Unseen(Exception):
    """What cannot be looked through; `much` where that is because it is too large or too deep."""

    def __init__(self, says: str, *, much: bool = False) -> None:
        super().__init__(says)
        self.much = much


class Opener:
    """Opens archives and counts what they unpack to."""

    def __init__(self) -> None:
        self._left = POOL

    def members(self, data: bytes, depth: int) -> Iterator[tuple[str, bytes | Unseen]]:
        """Name and bytes of each member of an archive, or why it cannot be looked through; nothing for other files.

        `depth` is how many archives this one is in.
        """
        zipped = data.startswith(b"PK") or data.rfind(_END, -66_000) >= 0
        packed, tape = data.startswith(b"\x1f\x8b"), data[257:262] == b"ustar"
        if data.startswith(_STRANGE):
            yield "", Unseen("archives of this format cannot be opened here; a ZIP file can")
        if not (zipped or packed or tape):
            return
        if depth == LIMIT_DEPTH:
            yield "", Unseen(f"archives stand more than {LIMIT_DEPTH} deep inside each other", much=True)
            return
        if not depth:
            self._left += 2 * len(data)
        try:
            yield from self._zipped(data) if zipped else self._packed(data) if packed else self._tape(data)
        except Unseen as unseen:
            yield "", unseen
        except _FAILURES:
            yield "", Unseen("the archive is damaged")

    def _zipped(self, data: bytes) -> Iterator[tuple[str, bytes | Unseen]]:
        # before the list of all members is made
        if data.count(_ENTRY) > LIMIT_MEMBERS:
            raise Unseen(f"it has more than {LIMIT_MEMBERS:,} members", much=True)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                try:
                    with archive.open(member) as stream:
                        content: bytes | Unseen = self._read(stream)
                except _FAILURES:
                    locked = member.flag_bits & 1
                    content = Unseen("it is locked with a password" if locked else "it is damaged")
                yield member.filename, content

    def _packed(self, data: bytes) -> Iterator[tuple[str, bytes | Unseen]]:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        content = unpacker.decompress(data, self._left + 1)
        self._count(len(content))
        yield "", content

    def _tape(self, data: bytes) -> Iterator[tuple[str, bytes | Unseen]]:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for number, member in enumerate(archive):
                if number == LIMIT_MEMBERS:
                    raise Unseen(f"it has more than {LIMIT_MEMBERS:,} members", much=True)
                stream = archive.extractfile(member) if member.isreg() and not member.issparse() else None
                yield member.name, self._read(stream) if stream else b""

    def _read(self, stream: IO[bytes]) -> bytes:
        content = stream.read(self._left + 1)
        self._count(len(content))
        return content

    def _count(self, size: int) -> None:
        self._left = max(self._left - size, 0)
        if not self._left:
            raise Unseen("archives unpack to more than can be looked through", much=True)
