"""Whole processes, timed: a tool in its folder, in pairs with another."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import Corpus
from benchmarks.dialects import write
from benchmarks.tools import OUTPUT, Tool

LAUNCHER = Path(__file__).resolve().parent / "timed.py"
SCENARIOS = ("cold", "unchanged", "one edit")
EDIT = "This sentence is edit number"


class Failed(Exception):
    """A command that did not do its work; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What one process and its children took: seconds by the clock, seconds of all cores, bytes of the largest."""

    wall: float
    cpu: float
    memory: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A measure, and that of the other tool right before or after it."""

    own: Measure
    other: Measure

    @property
    def ratio(self) -> float:
        """The time by the clock, with that of the other as one."""
        return self.own.wall / self.other.wall


@dataclass(frozen=True, slots=True)
class Middle:
    """The middle of several measures, and how far they lie apart in comparison with another tool."""

    wall: float
    cpu: float
    memory: int
    ratio: float
    least: float
    most: float


def middle(pairs: Sequence[Pair]) -> Middle:
    """The medians of pairs; of the ratios also the least and the most."""
    ratios = [pair.ratio for pair in pairs]
    return Middle(
        median(pair.own.wall for pair in pairs),
        median(pair.own.cpu for pair in pairs),
        max(pair.own.memory for pair in pairs),
        median(ratios),
        min(ratios),
        max(ratios),
    )


def measure(command: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None) -> Measure:
    """Run a command in a folder. Raises Failed."""
    # with PYTHONDONTWRITEBYTECODE, say, each process would compile its modules anew
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    log = folder.parent / f"{folder.name}.log"
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(LAUNCHER), str(log), *command],
        cwd=folder,
        env={**plain, **(environment or {})},
        stdout=subprocess.PIPE,
        check=True,
    )
    took = json.loads(done.stdout)
    if took["status"]:
        said = " ".join(log.read_text(encoding="utf-8", errors="replace").split())
        raise Failed(f"`{Path(command[0]).name}` ended with {took['status']}: {said[-300:]}")
    return Measure(took["wall"], took["cpu"], took["memory"])


class Workplace:
    """A folder in which a tool builds a corpus, again and again."""

    def __init__(self, tool: Tool, corpus: Corpus, folder: Path) -> None:
        self.tool = tool
        self.folder = folder
        self.output = folder / OUTPUT
        folder.mkdir(parents=True)
        if tool.templates:
            shutil.copytree(tool.templates, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        write(folder, tool.dialect.files(corpus))
        for name, target in tool.links.items():
            (folder / name).symlink_to(target)
        self._sources = {entry.name for entry in os.scandir(folder)}
        self._edits = 0
        self._cleared = 0
        # one in English without a footnote, so that what is added stands in its text
        number = next(number for number in range(corpus.size // 2, corpus.size) if number % 4 == 1 and number % 10 != 7)
        announcement = corpus.announcement(number)
        path, self._text = tool.dialect.announcement(corpus, announcement)
        self._edited = folder / path
        self._page = self.output / "announcements" / announcement.slug / "index.html"

    def build(self, scenario: str) -> Measure:
        """Build once after what the scenario asks for. Raises Failed."""
        if scenario == "cold":
            self._clear()
        elif scenario == "one edit":
            # the first edit after a cold build may set up what all later ones use
            self._edit()
            self._run()
            self._edit()
        taken = self._run()
        if scenario == "one edit" and f"{EDIT} {self._edits}." not in self._page.read_text(encoding="utf-8"):
            raise Failed(f"{self.tool.name} did not show what was edited")
        return taken

    def _edit(self) -> None:
        self._edits += 1
        self._edited.write_text(f"{self._text}\n{EDIT} {self._edits}.\n", encoding="utf-8")

    def _run(self) -> Measure:
        return measure(self.tool.command, self.folder, {"XDG_CACHE_HOME": str(self.folder / "caches")})

    def _clear(self) -> None:
        """Move away all that the tool made: output and caches.

        It is not deleted: for some minutes after many files were, ext4 makes new ones ten times as slowly.
        """
        self._cleared += 1
        aside = self.folder.parent / f"{self.folder.name}.cleared-{self._cleared}"
        for entry in list(os.scandir(self.folder)):
            if entry.name not in self._sources:
                aside.mkdir(exist_ok=True)
                os.rename(entry.path, aside / entry.name)


def compare(own: Workplace, other: Workplace, runs: int) -> dict[str, list[Pair]]:
    """Build in two places in turn, and change who begins. Raises Failed."""
    pairs: dict[str, list[Pair]] = {scenario: [] for scenario in SCENARIOS}
    for run in range(runs):
        for scenario in SCENARIOS:
            if own is other:
                taken = own.build(scenario)
                pairs[scenario].append(Pair(taken, taken))
            elif run % 2:
                first = own.build(scenario)
                pairs[scenario].append(Pair(first, other.build(scenario)))
            else:
                first = other.build(scenario)
                pairs[scenario].append(Pair(own.build(scenario), first))
    return pairs
