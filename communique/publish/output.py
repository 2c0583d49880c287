"""Publishing a wanted site into an output folder as one act."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from communique.publish import failure, lock, repair, ways
from communique.publish.changes import (
    Changes,
    Published,
    ancestors,
    arrange,
    difference,
    digests,
    misnamed,
    obstacles,
)
from communique.publish.failure import PublishError
from communique.publish.place import Place, locate, prepare, refusal, strange
from communique.publish.record import Record
from communique.publish.retire import begin, retire
from communique.publish.stage import Plan, build, fill
from communique.publish.system import System, status
from communique.publish.tree import Tree, clear, read_back, scan, stamp

NOTHING = "nothing to do"


def publish_by(
    system: System,
    allowed: Sequence[str],
    wanted: Mapping[str, bytes],
    output: str,
    sources: Sequence[str] = (),
    memo: bytes = b"",
    before: bytes = b"",
    patience: float = 30.0,
) -> Published:
    """As `communique.publish.publish`, by the first of the allowed ways that is possible."""
    if path := misnamed([*wanted]):
        help = "Give it another name, without control characters and backslashes, and that no folder has."
        raise PublishError(f"The site wants a file {path!r}, which no folder can hold.", help)
    try:
        where = locate(system, output, sources)
        # In this order, so that what another first publish writes just now is not taken for strange.
        if strange(system, where.output) and not status(system, where.work):
            raise refusal(where.output)
        prepare(system, where)
        handle = lock.take(system, where.lock, patience)
    except OSError as error:
        raise failure.untouched(error, output) from error
    try:
        return update(system, where, allowed, wanted, memo, before)
    finally:
        lock.free(system, handle)


def update(
    system: System, where: Place, allowed: Sequence[str], wanted: Mapping[str, bytes], memo: bytes, before: bytes
) -> Published:
    """Compares, decides, and acts; to be called with the lock."""
    try:
        record = repair.repair(system, where)
        plan, new = decide(system, where, record, wanted, memo, before)
        changes = plan.changes
        if not changes.write and not changes.remove and not plan.folders.stale:
            if not record or not record.finished or (record.files, record.memo) != (new.files, memo):
                repair.note(system, where, new)
            return Published(0, 0, len(changes.keep), NOTHING, stamp(plan.tree))
    except OSError as error:
        raise failure.untouched(error, where.output) from error
    try:
        way, tree = act(system, where, allowed, plan, new, record)
    except BaseException as error:
        with suppress(OSError):
            repair.repair(system, where)
        if isinstance(error, OSError):
            raise judge(system, where, plan, error) from error
        raise
    with suppress(OSError):  # the new site stands and is recorded; the next publish tidies up after it
        if not tree:
            repair.repair(system, where)
        elif plan.tree.folders:
            retire(system, where, new, tree)
    seen = stamp(tree) if tree and os.name == "posix" else b""  # Windows gives other numbers when it lists a folder
    return Published(len(changes.write), len(changes.remove), len(changes.keep), way, seen)


def decide(
    system: System, where: Place, record: Record | None, wanted: Mapping[str, bytes], memo: bytes, before: bytes
) -> tuple[Plan, Record]:
    """What to do, and the record of it once it is done; raises PublishError when something is in the way."""
    tree = scan(system, where.output)
    ours = frozenset(record.files) if record else frozenset[str]()
    if not record:
        if strange(system, where.output):
            raise refusal(where.output)
        ours = frozenset(path for path in wanted if path in tree.files)
    contents = digests(wanted)
    if record and before and before == stamp(tree):
        there = {**dict.fromkeys(tree.files, ""), **record.files}
    else:
        there = read_back(system, where.output, tree, contents)
    changes = difference(contents, there, ours)
    folders = arrange(wanted, changes.foreign, [folder for folder in tree.folders if folder], ours)
    if blocking := obstacles(wanted, changes.foreign, folders.guests):
        rest = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        raise PublishError(
            f"{blocking[0]}{rest} in {where.output} stands in the way: Communiqué did not write it.",
            "Move it away, or put it into the folder static/ of the site under that name.",
        )
    return Plan(wanted, changes, folders, tree), Record(contents, memo, changes.remove)


def act(
    system: System, where: Place, allowed: Sequence[str], plan: Plan, new: Record, record: Record | None
) -> tuple[str, Tree | None]:
    """Stages the new site, brings it to the disk, and puts it in place.

    `record` is that of the old site. Gives the way that was possible, and the new tree if it was put in place
    as a whole.
    """
    missing = not plan.tree.folders
    near = missing or plan.tree.folders[""].st_dev == system.lstat(where.work).st_dev
    whole = [way for way in allowed if way != ways.SINGLY] if near and plan.tree.movable else []
    if whole and (tree := build(system, where, plan, record)):
        repair.announce(system, where, replace(new, root=system.lstat(where.staging).st_ino))
        for way in whole:
            if ways.turn(system, where, way, missing):
                turned = not missing and way != ways.RENAME
                repair.settle(system, where, turned)
                return ways.RENAME if missing else way, tree
    elif near:
        if whole:
            clear(system, where.staging)
        fill(system, where, narrow(plan), begin(system, where))
    elif not ways.roomy(system, where, plan):
        raise OSError(failure.FULL[0], "no room", where.output)
    clear(system, where.twin)
    repair.announce(system, where, new)
    ways.put_singly(system, where, plan, staged=near)
    try:
        if not near:
            system.sync(where.output)
        repair.settle(system, where, turned=False)
    except OSError as error:
        raise failure.untidy(error, where.output) from error
    return ways.SINGLY, None


def narrow(plan: Plan) -> Plan:
    """The plan of a staging tree that holds only what is to be written."""
    changes = Changes(plan.changes.write, (), (), ())
    folders = plan.folders._replace(lasting=tuple(sorted(ancestors(changes.write))), guests=())
    return plan._replace(changes=changes, folders=folders)


def judge(system: System, where: Place, plan: Plan, error: OSError) -> PublishError:
    """The failure, by what stands in the output now."""
    try:
        found = status(system, where.output)
        records = [repair.read(system, path) for path in (where.coming, where.record)]
    except OSError:
        return failure.untouched(error, where.output)
    root = found.st_ino if found else 0
    if root == plan.tree.root:
        return failure.untouched(error, where.output)
    if not root:
        return failure.aside(error, where.output, where.old)
    if any(record and record.root == root for record in records):
        return failure.untidy(error, where.output)
    return failure.partial(error, where.output)
