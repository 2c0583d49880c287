"""The new tree, built in the work folder before anybody sees it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from typing import NamedTuple

from communique.publish.changes import Changes, Folders
from communique.publish.place import Place
from communique.publish.record import Record
from communique.publish.retire import recycle
from communique.publish.system import System, chunks, store
from communique.publish.tree import Names, Tree, join, remove

# What a file system that knows no hard links, or forbids this one, may answer.
LINKLESS = {
    *(errno.EPERM, errno.EACCES, errno.EOPNOTSUPP, errno.ENOTSUP),
    *(errno.ENOSYS, errno.EMLINK, errno.EINVAL),
}


class Plan(NamedTuple):
    """All that is decided before the first act."""

    wanted: Mapping[str, bytes]
    changes: Changes
    folders: Folders
    tree: Tree  # the output as it is


def build(system: System, place: Place, plan: Plan, record: Record | None) -> Tree | None:
    """Builds the whole new tree; None when something of the output cannot be taken over as it is.

    `record` is that of the last publish.
    """
    try:
        return fill(system, place, plan, recycle(system, place, record, plan.tree))
    except OSError as error:
        if error.errno == errno.EXDEV:  # a mount of the same file system, which cannot be told in advance
            return None
        raise


def fill(system: System, place: Place, plan: Plan, ready: Names) -> Tree | None:
    """As `build`, beginning with what is ready; raises OSError with EXDEV at another mount."""
    own = ready.folders[""]
    theirs = (plan.tree.folders[folder] for folder in plan.folders.guests)
    if any((found.st_uid, found.st_gid) != (own.st_uid, own.st_gid) for found in theirs):
        return None
    files = {name: plan.tree.files[name] for name in plan.changes.keep if linked(plan.tree.files[name], ready, name)}
    folders: dict[str, os.stat_result] = {}
    lasting = ("", *plan.folders.lasting)
    for name in ready.files:
        if name not in files:
            remove(system, join(place.staging, name))
    for folder in sorted(ready.folders.keys() - {*lasting}, reverse=True):
        system.rmdir(join(place.staging, folder))
    for folder in lasting:
        path, before, there = join(place.staging, folder), plan.tree.folders.get(folder), ready.folders.get(folder)
        mode = 0o755 | (stat.S_IMODE(before.st_mode) if before else 0)
        if not there:
            system.mkdir(path, 0o755)
            there = system.lstat(path)
        if stat.S_IMODE(there.st_mode) != mode:
            system.chmod(path, mode)
        folders[folder] = there
    for name in plan.changes.write:
        files[name] = create(system, place, plan, name)
    for name in plan.changes.keep:
        if name not in files:
            files[name] = keep(system, place, plan, name)
    for name in plan.changes.foreign:
        carried = carry(system, place, plan.tree, name)
        if not carried:
            return None
        files[name] = carried
    for folder in reversed(plan.folders.guests):
        path, guest = join(place.staging, folder), plan.tree.folders[folder]
        system.chmod(path, stat.S_IMODE(guest.st_mode))
        system.utime(path, ns=(guest.st_atime_ns, guest.st_mtime_ns))
    return Tree(files, folders)


def usual(found: os.stat_result) -> bool:
    """Whether a file has the mode that published files have."""
    return stat.S_IMODE(found.st_mode) == 0o644 or os.name != "posix"


def linked(found: os.stat_result, ready: Names, name: str) -> bool:
    """Whether a file of the output is ready in the staging tree: one file by two names, and with the usual mode."""
    return found.st_nlink > 1 and found.st_ino == ready.files.get(name) and usual(found)


def create(system: System, place: Place, plan: Plan, name: str) -> os.stat_result:
    """Writes a wanted file into the staging tree."""
    path = join(place.staging, name)
    store(system, path, (plan.wanted[name],), new=True)
    system.chmod(path, 0o644)
    advance(system, path, plan.tree.files.get(name))
    return system.lstat(path)


def advance(system: System, path: str, before: os.stat_result | None) -> None:
    """Gives a changed file a later second than it had: servers compare whole seconds and would answer 304."""
    if not before:
        return
    now = system.lstat(path)
    second = before.st_mtime_ns // 10**9
    if now.st_mtime_ns // 10**9 <= second:
        system.utime(path, ns=(now.st_atime_ns, (second + 1) * 10**9))


def keep(system: System, place: Place, plan: Plan, name: str) -> os.stat_result:
    """Takes an unchanged file over with its time: as a link, or else as a copy with the usual mode."""
    path, before = join(place.staging, name), plan.tree.files[name]
    if usual(before):
        try:
            system.link(join(place.output, name), path)
            return before
        except OSError as error:
            if error.errno not in (*LINKLESS, errno.ENOENT):
                raise
    store(system, path, (plan.wanted[name],), new=True)
    system.chmod(path, 0o644)
    system.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return system.lstat(path)


def carry(system: System, place: Place, tree: Tree, name: str) -> os.stat_result | None:
    """Takes a foreign file over: as a link, or else as a copy; None when neither would be faithful."""
    source, path, before = join(place.output, name), join(place.staging, name), tree.files[name]
    times = before.st_atime_ns, before.st_mtime_ns
    try:
        if not stat.S_ISLNK(before.st_mode):
            system.link(source, path)
            return before
        system.symlink(system.readlink(source), path)
        if os.utime in os.supports_follow_symlinks:
            system.utime(path, ns=times, follow_symlinks=False)
        return system.lstat(path)
    except FileNotFoundError:
        return before  # its owner has just taken it away
    except OSError as error:
        if error.errno not in LINKLESS:
            raise
    own = system.lstat(place.staging)
    if not stat.S_ISREG(before.st_mode) or (before.st_uid, before.st_gid) != (own.st_uid, own.st_gid):
        return None
    store(system, path, chunks(system, source), new=True)
    system.chmod(path, stat.S_IMODE(before.st_mode))
    system.utime(path, ns=times)
    return system.lstat(path)
