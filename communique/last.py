"""The last build: what it read and wrote, so that the next one knows at once when there is nothing to do."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from communique.codes import CODES
from communique.problems import Place, Problem

# what a second build of the same content would not say again
_ONCE = frozenset(("W401",))


@dataclass(frozen=True, slots=True)
class Last:
    """A build that was published: digests of its inputs and of the output tree, between which instants it holds, its
    problems, and how many files and pages it has."""

    inputs: bytes
    tree: bytes
    since: datetime
    until: datetime | None
    problems: tuple[Problem, ...]
    files: int
    pages: int

    def holds(self, inputs: bytes, tree: bytes, now: datetime) -> bool:
        """Whether a build of these inputs at this instant would make the output that is there."""
        same = bool(tree) and self.inputs == inputs and self.tree == tree
        return same and self.since <= now and (self.until is None or now < self.until)


def work_folder(output: Path) -> Path:
    """The private folder beside an output folder."""
    real = Path(os.path.realpath(output))
    return real.parent / f".communique-{real.name}"


def remember(output: Path, last: Last) -> None:
    """Write down the last build beside its output. A disk that refuses costs the next build only its time."""
    value = {
        "inputs": last.inputs.hex(),
        "tree": last.tree.hex(),
        "since": last.since.isoformat(),
        "until": last.until.isoformat() if last.until else None,
        "problems": [
            [*problem.place, problem.code, problem.message, problem.help]
            for problem in last.problems
            if problem.code not in _ONCE
        ],
        "files": last.files,
        "pages": last.pages,
    }
    replace(work_folder(output) / "last.json", (json.dumps(value).encode(),))


def recall_last(output: Path) -> Last | None:
    """The last build of an output, or None where nothing is known or what is there is damaged."""
    try:
        value = json.loads((work_folder(output) / "last.json").read_bytes())
        return _last(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _last(value: Mapping[str, object]) -> Last:
    problems = value["problems"]
    if not isinstance(problems, list):
        raise TypeError(problems)
    return Last(
        bytes.fromhex(str(value["inputs"])),
        bytes.fromhex(str(value["tree"])),
        _instant(value["since"]),
        _instant(value["until"]) if value["until"] else None,
        tuple(
            Problem(Place(str(path), int(line), int(column)), str(code), str(message), str(help))
            for path, line, column, code, message, help in problems
            if CODES[code]
        ),
        int(str(value["files"])),
        int(str(value["pages"])),
    )


def _instant(text: object) -> datetime:
    instant = datetime.fromisoformat(str(text))
    if instant.tzinfo is None:
        raise ValueError(text)
    return instant


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Put a whole file in the place of another, in a folder that is there; nothing where the disk refuses."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.draft")
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with open(descriptor, "wb") as stream:
            stream.writelines(pieces)
        os.replace(draft, path)
    except OSError:
        try:
            os.unlink(draft)
        except OSError:
            return
