"""One publish at a time: a lock that the kernel frees when its holder ends, however it ends."""

from __future__ import annotations

import os
import time
from contextlib import suppress

from communique.publish.failure import PublishError
from communique.publish.system import System, status

PAUSE = 0.05


def take(system: System, path: str, patience: float) -> int:
    """Waits at most `patience` seconds for the lock file at `path`; gives the handle to pass to `free`.

    Raises PublishError when somebody else holds the lock all that time.
    """
    end = time.monotonic() + patience
    while True:
        handle = system.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if system.lock(handle) and current(system, handle, path):
                return handle
        except BaseException:
            free(system, handle)
            raise
        free(system, handle)
        if time.monotonic() >= end:
            message = f"Another build has been publishing here for more than {patience:g} seconds."
            raise PublishError(message, "Wait until it has ended, or end it, then build again.")
        time.sleep(PAUSE)


def free(system: System, handle: int) -> None:
    """Gives the lock back."""
    with suppress(OSError):
        system.close(handle)


def current(system: System, handle: int, path: str) -> bool:
    """Whether the lock file is still the one at its path: the work folder may have been deleted meanwhile."""
    there = status(system, path)
    return there is not None and there.st_ino == system.fstat(handle).st_ino
