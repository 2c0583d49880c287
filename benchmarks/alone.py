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
from benchmarks.verify import expect, verify

FLOOR = Path(__file__).resolve().parent / "floor.py"
GROWTH = 10
IMPORTS = "import jinja2, markdown, yaml"


@dataclass(frozen=True, slots=True)
class Growth:
    """A cold build of a corpus and of one that is `GROWTH` times as large."""

    sizes: tuple[int, int]
    small: Measure
    large: Measure


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


def growth(tool: Tool, corpus: Corpus, folder: Path) -> Growth:
    """One cold build each of a corpus and of a larger one. Raises Failed and Unequal."""
    taken = []
    sizes = (corpus.size, corpus.size * GROWTH)
    for size in sizes:
        several = Corpus(corpus.seed, size)
        place = Workplace(tool, several, folder / f"growth-{size}")
        taken.append(place.build("cold"))
        verify(expect(several), place.output)
    return Growth(sizes, *taken)


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
