"""Outputs: what the build makes, one for each file of the output folder."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from communique.addresses import file_of
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

    @property
    def path(self) -> str:
        """The file in the output folder."""
        return file_of(self.url)


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


def _rank(output: Output) -> int:
    """Of two makers of one path the later gives way: a record to the site itself, a file of static/ to a record, an old
    path to whatever stands there."""
    if isinstance(output, Page) and output.template == "redirect.html":
        return 3
    return 0 if output.blame.path == "site.yaml" else 2 if output.blame.path.startswith("static/") else 1


def _collision(output: Output, other: Output) -> Problem:
    url = output.url if isinstance(output, Page) else f"/{output.path}"
    rival = other.blame.path if other.blame.path != output.blame.path else "the site itself"
    return Problem(
        output.blame,
        "E401",
        f"`{url}` is already the URL of {rival}",
        "rename this file; every URL is one record's alone",
    )
