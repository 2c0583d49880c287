"""What a child process finds out meanwhile."""

import os
import sys

import pytest
from support import alone

_PROGRAM = """
import os, sys
from communique.aside import Aside
here = os.getpid()
def find():
    where = b"here" if os.getpid() == here else b"aside"
    {before}
    return where * {times}
with Aside(find, worth={worth}) as found:
    {asked}
try:
    os.waitpid(-1, 0)
    print("a child is left")
except ChildProcessError:
    pass
"""


def said(
    worth: bool = True, before: str = "pass", asked: str = "print(found().decode())", times: int = 1, first: str = ""
) -> str:
    """What a program says that looks for something aside."""
    return alone(first + _PROGRAM.format(worth=worth, before=before, asked=asked, times=times))


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="no process is forked here")
def test_a_child_finds_it() -> None:
    assert said() == "aside\n"
    assert said(times=50_000) == "aside" * 50_000 + "\n"


@pytest.mark.parametrize("before", ["os.getpid() == here or os._exit(1)", "os.getpid() == here or 1 / 0"])
def test_what_a_child_does_not_find_is_found_without_it(before: str) -> None:
    assert said(before=before) == "here\n"


def test_what_is_not_worth_a_child_is_found_without_one() -> None:
    assert said(worth=False) == "here\n"


def test_nobody_waits_for_what_nobody_asks_for() -> None:
    assert said(before="os.getpid() == here or __import__('time').sleep(60)", asked="print('done')") == "done\n"


def test_other_threads_keep_it_from_forking() -> None:
    thread = "threading.Thread(target=threading.Event().wait, daemon=True).start()"
    assert said(first=f"import threading; {thread}") == "here\n"


@pytest.mark.skipif(not hasattr(os, "fork") or sys.platform == "darwin", reason="no process is forked here")
def test_where_the_system_allows_no_more_processes_it_is_found_without_one() -> None:
    first = (
        "import os\ndef fork():\n    raise BlockingIOError(11, 'Resource temporarily unavailable')\nos.fork = fork\n"
    )
    assert said(first=first) == "here\n"
