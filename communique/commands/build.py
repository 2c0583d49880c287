"""The commands `build` and `check`."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from communique import fingerprint
from communique.aside import Aside
from communique.commands import Task, Wrong
from communique.last import Last, recall_last, remember, work_folder
from communique.problems import Problem, failing
from communique.report import as_github, as_json, as_text, summary
from communique.sources import Sources

if TYPE_CHECKING:
    from communique.contents import Contents
    from communique.publish import Published

# so many files take longer to be looked through than a process to be made
MANY = 1_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run came to. `way` is how the output was changed, empty where it was not."""

    problems: Sequence[Problem]
    next_change: datetime | None
    files: int
    pages: int
    written: int = 0
    removed: int = 0
    way: str = ""


def run(task: Task) -> int:
    """Build or check a site and report; 0, or 1 where problems forbid publishing. Raises Wrong."""
    base_url = task.base_url
    last = None if task.options.no_cache else recall_last(task.output)
    look = partial(fingerprint.tree, os.path.realpath(task.output))
    with Aside(look, worth=last is not None and last.files >= MANY) as tree:
        sources = task.sources()
        engine = fingerprint.engine()
        inputs = fingerprint.inputs(sources, base_url, engine)
        outcome = _unchanged(task, sources, inputs, last, tree)
    outcome = outcome or _build(task, sources, base_url, inputs, engine, last)
    failed = failing(outcome.problems, task.options.strict)
    _report(task, sources, outcome, failed)
    return 1 if failed else 0


def _unchanged(task: Task, sources: Sources, inputs: bytes, last: Last | None, tree: Aside) -> Outcome | None:
    """The outcome where the last build made just what this one would make."""
    if last is None or sources.problems or last.inputs != inputs or not last.holds(inputs, tree(), task.now):
        return None
    return Outcome(last.problems, last.until, last.files, last.pages)


def _build(task: Task, sources: Sources, base_url: str, inputs: bytes, engine: bytes, last: Last | None) -> Outcome:
    import gc

    from communique.memory import Memory
    from communique.pipeline import build
    from communique.terminal import progress
    from communique.workforce import Workforce

    # a build makes much and throws away little: the collector would look through all of it again and again
    gc.disable()
    # what is made waits on the disk of the output; a check leaves all disks alone
    disk = "" if task.options.command == "check" else os.path.dirname(os.path.realpath(task.output))
    file = None if task.options.no_cache else work_folder(task.output) / "memory"
    with closing(Memory(file, engine)) as memory, closing(Workforce(memory, disk=disk)) as workforce:
        try:
            with progress(workforce) as work:
                built = build(sources, task.now, base_url, task.published(), work)
        except ChildProcessError as error:
            help = "build again; perhaps the memory of this machine was full"
            raise Wrong(f"{error}; the published site was not changed", help) from None
        pages = sum(path.endswith(".html") for path in built.files)
        outcome = Outcome(built.problems, built.next_change, len(built.files), pages)
        if task.options.command == "check" or failing(built.problems, task.options.strict):
            return outcome
        done = _publish(task, built.files, last)
        memory.save()
    tree = done.tree or fingerprint.tree(os.path.realpath(task.output))
    remember(task.output, Last(inputs, tree, task.now, built.next_change, built.problems, len(built.files), pages))
    return replace(outcome, written=done.written, removed=done.removed, way=done.way)


def _publish(task: Task, files: "Contents", last: Last | None) -> "Published":
    from communique.publish import PublishError, publish

    try:
        folders = tuple(task.folder / name for name in ("content", "templates", "static"))
        return publish(files, task.output, folders, before=last.tree if last else b"")
    except PublishError as error:
        state = "" if error.changed else "; the published site was not changed"
        raise Wrong(f"{error}{state}", error.help) from None


def _report(task: Task, sources: Sources, outcome: Outcome, failed: bool) -> None:
    options = task.options
    if options.format == "json":
        published = options.command == "build" and not failed
        sys.stdout.write(
            as_json(
                outcome.problems,
                published=published,
                written=outcome.written,
                removed=outcome.removed,
                unchanged=outcome.files - outcome.written if published else 0,
                next_change=outcome.next_change,
            )
        )
        return
    from communique.terminal import has_colours

    if options.format == "github":
        sys.stdout.write(as_github(outcome.problems))
    else:
        sys.stderr.write(as_text(outcome.problems, sources.file, has_colours(sys.stderr)))
    found = summary(outcome.problems)
    if failed:
        print(f"{found}: the published site was not changed", file=sys.stderr)
    elif not options.quiet:
        print(_closing(task, outcome) + (f", {found}" if found else ""))


def _closing(task: Task, outcome: Outcome) -> str:
    if task.options.command == "check":
        return f"checked {outcome.pages} pages, {outcome.files} files: nothing stands in the way of publishing"
    if not outcome.written and not outcome.removed:
        return f"{task.options.output}: {outcome.files} files, nothing to change"
    unchanged = outcome.files - outcome.written
    counts = f"{outcome.written} files written, {outcome.removed} removed, {unchanged} unchanged"
    return f"{task.options.output}: {counts} ({outcome.way})"
