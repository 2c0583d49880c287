"""The record on the disk, and what puts an interrupted publish right: it ends what was done, or undoes it."""

from __future__ import annotations

import stat

from communique.contents import digest
from communique.publish.place import Place, marked
from communique.publish.record import Record, decode, disputed, encode, merge
from communique.publish.retire import retire
from communique.publish.system import System, fetch, status, store
from communique.publish.tree import clear, join, remove, scan
from communique.publish.ways import PART


def read(system: System, path: str) -> Record | None:
    """The record at a path, or None when there is none or it is damaged."""
    try:
        return decode(fetch(system, path))
    except FileNotFoundError:
        return None


def note(system: System, place: Place, record: Record) -> None:
    """Writes the record of what is published, in one act. The twin goes: it was made by another record."""
    clear(system, place.twin)
    store(system, place.draft, (encode(record),), 0o600)
    system.replace(place.draft, place.record)


def announce(system: System, place: Place, record: Record) -> None:
    """Writes the record of what is to be published, and brings it to the disk with all that was staged."""
    store(system, place.coming, (encode(record),), 0o600)
    system.sync(place.work)


def settle(system: System, place: Place, turned: bool) -> None:
    """Makes the coming record the valid one; `turned`: the once published tree stands in staging."""
    if turned:
        system.rename(place.staging, place.old)
    system.replace(place.coming, place.record)


def repair(system: System, place: Place) -> Record | None:
    """Leaves a wholly old or wholly new site, or a mixed one with the record of both; gives the record of it.

    To be called with the lock. The coming record holds the inode of the tree that it publishes; that number
    and the names in the work folder tell up to which call the publish came.
    """
    output, old = status(system, place.output), status(system, place.old)
    if old and not output:
        system.rename(place.old, place.output)
        output, old = old, None
    coming, staged = read(system, place.coming), status(system, place.staging)
    if coming and coming.root and output and output.st_ino == coming.root:
        settle(system, place, turned=bool(staged))
        old, staged = staged or old, None
    elif coming and not (staged and staged.st_ino == coming.root):
        reconcile(system, place, coming)
    remove(system, place.coming)
    remove(system, place.draft)
    record = read(system, place.record)
    if staged:
        clear(system, place.staging)
    if old and record:
        retire(system, place, record, scan(system, place.output))
    elif not record:  # nothing tells our files from others, and what was withdrawn must not come back
        clear(system, place.old)
        clear(system, place.twin)
    return record


def reconcile(system: System, place: Place, coming: Record) -> None:
    """Records what files of the old site and of the coming one are ours, after a stop amid single files."""
    before = read(system, place.record)
    if not before:  # what stands in an output with our mark was taken for ours
        before = Record(coming.files if marked(system, place.output) else {}, b"")
    there = {}
    for name in disputed(before, coming):
        path = join(place.output, name)
        found = status(system, path)
        if found:
            plain = stat.S_ISREG(found.st_mode)
            there[name] = digest(fetch(system, path)) if plain else ""
    remove(system, join(place.output, PART))
    note(system, place, merge(before, coming, there))
