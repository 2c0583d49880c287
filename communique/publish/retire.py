"""The end of a tree that was published: its files go, its empty folders serve the next one."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection

from communique.publish.changes import ancestors
from communique.publish.place import Place, make
from communique.publish.system import System, status
from communique.publish.tree import Tree, clear, join, remove, remove_empty, scan, unlock


def retire(system: System, place: Place, ours: Collection[str]) -> None:
    """Deletes the once published tree, but moves what others put into it at the last moment to the output.

    The folders that the output has too are kept, empty: making and deleting folders costs more than all the rest.
    """
    tree = scan(system, place.old)
    unlock(system, place.old, tree)
    for name, found in tree.files.items():
        source, path = join(place.old, name), join(place.output, name)
        if name not in ours and late(found, status(system, path)):
            for folder in sorted(ancestors([name])):
                make(system, join(place.output, folder))
            system.replace(source, path)
        remove(system, source)
    for folder in sorted(tree.folders, reverse=True):
        live = status(system, join(place.output, folder))
        if not (live and stat.S_ISDIR(live.st_mode)):
            remove_empty(system, join(place.old, folder))
    if status(system, place.spare):
        clear(system, place.spare)
    try:
        system.rename(place.old, place.spare)
    except OSError:
        clear(system, place.old)


def late(found: os.stat_result, carried: os.stat_result | None) -> bool:
    """Whether a foreign file of the old tree came, or changed, after it was carried over."""
    return not carried or (found.st_ino != carried.st_ino and found.st_mtime_ns > carried.st_mtime_ns)


def recycle(system: System, place: Place) -> Tree:
    """Begins the staging tree with the spare folders, where there are some; gives the folders that it has."""
    if not status(system, place.spare):
        return begin(system, place)
    tree = scan(system, place.spare)
    if tree.files:  # somebody whose working folder was the output has written into it since
        system.rename(place.spare, place.old)
        retire(system, place, ())
        return recycle(system, place)
    system.rename(place.spare, place.staging)
    return tree


def begin(system: System, place: Place) -> Tree:
    """Begins the staging tree with nothing."""
    system.mkdir(place.staging, 0o755)
    return Tree({}, {"": system.lstat(place.staging)})
