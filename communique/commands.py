"""What the commands do: the impure shell around the pipeline."""

import argparse
import re
import sys
from datetime import datetime
from pathlib import Path

from communique.cli import BUILT, PROBLEMS, Wrong
from communique.disk import NoSite, load
from communique.pipeline import Built, build
from communique.problems import failing
from communique.report import as_github, as_json, as_text, summary
from communique.sources import Sources


def defaults() -> Path | None:
    """The folder with the templates and static files that ship with the engine."""
    package = Path(__file__).resolve().parent
    for folder in (package.parent, package / "defaults"):
        if (folder / "templates" / "base.html").is_file():
            return folder
    return None


def build_command(options: argparse.Namespace, folder: Path, now: datetime) -> int:
    """Build or check a site and report; the exit status. Raises Wrong."""
    if options.base_url and not re.fullmatch(r"https?://[^\s<>\"'`\\?#]+", options.base_url):
        raise Wrong(f"--base-url: `{options.base_url}` is not a web address", "write it as https://www.example.org/")
    try:
        sources = load(folder, defaults())
    except NoSite as error:
        raise Wrong(str(error), "name the folder of the site with --site") from None
    except OSError as error:
        raise Wrong(f"{error.filename} cannot be read: {error.strerror}") from None
    built = build(sources, now, options.base_url)
    failed = failing(built.problems, options.strict)
    counts, way = (0, 0, 0), ""
    if not failed and options.command == "build":
        counts, way = _publish(built, folder, options)
    _report(options, sources, built, failed, counts, way)
    return PROBLEMS if failed else BUILT


def _publish(built: Built, folder: Path, options: argparse.Namespace) -> tuple[tuple[int, int, int], str]:
    from communique.publish import PublishError, publish

    sources = tuple(folder / name for name in ("content", "templates", "static"))
    try:
        done = publish(built.files, folder / options.output, sources)
    except PublishError as error:
        state = "the published site was changed in part" if error.changed else "the published site was not changed"
        raise Wrong(f"{error} ({state})", error.help) from None
    return (done.written, done.removed, done.unchanged), done.way


def _report(
    options: argparse.Namespace, sources: Sources, built: Built, failed: bool, counts: tuple[int, int, int], way: str
) -> None:
    written, removed, unchanged = counts
    published = not failed and options.command == "build"
    if options.format == "json":
        sys.stdout.write(
            as_json(
                built.problems,
                published=published,
                written=written,
                removed=removed,
                unchanged=unchanged,
                next_change=built.next_change,
            )
        )
        return
    if options.format == "github":
        sys.stdout.write(as_github(built.problems))
    else:
        colour = sys.stderr.isatty() and "NO_COLOR" not in _environment()
        sys.stderr.write(as_text(built.problems, sources.file, colour))
    found = summary(built.problems)
    if failed:
        print(f"{found}: the published site was not changed", file=sys.stderr)
    elif not options.quiet:
        print(_closing(options, built, counts, way) + (f", {found}" if found else ""))


def _closing(options: argparse.Namespace, built: Built, counts: tuple[int, int, int], way: str) -> str:
    pages = sum(path.endswith(".html") for path in built.files)
    if options.command == "check":
        return f"checked {pages} pages, {len(built.files)} files: nothing stands in the way of publishing"
    written, removed, unchanged = counts
    if not written and not removed:
        return f"{options.output}: {unchanged} files, nothing to change"
    return f"{options.output}: {written} files written, {removed} removed, {unchanged} unchanged ({way})"


def _environment() -> "dict[str, str]":
    import os

    return dict(os.environ)
