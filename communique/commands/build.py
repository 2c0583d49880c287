"""The commands `build` and `check`."""

import os
import sys

from communique.commands import Task, Wrong
from communique.pipeline import Built, build
from communique.problems import failing
from communique.publish import Published, PublishError, publish
from communique.report import as_github, as_json, as_text, summary
from communique.sources import Sources

_NOTHING = Published(0, 0, 0, "")


def run(task: Task) -> int:
    """Build or check a site and report; 0, or 1 where problems forbid publishing. Raises Wrong."""
    base_url = task.base_url
    sources = task.sources()
    built = build(sources, task.now, base_url, task.published())
    failed = failing(built.problems, task.options.strict)
    publishes = task.options.command == "build" and not failed
    _report(task, sources, built, failed, _publish(built, task) if publishes else _NOTHING)
    return 1 if failed else 0


def _publish(built: Built, task: Task) -> Published:
    try:
        return publish(
            built.files, task.output, tuple(task.folder / name for name in ("content", "templates", "static"))
        )
    except PublishError as error:
        state = "" if error.changed else "; the published site was not changed"
        raise Wrong(f"{error}{state}", error.help) from None


def _report(task: Task, sources: Sources, built: Built, failed: bool, done: Published) -> None:
    options = task.options
    if options.format == "json":
        published = options.command == "build" and not failed
        sys.stdout.write(
            as_json(
                built.problems,
                published=published,
                written=done.written,
                removed=done.removed,
                unchanged=done.unchanged,
                next_change=built.next_change,
            )
        )
        return
    if options.format == "github":
        sys.stdout.write(as_github(built.problems))
    else:
        colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
        sys.stderr.write(as_text(built.problems, sources.file, colour))
    found = summary(built.problems)
    if failed:
        print(f"{found}: the published site was not changed", file=sys.stderr)
    elif not options.quiet:
        print(_closing(task, built, done) + (f", {found}" if found else ""))


def _closing(task: Task, built: Built, done: Published) -> str:
    pages = sum(path.endswith(".html") for path in built.files)
    if task.options.command == "check":
        return f"checked {pages} pages, {len(built.files)} files: nothing stands in the way of publishing"
    if not done.written and not done.removed:
        return f"{task.options.output}: {done.unchanged} files, nothing to change"
    counts = f"{done.written} files written, {done.removed} removed, {done.unchanged} unchanged"
    return f"{task.options.output}: {counts} ({done.way})"
