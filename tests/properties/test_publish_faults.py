"""Publishing when any system call fails, or the process is killed at it: old or new, and repaired next time."""

import errno
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.publish import PublishError, publish, recall
from communique.publish.output import NOTHING, publish_by
from communique.publish.system import System
from communique.publish.ways import EXCHANGE, PART, RENAME, SINGLY, WAYS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills forked processes")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs renameat2")
ACROSS = "file by file, to another file system"
EVERY = [pytest.param(EXCHANGE, marks=linux), RENAME, SINGLY, ACROSS]

Site = Mapping[str, bytes]
# The first and the third share what the second changes and removes, so that this is in the twin of one after the other.
BOTH: Site = {"a/index.html": b"same", "c/index.html": b"both", "d/index.html": b"both"}
FIRST: Site = {**BOTH, "index.html": b"1", "gone/index.html": b"x"}
SECOND: Site = {"index.html": b"2", "a/index.html": b"same", "b/index.html": b"y", "c/index.html": b"other"}
THIRD: Site = {**BOTH, "index.html": b"3"}
FOREIGN: Site = {"CNAME": b"example.org", "up/load": b"theirs"}
CHANGING = {"write", "mkdir", "symlink", "link", "rename", "replace", "exchange", "sync", "utime", "chmod"}


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: thousands of small trees are made in it."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with TemporaryDirectory(dir=memory) as name:
        yield Path(name)


class Faulty(System):
    """A system whose nth call does something else; syncing, which only costs time here, is left out."""

    def __init__(self, at: int, fault: Callable[..., Any], way: str = "") -> None:
        self.at, self.fault, self.way, self.calls = at, fault, way, 0
        for name in dir(System):
            if not name.startswith("_"):
                setattr(self, name, self.counted(name, getattr(System, name)))

    def counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        act = (lambda _: None) if name == "sync" else call
        if name == "replace" and self.way == ACROSS:
            act = across

        def counting(*args: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.at or (self.calls > self.at and self.fault is full and name in CHANGING):
                return self.fault(name, act, args)
            return act(*args, **options)

        return counting


def across(source: str, target: str) -> None:
    if "staging" in source:
        raise OSError(errno.EXDEV, "another file system")
    os.replace(source, target)


def fail(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> None:
    """The one call fails; a handle is closed, and a part is written, nevertheless."""
    if name == "write":
        call(args[0], args[1][:1])
    if name == "close":
        call(*args)
    raise OSError(errno.EIO, "odd")


def full(name: str, call: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """The disk is full from this call on; what only reads goes on."""
    if name in CHANGING:
        raise OSError(errno.ENOSPC, "full")
    return call(*args)


def kill(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def forked(act: Callable[[], object]) -> int:
    """What a child process that does this ends with: 0, 1 for an exception, or the number of a signal."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    code = 1
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def attempt(act: Callable[[], object]) -> PublishError | None:
    try:
        act()
    except PublishError as error:
        return error
    return None


def ours(output: Path) -> dict[str, bytes]:
    """The site in the output, after making sure that what others put there is whole."""
    found = files(output)
    for name, data in FOREIGN.items():
        assert found.pop(name) == data
    assert (output / "empty").is_dir()
    return found


def begin(output: Path) -> None:
    for site in (FIRST, THIRD, FIRST):
        publish(site, output, memo=site["index.html"])
    for name, data in FOREIGN.items():
        (output / name).parent.mkdir(exist_ok=True)
        (output / name).write_bytes(data)
    (output / "empty").mkdir()


def check(found: Site, before: Site, after: Site, way: str) -> None:
    """The site is one of the two, or, file by file, each file is of one of the two."""
    if way in (EXCHANGE, RENAME):
        assert found in (before, after)
    for name in before.keys() | after.keys() | found.keys():
        possible = (before.get(name), after.get(name))
        assert found.get(name) in possible or (name == PART and way == ACROSS)


def trust(output: Path, found: Site) -> None:
    """What is recalled, if anything, is what stands there."""
    record = recall(output)
    if record is not None:
        assert record.memo == found["index.html"]
        assert record.files.keys() == found.keys()


def put(system: Faulty, site: Site, output: Path) -> None:
    allowed = [system.way, SINGLY] if system.way in (EXCHANGE, RENAME) else [SINGLY]
    publish_by(system, allowed, site, str(output), memo=site["index.html"], patience=0)


def twin(output: Path) -> dict[str, bytes]:
    """The twin with which the next publish begins."""
    return files(output.parent / ".communique-public/twin")


def tidy(output: Path, odd: Collection[str] = ()) -> None:
    """Nothing is left in the work folder but the lock, the record and, for the next publish, links to what is ours;
    the odd ones among these somebody changed by hand."""
    work, record = output.parent / ".communique-public", recall(output)
    assert record
    assert {path.name for path in work.iterdir()} - {"twin"} == {"lock", "record"}
    for name in files(work / "twin"):
        assert name in record.files
        assert name in odd or os.path.samefile(work / "twin" / name, output / name)


def mended(way: str, site: Site, output: Path) -> None:
    """The next publish gives exactly the wanted tree and leaves nothing else behind."""
    put(Faulty(0, fail, way), site, output)
    assert ours(output) == site
    folders = {path.name for path in output.rglob("*") if path.is_dir()}
    assert folders == {Path(name).parts[0] for name in [*site, *FOREIGN, "empty/"] if "/" in name}
    tidy(output)
    record = recall(output)
    assert record is not None
    assert record.memo == site["index.html"]


@pytest.mark.parametrize("way", EVERY)
@pytest.mark.parametrize("fault", [fail, full])
def test_any_call_may_fail(way: str, fault: Callable[..., Any], folder: Path) -> None:
    output = folder / "public"
    begin(output)
    for at in count(1):
        assert way not in (EXCHANGE, RENAME) or twin(output) == BOTH
        system = Faulty(at, fault, way)

        def act(system: Faulty = system) -> None:
            put(system, SECOND, output)

        error = attempt(act)
        if not output.exists():
            assert (way, fault) == (RENAME, full)
            assert error
            assert error.changed
        else:
            found = ours(output)
            check(found, FIRST, SECOND, way)
            trust(output, found)
            assert error or found == SECOND
            assert not error or error.changed == (found != FIRST)
        if system.calls < at:
            break
        for site in (THIRD, FIRST):
            mended(way, site, output)
    assert at > 50


@pytest.mark.parametrize("way", EVERY)
def test_it_may_be_killed_at_any_call(way: str, folder: Path) -> None:
    output = folder / "public"
    begin(output)
    for at in count(1):
        assert way not in (EXCHANGE, RENAME) or twin(output) == BOTH

        def act(at: int = at) -> None:
            put(Faulty(at, kill, way), SECOND, output)

        code = forked(act)
        if output.exists():
            found = ours(output)
            check(found, FIRST, SECOND, way)
            trust(output, found)
        else:
            assert way == RENAME
        if not code:
            break
        assert code == -signal.SIGKILL
        for site in (THIRD, FIRST):
            mended(way, site, output)
    assert at > 50


@pytest.mark.parametrize("fault", [fail, full, kill])
@pytest.mark.parametrize("way", EVERY)
def test_the_first_publish(way: str, fault: Callable[..., Any], folder: Path) -> None:
    for at in count(1):
        output = folder / f"{at}" / "public"
        output.parent.mkdir()
        system = Faulty(at, fault, way)

        def act(system: Faulty = system, output: Path = output) -> None:
            put(system, FIRST, output)

        if fault is kill:
            done = not forked(act)
        else:
            error = attempt(act)
            assert not error or error.changed == output.exists()
            done = system.calls < at
        check(files(output) if output.exists() else {}, {}, FIRST, way)
        put(Faulty(0, fail, way), SECOND, output)
        assert files(output) == SECOND
        assert not (output / "gone").exists()
        tidy(output)
        if done:
            break
    assert at > 20


@pytest.mark.parametrize(
    ("way", "middle", "number"),
    [
        pytest.param(EXCHANGE, "unlink", 4, marks=linux, id="while the twin is made the new site"),
        pytest.param(EXCHANGE, "unlink", 7, marks=linux, id="while the old site is made the twin"),
        (RENAME, "rename", 3),
        (SINGLY, "replace", 2),
        (ACROSS, "replace", 2),
    ],
)
def test_a_repair_may_be_killed_as_well(way: str, middle: str, number: int, folder: Path) -> None:
    """A first kill in the middle, a second one anywhere in the publish that repairs it."""
    output = folder / "public"
    begin(output)

    class Cut(Faulty):
        """Killed amid a publish."""

        def counted(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
            counting = super().counted(name, call)
            seen: list[str] = []

            def cutting(*args: Any, **options: Any) -> Any:
                seen.append(name)
                if name == middle and len(seen) == number:
                    kill()
                return counting(*args, **options)

            return cutting

    for at in count(1, 3):

        def first() -> None:
            put(Cut(0, kill, way), SECOND, output)

        def second(at: int = at) -> None:
            put(Faulty(at, kill, way), THIRD, output)

        assert forked(first) == -signal.SIGKILL
        code = forked(second)
        if output.exists():
            found = ours(output)
            trust(output, found)
            assert way not in (EXCHANGE, RENAME) or found in (FIRST, SECOND, THIRD)
        mended(way, FIRST, output)
        if not code:
            break
    assert at > 50


sites = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "e/f/g", "e/h"]), st.sampled_from([b"1", b"2"]))
theirs = st.dictionaries(st.sampled_from(["y", "b/z", "e/f/z", "q/r"]), st.just(b"theirs"))
TWIN = ".communique-public/twin/"
edits = st.dictionaries(
    st.sampled_from(["public/a", "public/b/c", "public/y", f"{TWIN}a", f"{TWIN}b/c"]),
    st.sampled_from(["delete", "replace", "write over"]),
)


def edit(path: Path, how: str) -> None:
    """Somebody changes a file by hand, where it is there."""
    if not path.is_file():
        return
    if how != "write over":
        path.unlink()
    if how != "delete":
        path.write_bytes(b"odd")


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([*WAYS, RENAME, ACROSS]), sites, theirs, edits), max_size=6))
def test_any_sequence_gives_what_is_wanted_and_what_others_put_there(
    steps: list[tuple[str, Site, Site, Mapping[str, str]]],
) -> None:
    with TemporaryDirectory() as name:
        output = Path(name) / "public"
        publish({"a": b""}, output)
        foreign: dict[str, bytes] = {}
        odd: set[str] = set()
        for way, site, more, changes in steps:
            for path, data in more.items():
                (output / path).parent.mkdir(parents=True, exist_ok=True)
                (output / path).write_bytes(data)
            foreign |= more
            for path, how in changes.items():
                edit(Path(name) / path, how)
            foreign = {path: (output / path).read_bytes() for path in foreign if (output / path).is_file()}
            done = publish_by(Faulty(0, fail, way), [way if way in WAYS else SINGLY, SINGLY], site, str(output))
            # where there is nothing to do, nobody looks at the twin
            odd = odd | {path.removeprefix(TWIN) for path in changes} if done.way == NOTHING else set()
            assert files(output) == {**site, **foreign}
            assert {path.name for path in output.rglob("*") if path.is_dir()} == {
                part for path in [*site, *foreign] for part in path.split("/")[:-1]
            }
            tidy(output, odd)


def test_three_at_once(folder: Path) -> None:
    output = folder / "public"
    possible = [FIRST, SECOND, THIRD]
    children = []
    for site in possible:
        child = os.fork()
        if not child:
            code = 1
            try:
                for _ in range(5):
                    publish(site, output)
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0, 0]
    assert files(output) in possible
    tidy(output)


@linux
def test_visitors_never_see_a_gap(folder: Path) -> None:
    output = folder / "public"
    publish(FIRST, output)
    child = os.fork()
    if not child:
        code = 1
        try:
            for number in range(40):
                publish_by(Faulty(0, fail), WAYS, (SECOND, FIRST)[number % 2], str(output))
            code = 0
        finally:
            os._exit(code)
    visits = 0
    end = time.monotonic() + 20
    while not os.waitpid(child, os.WNOHANG)[0]:
        assert time.monotonic() < end
        assert (output / "index.html").read_bytes() in (b"1", b"2")
        visits += 1
    assert visits
    assert files(output) == FIRST
