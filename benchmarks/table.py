"""The results as Markdown, on the terminal and in README.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.alone import Grown, Small
from benchmarks.timing import SCENARIOS, Measure, Middle, Pair, middle
from benchmarks.tools import Tool
from benchmarks.verify import Made

README = Path(__file__).resolve().parent / "README.md"
BEGIN, END = "<!-- results begin -->", "<!-- results end -->"


@dataclass(frozen=True, slots=True)
class Row:
    """The results of one tool, in pairs with the other one if there is one."""

    tool: Tool
    made: Made
    pairs: dict[str, list[Pair]]
    other: Tool | None


def peers(rows: Sequence[Row], floor: Sequence[Measure], size: int, base: Tool | None) -> str:
    """The table of all tools; a row in pairs with another tool than the base names it."""
    lines = [
        f"| {size:,} announcements | files (pages) | output | cold | unchanged | one edit | CPU seconds | memory |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        middles = [middle(row.pairs[scenario]) for scenario in SCENARIOS]
        cells = [
            row.tool.label if row.other in (None, base) else f"{row.tool.label}, in pairs with {row.other.label}",
            f"{row.made.files:,} ({row.made.pages:,})",
            f"{row.made.bytes / 1e6:.1f} MB",
            *(_time(each, row.other is not None) for each in middles),
            " / ".join(f"{each.cpu:.2f}" for each in middles),
            f"{max(each.memory for each in middles) / 1e6:.0f} MB",
        ]
        lines.append(_line(cells))
    if floor:
        wall, cpu = (median(values) for values in ([m.wall for m in floor], [m.cpu for m in floor]))
        memory = max(each.memory for each in floor) / 1e6
        times = [f"{wall:.2f} s", "", "", f"{cpu:.2f}", f"{memory:.0f} MB"]
        lines.append(_line(["read all inputs, write all outputs", "", "", *times]))
    if base:
        lines += [
            "",
            f"`×` is the median ratio to {base.name}, or to the tool named in the row, pair by pair (least–most).",
        ]
    return "\n".join(lines)


def growth(grown: Sequence[Grown]) -> str:
    """The table of one cold build of each of several sizes, the first to compare with."""
    first = grown[0]
    lines = [
        "| Communiqué cold, once | files | output | time | CPU seconds | memory | time each | CPU time each |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for each in grown:
        times = each.size / first.size
        wall, cpu = each.taken.wall / first.taken.wall / times, each.taken.cpu / first.taken.cpu / times
        cells = [
            f"{each.size:,} announcements",
            f"{each.made.files:,}",
            f"{each.made.bytes / 1e6:,.1f} MB",
            f"{each.taken.wall:.2f} s",
            f"{each.taken.cpu:.2f}",
            f"{each.taken.memory / 1e6:,.0f} MB",
            *(["", ""] if each is first else [f"{wall:.2f} ×", f"{cpu:.2f} ×"]),
        ]
        lines.append(_line(cells))
    return "\n".join([*lines, "", f"`×`: what one announcement takes, beside one among {first.size:,}."])


def alone(quick: Small) -> str:
    """The table of quick calls of Communiqué."""
    lines = [
        "| Communiqué alone | |",
        "|---|---|",
        f"| `import jinja2, markdown, yaml`, to compare | {quick.imports * 1000:.0f} ms |",
        f"| the shipped site, unchanged | {_quick(quick.site)} |",
        f"| `build.py --help` | {_quick(quick.help)} |",
    ]
    return "\n".join(lines)


def machine(runs: int) -> str:
    """A sentence about where and how often it was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    times = "one run" if runs == 1 else f"{runs} runs"
    return f"{cores} cores, {platform.system()}, Python {platform.python_version()}; medians of {times}."


def record(text: str) -> None:
    """Put results into README.md, between its two marks."""
    whole = README.read_text(encoding="utf-8")
    before, rest = whole.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _time(each: Middle, paired: bool) -> str:
    if not paired:
        return f"{each.wall:.2f} s"
    return f"{each.wall:.2f} s = {_number(each.ratio)} × ({_number(each.least)}–{_number(each.most)})"


def _quick(each: Middle) -> str:
    return f"{each.wall * 1000:.0f} ms = {_number(each.ratio)} × ({_number(each.least)}–{_number(each.most)})"


def _number(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 2 else f"{ratio:.1f}"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
