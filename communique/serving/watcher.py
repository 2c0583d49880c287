"""The watcher: notices when a file of a site changes."""

import os
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

FOLDERS = ("content", "templates", "static")
SETTINGS = "site.yaml"
# events can be lost, where folders come and go or on drives of other machines: so often the files are looked at
_LOOK = 1.0


class Watcher:
    """Watches the files of a site folder, which may come and go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._woken: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._ended = threading.Event()
        self._seen = signature(folder)

    def changes(self) -> Iterator[bool]:
        """Yields whenever something happened or a second has passed: whether the files are others than before."""
        self._follow((self._folder,), recursive=False)
        watched: tuple[Path, ...] = ()
        while not self._ended.is_set():
            there = tuple(self._folder / name for name in FOLDERS if (self._folder / name).is_dir())
            if there != watched:
                watched = there
                self._follow(there, recursive=True)
            heard = False
            with suppress(queue.Empty):
                heard = self._woken.get(timeout=_LOOK)
                while not self._woken.empty():
                    heard = self._woken.get() or heard
            now = signature(self._folder)
            # two changes of one moment can leave size and time as they were
            changed, self._seen = heard or now != self._seen, now
            yield changed

    def end(self) -> None:
        """Watch no longer."""
        self._ended.set()
        self._woken.put(False)

    def _follow(self, paths: tuple[Path, ...], recursive: bool) -> None:
        if paths:
            threading.Thread(target=self._listen, args=(paths, recursive), daemon=True).start()

    def _listen(self, paths: tuple[Path, ...], recursive: bool) -> None:
        from watchfiles import watch

        try:
            for _ in watch(
                *paths, watch_filter=None, debounce=40, step=10, stop_event=self._ended, recursive=recursive
            ):
                self._woken.put(recursive)
        except (OSError, RuntimeError):
            # a folder that went: it is looked at once a second until it is watched again
            return


def signature(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Name, size, time and number of each file of a site."""
    found = []
    ahead = [str(folder / name) for name in FOLDERS]
    while ahead:
        try:
            with os.scandir(ahead.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append(entry.path)
                    else:
                        found.append(_line(entry.path, entry.stat(follow_symlinks=False)))
        except OSError:
            continue
    with suppress(OSError):
        found.append(_line(SETTINGS, os.stat(folder / SETTINGS)))
    return tuple(sorted(found))


def _line(path: str, found: os.stat_result) -> tuple[str, int, int, int]:
    return path, found.st_size, found.st_mtime_ns, found.st_ino
