"""Stowage: bytes that wait on the disk, in files without names, where together they are too much for memory."""

import os
import sys
from typing import NamedTuple


def read(file: int, size: int, start: int) -> bytes:
    """As many bytes from a place in an open file, fewer where it ends. Raises OSError."""
    if sys.platform != "win32":
        return os.pread(file, size, start)
    os.lseek(file, start, os.SEEK_SET)
    return os.read(file, size)


class Stowed(NamedTuple):
    """Bytes in an open file; called, it gives them."""

    file: int
    start: int
    size: int

    def __call__(self) -> bytes:
        data = read(self.file, self.size, self.start)
        if len(data) != self.size:
            raise OSError(f"{self.size - len(data)} bytes are lost")
        return data


class Shelf:
    """A place for bytes, for one process to fill and for all that it shares its files with to look into. All shelves
    together take a quarter of the room that is left, for what waits here is still to be published there."""

    def __init__(self, folder: str, shelves: int = 1) -> None:
        """`folder` is on the disk in question, or will be; without one, or where the system has no files without
        names, bytes stay where they are. `shelves` is how many there are."""
        while folder and not os.path.isdir(folder) and folder != os.path.dirname(folder):
            folder = os.path.dirname(folder)
        self._file = -1
        try:
            disk = os.statvfs(folder)
            self._room = disk.f_bavail * disk.f_frsize // (4 * shelves)
            # gone when it is closed
            self._file = os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)
        except (AttributeError, OSError):
            return

    def stow(self, data: bytes) -> bytes | Stowed:
        """The bytes, on the disk where that is possible."""
        if self._file < 0:
            return data
        try:
            start = os.lseek(self._file, 0, os.SEEK_END)
            if start + len(data) > self._room or os.write(self._file, data) != len(data):
                return data
        except OSError:
            return data
        return Stowed(self._file, start, len(data))

    def close(self) -> None:
        """Take away the shelf with all that is on it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
