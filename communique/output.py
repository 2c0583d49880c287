"""Outputs: what the build makes, one for each file of the output folder."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.addresses import file_of
from communique.names import reserved
from communique.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be rendered: its URL, the template, what gives the values that the template sees, and the file that
    asked for it. `modified` is when it last changed in public, in ISO 8601, or empty; `key` is a digest of all that the
    page depends on, or empty where it is made anew each time; `language` is that of its edition, and `own` is false
    where the text is shown in another for want of a translation."""

    url: str
    template: str
    context: Callable[[], Mapping[str, Any]] = field(repr=False)
    blame: Place
    listed: bool = True
    modified: str = ""
    absolute: bool = False
    key: bytes = b""
    language: str = ""
    own: bool = True
    path: str = field(init=False)
    """The file in the output folder."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", file_of(self.url))


@dataclass(frozen=True, slots=True)
class Raw:
    """A file whose bytes are ready."""

    path: str
    data: bytes = field(repr=False)
    blame: Place
    key = b""


@dataclass(frozen=True, slots=True)
class Written:
    """A file whose bytes are still to be written; `key` as that of a page."""

    path: str
    write: Callable[[], bytes] = field(repr=False)
    blame: Place
    key: bytes = b""


Output = Page | Raw | Written


def collisions(outputs: Iterable[Output]) -> list[Problem]:
    """A problem for each output that wants a path which another one has, also by letters' case or Unicode form, and
    for each that wants a file where another needs a folder."""
    owners: dict[str, Output] = {}
    problems = []
    folders: dict[str, Output] = {}
    ordered = sorted(outputs, key=lambda output: (output.path, _rank(output), output.blame))
    for output in ordered:
        folded = unicodedata.normalize("NFKC", output.path).casefold()
        other = owners.setdefault(folded, output)
        if other is not output:
            problems.append(_collision(output, other))
        parts = folded.split("/")
        for end in range(1, len(parts)):
            folders.setdefault("/".join(parts[:end]), output)
    for folded, output in owners.items():
        if folded in folders:
            problems.append(_collision(output, folders[folded]))
    return problems


_IMPOSSIBLE = re.compile(r'[\x00-\x1f\x7f<>:"\\|?*]')
LIMIT_NAME, LIMIT_PATH = 240, 1000


def impossible(outputs: Iterable[Output]) -> Iterator[Problem]:
    """A problem for each output at a path that some disk cannot hold."""
    # most parts stand in many paths
    sound: set[str] = set()
    for output in outputs:
        parts = output.path.split("/")
        long = len(output.path.encode()) > LIMIT_PATH
        if not long and sound.issuperset(parts):
            continue
        help = "rename the file, or the folder that it is in"
        if output.blame.path.startswith("content/") and isinstance(output, Page):
            help = "write a shorter or simpler path"
        if long or any(len(part.encode()) > LIMIT_NAME for part in parts):
            shown = f"{output.path[:60]}…"
            yield Problem(output.blame, "E402", f"`/{shown}` is too long for a disk", help)
        elif _IMPOSSIBLE.search(output.path):
            message = f"`/{output.path}` holds a sign that no name can have on Windows"
            yield Problem(output.blame, "E402", message, help)
        elif any(reserved(part) or part.endswith((".", " ")) for part in parts):
            yield Problem(output.blame, "E402", f"`/{output.path}` is a path that Windows cannot hold", help)
        else:
            sound.update(parts)


def _rank(output: Output) -> int:
    """Of two makers of one path the later gives way: a record to the site itself, a file of static/ to a record, an old
    path to whatever stands there."""
    if isinstance(output, Page) and output.template == "redirect.html":
        return 3
    return 0 if output.blame.path == "site.yaml" else 2 if output.blame.path.startswith("static/") else 1


def _collision(output: Output, other: Output) -> Problem:
    url = output.url if isinstance(output, Page) else f"/{output.path}"
    rival = other.blame.path if other.blame.path not in (output.blame.path, "site.yaml") else "the site itself"
    return Problem(
        output.blame,
        "E401",
        f"`{url}` is already the URL of {rival}",
        "rename this file; every URL is one record's alone",
    )
