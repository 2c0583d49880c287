"""What stands in a folder: found, read back, cleared."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import NamedTuple

from communique.contents import digest
from communique.fingerprint import fingerprint
from communique.publish.system import System, fetch, status

REPARSE = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT


class Tree(NamedTuple):
    """All below a folder by relative path: what is not a folder, and the folders, the root as an empty text.

    A tree that is not `movable` holds another file system or a folder that cannot be read, so that it can
    neither be moved nor rebuilt elsewhere. Without a root there is no folder.
    """

    files: Mapping[str, os.stat_result]
    folders: Mapping[str, os.stat_result]
    movable: bool = True

    @property
    def root(self) -> int:
        """The inode of the root, 0 without one."""
        return self.folders[""].st_ino if self.folders else 0


class Names(NamedTuple):
    """All below a private folder by relative path: the inodes of what is not a folder, and the folders as in a Tree."""

    files: Mapping[str, int]
    folders: Mapping[str, os.stat_result]


def join(root: str, path: str) -> str:
    """The place of a relative path on this system's disk."""
    return f"{root}{os.sep}{path.replace('/', os.sep)}" if path else root


def scan(system: System, root: str) -> Tree:
    """The tree below a folder; links are not followed."""
    top = status(system, root)
    if not top:
        return Tree({}, {})
    files: dict[str, os.stat_result] = {}
    folders = {"": top}
    movable = True
    posix = os.name == "posix"
    rest = [""]
    while rest:
        folder = rest.pop()
        try:
            entries = system.scan(join(root, folder))
        except (FileNotFoundError, PermissionError) as error:
            if not folder:
                raise
            if isinstance(error, FileNotFoundError):
                del folders[folder]
            else:
                movable = False
            continue
        for name, found in entries:
            path = f"{folder}/{name}" if folder else name
            joint = not posix and junction(found)
            if joint or (posix and found.st_dev != top.st_dev):
                movable = False
            if stat.S_ISDIR(found.st_mode) and not joint:
                folders[path] = found
                rest.append(path)
            else:
                files[path] = found
    return Tree(files, folders, movable)


def survey(system: System, root: str) -> Names:
    """The names below a private folder; its folders are made writable, so that what is in them can be deleted."""
    top = status(system, root)
    if not top or not stat.S_ISDIR(top.st_mode):
        return Names({}, {})
    files: dict[str, int] = {}
    folders = {"": top}
    rest = [""]
    while rest:
        folder = rest.pop()
        mode = stat.S_IMODE(folders[folder].st_mode)
        try:
            if mode & 0o700 != 0o700:
                system.chmod(join(root, folder), mode | 0o700)
            inside, below = system.look(join(root, folder))
        except FileNotFoundError:
            del folders[folder]
            continue
        start = f"{folder}/" if folder else ""
        for name, inode in inside:
            files[start + name] = inode
        for name, found in below:
            if junction(found):
                files[start + name] = found.st_ino
            else:
                folders[start + name] = found
                rest.append(start + name)
    return Names(files, folders)


def junction(found: os.stat_result) -> bool:
    """Whether this is a junction, which looks like a folder on Windows."""
    return bool(getattr(found, "st_file_attributes", 0) & REPARSE)


def read_back(system: System, root: str, tree: Tree, wanted: Iterable[str]) -> dict[str, str]:
    """What is there, for `changes.difference`: the digests of wanted files; nothing of others, links and devices."""
    found = dict.fromkeys(tree.files, "")
    for path in wanted:
        there = tree.files.get(path)
        if there and stat.S_ISREG(there.st_mode):
            found[path] = digest(fetch(system, join(root, path), there.st_size))
    return found


def stamp(tree: Tree) -> bytes:
    """A digest of names, sizes, times and numbers of all that stands in a tree: `communique.fingerprint.tree`."""
    folders = ((path, None) for path in tree.folders if path)
    return fingerprint([*tree.files.items(), *folders])


def clear(system: System, root: str) -> None:
    """Deletes a private tree, if there is one, in which nothing is precious."""
    names = survey(system, root)
    for path in names.files:
        system.unlink(join(root, path))
    for path in sorted(names.folders, reverse=True):
        system.rmdir(join(root, path))


def remove(system: System, path: str) -> None:
    """Deletes a file, which may be gone already."""
    with suppress(FileNotFoundError):
        system.unlink(path)


def remove_empty(system: System, path: str) -> None:
    """Deletes a folder unless it is gone, or somebody has put something into it meanwhile."""
    try:
        system.rmdir(path)
    except OSError as error:
        if error.errno not in (errno.ENOENT, errno.ENOTEMPTY, errno.EEXIST):
            raise
