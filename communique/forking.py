"""Forking: whether this process can have children, and how it gets one."""

import os
import sys


def can_fork() -> bool:
    """Whether it can: with other threads about, a child might wait for a lock that nobody frees."""
    # who has not imported it has no threads; it takes longer than all else of a build that has nothing to do
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and sys.platform != "darwin" and alone


def fork() -> tuple[int, int]:
    """A child with a pipe to this process: its number and the end to read from; in the child 0 and the end to write to.
    Raises OSError where the system allows no more processes or files."""
    reading, writing = os.pipe()
    try:
        child = os.fork()
    except OSError:
        os.close(reading)
        os.close(writing)
        raise
    os.close(writing if child else reading)
    return child, reading if child else writing
