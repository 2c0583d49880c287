"""What publishing changes, as plain values: nothing in here touches a disk."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from communique.contents import Contents, digest

ASTRAY = {"", ".", ".."}
# control characters, what Windows takes for `/`, what is not UTF-8
ODD = re.compile(r"[\x00-\x1f\\\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between a wanted site and an output folder; paths are relative, with `/`, and sorted."""

    write: tuple[str, ...]  # new, or ours with other bytes
    remove: tuple[str, ...]  # ours, no longer wanted
    keep: tuple[str, ...]  # wanted, and there with the same bytes
    foreign: tuple[str, ...]  # not ours, carried over; one that is also wanted stands in the way


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did, in numbers of files, and by which way the new site took the place of the old one.

    `way` is `exchange` (Linux) or `swap` (macOS): visitors saw one site or the other; `rename`: there was
    nothing for a moment, unless there was no site before; `file by file`; or `nothing to do`. `tree` is the
    `fingerprint.tree` of the output, empty where only another look at it could tell.
    """

    written: int
    removed: int
    unchanged: int
    way: str
    tree: bytes = field(default=b"", compare=False)


class Folders(NamedTuple):
    """What becomes of folders. `guests` are those of `lasting` that hold nothing of the site."""

    lasting: tuple[str, ...]  # in the new output, parents first
    guests: tuple[str, ...]
    stale: tuple[str, ...]  # emptied by what is removed, children first


def digests(contents: Mapping[str, bytes]) -> Mapping[str, str]:
    """The digest of each content, by path."""
    if isinstance(contents, Contents):
        return contents.digests
    return {path: digest(data) for path, data in contents.items()}


def compare(wanted: Mapping[str, bytes], there: Mapping[str, str], ours: Collection[str]) -> Changes:
    """What turns the output into the wanted site.

    `there` maps the path of everything in the output that is not a folder to the digest of its bytes, or to
    an empty text where it cannot be equal (a link, a device, another size). `ours` are the paths we wrote.
    """
    return difference(digests(wanted), there, ours)


def difference(wanted: Mapping[str, str], there: Mapping[str, str], ours: Collection[str]) -> Changes:
    """As `compare`, with the digests of the wanted contents in place of the contents."""
    mine = frozenset(ours)
    keep = {path for path, content in wanted.items() if there.get(path) == content}
    return Changes(
        write=tuple(sorted(p for p in wanted if p not in keep and (p in mine or p not in there))),
        remove=tuple(sorted(p for p in there if p in mine and p not in wanted)),
        keep=tuple(sorted(keep)),
        foreign=tuple(sorted(p for p in there if p not in mine and p not in keep)),
    )


def ancestors(paths: Iterable[str]) -> set[str]:
    """All folders above the paths, without the root."""
    found: set[str] = set()
    above = {path.rpartition("/")[0] for path in paths} - {""}
    while above:
        found |= above
        above = {path.rpartition("/")[0] for path in above} - {""} - found
    return found


def arrange(
    wanted: Collection[str], foreign: Collection[str], there: Collection[str], ours: Collection[str]
) -> Folders:
    """Which folders the new output has; `there` are the folders of the old one, without its root.

    A folder that never held anything of ours is somebody's, also when it is empty: it stays.
    """
    own = ancestors(ours)
    needed = ancestors(wanted)
    theirs = ancestors(foreign) | {folder for folder in there if folder not in own}
    theirs |= ancestors(theirs)
    lasting = needed | theirs
    return Folders(
        lasting=tuple(sorted(lasting)),
        guests=tuple(sorted(theirs - needed)),
        stale=tuple(sorted((folder for folder in there if folder not in lasting), reverse=True)),
    )


def obstacles(wanted: Collection[str], foreign: Collection[str], guests: Collection[str]) -> tuple[str, ...]:
    """Foreign files and folders that stand where the site wants a file, and files where it wants a folder."""
    needed = ancestors(wanted)
    files = {path for path in foreign if path in wanted or path in needed}
    return tuple(sorted(files | {folder for folder in guests if folder in wanted}))


def misnamed(wanted: Iterable[str]) -> str:
    """The first wanted path that no output can have, or an empty text."""
    paths = set(wanted)
    folders = ancestors(paths)
    wrong = [p for p in paths if p in folders or ODD.search(p) or not ASTRAY.isdisjoint(p.split("/"))]
    return min(wrong) or "(an empty path)" if wrong else ""


def sequence(paths: Iterable[str]) -> list[str]:
    """The order in which files become visible one by one: what pages use, deep pages, lists, then feeds."""

    def key(path: str) -> tuple[int, int, str]:
        ending = path.rpartition(".")[2]
        rank = 1 if ending == "html" else 2 if ending in ("xml", "json", "txt") else 0
        return rank, -path.count("/"), path

    return sorted(paths, key=key)


def colliding(remove: Iterable[str], wanted: Collection[str]) -> set[str]:
    """What must go before the wanted files can come: it stands above, below or, but for case, at a path."""
    files = {path.casefold() for path in wanted}
    taken = files | ancestors(files)
    return {p for p in remove if p.casefold() in taken or ancestors([p.casefold()]) & files}
