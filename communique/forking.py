"""Forking: whether this process can have children."""

import os
import sys


def can_fork() -> bool:
    """Whether it can: with other threads about, a child might wait for a lock that nobody frees."""
    # who has not imported it has no threads; it takes longer than all else of a build that has nothing to do
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return hasattr(os, "fork") and sys.platform != "darwin" and alone
