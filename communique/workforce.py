"""The workforce: work that is remembered from build to build, and spread over the processors."""

from collections.abc import Callable, Sequence
from typing import Any

from communique.forking import can_fork
from communique.memory import Entry, Memory, entry, key_of
from communique.processes import each, processors, spread
from communique.stowage import Shelf
from communique.work import Item, Result, Work, step_of

# fewer items than this are done sooner than a process is made
LEAST = 24


class Workforce(Work):
    """Does much work in several processes, where the system can fork, and what it remembers not at all; the results
    are the same."""

    def __init__(self, memory: Memory, hands: int | None = None, disk: str = "") -> None:
        """`disk` is a folder on the disk that may hold, in files without names, what is too much for memory."""
        self.memory = memory
        self.hands = hands if hands is not None else processors()
        # one for each process
        self._shelves = [Shelf(disk, self.hands) for _ in range(self.hands)]
        self._shelf = self._shelves[0]

    def do(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        key: Callable[[Item], bytes] | None = None,
        bulk: str = "",
    ) -> list[Result]:
        """The results of a pure function for each item, in order; an item whose key is empty is not remembered."""
        if key is None:
            return self._spread(lambda item: self._stowed(function(item), bulk), items)
        address_of = key_of(step_of(function))
        results: dict[int, Any] = {}
        missing = []
        for number, item in enumerate(items):
            digest = key(item)
            address = address_of(digest) if digest else b""
            known, result = self.memory.recall(address) if digest else (False, None)
            if known:
                results[number] = result
            else:
                missing.append((number, address, item))

        def remembered(piece: tuple[int, bytes, Item]) -> tuple[Result, Entry | None]:
            result = function(piece[2])
            found = entry(_changed(result, bulk, lambda _: None), self._shelf) if piece[1] else None
            return self._stowed(result, bulk), found

        for (number, address, _), (result, found) in zip(missing, self._spread(remembered, missing), strict=True):
            results[number] = result
            if found is not None:
                self.memory.keep(address, found)
        return [results[number] for number in range(len(items))]

    def _stowed(self, result: Result, bulk: str) -> Result:
        """The result, with its bulk on the disk where that is possible."""
        return _changed(result, bulk, self._shelf.stow)

    def _spread(self, function: Callable[[Item], Result], items: Sequence[Item]) -> list[Result]:
        if self.hands < 2 or len(items) < LEAST or not can_fork():
            return each(function, items)
        return spread(function, items, self.hands, self._begin)

    def close(self) -> None:
        """Take away what results left on the disk."""
        for shelf in self._shelves:
            shelf.close()

    def _begin(self, number: int) -> None:
        self._shelf = self._shelves[number]


def _changed(result: Result, bulk: str, change: Callable[[Any], object]) -> Result:
    """The result with another value in its field of this name, if it has one."""
    if not bulk or bulk not in getattr(result, "_fields", ()):
        return result
    return result._replace(**{bulk: change(getattr(result, bulk))})  # type: ignore[attr-defined, no-any-return]
