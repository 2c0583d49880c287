"""The workforce: work spread over the processors by forked processes."""

import gc
import os
import pickle
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from communique.memory import Memory
from communique.packing import pack
from communique.work import Item, Result, Work, step_of

# fewer pieces than this are done sooner than a process is made
LEAST = 24
# so many pieces are done before what they left behind is collected
ROUND = 100


class Stowed(NamedTuple):
    """Bytes on the disk, in an open file; called, it gives them."""

    file: int
    start: int
    size: int

    def __call__(self) -> bytes:
        data = os.pread(self.file, self.size, self.start)
        if len(data) != self.size:
            raise OSError(f"{self.size - len(data)} bytes are lost")
        return data


class Workforce(Work):
    """Does much work in several processes, where the system can fork, and what it remembers not at all; the results
    are the same."""

    def __init__(self, memory: Memory, hands: int | None = None, disk: str = "") -> None:
        """`disk` is a folder on the disk that may hold, in files without names, what is too much for memory."""
        self.memory = memory
        self.hands = hands if hands is not None else processors()
        self._disk = disk
        # one for each process, which are as many as hands; -1 where there is none
        self._shelves: list[int] = []
        self._hand = 0

    def do(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        key: Callable[[Item], bytes] | None = None,
        bulk: str = "",
    ) -> list[Result]:
        """The results of a pure function for each item, in order; an item whose key is empty is not remembered."""
        if bulk:
            self._shelves = self._shelves or [_shelf(self._disk) for _ in range(self.hands)]
        if key is None:
            return self._spread(lambda item: self._stowed(function(item), bulk), items)
        step = step_of(function)
        results: dict[int, Any] = {}
        missing = []
        for number, item in enumerate(items):
            digest = key(item)
            address = self.memory.key(step, digest) if digest else b""
            known, result = self.memory.recall(address) if digest else (False, None)
            if known:
                results[number] = result
            else:
                missing.append((number, address, item))

        def remembered(piece: tuple[int, bytes, Item]) -> tuple[Result, bytes]:
            result = function(piece[2])
            packed = pack(_without(result, bulk)) if piece[1] else b""
            return self._stowed(result, bulk), packed

        for (number, address, _), (result, packed) in zip(missing, self._spread(remembered, missing), strict=True):
            results[number] = result
            if packed:
                self.memory.keep(address, packed)
        return [results[number] for number in range(len(items))]

    def _stowed(self, result: Result, bulk: str) -> Result:
        """The result, with its bulk on the disk where that is possible."""
        shelf = self._shelves[self._hand] if bulk and bulk in getattr(result, "_fields", ()) else -1
        if shelf < 0:
            return result
        data = getattr(result, bulk)
        try:
            start = os.lseek(shelf, 0, os.SEEK_END)
            if os.write(shelf, data) != len(data):
                return result
        except OSError:
            return result
        return result._replace(**{bulk: Stowed(shelf, start, len(data))})  # type: ignore[attr-defined, no-any-return]

    def _spread(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        if self.hands < 2 or len(items) < LEAST or not _can_fork():
            return _each(function, items)
        return _spread(function, items, self.hands, self._begin)

    def _begin(self, hand: int) -> None:
        self._hand = hand


def _without(result: Result, bulk: str) -> Result:
    if bulk and bulk in getattr(result, "_fields", ()):
        return result._replace(**{bulk: None})  # type: ignore[attr-defined, no-any-return]
    return result


def _shelf(folder: str) -> int:
    """An open file that has no name and is gone when it is closed; -1 where the system has no such thing."""
    while folder and not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    try:
        return os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600) if folder else -1
    except (AttributeError, OSError):
        return -1


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _can_fork() -> bool:
    # with other threads about, a forked child may wait for a lock that nobody frees
    return hasattr(os, "fork") and sys.platform != "darwin" and threading.active_count() == 1


def _each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results for each item. What made them goes now and then: pages leave circles, which nobody else collects."""
    results = []
    for number, item in enumerate(items, 1):
        results.append(function(item))
        if not number % ROUND:
            gc.collect(0)
    return results


def _spread(
    function: Callable[[Item], Result], items: Sequence[Item], hands: int, begin: Callable[[int], None]
) -> list[Result]:
    sys.stdout.flush()
    sys.stderr.flush()
    # objects of the parent that the collector touches would be copied into each child
    gc.freeze()
    helpers = [_fork(function, items[number::hands], partial(begin, number)) for number in range(1, hands)]
    results: list[Result | None] = [None] * len(items)
    failure: BaseException | None = None
    try:
        results[0::hands] = _each(function, items[0::hands])
    except BaseException as error:
        failure = error
    for number, (child, stream) in enumerate(helpers, 1):
        with stream:
            answer: Any = pickle.load(stream) if failure is None else None
        _, status = os.waitpid(child, 0)
        if failure is None and (status or isinstance(answer, BaseException)):
            failure = (
                answer if isinstance(answer, BaseException) else ChildProcessError(f"a process ended with {status}")
            )
        elif failure is None:
            results[number::hands] = answer
    gc.unfreeze()
    if failure is not None:
        raise failure
    return results  # type: ignore[return-value]


def _fork(function: Callable[[Item], Result], items: Sequence[Item], begin: Callable[[], None]) -> tuple[int, BinaryIO]:
    """A child that does these items, and the stream on which it answers."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, os.fdopen(reading, "rb")
    try:
        os.close(reading)
        gc.disable()
        begin()
        try:
            answer: object = _each(function, items)
        except BaseException as error:
            answer = error
        with os.fdopen(writing, "wb") as stream:
            pickle.dump(answer, stream, pickle.HIGHEST_PROTOCOL)
    finally:
        os._exit(0)
