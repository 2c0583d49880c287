"""What is measured of Communiqué alone: the floor, how it grows, and what a small site and no work at all take."""

import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.corpus import Corpus
from benchmarks.timing import Measure, Middle, Pair, Workplace, measure, middle
from benchmarks.tools import BUILD, OUTPUT, ROOT, Tool
from benchmarks.verify import Made, expect, verify

FLOOR = Path(__file__).resolve().parent / "floor.py"
# for the disk: one among many may take more than one among few
SPARE = 1.25
IMPORTS = "import jinja2, markdown, yaml"


class NoRoom(Exception):
    """A corpus for which the disk is too small; the text says what it needs."""


@dataclass(frozen=True, slots=True)
class Grown:
    """A cold build of a corpus of some size: what was made, what it took, and the bytes on the disk with all inputs."""

    size: int
    made: Made
    taken: Measure
    disk: int


@dataclass(frozen=True, slots=True)
class Small:
    """Quick calls: the shipped site when nothing changed, `--help`, each beside the import of three libraries."""

    site: Middle
    help: Middle
    imports: float


def floor(built: Path, runs: int) -> list[Measure]:
    """One process that reads all inputs and writes all outputs of a site that has been built in a folder."""
    output = built / OUTPUT
    files = [path for path in output.rglob("*") if path.is_file()]
    sizes = {path.relative_to(output).as_posix(): path.stat().st_size for path in files}
    folder = built.parent / "floor"
    plan = built.parent / "floor.json"
    plan.write_text(json.dumps(sizes), encoding="utf-8")
    taken = []
    for run in range(runs):
        folder.mkdir()
        command = (sys.executable, "-I", "-S", str(FLOOR), str(built / "content"), "out", str(plan))
        taken.append(measure(command, folder))
        # see Workplace._clear
        folder.rename(built.parent / f"floor.cleared-{run}")
    return taken


def grow(tool: Tool, corpus: Corpus, folder: Path, before: Grown | None) -> Grown:
    """One cold build of a corpus, if there is room for it as far as a smaller one tells.

    Raises Failed, Unequal and NoRoom.
    """
    if before:
        needed = round(before.disk / before.size * corpus.size * SPARE)
        free = shutil.disk_usage(folder).free
        if needed > free:
            raise NoRoom(f"they need some {needed / 1e9:.1f} GB, and {free / 1e9:.1f} GB are free in {folder.parent}")
    place = Workplace(tool, corpus, folder / f"growth-{corpus.size}")
    taken = place.build("cold")
    made = verify(expect(corpus), place.output, companions=tool.companions)
    disk = sum(path.lstat().st_blocks * 512 for path in place.folder.rglob("*"))
    return Grown(corpus.size, made, taken, disk)


def small(folder: Path, runs: int) -> Small:
    """The shipped site unchanged, and `--help`, each in pairs with a process that imports the libraries."""
    site = folder / "shipped"
    site.mkdir()
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "site.yaml", site)
    build = (*BUILD, "--site", ".", "--output", OUTPUT)
    imports = (sys.executable, "-c", IMPORTS)
    measure(build, site)
    built, helped = [], []
    for _ in range(runs):
        built.append(Pair(measure(build, site), measure(imports, site)))
        helped.append(Pair(measure((*BUILD, "--help"), site), measure(imports, site)))
    return Small(middle(built), middle(helped), median(pair.other.wall for pair in (*built, *helped)))
