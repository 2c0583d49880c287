"""The report: problems and results as texts, for people, for programs and for GitHub."""

import json
from collections.abc import Callable, Iterable
from datetime import datetime

from communique.problems import Place, Problem, printable

Source = Callable[[str], bytes | None]


def as_text(problems: Iterable[Problem], source: Source, colour: bool = False) -> str:
    """Problems as people read them: place, message, the line with a caret, help."""
    return "".join(_paragraph(problem, source, colour) for problem in problems)


def _paragraph(problem: Problem, source: Source, colour: bool) -> str:
    paint = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m"}[problem.severity] if colour else ""
    plain = "\x1b[0m" if colour else ""
    place, message, help = (printable(str(each)) for each in (problem.place, problem.message, problem.help))
    lines = [f"{place}: {paint}{problem.severity}[{problem.code}]{plain}: {message}"]
    shown = _source_line(problem.place, source)
    if shown is not None:
        line, caret = shown
        number = str(problem.place.line)
        lines += [f"  {number} | {line}", f"  {' ' * len(number)} | {caret}"]
    if help:
        lines.append(f"  help: {help}")
    return "\n".join(lines) + "\n\n"


def _source_line(place: Place, source: Source) -> tuple[str, str] | None:
    data = source(place.path) if place.line else None
    if data is None:
        return None
    lines = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if place.line > len(lines):
        return None
    line = printable(lines[place.line - 1])
    column = max(place.column, 1)
    start = max(0, column - 80)
    visible = line[start : start + 120].rstrip()
    before = line[start : column - 1]
    from unicodedata import east_asian_width

    caret = "".join("\t" if sign == "\t" else "  " if east_asian_width(sign) in "WF" else " " for sign in before)
    return visible, f"{caret}^"


def as_github(problems: Iterable[Problem]) -> str:
    """Problems as annotations of GitHub Actions."""
    lines = []
    for problem in problems:
        place = problem.place
        where = f"file={_property(place.path)},line={place.line or 1},col={place.column or 1}"
        message = problem.message + (f"\nhelp: {problem.help}" if problem.help else "")
        lines.append(f"::{problem.severity} {where},title={problem.code}::{_data(message)}\n")
    return "".join(lines)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(
    problems: Iterable[Problem],
    *,
    published: bool,
    written: int,
    removed: int,
    unchanged: int,
    next_change: datetime | None,
) -> str:
    """A whole run as one JSON document."""
    document = {
        "problems": [
            {
                "path": problem.place.path,
                "line": problem.place.line or 1,
                "column": problem.place.column or 1,
                "severity": problem.severity,
                "code": problem.code,
                "message": problem.message,
                "help": problem.help,
            }
            for problem in problems
        ],
        "published": published,
        "written": written,
        "removed": removed,
        "unchanged": unchanged,
        "next_change": next_change.isoformat() if next_change else None,
    }
    return json.dumps(document, indent=2) + "\n"


def summary(problems: Iterable[Problem]) -> str:
    """How many errors and warnings there are, in words; empty where there are none."""
    counts = {"error": 0, "warning": 0}
    for problem in problems:
        counts[problem.severity] += 1
    parts = [f"{count} {word}{'' if count == 1 else 's'}" for word, count in counts.items() if count]
    return " and ".join(parts)
