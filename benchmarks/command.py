"""The command: obtains the peers, measures each tool, and shows the table."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import alone, table
from benchmarks.alone import Grown, NoRoom
from benchmarks.corpus import Corpus
from benchmarks.obtain import Missing, Shelf
from benchmarks.table import Row
from benchmarks.timing import SCENARIOS, Failed, Pair, Workplace, compare
from benchmarks.tools import PEERS, Tool, communique
from benchmarks.verify import Expected, Made, Unequal, expect, verify

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
        series = _Series(expect(corpus), Path(name), runs)
        if base:
            try:
                series.settle(base)
            except (Failed, Unequal) as error:
                _skip(base.label, error)
                peers.remove(base)
                base = None
        try:
            rows = [series.row(own, base)]
            floor = alone.floor(series.folder / own.label, max(3, runs))
            quick = alone.small(series.folder, SHORT_RUNS)
        except (Failed, Unequal) as error:
            print(f"Communiqué: {error}", file=sys.stderr)
            return 1
        for tool in peers:
            if tool is not base:
                try:
                    rows.append(series.row(tool, base))
                    if tool.companions:
                        rows.append(series.row(own, tool))
                except (Failed, Unequal) as error:
                    _skip(tool.label, error)
        if base:
            rows.insert(0, series.other_row(base))
        factors = () if options.quick else options.growth
        grown = _grow(own, [size, *(size * factor for factor in factors)], series.folder) if factors else []
    tables = [table.machine(runs), table.peers(rows, floor, size, base), table.alone(quick)]
    if grown:
        tables.append(table.growth(grown))
    text = "\n\n".join(tables)
    print(text)
    if options.record:
        table.record(text)
    return 0


class _Series:
    """One corpus, measured with one tool after another, each in pairs with another."""

    def __init__(self, expected: Expected, folder: Path, runs: int) -> None:
        self.expected = expected
        self.folder = folder
        self.runs = runs
        self._places: dict[str, Workplace] = {}
        self._rows: list[Row] = []

    def row(self, tool: Tool, other: Tool | None) -> Row:
        """Measure a tool, in pairs with another. Raises Failed and Unequal."""
        place = self.settle(tool)
        made = self._verify(place)
        pairs = compare(place, self.settle(other) if other else place, self.runs)
        self._rows.append(Row(tool, made, pairs, other))
        return self._rows[-1]

    def other_row(self, other: Tool) -> Row:
        """What a tool took in all rows of which it is the other."""
        pairs = {
            scenario: [
                Pair(pair.other, pair.other) for row in self._rows if row.other is other for pair in row.pairs[scenario]
            ]
            for scenario in SCENARIOS
        }
        return Row(other, self._verify(self.settle(other)), pairs, None)

    def settle(self, tool: Tool) -> Workplace:
        """The folder of a tool, in which it has built once and all was found. Raises Failed and Unequal."""
        if tool.label not in self._places:
            _say(tool.label)
            place = Workplace(tool, self.expected.corpus, self.folder / tool.label)
            place.build("cold")
            self._verify(place)
            self._places[tool.label] = place
        return self._places[tool.label]

    def _verify(self, place: Workplace) -> Made:
        return verify(self.expected, place.output, companions=place.tool.companions)


def _grow(tool: Tool, sizes: Sequence[int], folder: Path) -> list[Grown]:
    """One cold build of each size, the smallest first, until one fails or has no room."""
    grown: list[Grown] = []
    for size in sizes:
        label = f"{tool.label}, {size:,} announcements"
        _say(label)
        try:
            grown.append(alone.grow(tool, Corpus(SEED, size), folder, grown[-1] if grown else None))
        except (Failed, Unequal, NoRoom) as error:
            _skip(label, error)
            break
    return grown


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
    parser.add_argument("--growth", type=_factors, default="10", metavar="LIST", help="times as many (default: 10)")
    parser.add_argument("--peers-dir", type=Path, default=cache, metavar="DIR", help="where the peers are kept")
    parser.add_argument("--record", action="store_true", help="write the table into benchmarks/README.md")
    options = parser.parse_args()
    unknown = set(filter(None, options.peers.split(","))) - set(PEERS)
    if unknown:
        parser.error(f"no peer is called {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    options.peers_dir = options.peers_dir.resolve()
    return options


def _factors(text: str) -> list[int]:
    factors = sorted({int(factor) for factor in text.split(",") if factor})
    if factors and factors[0] < 2:
        raise argparse.ArgumentTypeError("each must be 2 or more")
    return factors


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(text, file=sys.stderr)


def _skip(name: str, error: Exception) -> None:
    print(f"skipped: {name}: {error}", file=sys.stderr)
