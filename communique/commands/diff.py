"""The command `diff`: what the next build would make public, change and take away."""

import json
import sys
from collections import Counter

from communique.commands import Task
from communique.difference import Change, difference
from communique.pipeline import build
from communique.problems import failing
from communique.report import as_text, summary

SHOWN_LINES = 40
_SIGNS = {"public": "+", "changed": "~", "gone": "-"}
_WORDS = {"public": "become public", "changed": "change", "gone": "go"}


def run(task: Task) -> int:
    """Say what a build at the given instant would change; 0, or 1 where it would fail. Raises Wrong."""
    sources = task.sources()
    published = task.published()
    built = build(sources, task.now, task.base_url, published)
    if failing(built.problems, False):
        sys.stderr.write(as_text(built.problems, sources.file))
        print(f"{summary(built.problems)}: a build would publish nothing", file=sys.stderr)
        return 1
    before = {path: file.read_bytes() for path in published.digests if (file := task.output / path).is_file()}
    changes = difference(before, built.files)
    if task.options.format == "json":
        document = {
            "now": task.now.isoformat(),
            "changes": [
                {"url": each.url, "what": each.what, "added": each.added, "removed": each.removed} for each in changes
            ],
        }
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
        return 0
    for change in changes:
        sys.stdout.write(_paragraph(change))
    counts = Counter(change.what for change in changes)
    told = [f"{counts[what]} {word}" for what, word in _WORDS.items() if counts[what]]
    print(f"URLs: {', '.join(told)}." if told else "A build would change nothing.")
    return 0


def _paragraph(change: Change) -> str:
    lines = [f"{_SIGNS[change.what]} {change.url}"]
    for sign, texts in (("-", change.removed), ("+", change.added)):
        lines += [f"    {sign} {text}" for text in texts[:SHOWN_LINES]]
        if len(texts) > SHOWN_LINES:
            lines.append(f"    {sign} … and {len(texts) - SHOWN_LINES} more lines")
    return "\n".join(lines) + "\n"
