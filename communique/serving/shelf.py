"""The shelf: the files of a site as they were read last, so that only what changed is read again."""

import os
import time
from pathlib import Path

from communique.disk import load, read_file
from communique.problems import Problem
from communique.sources import Sources

# a file that was written so shortly before it was read may be written again without a new time
_FRESH = 50_000_000

_Mark = tuple[int, int, int, int, int]


class Shelf:
    """Reads a site folder again and again."""

    def __init__(self, folder: Path, defaults: Path | None) -> None:
        self._folder = folder
        self._defaults = defaults
        self._known: dict[str, tuple[_Mark, bytes]] = {}
        self._used: dict[str, tuple[_Mark, bytes]] = {}

    def sources(self) -> Sources:
        """What the folder holds now. Raises NoSite and OSError as `disk.load` does."""
        self._used = {}
        found = load(self._folder, self._defaults, self._read)
        self._known = self._used
        return found

    def _read(self, file: str, path: str, problems: list[Problem]) -> bytes | None:
        mark = _mark(file)
        known = self._known.get(file)
        if known is not None and known[0] == mark:
            self._used[file] = known
            return known[1]
        data = read_file(file, path, problems)
        if data is not None and mark is not None and time.time_ns() - max(mark[0], mark[1]) > _FRESH:
            self._used[file] = (mark, data)
        return data


def _mark(name: str) -> _Mark | None:
    """Times, size, number and mode of a file: what changes whenever it is written or replaced."""
    try:
        found = os.stat(name, follow_symlinks=False)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode
