"""Sites for tests, written as one text and built in memory.

A site is told like this; every section is a file that replaces or adds one of the base site:

    -- content/announcements/a.md --
    ---
    title: …
    ---
    -- content/pages/latin.md (escaped) --
    caf\\xe9
    -- site.yaml (absent) --

`(escaped)` reads the section as an ASCII text with the escapes of Python, each sign a byte; `(absent)` takes a file of
the base site away. Templates and static files are the project's own, unless a section gives another.
"""

import os
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Collection, Hashable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from jinja2 import Environment

from communique.contents import Published
from communique.pipeline import Built, build
from communique.sources import Sources

ROOT = Path(__file__).resolve().parent.parent
NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)

BASE = """\
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en]
timezone: Europe/London
partner_kinds: [university, company]
menu: [announcements, partners]
-- content/announcements/2025-10-27-bridge.md --
---
title: A bridge opens
summary: The bridge between the two rivers is open.
date: 2025-10-27
partners: [delta]
topics: [bridges]
contacts: [ada-byron]
---

The bridge is open.
-- content/partners/delta.md --
---
name: Delta University
kind: university
---
-- content/people/ada-byron.md --
---
name: Ada Byron
roles:
  - title: Head of Bridges
    partner: delta
---
-- content/topics/bridges.md --
---
name: Bridges
---
-- content/pages/about.md --
---
title: About this site
---

[Delta](../partners/delta.md), [Ada Byron](../people/ada-byron.md) and [bridges](../topics/bridges.md).
"""

_HEADER = re.compile(r"^-- (.+?)(?: \((escaped|absent)\))? --\n", re.MULTILINE)


def sections(text: str) -> tuple[str, dict[str, bytes | None]]:
    """What stands before the first section, and the sections as bytes by path; None where a file is to be absent."""
    before, *parts = _HEADER.split(text)
    found: dict[str, bytes | None] = {}
    for path, form, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        escaped = "".join(body.split("\n")).encode("ascii") if form == "escaped" else b""
        found[path] = (
            None
            if form == "absent"
            else escaped.decode("unicode_escape").encode("latin-1")
            if form == "escaped"
            else body.encode()
        )
    return before, found


def files(text: str = "") -> dict[str, bytes]:
    """The files of the base site with those of a text, by path."""
    merged = {**sections(BASE)[1], **sections(text)[1]}
    return {path: data for path, data in merged.items() if data is not None}


def sources(given: str | Mapping[str, bytes] = "") -> Sources:
    """The sources of a site: of a text on top of the base site, or of exactly these files."""
    found = files(given) if isinstance(given, str) else dict(given)
    content, templates, static = (_folder(name, found) for name in ("content", "templates", "static"))
    return Sources(found.get("site.yaml"), content, templates, static)


def _folder(name: str, found: Mapping[str, bytes]) -> dict[str, bytes]:
    here = {path: data for path, data in found.items() if path.startswith(f"{name}/")}
    return dict(sorted(({**_shipped(name), **here} if name != "content" else here).items()))


@cache
def _shipped(name: str) -> dict[str, bytes]:
    return {file.relative_to(ROOT).as_posix(): file.read_bytes() for file in (ROOT / name).rglob("*") if file.is_file()}


def built(
    given: str | Mapping[str, bytes] | Sources = "",
    now: datetime = NOW,
    base_url: str = "",
    published: Collection[str] = (),
) -> Built:
    """The build of a site, at an instant."""
    with patch.object(Environment, "compile", _compile):
        return build(
            given if isinstance(given, Sources) else sources(given),
            now,
            base_url,
            Published(dict.fromkeys(published, "")),
        )


_jinja_compile = Environment.compile
_compiled: dict[Hashable, Any] = {}


def _compile(self: Environment, source: str, *names: Any, **more: Any) -> Any:
    """What Jinja compiles, kept from build to build: most of the time of a tiny build would go into it."""
    key = (source, names, *more.items(), self.autoescape, self.undefined, *self.filters)
    if key not in _compiled:
        _compiled[key] = _jinja_compile(self, source, *names, **more)
    return _compiled[key]


def page(given: str, path: str = "announcements/bridge/index.html") -> str:
    """One page of a site that has no errors."""
    whole = built(given)
    assert not [problem for problem in whole.problems if problem.severity == "error"]
    return whole.files[path].decode()


def announcement(body: str = "The bridge is open.", *fields: str) -> str:
    """The section of the base site's announcement with another body and more fields."""
    head = (
        "title: A bridge opens\nsummary: The bridge between the two rivers is open.\ndate: 2025-10-27\n"
        "partners: [delta]\ntopics: [bridges]\ncontacts: [ada-byron]\n"
    )
    more = "".join(f"{field}\n" for field in fields)
    return f"-- content/announcements/2025-10-27-bridge.md --\n---\n{head}{more}---\n\n{body}\n"


def written(folder: Path, given: str | Mapping[str, bytes] = "") -> Path:
    """The folder, with the files of a site in it."""
    for path, data in (files(given) if isinstance(given, str) else given).items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by path."""
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def png(width: int = 3, height: int = 2) -> bytes:
    """A white PNG image of this size."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\xff" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def unmended(reason: str) -> pytest.MarkDecorator:
    """Marks a promise that the engine does not yet keep; once it does, the test fails until the mark is taken away."""
    return pytest.mark.xfail(strict=True, reason=reason)


def fails(*values: Any, reason: str) -> Any:
    """A case among others of a promise that the engine does not yet keep."""
    return pytest.param(*values, marks=unmended(reason))


def alone(program: str) -> str:
    """What a program says that may fork, since it is a process of its own without other threads."""
    given = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, env=given, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout
