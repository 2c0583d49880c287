"""Recollection: results of pure steps as they are, for a process that builds again and again."""

from collections.abc import Callable, Sequence
from typing import Any

from communique.work import Item, Result, Work, step_of


class Recollection(Work):
    """Remembers results in this process; `forget` lets go of those that the last build did not ask for."""

    def __init__(self, first: Work) -> None:
        self._first = first
        self._known: dict[tuple[str, bytes], Any] = {}
        self._used: dict[tuple[str, bytes], Any] = {}

    def do(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        key: Callable[[Item], bytes] | None = None,
        bulk: str = "",
    ) -> list[Result]:
        """The results of a pure function for each item, in order; an item whose key is empty is not remembered."""
        if key is None:
            return self._first.do(function, items)
        step = step_of(function)
        keys = [key(item) for item in items]
        missing = [number for number, digest in enumerate(keys) if not digest or (step, digest) not in self._known]
        made = dict(zip(missing, self._first.do(function, [items[number] for number in missing]), strict=True))
        results = []
        for number, digest in enumerate(keys):
            result = made[number] if number in made else self._known[step, digest]
            if digest:
                self._used[step, digest] = result
            results.append(result)
        return results

    def forget(self) -> None:
        """Let go of what was not asked for since the last call."""
        self._known, self._used = self._used, {}
