"""Work: many like pieces of it, done in order, by several hands, or remembered; always with the same results."""

from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def step_of(function: Callable[..., object]) -> str:
    """The name of a step: that of its function, also where some of its arguments are given already."""
    return str(getattr(function, "func", function).__qualname__)


class Work:
    """Does each piece of work itself and remembers nothing."""

    def do(
        self,
        function: Callable[[Item], Result],
        items: Sequence[Item],
        key: Callable[[Item], bytes] | None = None,
        bulk: str = "",
    ) -> list[Result]:
        """The results of a pure function for each item, in order.

        `key` gives a digest, of 16 bytes, of all that a result depends on; with it, a result may be remembered instead.
        `bulk` names a field of a result's named tuple whose bytes are not remembered: there is None then, and perhaps a
        function that gives the bytes where there is something new.
        """
        return [function(item) for item in items]
