"""The one door to the disk: every call that publishing makes, so that tests can make each one fail."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator

from communique.publish import exchange as calls

BINARY: int = getattr(os, "O_BINARY", 0)
PLAIN: int = getattr(os, "O_NOFOLLOW", 0)
CHUNK = 1 << 20


class System:
    """The calls of the operating system; all raise OSError."""

    open = staticmethod(os.open)
    read = staticmethod(os.read)
    write = staticmethod(os.write)
    close = staticmethod(os.close)
    lstat = staticmethod(os.lstat)
    stat = staticmethod(os.stat)
    fstat = staticmethod(os.fstat)
    statvfs = staticmethod(getattr(os, "statvfs", None) or os.stat)
    mkdir = staticmethod(os.mkdir)
    rmdir = staticmethod(os.rmdir)
    chmod = staticmethod(os.chmod)
    utime = staticmethod(os.utime)
    link = staticmethod(os.link)
    readlink = staticmethod(os.readlink)
    symlink = staticmethod(os.symlink)
    unlink = staticmethod(os.unlink)
    rename = staticmethod(os.rename)
    replace = staticmethod(os.replace)
    exchange = staticmethod(calls.exchange)
    swap = staticmethod(calls.swap)
    sync = staticmethod(calls.sync)

    @staticmethod
    def realpath(path: str) -> str:
        """The path with all links resolved."""
        return os.path.realpath(path)

    @staticmethod
    def scan(folder: str) -> list[tuple[str, os.stat_result]]:
        """The names in a folder, each with its status; links are not followed."""
        found = []
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    found.append((entry.name, entry.stat(follow_symlinks=False)))
                except FileNotFoundError:  # gone meanwhile
                    continue
        return found

    @staticmethod
    def look(folder: str) -> tuple[list[tuple[str, int]], list[tuple[str, os.stat_result]]]:
        """The files in a folder, each with its inode, and the folders with their status: half the cost of `scan`."""
        files, folders = [], []
        with os.scandir(folder) as entries:
            for entry in entries:
                try:
                    if entry.is_dir(follow_symlinks=False):
                        folders.append((entry.name, entry.stat(follow_symlinks=False)))
                    else:
                        files.append((entry.name, entry.inode()))
                except FileNotFoundError:  # gone meanwhile
                    continue
        return files, folders

    @staticmethod
    def lock(handle: int) -> bool:
        """Takes the lock of an open file, or gives False; the kernel frees it when the file is closed."""
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return False
        return True


def status(system: System, path: str) -> os.stat_result | None:
    """The status of what stands at a path, links not followed, or None when nothing does."""
    try:
        return system.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def chunks(system: System, path: str, size: int = CHUNK) -> Iterator[bytes]:
    """The bytes of a file, which may not be a link, in pieces of at most `size`."""
    handle = system.open(path, os.O_RDONLY | BINARY | PLAIN)
    try:
        while piece := system.read(handle, size):
            yield piece
            if len(piece) < size:
                break
    finally:
        system.close(handle)


def fetch(system: System, path: str, size: int = CHUNK) -> bytes:
    """The bytes of a file; a right guess of their number saves a call."""
    return b"".join(chunks(system, path, size + 1))


def store(system: System, path: str, pieces: Iterable[bytes], mode: int = 0o644, new: bool = False) -> None:
    """Creates a file, or overwrites it unless it must be `new`; the mode is subject to the umask."""
    flags = os.O_WRONLY | os.O_CREAT | (os.O_EXCL if new else os.O_TRUNC) | BINARY | PLAIN
    handle = system.open(path, flags, mode)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[system.write(handle, rest) :]
    finally:
        system.close(handle)
