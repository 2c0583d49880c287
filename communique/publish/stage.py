"""The new tree, built in the work folder before anybody sees it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from typing import NamedTuple

from communique.publish.changes import Changes, Folders
from communique.publish.place import Place
from communique.publish.system import System, chunks, store
from communique.publish.tree import Tree, join

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


def build(system: System, place: Place, plan: Plan) -> bool:
    """Builds the whole new tree; False when something of the output cannot be taken over as it is."""
    try:
        return raise_tree(system, place, plan)
    except OSError as error:
        if error.errno == errno.EXDEV:  # a mount of the same file system, which cannot be told in advance
            return False
        raise


def raise_tree(system: System, place: Place, plan: Plan) -> bool:
    """As `build`; raises OSError with EXDEV where the output lies on another mount than the work folder."""
    system.mkdir(place.staging, 0o755)
    own = system.lstat(place.staging)
    theirs = (plan.tree.folders[folder] for folder in plan.folders.guests)
    if any((found.st_uid, found.st_gid) != (own.st_uid, own.st_gid) for found in theirs):
        return False
    exact = stat.S_IMODE(own.st_mode) == 0o755
    for folder in ("", *plan.folders.lasting):
        path = join(place.staging, folder)
        if folder:
            system.mkdir(path, 0o755)
        before = plan.tree.folders.get(folder)
        mode = 0o755 | (stat.S_IMODE(before.st_mode) if before else 0)
        if mode != 0o755 or not exact:
            system.chmod(path, mode)
    for name in plan.changes.write:
        create(system, place, plan, name, exact)
    for name in plan.changes.keep:
        keep(system, place, plan, name, exact)
    if not all(carry(system, place, plan.tree, name) for name in plan.changes.foreign):
        return False
    for folder in reversed(plan.folders.guests):
        path, before = join(place.staging, folder), plan.tree.folders[folder]
        system.chmod(path, stat.S_IMODE(before.st_mode))
        system.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    return True


def create(system: System, place: Place, plan: Plan, name: str, exact: bool) -> None:
    """Writes a wanted file into the staging tree."""
    path = join(place.staging, name)
    store(system, path, (plan.wanted[name],))
    if not exact:
        system.chmod(path, 0o644)
    advance(system, path, plan.tree.files.get(name))


def advance(system: System, path: str, before: os.stat_result | None) -> None:
    """Gives a changed file a later second than it had: servers compare whole seconds and would answer 304."""
    if not before:
        return
    now = system.lstat(path)
    second = before.st_mtime_ns // 10**9
    if now.st_mtime_ns // 10**9 <= second:
        system.utime(path, ns=(now.st_atime_ns, (second + 1) * 10**9))


def keep(system: System, place: Place, plan: Plan, name: str, exact: bool) -> None:
    """Takes an unchanged file over with its time: as a link, or else as a copy with the usual mode."""
    path, before = join(place.staging, name), plan.tree.files[name]
    if stat.S_IMODE(before.st_mode) == 0o644 or os.name != "posix":
        try:
            return system.link(join(place.output, name), path)
        except OSError as error:
            if error.errno not in (*LINKLESS, errno.ENOENT):
                raise
    store(system, path, (plan.wanted[name],))
    if not exact:
        system.chmod(path, 0o644)
    system.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def carry(system: System, place: Place, tree: Tree, name: str) -> bool:
    """Takes a foreign file over: as a link, or else as a copy; False when neither would be faithful."""
    source, path, before = join(place.output, name), join(place.staging, name), tree.files[name]
    times = before.st_atime_ns, before.st_mtime_ns
    try:
        if not stat.S_ISLNK(before.st_mode):
            system.link(source, path)
            return True
        system.symlink(system.readlink(source), path)
        if os.utime in os.supports_follow_symlinks:
            system.utime(path, ns=times, follow_symlinks=False)
        return True
    except FileNotFoundError:
        return True  # its owner has just taken it away
    except OSError as error:
        if error.errno not in LINKLESS:
            raise
    own = system.lstat(place.staging)
    if not stat.S_ISREG(before.st_mode) or (before.st_uid, before.st_gid) != (own.st_uid, own.st_gid):
        return False
    store(system, path, chunks(system, source))
    system.chmod(path, stat.S_IMODE(before.st_mode))
    system.utime(path, ns=times)
    return True
