"""Where to publish: the output folder, the work folder beside it, and the outputs that are refused."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from typing import NamedTuple

from communique.publish.failure import ELSEWHERE, PublishError
from communique.publish.system import System, fetch, status

MARKER, MARK = ".nojekyll", b"Communique"


class Place(NamedTuple):
    """The output folder, links resolved, and what lies in the private work folder beside it."""

    output: str
    work: str
    lock: str
    record: str  # what the last publish wrote
    draft: str  # a record being written
    coming: str  # the record of a publish that has not ended
    staging: str  # a new tree that was never published
    old: str  # a tree that was published once
    twin: str  # what of it is in the output too, as links to the same files: the next staging tree begins with it


def place(output: str) -> Place:
    """The place of an output folder, given by its real path."""
    parent, name = os.path.split(output)
    work = os.path.join(parent, f".communique-{name}")
    names = ("lock", "record", "record.draft", "record.coming", "staging", "old", "twin")
    return Place(output, work, *(os.path.join(work, name) for name in names))


def locate(system: System, output: str, sources: Sequence[str]) -> Place:
    """The place for an output that may be published to; raises PublishError where it may not."""
    path = os.path.abspath(output)
    found = status(system, path)
    if found and stat.S_ISLNK(found.st_mode):
        try:
            found = system.stat(path)
        except OSError as error:
            help = f"Remove the link, or {ELSEWHERE}."
            raise PublishError(f"The output {path} is a link that leads nowhere.", help) from error
    if found and not stat.S_ISDIR(found.st_mode):
        raise PublishError(f"The output {path} is a file, not a folder.", f"Remove it, or {ELSEWHERE}.")
    real = system.realpath(path)
    if reason := objection(system, real, sources):
        raise PublishError(f"The output folder {real} {reason}.", f"{ELSEWHERE.capitalize()}.")
    return place(real)


def objection(system: System, output: str, sources: Sequence[str]) -> str:
    """Why nothing may be published to this folder, as the end of a sentence, or an empty text."""
    if output == os.path.dirname(output):
        return "is the root of the whole file system"
    above = line(system, output)
    if above[0] & set().union(*line(system, system.realpath(os.path.expanduser("~")))):
        return "is or holds the home folder"
    for source in sources:
        around = line(system, system.realpath(source))
        if above[0] & set().union(*around):
            return f"is or holds the source folder {source}"
        if around[0] & set().union(*above):
            return f"lies inside the source folder {source}"
    if status(system, os.path.join(output, ".git")):
        return "holds a Git repository (.git)"
    return ""


def line(system: System, path: str) -> list[set[object]]:
    """The path and all folders above it, each by its spelling and, where it exists, its place on the disk."""
    found: list[set[object]] = []
    while True:
        names: set[object] = {os.path.normcase(path)}
        try:
            there = system.stat(path)
            if there.st_ino:
                names.add((there.st_dev, there.st_ino))
        except OSError:
            pass  # the spelling must do
        found.append(names)
        if path == os.path.dirname(path):
            return found
        path = os.path.dirname(path)


def marked(system: System, output: str) -> bool:
    """Whether an output carries the file that says who made it."""
    path = os.path.join(output, MARKER)
    found = status(system, path)
    return bool(found and stat.S_ISREG(found.st_mode)) and fetch(system, path).startswith(MARK)


def strange(system: System, output: str) -> bool:
    """Whether the folder holds something, but nothing that says that it is ours."""
    return bool(status(system, output) and system.scan(output)) and not marked(system, output)


def refusal(output: str) -> PublishError:
    """The error for a strange output."""
    help = f"{ELSEWHERE.capitalize()}, or empty this one yourself."
    return PublishError(f"The output folder {output} holds files that Communiqué did not write.", help)


def prepare(system: System, place: Place) -> None:
    """Makes the work folder, private, and the folders above it where they are missing."""
    missing = []
    parent = os.path.dirname(place.work)
    while not status(system, parent):
        missing.append(parent)
        parent = os.path.dirname(parent)
    for folder in reversed(missing):
        make(system, folder)
    found = status(system, place.work)
    if not found:
        make(system, place.work, 0o700)
    elif not stat.S_ISDIR(found.st_mode):
        raise PublishError(f"{place.work}, where the work folder belongs, is not a folder.", "Remove it.")
    elif stat.S_IMODE(found.st_mode) & 0o077 and os.name == "posix":
        system.chmod(place.work, 0o700)


def make(system: System, folder: str, mode: int = 0o755) -> None:
    """Makes a folder with this mode whatever the umask; one that is there already is left alone."""
    try:
        system.mkdir(folder, mode)
    except FileExistsError:
        return
    system.chmod(folder, mode)
