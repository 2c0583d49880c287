"""Processes: a function done for many items by forked processes, each taking the next few when it is free."""

import gc
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from itertools import chain
from typing import Any, BinaryIO

from communique.forking import fork
from communique.work import Item, Result

# so many items are done before what they left behind is collected; neighbours often share some of their work
ROUND = 50
# each process gets at least so many rounds, or it could end long before the others
FEWEST = 8
# so many numbers of four bytes a pipe takes before anybody reads them, though it had but one page (pipe(7))
_MOST = 1_000


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def each(function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
    """The results for each item. What made them goes now and then: pages leave circles, which nobody else collects."""
    results = []
    for number, item in enumerate(items, 1):
        results.append(function(item))
        if not number % ROUND:
            gc.collect(0)
    return results


def spread(
    function: Callable[[Item], Result], items: Sequence[Item], count: int, begin: Callable[[int], None]
) -> list[Result]:
    """The results for each item, in order, made by so many processes: this one, with the number 0, and children, each
    of which calls `begin` with its number. Raises what the function raises in any of them."""
    sys.stdout.flush()
    sys.stderr.flush()
    # objects of the parent that the collector touches would be copied into each child
    gc.freeze()
    rounds = _Rounds(len(items), count)
    work = partial(rounds.do, function, items)
    children = list(_children(work, (partial(begin, number) for number in range(1, count))))
    done: dict[int, list[Result]] = {}
    failure: BaseException | None = None
    try:
        done.update(work())
    except BaseException as error:
        failure = error
        rounds.cancel()
    for child, stream in children:
        with stream:
            if failure is None:
                failure = _answered(stream, done)
        _, status = os.waitpid(child, 0)
        if failure is None and status:
            failure = ChildProcessError(f"a process ended with {status}")
    rounds.close()
    gc.unfreeze()
    if failure is not None:
        raise failure
    return list(chain.from_iterable(done[start] for start in sorted(done)))


class _Rounds:
    """Rounds of neighbouring items in a pipe, out of which each process takes one when it is free."""

    def __init__(self, items: int, processes: int) -> None:
        self._size = max(1, min(ROUND, items // (FEWEST * processes)), -(-items // _MOST))
        self._queue, writing = os.pipe()
        os.write(writing, b"".join(start.to_bytes(4, "big") for start in range(0, items, self._size)))
        os.close(writing)

    def do(self, function: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[tuple[int, list[Result]]]:
        """The results of the rounds that are left, each with the number of its first item."""
        while begin := os.read(self._queue, 4):
            start = int.from_bytes(begin, "big")
            yield start, each(function, items[start : start + self._size])

    def cancel(self) -> None:
        """Leave no round to anybody."""
        while os.read(self._queue, 4 * _MOST):
            pass

    def close(self) -> None:
        """Take the pipe away."""
        os.close(self._queue)


def _answered(stream: BinaryIO, done: dict[int, list[Result]]) -> BaseException | None:
    """Take what a child has done from its stream; gives what it failed with."""
    answer: Any
    try:
        while (answer := pickle.load(stream)) is not None:
            if isinstance(answer, BaseException):
                return answer
            done.update([answer])
    except (EOFError, pickle.UnpicklingError):
        return ChildProcessError("a process ended before its work was done")
    return None


def _children(
    work: Callable[[], Iterator[object]], begins: Iterable[Callable[[], None]]
) -> Iterator[tuple[int, BinaryIO]]:
    """A child for each beginning; where the system allows no more, those that there are do the work."""
    with suppress(OSError):
        for begin in begins:
            yield _fork(work, begin)


def _fork(work: Callable[[], Iterator[object]], begin: Callable[[], None]) -> tuple[int, BinaryIO]:
    """A child that takes part in the work, and the stream on which it answers."""
    child, pipe = fork()
    if child:
        return child, os.fdopen(pipe, "rb")
    try:
        gc.disable()
        begin()
        answers = []
        try:
            # packed at once, they take less room until the parent is free to take them
            answers = [pickle.dumps(answer, pickle.HIGHEST_PROTOCOL) for answer in work()]
        except BaseException as error:
            answers = [_packed(error)]
        with os.fdopen(pipe, "wb") as stream:
            stream.writelines([*answers, pickle.dumps(None)])
    finally:
        os._exit(0)


def _packed(error: BaseException) -> bytes:
    """An error for the parent; one that cannot be packed and unpacked is told by another."""
    try:
        packed = pickle.dumps(error)
        pickle.loads(packed)
    except Exception:
        return pickle.dumps(ChildProcessError(f"{type(error).__name__}: {error}"))
    return packed
