"""The disk: reads a site folder into Sources. Nothing outside the folder is read, no link is followed."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

from communique.problems import Place, Problem
from communique.sources import Sources

LIMIT_FILE = 64 * 1024 * 1024
LIMIT_TEXT = 1024 * 1024
# what editors, office programs and browsers leave beside a file
_JUNK = ("~", ".swp", ".swo", ".tmp", ".bak", ".orig", ".crdownload", ".part", ".download")
_JUNK_STARTS = ("#", "~$", "~WRL")
_JUNK_NAMES = frozenset(("thumbs.db", "desktop.ini", "__pycache__"))


# gives the bytes of a file, by where it is and its path in the site folder, or notes a problem
Reader = Callable[[str, str, list[Problem]], bytes | None]


class NoSite(Exception):
    """There is no site in the folder; the text says so in one sentence."""


def load(folder: Path, defaults: Path | None, read: Reader | None = None) -> Sources:
    """The Sources of a site folder. Templates and static files that it lacks come from `defaults`, if given; `read` may
    know already what stands in a file.

    Raises NoSite where there is nothing to read, and OSError where the disk refuses.
    """
    if not (folder / "site.yaml").exists() and not (folder / "content").is_dir():
        raise NoSite(f"{folder} holds no site: there is neither a site.yaml nor a folder content/ in it")
    read = read or read_file
    problems: list[Problem] = []
    content = _read_tree(folder, "content", problems, read)
    templates = _read_tree(folder, "templates", problems, read)
    static = _read_tree(folder, "static", problems, read)
    if defaults is not None and defaults != folder:
        templates = {**_read_tree(defaults, "templates", [], read), **templates}
        static = {**_read_tree(defaults, "static", [], read), **static}
    settings = read(f"{folder / 'site.yaml'}", "site.yaml", problems) if (folder / "site.yaml").exists() else None
    return Sources(
        settings,
        dict(sorted(content.items())),
        dict(sorted(templates.items())),
        dict(sorted(static.items())),
        tuple(problems),
    )


def _read_tree(folder: Path, name: str, problems: list[Problem], read: Reader) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    if (folder / name).is_symlink():
        help = "put the folder itself here; links are not followed, so that nothing from outside is published"
        problems.append(Problem(Place(name), "E110", "this is a symbolic link", help))
        return files
    ahead = [name]
    while ahead:
        path = ahead.pop()
        try:
            entries = list(os.scandir(folder / path))
        except FileNotFoundError:
            continue
        for entry in entries:
            _read_entry(entry, f"{path}/{entry.name}", files, ahead, problems, read)
    return files


def _read_entry(
    entry: "os.DirEntry[str]",
    path: str,
    files: dict[str, bytes],
    ahead: list[str],
    problems: list[Problem],
    read: Reader,
) -> None:
    name = entry.name
    hidden = name.startswith(".") and name != ".well-known"
    if hidden or name.startswith(_JUNK_STARTS) or name.lower().endswith(_JUNK) or name.lower() in _JUNK_NAMES:
        return
    try:
        name.encode()
    except UnicodeEncodeError:
        shown = path.encode("utf-8", "replace").decode()
        problems.append(Problem(Place(shown), "E108", "the name of the file is not UTF-8", "rename the file"))
        return
    if entry.is_symlink():
        help = "put the file itself here; links are not followed, so that nothing from outside is published"
        problems.append(Problem(Place(path), "E110", "this is a symbolic link", help))
    elif entry.is_dir(follow_symlinks=False):
        ahead.append(path)
    elif not entry.is_file(follow_symlinks=False):
        problems.append(
            Problem(Place(path), "E110", "this is a device or a pipe, not a file", "take it out of the folder")
        )
    else:
        data = read(entry.path, path, problems)
        if data is not None:
            files[path] = data


def read_file(file: str, path: str, problems: list[Problem]) -> bytes | None:
    """The bytes of a file; None with a problem where it cannot be read or is too large."""
    # no link is followed and no pipe waited for, also where one takes the file's place just now
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(file, flags)
    except PermissionError:
        problems.append(Problem(Place(path), "E110", "the file may not be read", "give yourself the right to read it"))
        return None
    except OSError as error:
        problems.append(Problem(Place(path), "E110", f"the file cannot be read: {error.strerror}"))
        return None
    found = os.fstat(descriptor)
    fault = None
    text = path == "site.yaml" or path.startswith("templates/") or path.endswith(".md")
    limit = LIMIT_TEXT if text and not path.startswith("static/") else LIMIT_FILE
    if stat.S_ISDIR(found.st_mode):
        fault = Problem(Place(path), "E110", "this is a folder, not a file", "put the file in its place")
    elif not stat.S_ISREG(found.st_mode):
        fault = Problem(Place(path), "E110", "this is a device or a pipe, not a file")
    elif found.st_size > limit:
        what = "a text, template or setting" if limit == LIMIT_TEXT else "a file"
        help = f"{what} has at most {limit // 1024 // 1024} MB"
        fault = Problem(Place(path), "E106", "the file is too large", help)
    if fault is not None:
        os.close(descriptor)
        problems.append(fault)
        return None
    with open(descriptor, "rb", buffering=0) as stream:
        return stream.read()
