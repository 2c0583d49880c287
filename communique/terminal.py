"""The terminal: what may be shown on one, and how far long work has come."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TextIO

from communique.work import Item, Result, Work, step_of

# what is done in less time needs no word; then so often there is a new one
_FIRST, _PULSE = 1.0, 0.25
_WORDS = {
    "_read": "reading {} texts",
    "_read_and_proofread": "reading {} texts",
    "_misnamed": "looking for names in {} texts",
    "_judge": "comparing {} translations",
    "_make": "making {} files",
}
_CLEAR = "\r\x1b[K"


def is_plain(stream: TextIO) -> bool:
    """Whether a stream is no terminal, or one that obeys no signs."""
    return not stream.isatty() or os.environ.get("TERM") == "dumb"


def has_colours(stream: TextIO) -> bool:
    """Whether colours may be used; NO_COLOR forbids them (no-color.org)."""
    return not is_plain(stream) and not os.environ.get("NO_COLOR")


class Telling(Work):
    """Lets another do the work, and knows what is being done."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self.doing = "getting ready"

    def do(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        key: Callable[[Item], bytes] | None = None,
        bulk: str = "",
    ) -> list[Result]:
        """As the other work does it."""
        if items:
            self.doing = _WORDS.get(step_of(function), "putting the site together").format(len(items))
        return self._work.do(function, items, key, bulk)


@contextmanager
def progress(work: Work, stream: TextIO | None = None) -> Iterator[Work]:
    """Work that shows on a terminal what it is at once it takes longer than a second; nothing stays of that. Without a
    terminal it is the work itself."""
    stream = stream or sys.stderr
    if (
        is_plain(stream)
        or not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
    ):
        yield work
        return
    telling, began = Telling(work), time.monotonic()
    shown = stream

    def show(*_: object) -> None:
        shown.write(f"{_CLEAR}{telling.doing} … {time.monotonic() - began:.0f} s")
        shown.flush()

    # no thread: a process with threads cannot safely be forked
    before = signal.signal(signal.SIGALRM, show)
    signal.setitimer(signal.ITIMER_REAL, _FIRST, _PULSE)
    try:
        yield telling
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        if time.monotonic() - began >= _FIRST:
            shown.write(_CLEAR)
            shown.flush()
