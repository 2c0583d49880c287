"""Publishing: what changes, what is refused, what is kept, and what the result looks like on the disk."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique import fingerprint
from communique.contents import digest
from communique.publish import Published, PublishError, compare, publish, recall
from communique.publish.changes import (
    ancestors,
    arrange,
    colliding,
    digests,
    misnamed,
    obstacles,
    sequence,
)
from communique.publish.failure import cause
from communique.publish.lock import take
from communique.publish.output import publish_by
from communique.publish.record import Record, decode, encode, merge
from communique.publish.system import System
from communique.publish.ways import EXCHANGE, RENAME, SINGLY, SWAP, WAYS

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links are those of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="needs renameat2")
MARK = {".nojekyll": b"Communique\n"}
OLD = {
    **MARK,
    "index.html": b"old",
    "a/index.html": b"same",
    "gone/deep/index.html": b"x",
    "style.css": b"s1",
}
NEW = {**MARK, "index.html": b"new", "a/index.html": b"same", "b/index.html": b"b", "style.css": b"s2"}
WAYS_HERE = [pytest.param(EXCHANGE, marks=linux), RENAME, SINGLY]


class Odd(System):
    """A system on which some calls answer with an error, or do something else."""

    def __init__(self, **calls: int | Callable[..., Any]) -> None:
        for name, call in calls.items():
            setattr(self, name, refusing(call) if isinstance(call, int) else call)


def refusing(code: int) -> Callable[..., Any]:
    def call(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), "somewhere")

    return call


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "site" / "public"


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def work(output: Path) -> list[str]:
    """What is in the work folder beside the twin, after making sure that this holds nothing but links to our files."""
    folder = output.parent / f".communique-{output.name}"
    twin, record = folder / "twin", recall(output)
    for name in files(twin):
        assert os.path.samefile(twin / name, output / name)
        assert record is None or name in record.files
    return sorted({*os.listdir(folder)} - {"twin"})


def traces(folder: Path) -> dict[str, tuple[int, ...]]:
    """All that a write anywhere below the folder would change."""
    found: dict[str, tuple[int, ...]] = {}
    for path in [folder, *folder.rglob("*")]:
        status = path.lstat()
        found[str(path)] = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_mode)
    return found


def by(
    way: str, wanted: Mapping[str, bytes], output: Path, system: System | None = None, memo: bytes = b""
) -> Published:
    return publish_by(system or System(), [way, SINGLY], wanted, str(output), memo=memo)


def refused(wanted: Mapping[str, bytes], output: Path, *sources: Path) -> str:
    before = traces(output.parent) if output.parent.exists() else {}
    with pytest.raises(PublishError) as caught:
        publish(wanted, output, sources)
    assert not caught.value.changed
    assert caught.value.help.endswith(".")
    assert "\n" not in str(caught.value)
    assert (traces(output.parent) if output.parent.exists() else {}) == before
    return str(caught.value)


# What changes, as values


names = st.sampled_from(["a", "b", "c/d", "c/e", "f/g/h"])


@given(
    st.dictionaries(names, st.binary(max_size=1)),
    st.dictionaries(names, st.binary(max_size=1)),
    st.sets(names),
)
def test_every_path_is_written_removed_kept_or_foreign(
    wanted: dict[str, bytes], there: dict[str, bytes], ours: set[str]
) -> None:
    changes = compare(wanted, digests(there), ours)
    write, remove, keep, foreign = (
        set(part) for part in (changes.write, changes.remove, changes.keep, changes.foreign)
    )
    assert len(write) + len(remove) + len(keep) + len(foreign) == len(write | remove | keep | foreign)
    assert write | keep | (foreign & wanted.keys()) == wanted.keys()
    assert (write & there.keys()) | remove | keep | foreign == there.keys()
    assert remove <= ours
    assert not foreign & ours
    assert all(there[path] == wanted[path] for path in keep)


def test_folders_that_never_held_ours_stay() -> None:
    folders = arrange(["a/x"], ["f/y"], ["a", "f", "empty", "old", "old/deep", "mixed"], ["a/x", "old/deep/z"])
    assert folders.lasting == ("a", "empty", "f", "mixed")
    assert folders.guests == ("empty", "f", "mixed")
    assert folders.stale == ("old/deep", "old")


def test_what_stands_in_the_way() -> None:
    assert obstacles(["a", "b/c", "d"], ["a", "b", "x"], ["d", "y"]) == ("a", "b", "d")
    assert colliding(["A/x", "b", "c/d", "e"], ["a", "B/x", "c/D"]) == {"A/x", "b", "c/d"}


@pytest.mark.parametrize("path", ["", "/a", "a/", "a//b", "../a", "a/./b", "a\nb", "a\\b", "\udc80"])
def test_a_path_that_no_folder_can_hold(path: str, output: Path) -> None:
    assert "which no folder can hold" in refused({path: b""}, output)


def test_a_path_that_is_also_a_folder() -> None:
    assert misnamed(["a", "a/b"]) == "a"
    assert not misnamed(["a", "b/a", "图片\u3000一.jpg", "Bild 1.png"])


def test_assets_come_first_and_the_first_page_last() -> None:
    paths = ["feed.xml", "index.html", "announcements/index.html", "announcements/a/index.html", "style.css"]
    assert sequence(paths) == [paths[4], paths[3], paths[2], paths[1], paths[0]]


texts = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1)


@given(st.dictionaries(texts, st.binary()), st.binary())
def test_a_record_survives_the_disk(wanted: dict[str, bytes], memo: bytes) -> None:
    record = Record(digests(wanted), memo, tuple(sorted(wanted)), root=7, finished=False)
    data = encode(record)
    assert decode(data) == record
    assert decode(data[:-1]) is None
    assert decode(data.replace(b"1\n", b"2\n", 1)) is None


def test_whose_a_disputed_file_is() -> None:
    old, new = (
        Record({"both": "1", "old": "2", "lost": "3"}, b""),
        Record({"both": "4", "new": "5", "not": "6"}, b""),
    )
    merged = merge(old, new, {"both": "x", "old": "2", "new": "x", "not": "6"})
    assert merged == Record({"both": "4", "old": "2", "lost": "3", "not": "6"}, b"", finished=False)
    assert ancestors(["a/b/c", "a/d", "e"]) == {"a", "a/b"}


# Ways


def test_the_first_publish(output: Path) -> None:
    assert publish(OLD, output) == Published(5, 0, 0, "rename")
    assert files(output) == OLD
    assert work(output) == ["lock", "record"]


@pytest.mark.parametrize("way", WAYS_HERE)
def test_a_changed_site(way: str, output: Path) -> None:
    publish(OLD, output)
    assert by(way, NEW, output) == Published(3, 1, 2, way)
    assert files(output) == NEW
    assert not (output / "gone").exists()
    assert work(output) == ["lock", "record"]


@linux
def test_the_way_of_macos(output: Path) -> None:
    publish(OLD, output)
    assert by(SWAP, NEW, output).way == SINGLY
    assert by(SWAP, OLD, output, Odd(swap=System.exchange)).way == SWAP
    assert files(output) == OLD


@linux
def test_the_best_way_that_the_file_system_offers(output: Path) -> None:
    def mount(one: str, other: str) -> None:
        if str(output) in (one, other):
            raise OSError(errno.EBUSY, "mounted")
        os.rename(one, other)

    publish(OLD, output)
    assert publish(NEW, output).way == EXCHANGE
    tries = [
        (Odd(exchange=errno.EINVAL), RENAME),
        (Odd(exchange=errno.ENOSYS, rename=mount), SINGLY),
        (Odd(link=errno.EXDEV), SINGLY),
        (Odd(link=errno.EPERM), EXCHANGE),
    ]
    wanted = [OLD, NEW, OLD, NEW]
    for (system, way), site in zip(tries, wanted, strict=True):
        assert publish_by(system, WAYS, site, str(output)).way == way
        assert files(output) == site
        assert work(output) == ["lock", "record"]


@pytest.mark.parametrize("full", [False, True])
def test_an_output_on_another_file_system(output: Path, full: bool) -> None:
    def apart(path: str) -> os.stat_result:
        found = os.lstat(path)
        return found if str(path) != str(output) else os.stat_result((*found[:2], 0, *found[3:]))

    def across(source: str, target: str) -> None:
        if ".communique-public" in source and ".communique-public" not in target:
            raise OSError(errno.EXDEV, "cross-device")
        os.replace(source, target)

    def room(_: str) -> Any:
        return os.statvfs_result((512, 512, 9, 9, 1 if full else 9, 9, 9, 9, 0, 255))

    publish(OLD, output)
    mounted = Odd(lstat=apart, replace=across, statvfs=room)
    if full:
        with pytest.raises(PublishError, match="the disk is full") as caught:
            publish_by(mounted, WAYS, NEW, str(output))
        assert not caught.value.changed
        assert files(output) == OLD
        mounted = Odd(replace=across)
    assert publish_by(mounted, [SINGLY], NEW, str(output)).way == SINGLY
    assert files(output) == NEW
    assert work(output) == ["lock", "record"]


@pytest.mark.parametrize("way", WAYS_HERE)
def test_a_file_becomes_a_folder_and_back(way: str, output: Path) -> None:
    sites: list[dict[str, bytes]] = [
        {"a": b"1", "b/c/d": b"2"},
        {"a/x/y": b"1", "b": b"2"},
        {"A": b"1", "B/x": b""},
    ]
    for site in [*sites, *sites]:
        by(way, site, output)
        assert files(output) == site


# What is kept


@pytest.mark.parametrize("way", WAYS_HERE)
def test_when_nothing_differs_nothing_is_written(way: str, output: Path) -> None:
    publish(OLD, output, memo=b"m")
    (output / "CNAME").write_text("example.org")
    before = traces(output.parent)
    assert by(way, OLD, output, memo=b"m") == Published(0, 0, 5, "nothing to do")
    assert traces(output.parent) == before


def test_only_the_memo_differs(output: Path) -> None:
    publish(OLD, output, memo=b"1")
    before = traces(output)
    assert publish(OLD, output, memo=b"2").way == "nothing to do"
    assert traces(output) == before
    assert recall(output) == Record(digests(OLD), b"2")


@posix
@pytest.mark.parametrize("way", WAYS_HERE)
@pytest.mark.parametrize("link", [0, errno.EPERM])
def test_times_of_unchanged_files_stay_and_changed_ones_advance(way: str, link: int, output: Path) -> None:
    publish(OLD, output)
    os.utime(output / "a/index.html", (1_000_000_000, 1_000_000_000))
    ahead = (output / "index.html").stat().st_mtime_ns // 10**9 + 100
    os.utime(output / "index.html", (ahead, ahead))
    system = Odd(link=link) if link else System()
    assert by(way, NEW, output, system).way == way
    assert (output / "a/index.html").stat().st_mtime == 1_000_000_000
    assert (output / "index.html").stat().st_mtime == ahead + 1


@posix
@pytest.mark.usefixtures("umask")
@pytest.mark.parametrize("way", WAYS_HERE)
def test_modes_under_a_tight_umask(way: str, output: Path) -> None:
    by(way, OLD, output)
    (output / "a/index.html").chmod(0o600)
    by(way, NEW, output)
    for path in [output.parent, output, *output.rglob("*")]:
        untouched = way == SINGLY and path == output / "a/index.html"
        expected = 0o755 if path.is_dir() else 0o600 if untouched else 0o644
        assert stat.S_IMODE(path.stat().st_mode) == expected
    hidden = output.parent / ".communique-public"
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700
    hidden.chmod(0o755)
    by(way, OLD, output)
    assert stat.S_IMODE(hidden.stat().st_mode) == 0o700


@posix
@pytest.mark.parametrize("way", WAYS_HERE)
@pytest.mark.parametrize("link", [0, errno.EPERM])
def test_what_others_put_there_stays(way: str, link: int, output: Path) -> None:
    publish(OLD, output)
    (output / "uploads/empty").mkdir(parents=True)
    (output / "uploads/a.bin").write_bytes(b"\0")
    (output / "uploads/a.bin").chmod(0o640)
    (output / "gone/CNAME").write_text("example.org")
    (output / "latest").symlink_to("nowhere")
    (output / "uploads/shut").mkdir(mode=0o500)
    os.utime(output / "uploads", (1_000_000_000, 1_000_000_000))
    theirs = ["uploads", "uploads/empty", "uploads/a.bin", "uploads/shut", "gone/CNAME", "latest"]

    def look() -> list[tuple[int, int]]:
        found = [(output / path).lstat() for path in theirs]
        return [(status.st_mode, status.st_mtime_ns) for status in found]

    before = look()
    assert by(way, NEW, output, Odd(link=link) if link else System()).way == way
    assert look() == before
    assert os.readlink(output / "latest") == "nowhere"
    assert (output / "gone/CNAME").read_text() == "example.org"
    assert not (output / "gone/deep").exists()
    assert work(output) == ["lock", "record"]


def test_a_foreign_file_at_a_wanted_path(output: Path) -> None:
    publish(OLD, output)
    (output / "b").mkdir()
    (output / "b/index.html").write_bytes(b"mine")
    before = traces(output)
    with pytest.raises(PublishError, match=r"b/index.html in .* stands in the way"):
        publish(NEW, output)
    assert traces(output) == before
    (output / "b/index.html").write_bytes(NEW["b/index.html"])
    assert publish(NEW, output) == Published(2, 1, 3, publish({**NEW, "x": b""}, output).way)
    assert "b/index.html" in files(output)


@pytest.mark.parametrize("wanted", ["theirs", "theirs/a/b", "empty"])
def test_foreign_folders_and_files_in_the_way(wanted: str, output: Path) -> None:
    publish(OLD, output)
    (output / "theirs").mkdir()
    (output / "theirs/a").write_bytes(b"mine")
    (output / "empty").mkdir()
    with pytest.raises(PublishError, match="stands in the way"):
        publish({**OLD, wanted: b"x"}, output)


def test_what_somebody_changed_by_hand_is_ours_again(output: Path) -> None:
    publish(OLD, output)
    for name in ("index.html", "gone/deep/index.html"):
        (output / name).write_bytes(b"by hand")
    (output / "style.css").unlink()
    publish(NEW, output)
    assert files(output) == NEW


@linux
@pytest.mark.parametrize("way", [EXCHANGE, RENAME])
def test_what_others_write_at_the_last_moment_is_rescued(way: str, output: Path) -> None:
    publish(OLD, output)
    for name in ("CNAME", "news"):
        (output / name).write_text("early")

    uploads: list[str] = []

    def upload(then: Callable[[str, str], None]) -> Callable[[str, str], None]:
        def call(one: str, other: str) -> None:
            if not uploads:
                uploads.append(one)
                (output / "drop/deep").mkdir(parents=True)
                (output / "drop/deep/file").write_text("late")
                (output / "CNAME.new").write_text("late")
                os.replace(output / "CNAME.new", output / "CNAME")
                (output / "news").write_text("late")
            then(one, other)

        return call

    system = Odd(exchange=upload(System.exchange), rename=upload(System.rename))
    assert by(way, NEW, output, system).way == way
    late = {"CNAME": b"late", "news": b"late", "drop/deep/file": b"late"}
    assert files(output) == {**NEW, **late}
    assert publish(OLD, output).way in WAYS
    assert files(output) == {**OLD, **late}


# The twin


def twin(output: Path) -> Path:
    return output.parent / ".communique-public/twin"


@linux
def test_what_a_publish_costs(output: Path) -> None:
    """Folders and unchanged files of the tree before the last one are used again."""
    calls: list[tuple[str, str]] = []

    def noted(name: str) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            calls.append((name, os.path.relpath(args[-1] if name == "link" else args[0], output.parent)))
            return getattr(System, name)(*args)

        return call

    sites = [{**MARK, **{f"{n}/index.html": b"same" for n in range(9)}, "a": b"1", "b": b"1"}]
    sites += [{**sites[0], "a": b"2"}, {**sites[0], "a": b"2", "b": b"2"}]
    for site in sites[:2]:
        publish(site, output)
    assert files(twin(output)).keys() == sites[0].keys() - {"a"}
    before = twin(output).stat().st_ino
    system = Odd(**{name: noted(name) for name in ("link", "mkdir", "rmdir", "unlink")})
    assert by(EXCHANGE, sites[2], output, system) == Published(1, 0, 11, EXCHANGE)
    assert output.stat().st_ino == before
    assert files(output) == sites[2]
    assert [call for call in calls if "/record" not in call[1]] == [
        ("unlink", ".communique-public/staging/b"),
        ("link", ".communique-public/staging/a"),
        ("unlink", ".communique-public/old/b"),
    ]
    assert work(output) == ["lock", "record"]


def replaced(path: Path) -> None:
    path.unlink()
    path.write_bytes(b"wrong")


def as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "index.html").write_bytes(b"wrong")


def as_link(path: Path) -> None:
    path.unlink()
    path.symlink_to("index.html")


def withdrawn(path: Path) -> None:
    (path.parent.parent / "gone/deep").mkdir(parents=True)
    (path.parent.parent / "gone/deep/index.html").write_bytes(b"x")


def copied(path: Path) -> None:
    shutil.copytree(path.parent.parent, path.parent.parent.with_name("copy"))
    shutil.rmtree(path.parent.parent)
    path.parent.parent.with_name("copy").rename(path.parent.parent)


def shut(path: Path) -> None:
    path.parent.chmod(0)


@linux
@pytest.mark.parametrize(
    "tamper", [Path.unlink, replaced, as_folder, as_link, withdrawn, copied, shut], ids=lambda tamper: tamper.__name__
)
def test_a_wrong_twin_is_never_published(tamper: Callable[[Path], None], output: Path) -> None:
    for site in (OLD, NEW):
        publish(site, output)
    before = (output / "a/index.html").stat()
    tamper(twin(output) / "a/index.html")
    assert publish(OLD, output).way == EXCHANGE
    assert not (output / "a/index.html").is_symlink()
    (output / "gone/deep/index.html").unlink()
    publish(NEW, output)
    assert files(output) == NEW
    assert sorted(path.name for path in output.iterdir() if path.is_dir()) == ["a", "b"]
    assert os.path.samestat((output / "a/index.html").stat(), before)
    assert work(output) == ["lock", "record"]


@linux
def test_without_links_two_files_with_one_number_are_not_the_same(output: Path) -> None:
    """As on a disk that gives numbers by names."""

    def look(folder: str) -> Any:
        inside, below = System.look(folder)
        of_output = {path: (output / path).stat().st_ino for path in files(output)}
        start = os.path.relpath(folder, output.parent / ".communique-public").partition(os.sep)[2]
        return [(name, of_output.get(os.path.join(start, name), number)) for name, number in inside], below

    for site in (OLD, NEW, OLD, {**OLD, "a/index.html": b"2"}, {**NEW, "a/index.html": b"2"}):
        publish_by(Odd(link=errno.EPERM, look=look), WAYS, site, str(output))
        assert files(output) == site


@linux
def test_a_twin_without_a_record_is_not_used(output: Path) -> None:
    for site in (OLD, NEW):
        publish(site, output)
    (output.parent / ".communique-public/record").unlink()
    shutil.rmtree(output)
    for site in (MARK, {**MARK, "index.html": b"2"}):
        publish(site, output)
        assert files(output) == site
    assert work(output) == ["lock", "record"]


@pytest.mark.parametrize("way", WAYS_HERE)
def test_what_was_deleted_by_hand_and_then_withdrawn_does_not_come_back(way: str, output: Path) -> None:
    for site in (OLD, NEW):
        publish(site, output)
    rest = {name: data for name, data in NEW.items() if name != ".nojekyll"}
    (output / ".nojekyll").unlink()
    assert publish(rest, output).way == "nothing to do"
    by(way, {**rest, "index.html": b"2"}, output)
    by(way, {**rest, "index.html": b"3"}, output)
    assert files(output) == {**rest, "index.html": b"3"}
    (output / "style.css").unlink()
    del rest["style.css"]
    by(way, {**rest, "index.html": b"4"}, output)
    by(EXCHANGE, {**rest, "index.html": b"5"}, output)
    assert files(output) == {**rest, "index.html": b"5"}


@pytest.mark.parametrize("way", WAYS_HERE)
@pytest.mark.parametrize("later", [False, True])
def test_what_was_written_over_in_the_output_is_mended(way: str, later: bool, output: Path) -> None:
    """Its twin is the same file, so that it is written over as well."""
    for site in (OLD, NEW):
        publish(site, output)
    before = fingerprint.tree(str(output))
    with (output / "a/index.html").open("r+b") as stream:
        stream.write(b"odd" if later else b"sama")
    os.utime(output / "a/index.html", (1_000_000_000, 1_000_000_000))
    publish_by(System(), [way, SINGLY], OLD, str(output), before=before)
    assert files(output) == OLD
    assert work(output) == ["lock", "record"]


@pytest.mark.parametrize("way", WAYS_HERE)
def test_what_a_publish_says_of_the_tree(way: str, output: Path) -> None:
    publish(OLD, output)
    (output / "up").mkdir()
    (output / "up/load").write_bytes(b"theirs")
    (output / "up/link").symlink_to("load")
    tree = b""
    for site in (NEW, OLD, {**OLD, "index.html": b"2"}, OLD):
        done = publish_by(System(), [way, SINGLY], site, str(output), before=tree)
        tree = fingerprint.tree(str(output))
        assert done.tree == (b"" if way == SINGLY else tree)
    assert by(way, OLD, output).tree == tree


@linux
def test_what_is_written_into_the_former_output_is_rescued(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(OLD, output)
    monkeypatch.chdir(output)
    publish(NEW, output)
    Path("CNAME").write_text("example.org")
    publish(OLD, output)
    assert files(output) == {**OLD, "CNAME": b"example.org"}
    assert work(output) == ["lock", "record"]


# What is refused


def test_a_folder_that_holds_something_else(output: Path) -> None:
    output.mkdir(parents=True)
    (output / "thesis.docx").write_text("precious")
    assert "holds files that Communiqué did not write" in refused(OLD, output)
    (output / ".nojekyll").write_text("")
    assert "holds files that Communiqué did not write" in refused(OLD, output)


def test_a_marked_folder_without_a_record(output: Path) -> None:
    publish(OLD, output)
    (output / "CNAME").write_text("example.org")
    shutil.rmtree(output.parent / ".communique-public")
    assert recall(output) is None
    publish(NEW, output)
    assert files(output) == {**NEW, "CNAME": b"example.org", "gone/deep/index.html": b"x"}


def test_a_damaged_record(output: Path) -> None:
    publish({"a": b"1"}, output)
    record = output.parent / ".communique-public/record"
    record.write_bytes(record.read_bytes()[:-3])
    assert recall(output) is None
    with pytest.raises(PublishError, match="did not write"):
        publish({"a": b"2"}, output)
    assert files(output) == {"a": b"1"}


def test_an_empty_folder_is_taken(output: Path) -> None:
    output.mkdir(parents=True)
    publish(OLD, output)
    assert files(output) == OLD


def test_a_file(output: Path) -> None:
    output.parent.mkdir()
    output.write_text("a file")
    assert "is a file, not a folder" in refused(OLD, output)
    assert "could not be published" in refused(OLD, output / "below")


def test_sources_and_other_precious_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = tmp_path / "site/content"
    content.mkdir(parents=True)
    (tmp_path / "home/me").mkdir(parents=True)
    (tmp_path / "repository/.git").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home/me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home/me"))
    assert "is or holds the source folder" in refused(OLD, content, content)
    assert "is or holds the source folder" in refused(OLD, tmp_path / "site", content)
    assert "lies inside the source folder" in refused(OLD, content / "public", tmp_path / "none", content)
    assert "home folder" in refused(OLD, tmp_path / "home/me")
    assert "home folder" in refused(OLD, tmp_path / "home")
    assert "holds a Git repository" in refused(OLD, tmp_path / "repository")
    with pytest.raises(PublishError, match="is the root of the whole file system"):
        publish(OLD, Path(tmp_path.anchor))
    assert publish(OLD, tmp_path / "site/content-public", (content,)).written == 5


@posix
def test_links(output: Path, tmp_path: Path) -> None:
    output.parent.mkdir()
    output.symlink_to(tmp_path / "served")
    assert "is a link that leads nowhere" in refused(OLD, output)
    (tmp_path / "served").mkdir()
    publish(OLD, output)
    publish(NEW, output)
    assert output.is_symlink()
    assert files(tmp_path / "served") == NEW
    assert work(tmp_path / "served") == ["lock", "record"]
    content = tmp_path / "content"
    content.symlink_to(tmp_path)
    assert "is or holds the source folder" in refused(OLD, output, tmp_path / "served")
    assert "lies inside the source folder" in refused(OLD, output, content)


@posix
def test_a_link_inside_the_output_is_not_followed(output: Path, tmp_path: Path) -> None:
    publish(OLD, output)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (output / "a/index.html").unlink()
    (output / "a").rmdir()
    (output / "a").symlink_to(elsewhere)
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(elsewhere / "index.html")
    with pytest.raises(PublishError, match=r"a in .* stands in the way"):
        publish(NEW, output)
    (output / "a").unlink()
    publish(NEW, output)
    assert files(output) == NEW
    assert not files(elsewhere)


def test_a_work_folder_that_is_none(output: Path) -> None:
    output.parent.mkdir()
    (output.parent / ".communique-public").write_text("")
    assert "is not a folder" in refused(OLD, output)


# What fails


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (errno.ENOSPC, "the disk is full."),
        (errno.EROFS, "the disk can only be read."),
        (errno.EACCES, "there is no permission to write there (somewhere)."),
        (errno.EIO, "the system reports “Input/output error” (somewhere)."),
    ],
)
def test_failures_are_one_sentence(code: int, sentence: str, output: Path) -> None:
    publish(OLD, output)
    before = traces(output)
    with pytest.raises(PublishError) as caught:
        by(EXCHANGE, NEW, output, Odd(write=code))
    assert str(caught.value).endswith(sentence)
    assert caught.value.help
    assert not caught.value.changed
    assert traces(output).keys() == before.keys()
    assert files(output) == OLD
    assert work(output) == ["lock", "record"]


def test_a_cause_without_a_place() -> None:
    assert cause(OSError("odd")) == "the system reports “odd”"
    assert cause(OSError(errno.EIO, "odd", "a\udc80")).endswith(r"(a\udc80)")


@linux
def test_a_failure_after_the_new_site_is_in_place(output: Path) -> None:
    publish(OLD, output)
    with pytest.raises(PublishError, match=r"is published in .* but tidying up") as caught:
        by(EXCHANGE, NEW, output, Odd(rename=errno.EIO))
    assert caught.value.changed
    assert files(output) == NEW
    assert recall(output) is None
    assert publish(NEW, output).way == "nothing to do"
    assert work(output) == ["lock", "record"]


def test_a_failure_between_the_renames(output: Path) -> None:
    publish(OLD, output)
    calls: list[str] = []

    def rename(one: str, other: str) -> None:
        calls.append(one)
        if len(calls) > 1:
            raise OSError(errno.EIO, "odd")
        os.rename(one, other)

    with pytest.raises(PublishError, match=r"is not in .* at the moment but kept in") as caught:
        by(RENAME, NEW, output, Odd(rename=rename))
    assert caught.value.changed
    assert recall(output) is None
    publish(NEW, output)
    assert files(output) == NEW
    assert work(output) == ["lock", "record"]


def test_an_interruption_leaves_the_old_site(output: Path) -> None:
    def interrupt(_: str) -> None:
        raise KeyboardInterrupt

    publish(OLD, output)
    with pytest.raises(KeyboardInterrupt):
        by(EXCHANGE, NEW, output, Odd(sync=interrupt))
    assert files(output) == OLD
    assert work(output) == ["lock", "record"]


def test_a_leftover_that_cannot_be_deleted_is_deleted_next_time(output: Path) -> None:
    publish(OLD, output)

    def unlink(path: str) -> None:
        if f"{os.sep}old{os.sep}" in path:
            raise OSError(errno.EIO, "odd", path)
        os.unlink(path)

    by(RENAME, NEW, output, Odd(unlink=unlink))
    assert files(output) == NEW
    assert work(output) == ["lock", "old", "record"]
    publish(NEW, output)
    assert files(output) == NEW
    assert work(output) == ["lock", "record"]


def test_a_second_publish_at_once(output: Path) -> None:
    publish(OLD, output)
    handle = take(System(), str(output.parent / ".communique-public/lock"), 0)
    try:
        with pytest.raises(PublishError, match="Another build has been publishing") as caught:
            publish(NEW, output, patience=0.1)
        assert not caught.value.changed
    finally:
        os.close(handle)
    assert files(output) == OLD
    publish(NEW, output, patience=0)
    assert files(output) == NEW


# What is recalled


def test_recall(output: Path) -> None:
    assert recall(output) is None
    publish(OLD, output, memo=b"inputs\n\0")
    record = recall(output)
    assert record is not None
    assert record.memo == b"inputs\n\0"
    assert record.files["index.html"] == digest(b"old")
    output.rename(output.parent / "away")
    assert recall(output) is None


def test_an_empty_site(output: Path) -> None:
    assert publish({}, output).way == "nothing to do"
    publish(OLD, output)
    assert publish({}, output).removed == 5
    assert files(output) == {}
    assert output.exists()
