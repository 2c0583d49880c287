"""The command: obtains the peers, measures each tool, and shows the table."""

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import alone, table
from benchmarks.corpus import Corpus
from benchmarks.obtain import Missing, Shelf
from benchmarks.table import Row
from benchmarks.timing import SCENARIOS, Failed, Pair, Workplace, compare
from benchmarks.tools import PEERS, Tool, communique
from benchmarks.verify import Expected, Unequal, expect, verify

SEED = 1
# below it some partners and people would stand in no announcement
SMALLEST = 60
QUICK = 200
SHORT_RUNS = 7


def main() -> int:
    """Run the benchmarks; 0, or 1 where Communiqué itself could not be measured."""
    options = _options()
    size = QUICK if options.quick else max(SMALLEST, options.announcements)
    runs = 1 if options.quick else options.runs
    corpus = Corpus(SEED, size)
    peers = _obtain(options.peers, Shelf(options.peers_dir))
    base = next((tool for tool in peers if tool.name == "Hugo"), None)
    own = communique()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        series = _Series(expect(corpus), Path(name), base, runs)
        try:
            rows = [series.row(own)]
            floor = alone.floor(series.folder / own.label, max(3, runs))
            growth = None if options.quick or options.no_growth else alone.growth(own, corpus, series.folder)
            quick = alone.small(series.folder, SHORT_RUNS)
        except (Failed, Unequal) as error:
            print(f"Communiqué: {error}", file=sys.stderr)
            return 1
        for tool in peers:
            if tool is not base:
                try:
                    rows.append(series.row(tool))
                except (Failed, Unequal) as error:
                    _skip(tool.label, error)
        if base:
            rows.insert(0, series.base_row())
    text = "\n\n".join(
        (table.machine(runs), table.peers(rows, floor, size, base.name if base else ""), table.alone(growth, quick))
    )
    print(text)
    if options.record:
        table.record(text)
    return 0


class _Series:
    """One corpus, measured with one tool after another, each in pairs with the base."""

    def __init__(self, expected: Expected, folder: Path, base: Tool | None, runs: int) -> None:
        self.expected = expected
        self.folder = folder
        self.runs = runs
        self._base = self._settle(base) if base else None
        self._base_pairs: dict[str, list[Pair]] = {scenario: [] for scenario in SCENARIOS}

    def row(self, tool: Tool) -> Row:
        """Measure a tool. Raises Failed and Unequal."""
        place = self._settle(tool)
        made = verify(self.expected, place.output)
        pairs = compare(place, self._base or place, self.runs)
        if self._base:
            for scenario, taken in pairs.items():
                self._base_pairs[scenario] += [Pair(each.other, each.other) for each in taken]
        return Row(tool, made, pairs, self._base is not None)

    def base_row(self) -> Row:
        """What the base took beside all other tools."""
        assert self._base is not None
        return Row(self._base.tool, verify(self.expected, self._base.output), self._base_pairs, False)

    def _settle(self, tool: Tool) -> Workplace:
        """A folder for a tool, in which it has built once and all was found."""
        _say(tool.label)
        place = Workplace(tool, self.expected.corpus, self.folder / tool.label)
        place.build("cold")
        verify(self.expected, place.output)
        return place


def _obtain(names: str, shelf: Shelf) -> list[Tool]:
    found: list[Tool] = []
    for name in filter(None, names.split(",")):
        try:
            found += PEERS[name](shelf)
        except Missing as error:
            _skip(name, error)
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks/run.py", description="Times Communiqué beside other tools.")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "communique-benchmarks"
    parser.add_argument("--announcements", type=int, default=1000, metavar="N", help="how many (default: 1000)")
    parser.add_argument("--peers", default=",".join(PEERS), metavar="LIST", help="default: %(default)s")
    parser.add_argument("--runs", type=int, default=5, metavar="K", help="how many pairs (default: 5)")
    parser.add_argument("--quick", action="store_true", help=f"one pair of {QUICK}, and nothing larger")
    parser.add_argument("--no-growth", action="store_true", help="leave out the corpus that is ten times as large")
    parser.add_argument("--peers-dir", type=Path, default=cache, metavar="DIR", help="where the peers are kept")
    parser.add_argument("--record", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    unknown = set(filter(None, options.peers.split(","))) - set(PEERS)
    if unknown:
        parser.error(f"no peer is called {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    options.peers_dir = options.peers_dir.resolve()
    return options


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _skip(name: str, error: Exception) -> None:
    print(f"skipped: {name}: {error}", file=sys.stderr)
