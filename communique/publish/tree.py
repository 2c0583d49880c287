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

REPARSE = 0x400  # FILE_ATTRIBUTE_REPARSE_POINT: a junction, which looks like a folder on Windows


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
            junction = getattr(found, "st_file_attributes", 0) & REPARSE
            elsewhere = os.name == "posix" and found.st_dev != top.st_dev
            movable = movable and not junction and not elsewhere
            if stat.S_ISDIR(found.st_mode) and not junction:
                folders[path] = found
                rest.append(path)
            else:
                files[path] = found
    return Tree(files, folders, movable)


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
    """Deletes a tree in which nothing is precious."""
    tree = scan(system, root)
    unlock(system, root, tree)
    for path in tree.files:
        system.unlink(join(root, path))
    for path in sorted(tree.folders, reverse=True):
        system.rmdir(join(root, path))


def unlock(system: System, root: str, tree: Tree) -> None:
    """Makes folders writable for their owner, so that what is in them can be deleted."""
    for path in sorted(tree.folders):
        mode = stat.S_IMODE(tree.folders[path].st_mode)
        if mode & 0o700 != 0o700:
            system.chmod(join(root, path), mode | 0o700)


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
