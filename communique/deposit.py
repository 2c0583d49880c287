"""Deposit: new files for content/, put there whole or not at all, and never over what is there."""

import os
import posixpath
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from communique.names import ContentFile, Name, read_path


class Taken(Exception):
    """The file cannot be put there: the message says why, `help` what to do."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


def refuse_taken(name: Name, content: Iterable[str], language: str = "") -> None:
    """Refuse the name of a record that a file of content/ has already. Raises Taken."""
    for path in content:
        held = read_path(path) if path.endswith(".md") else None
        if isinstance(held, ContentFile) and held.language == language and _folded(held.name) == _folded(name):
            help = "a file is never written over: edit that one, delete it, or choose another name"
            raise Taken(f"the {name.kind} `{held.name.slug}` is there already, in {path}", help)


def _folded(name: Name) -> tuple[str, str]:
    return name.kind, unicodedata.normalize("NFKC", name.slug).casefold()


def deposit(site: Path, folder: str, files: Mapping[str, bytes]) -> None:
    """Put files into a new folder of the site, given by its path. Raises Taken and OSError."""
    home = _real(site, posixpath.dirname(folder))
    name = posixpath.basename(folder)
    draft = home / f".{name}.{os.getpid()}.draft"
    if os.path.lexists(home / name):
        raise Taken(f"{folder} is there already", "nothing is written over it: take it away first")
    try:
        draft.mkdir()
        for file, data in files.items():
            _write(draft / file, data)
        # over a folder that came to be just now and holds something, this fails
        os.rename(draft, home / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def deposit_file(site: Path, path: str, data: bytes) -> None:
    """Put one new file into the site. Raises Taken and OSError."""
    with _drafted(site, path, data) as (draft, file):
        try:
            os.link(draft, file)
        except FileExistsError:
            raise Taken(f"{path} is there already", "nothing is written over it: take it away first") from None
        except OSError:
            # a file system without hard links
            if os.path.lexists(file):
                raise Taken(f"{path} is there already", "nothing is written over it: take it away first") from None
            os.rename(draft, file)


def rewrite_file(site: Path, path: str, data: bytes) -> None:
    """Put a whole file in the place of one that belongs to the engine, or where none is. Raises Taken and OSError."""
    with _drafted(site, path, data) as (draft, file):
        os.replace(draft, file)


@contextmanager
def _drafted(site: Path, path: str, data: bytes) -> Iterator[tuple[Path, Path]]:
    """The data in a file that goes at the end, and the file in whose place it is to be put."""
    file = _real(site, posixpath.dirname(path)) / posixpath.basename(path)
    draft = file.with_name(f".{file.name}.{os.getpid()}.draft")
    try:
        _write(draft, data)
        yield draft, file
    finally:
        draft.unlink(missing_ok=True)


def _write(file: Path, data: bytes) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _real(site: Path, folder: str) -> Path:
    """The folder, made where it is missing; a link on the way to it is not followed. Raises Taken."""
    here = site
    for part in folder.split("/"):
        here = here / part
        if here.is_symlink():
            raise Taken(f"{folder} is a symbolic link", "put the folder itself there; nothing outside is written")
        here.mkdir(exist_ok=True)
    return here
