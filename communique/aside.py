"""Aside: something small that a child process finds out while this one goes on."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from communique.forking import can_fork, fork


class Aside:
    """The bytes that a function gives, found out by a child from the beginning of the block to its end at most.

    Where there is no child, or it came to nothing, the function is called when somebody asks.
    """

    def __init__(self, function: Callable[[], bytes], *, worth: bool) -> None:
        """`worth` tells whether it will take longer than making a process."""
        self._function = function
        self._worth = worth and can_fork()
        self._child = 0

    def __enter__(self) -> "Aside":
        if self._worth:
            with suppress(OSError):
                self._child, self._pipe = fork()
                if not self._child:
                    try:
                        os.write(self._pipe, self._function())
                    finally:
                        os._exit(0)
        return self

    def __call__(self) -> bytes:
        """The bytes."""
        if not self._child:
            return self._function()
        found = b""
        while part := os.read(self._pipe, 4096):
            found += part
        return found or self._function()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._child:
            os.close(self._pipe)
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
            self._child = 0
