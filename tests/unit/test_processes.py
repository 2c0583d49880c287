"""Work that is spread over processes."""

import os
import sys

import pytest
from support import alone

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="work is spread by forking"),
    pytest.mark.skipif(sys.platform == "darwin", reason="no process is forked on macOS"),
]

_BEGIN = """
import os, sys, time
from communique.processes import spread
here = os.getpid()
def mine():
    return os.getpid() == here
"""


def said(program: str) -> str:
    """What a program says that spreads work."""
    return alone(_BEGIN + program)


@pytest.mark.parametrize(("items", "processes"), [(1, 2), (7, 3), (1_000, 2), (70_001, 4)])
def test_results_come_in_the_order_of_the_items(items: int, processes: int) -> None:
    program = f"print(spread(lambda each: 2 * each, range({items}), {processes}, lambda _: None) == "
    assert said(program + f"list(range(0, 2 * {items}, 2)))") == "True\n"


def test_each_process_begins_with_its_number_and_takes_part() -> None:
    program = """
number = 0
def begin(given):
    global number
    number = given
def slowly(item):
    time.sleep(0.001)
    return number
print(sorted(set(spread(slowly, range(200), 3, begin))))
"""
    assert said(program) == "[0, 1, 2]\n"


@pytest.mark.parametrize("where", ["mine()", "not mine()"])
def test_what_fails_in_one_process_fails_in_all(where: str) -> None:
    program = f"""
def fails(item):
    time.sleep(0.001)
    if {where} and item > 20:
        raise ValueError("no")
try:
    spread(fails, range(200), 2, lambda _: None)
except ValueError as error:
    print(error)
"""
    assert said(program) == "no\n"


@pytest.mark.parametrize("end", ["os._exit(1)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_ends_early_is_told(end: str) -> None:
    program = f"""
def ends(item):
    time.sleep(0.001)
    if not mine():
        {end}
try:
    spread(ends, range(200), 2, lambda _: None)
except ChildProcessError as error:
    print(error)
"""
    assert said(program) == "a process ended before its work was done\n"


@pytest.mark.parametrize("says", ["class Odd(Exception): pass", "class Odd(Exception): __reduce__ = None"])
def test_an_error_that_cannot_be_packed_is_told_by_its_words(says: str) -> None:
    program = f"""
def fails(item):
    time.sleep(0.001)
    if not mine():
        {says}
        raise Odd("no")
try:
    spread(fails, range(200), 2, lambda _: None)
except ChildProcessError as error:
    print(error)
"""
    assert said(program) == "Odd: no\n"


def test_a_process_that_ends_while_it_answers_is_told() -> None:
    program = """
import signal
from communique import processes
answered = processes._answered
def ended(stream, done):
    stream.peek(1)
    os.kill(child, signal.SIGKILL)
    return answered(stream, done)
processes._answered = ended
def begin(number):
    os.write(writing, os.getpid().to_bytes(4, "big"))
def large(item):
    global child
    if mine():
        child = child or int.from_bytes(os.read(reading, 4), "big")
    return os.urandom(100_000)
child = 0
reading, writing = os.pipe()
try:
    spread(large, range(200), 2, begin)
except ChildProcessError as error:
    print(error)
"""
    assert said(program) == "a process ended before its work was done\n"


@pytest.mark.parametrize("few", [0, 1])
def test_where_the_system_allows_few_processes_they_do_the_work(few: int) -> None:
    program = f"""
fork, left = os.fork, {few}
def bounded():
    global left
    left -= 1
    if left < 0:
        raise BlockingIOError(11, "Resource temporarily unavailable")
    return fork()
os.fork = bounded
open_before = os.listdir("/dev/fd")
print(spread(lambda each: 2 * each, range(1_000), 4, lambda _: None) == list(range(0, 2_000, 2)))
print(os.listdir("/dev/fd") == open_before)
"""
    assert said(program) == "True\nTrue\n"
