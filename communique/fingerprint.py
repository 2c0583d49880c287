"""Fingerprints: digests that change whenever a result may change."""

import os
import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

from communique.sources import Sources

# libraries whose version may show in the output
_LIBRARIES = ("jinja2", "markdown", "markupsafe", "pillow", "pyyaml", "selectolax", "tzdata")


def engine() -> bytes:
    """A digest of the engine's code, the versions of its libraries and of Python."""
    package = Path(__file__).resolve().parent
    digest = blake2b(sys.version.encode(), digest_size=16)
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(names):
            path = os.path.join(folder, name)
            if name.endswith(".py"):
                with open(path, "rb") as stream:
                    digest.update(stream.read())
            else:
                digest.update(f"{name} {os.stat(path).st_size}\n".encode())
    for name in sorted(_versions()):
        digest.update(name.encode())
    return digest.digest()


def _versions() -> set[str]:
    """The names of the folders in which installers record the libraries' versions."""
    found = set()
    for folder in sys.path:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            if name.endswith((".dist-info", ".egg-info")) and name.partition("-")[0].lower() in _LIBRARIES:
                found.add(name)
    return found


def inputs(sources: Sources, base_url: str, engine: bytes) -> bytes:
    """A digest of all that a build reads but the clock."""
    digest = blake2b(engine, digest_size=16)
    digest.update(f"{base_url}\n".encode())
    for files in ({"site.yaml": sources.settings or b""}, sources.content, sources.templates, sources.static):
        for path, data in files.items():
            digest.update(f"{len(path.encode())} {len(data)} {path}".encode())
            digest.update(data)
    return digest.digest()


def tree(folder: str) -> bytes:
    """A digest of names, sizes, times and numbers of all files below a folder; empty where there is none."""
    found: list[tuple[str, os.stat_result | None]] = []
    ahead = [("", folder)]
    try:
        while ahead:
            start, here = ahead.pop()
            with os.scandir(here) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        ahead.append((f"{start}{entry.name}/", entry.path))
                        found.append((start + entry.name, None))
                    else:
                        found.append((start + entry.name, entry.stat(follow_symlinks=False)))
    except OSError:
        return b""
    return fingerprint(found)


def fingerprint(found: Iterable[tuple[str, os.stat_result | None]]) -> bytes:
    """A digest of relative paths with what stands there; None stands for a folder."""
    lines = [
        f"{path} {there.st_size} {there.st_mtime_ns} {there.st_ino} {there.st_mode}\n" if there else f"{path}/\n"
        for path, there in found
    ]
    return blake2b("".join(sorted(lines)).encode("utf-8", "surrogateescape"), digest_size=16).digest()
