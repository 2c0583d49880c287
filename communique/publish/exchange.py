"""The system calls that Python does not offer: exchanging two folders in one act, syncing one file system."""

from __future__ import annotations

import errno
import os
import sys

SYSCALL = {"x86_64": 316, "aarch64": 276, "riscv64": 276}  # renameat2, for C libraries without a wrapper


def exchange(one: str, other: str) -> None:
    """Exchanges two folders by Linux `renameat2(RENAME_EXCHANGE)`; raises OSError where it cannot."""
    if sys.platform != "linux":
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)
    import ctypes

    here = -100  # AT_FDCWD
    first, second = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True)
    if hasattr(library, "renameat2"):
        result = library.renameat2(here, first, here, second, 2)
    elif number := SYSCALL.get(os.uname().machine):
        result = library.syscall(ctypes.c_long(number), here, first, here, second, 2)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)
    if result:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), other)


def swap(one: str, other: str) -> None:
    """Exchanges two folders by macOS `renamex_np(RENAME_SWAP)`; raises OSError where it cannot."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, "renamex_np"):
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), other)
    if library.renamex_np(os.fsencode(one), os.fsencode(other), ctypes.c_uint(2)):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), other)


def sync(folder: str) -> None:
    """Brings the whole file system of the folder to the disk; raises OSError when something was lost."""
    if sys.platform == "win32":
        return  # Windows has no call for it, and journals renames
    if sys.platform == "linux":
        import ctypes

        library = ctypes.CDLL(None, use_errno=True)
        if hasattr(library, "syncfs"):
            handle = os.open(folder, os.O_RDONLY)
            try:
                if not library.syncfs(handle):
                    return
                code = ctypes.get_errno()
            finally:
                os.close(handle)
            if code != errno.ENOSYS:
                raise OSError(code, os.strerror(code), folder)
    os.sync()
