"""Sites made record by record, for tests of what must not show and of what must not happen.

A site is a mapping from paths to bytes. `made` builds one in memory, `run` calls the command line in this process,
`child` in a process of its own with bounds on time and memory. Templates are compiled once for all tests.
"""

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from jinja2 import Environment
from support import ROOT, png, sources, tree, written
from support import _compile as remembering

from communique.cli import main
from communique.memory import Memory
from communique.pipeline import Built, build
from communique.workforce import Workforce

__all__ = [
    "BRIDGE",
    "NOW",
    "PAGE",
    "ROOT",
    "SECONDS",
    "TOPIC",
    "Run",
    "announcement",
    "at",
    "child",
    "errors",
    "folder",
    "made",
    "png",
    "published",
    "record",
    "run",
    "site",
    "site_yaml",
    "tree",
    "unproblematic",
    "written",
]

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
BRIDGE = "content/announcements/2025-10-27-bridge.md"
TOPIC = "content/topics/bridges.md"
PAGE = "content/pages/about.md"
SECONDS = 8.0
"""Of the processor: the two seconds that a hostile file may cost, where the machine has much else to do."""

SETTINGS = {
    "title": "Two Rivers",
    "base_url": "https://rivers.example.org/",
    "languages": ["en"],
    "timezone": "Europe/London",
    "partner_kinds": ["university", "company"],
}


def at(text: str) -> datetime:
    """The instant that ISO 8601 writes so."""
    return datetime.fromisoformat(text)


def yaml(value: object) -> str:
    """A value in YAML, as JSON writes it; signs at which YAML would break the line are escaped."""
    text = json.dumps(value, ensure_ascii=False)
    for sign in "\x7f\x85\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def record(fields: Mapping[str, object], body: str = "") -> bytes:
    """A file of content with these fields, one a line, and this body."""
    lines = "".join(f"{key}: {yaml(value)}\n" for key, value in fields.items())
    return f"---\n{lines}---\n\n{body}\n".encode()


def site_yaml(**fields: object) -> bytes:
    """A site.yaml, with other or further fields than the usual ones."""
    return "".join(f"{key}: {yaml(value)}\n" for key, value in {**SETTINGS, **fields}.items()).encode()


def site(more: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """A small public site with further or other files."""
    files = {
        "site.yaml": site_yaml(),
        BRIDGE: announcement("A bridge opens", topics=["bridges"]),
        "content/partners/delta.md": record({"name": "Delta University", "kind": "university"}),
        "content/people/ada-byron.md": record({"name": "Ada Byron", "roles": [{"title": "Head", "partner": "delta"}]}),
        TOPIC: record({"name": "Bridges"}),
        PAGE: record({"title": "About"}, "[Ada Byron](person:ada-byron) knows."),
    }
    return {**files, **(more or {})}


def announcement(title: str, body: str = "It is open.", /, **fields: object) -> bytes:
    """An announcement of the partner delta."""
    summary = f"In short: {title}."
    return record({"title": title, "summary": summary, "date": "2025-10-27", "partners": ["delta"], **fields}, body)


def made(files: Mapping[str, bytes], now: datetime = NOW, memory: Memory | None = None) -> Built:
    """The build of exactly these files, with the project's own templates, at an instant; with what it remembers."""
    with patch.object(Environment, "compile", remembering):
        return build(sources(files), now, work=Workforce(memory, 1) if memory else None)


def errors(whole: Built) -> list[str]:
    """The errors of a build, each as `place code message`."""
    return [f"{each.place} {each.code} {each.message}" for each in whole.problems if each.severity == "error"]


def unproblematic(texts: list[str], line: int = 7) -> list[str]:
    """Those texts that, each on a page of its own, have no error at their line."""
    files = {
        f"content/pages/p{number}.md": record({"title": "P"}, f"Words.\n\n{text}") for number, text in enumerate(texts)
    }
    found = errors(made(site(files)))
    return [
        text
        for text, path in zip(texts, files, strict=True)
        if not any(each.startswith(f"{path}:{line}:") for each in found)
    ]


@dataclass(frozen=True)
class Run:
    """What a call of the command line came to; `seconds` of the processor and `megabytes` only of a child."""

    status: int
    out: str
    err: str
    seconds: float = 0.0
    megabytes: float = 0.0

    @property
    def json(self) -> Any:
        """The document on standard output."""
        return json.loads(self.out)

    @property
    def told(self) -> str:
        """All that was said."""
        return self.out + self.err


def run(folder: Path, *words: str, now: str = "2025-11-03T12:00Z") -> Run:
    """The command line on the site in a folder. What it lets through of exceptions fails the test."""
    out, err = io.StringIO(), io.StringIO()
    command, *options = words or ("build",)
    here = (patch.object(Environment, "compile", remembering), patch("communique.workforce.processors", lambda: 1))
    with redirect_stdout(out), redirect_stderr(err), here[0], here[1]:
        status = main([command, "--site", str(folder), "--now", now, *options])
    assert "Traceback" not in err.getvalue()
    return Run(status, out.getvalue(), err.getvalue())


_BOUNDED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
from communique.cli import main
status = main(sys.argv[1:])
print(*(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")), file=sys.stderr)
sys.exit(status)
"""


def child(folder: Path, *words: str, now: str = "2025-11-03T12:00Z", env: Mapping[str, str] | None = None) -> Run:
    """The command line in a process of its own, which may use 20 seconds and 2 GB at most."""
    command, *options = words or ("build",)
    arguments = [sys.executable, "-c", _BOUNDED, command, "--site", str(folder), "--now", now, *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", **(env or {})}
    before = seconds_of_children()
    with subprocess.Popen(
        arguments, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        out, err = (each.decode("utf-8", "replace") for each in process.communicate())
    seconds = seconds_of_children() - before
    lines = err.rstrip("\n").split("\n")
    peak = int(lines.pop()) / 1024 if lines[-1].isdigit() else 0.0
    return Run(process.returncode, out, "\n".join(lines), seconds, peak)


def seconds_of_children() -> float:
    """The time of the processor that all ended children of this process used."""
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def folder(factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for many builds: in memory where there is one, since publishing waits for the disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield factory.mktemp("site")
        return
    with TemporaryDirectory(dir=memory) as name:
        yield Path(name)


def published(
    folder: Path, files: Mapping[str, bytes], *words: str, now: str = "2025-11-03T12:00Z"
) -> dict[str, bytes]:
    """The output of a site that is written into a folder and built there without an error."""
    done = run(written(folder, files), "build", *words, now=now)
    assert done.status == 0, done.told
    return tree(folder / "public")
