"""The end of a tree that was published: what the output no longer has goes, the rest serves the next one."""

from __future__ import annotations

import os
from contextlib import suppress

from communique.publish.changes import ancestors
from communique.publish.place import Place, make
from communique.publish.record import Record
from communique.publish.system import System, status
from communique.publish.tree import Names, Tree, clear, join, remove, remove_empty, survey


def retire(system: System, place: Place, record: Record, live: Tree) -> None:
    """Makes the twin of the once published tree: our files that the output, `live`, has too, and the folders.

    What others put into it at the last moment is moved to the output. `record` is that of the output. Making
    and deleting thousands of links and folders would cost more than all the rest.
    """
    old, gone = survey(system, place.old), frozenset(record.gone)
    for name, inode in old.files.items():
        there = live.files.get(name)
        if there and there.st_ino == inode and name in record.files:
            continue
        source, path = join(place.old, name), join(place.output, name)
        ours = name in record.files or name in gone
        if not ours and late(system.lstat(source), status(system, path)):
            with suppress(NotADirectoryError, IsADirectoryError):  # the site has something else there
                for folder in sorted(ancestors([name])):
                    make(system, join(place.output, folder))
                system.replace(source, path)
        remove(system, source)
    for folder in sorted(old.folders.keys() - live.folders.keys(), reverse=True):
        remove_empty(system, join(place.old, folder))
    clear(system, place.twin)
    system.rename(place.old, place.twin)


def late(found: os.stat_result, carried: os.stat_result | None) -> bool:
    """Whether a foreign file of the old tree came, or changed, after it was carried over."""
    return not carried or (found.st_ino != carried.st_ino and found.st_mtime_ns > carried.st_mtime_ns)


def recycle(system: System, place: Place, record: Record | None, live: Tree) -> Names:
    """Begins the staging tree with the twin, where there is one; gives what it has."""
    twin = survey(system, place.twin)
    if not twin.folders or not record:
        return begin(system, place)
    if twin.files.keys() - record.files.keys():  # written since by somebody whose working folder was the output
        system.rename(place.twin, place.old)
        retire(system, place, record, live)
        return recycle(system, place, record, live)
    system.rename(place.twin, place.staging)
    return twin


def begin(system: System, place: Place) -> Names:
    """Begins the staging tree with nothing."""
    system.mkdir(place.staging, 0o755)
    return Names({}, {"": system.lstat(place.staging)})
