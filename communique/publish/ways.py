"""The ways in which a staged site takes the place of the old one, best first."""

from __future__ import annotations

import errno
import os
import sys

from communique.publish import failure
from communique.publish.changes import ancestors, colliding, sequence
from communique.publish.place import Place, make
from communique.publish.stage import Plan, advance
from communique.publish.system import System, status, store
from communique.publish.tree import join, remove, remove_empty

EXCHANGE, SWAP, RENAME, SINGLY = "exchange", "swap", "rename", "file by file"
WHOLE = {"linux": (EXCHANGE, RENAME), "darwin": (SWAP, RENAME)}
WAYS = (*WHOLE.get(sys.platform, (RENAME,)), SINGLY)

# What a system may answer that cannot move this folder; nothing has happened then.
UNABLE = {
    *(errno.EXDEV, errno.EBUSY, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP),
    *(errno.EPERM, errno.EACCES, errno.ENOTTY),
}
PART = ".communique-part"  # a file on its way into an output on another file system


def turn(system: System, place: Place, way: str, missing: bool) -> bool:
    """Puts the staged tree in the place of the output in one act; False, and nothing done, if it cannot."""
    try:
        if missing:
            system.rename(place.staging, place.output)
        elif way == RENAME:
            swing(system, place)
        else:
            call = system.exchange if way == EXCHANGE else system.swap
            call(place.staging, place.output)
    except OSError as error:
        if error.errno not in UNABLE:
            raise
        return False
    return True


def swing(system: System, place: Place) -> None:
    """Moves the old tree aside and the new one in, or the old one back."""
    system.rename(place.output, place.old)
    try:
        system.rename(place.staging, place.output)
    except OSError:
        system.rename(place.old, place.output)
        raise


def roomy(system: System, place: Place, plan: Plan) -> bool:
    """Whether an output on another file system has room for all that is to be written."""
    if os.name != "posix" or not plan.tree.folders:
        return True
    disk = system.statvfs(place.output)
    need = sum(len(plan.wanted[name]) // disk.f_frsize + 1 for name in plan.changes.write)
    return not disk.f_blocks or disk.f_bavail >= need


def put_singly(system: System, place: Place, plan: Plan, staged: bool) -> None:
    """Replaces each file in one act: what pages use first, what is removed last, except what is in the way.

    `staged`: the files to write wait in the staging tree. Raises PublishError once something has changed.
    """
    changed = False
    blocked = colliding(plan.changes.remove, plan.wanted)
    hollow = [f for f in plan.folders.stale if f in plan.wanted or ancestors([f]) & plan.wanted.keys()]
    try:
        for name in sorted(blocked):
            remove(system, join(place.output, name))
            changed = True
        for folder in hollow:
            remove_empty(system, join(place.output, folder))
        for folder in ("", *sorted(ancestors(plan.changes.write))):
            if folder not in plan.tree.folders:
                make(system, join(place.output, folder))
                changed = changed or not folder
        for name in sequence(plan.changes.write):
            put(system, place, plan, name, staged)
            changed = True
        for name in plan.changes.remove:
            if name not in blocked:
                remove(system, join(place.output, name))
                changed = True
        for folder in plan.folders.stale:
            if folder not in hollow:
                remove_empty(system, join(place.output, folder))
    except OSError as error:
        if changed:
            raise failure.partial(error, place.output) from error
        raise


def put(system: System, place: Place, plan: Plan, name: str, staged: bool) -> None:
    """Puts one wanted file into the output.

    Where staging is on another file system, the bytes come in by way of a private file in the output's root.
    """
    path = join(place.output, name)
    if staged:
        try:
            return system.replace(join(place.staging, name), path)
        except OSError as error:
            if error.errno != errno.EXDEV:
                raise
    part = join(place.output, PART)
    store(system, part, (plan.wanted[name],), 0o600)
    system.chmod(part, 0o644)
    advance(system, part, status(system, path))
    system.replace(part, path)
