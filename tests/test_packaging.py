"""`pip install .` brings all of the engine, and the same commands in any folder."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from support import ROOT, built, files, tree, written

SETUP: Any = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
TOOL = SETUP["tool"]["setuptools"]
# texts for those who work on the engine
FOR_MAINTAINERS = frozenset(("communique/README.md", "communique/DECISIONS.md"))


def folder_of(package: str) -> Path:
    """Where a package is in the checkout."""
    path: str = TOOL["package-dir"].get(package, package.replace(".", "/"))
    return ROOT / path


def installed() -> dict[str, Path]:
    """What pyproject.toml brings into site-packages: the path there, and the file here."""
    found = {}
    for package in TOOL["packages"]:
        here, there = folder_of(package), package.replace(".", "/")
        patterns = ["*.py", *TOOL["package-data"].get(package, ())]
        for pattern in patterns:
            for file in here.glob("**/*" if pattern == "**" else pattern):
                if file.is_file():
                    found[f"{there}/{file.relative_to(here).as_posix()}"] = file
    return found


def test_every_file_of_the_engine_is_installed() -> None:
    engine = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "communique").rglob("*")
        if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
    }
    defaults = {
        f"communique/defaults/{file.relative_to(ROOT).as_posix()}"
        for name in ("templates", "static")
        for file in (ROOT / name).rglob("*")
        if file.is_file()
    }
    assert set(installed()) == (engine - FOR_MAINTAINERS) | defaults


def test_the_lists_of_needed_packages_agree() -> None:
    needed = {each.partition(">")[0].casefold() for each in SETUP["project"]["dependencies"]}
    locked = {
        line.partition("==")[0].casefold()
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    assert needed <= locked


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages with the engine as pip installs it."""
    folder = tmp_path_factory.mktemp("site-packages")
    for path, file in installed().items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, folder / path)
    return folder


def call(library: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command `communique` in a folder."""
    module, _, function = SETUP["project"]["scripts"]["communique"].partition(":")
    code = f"import sys; sys.argv[0] = 'communique'; from {module} import {function}; sys.exit({function}())"
    clean = {**os.environ, "PYTHONPATH": str(library), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=folder, env=clean, capture_output=True, text=True
    )


def test_a_site_without_templates_is_built_in_its_own_folder(library: Path, tmp_path: Path) -> None:
    written(tmp_path, files())
    done = call(library, tmp_path, "build", "--no-cache", "--now", "2025-11-03T12:00Z")
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(tmp_path / "public") == built().files


def test_the_installed_command_knows_the_same_commands(library: Path, tmp_path: Path) -> None:
    own = subprocess.run([sys.executable, str(ROOT / "build.py"), "--help"], capture_output=True, text=True)
    there = call(library, tmp_path, "--help")
    assert there.returncode == 0
    commands = re.findall(r"^    ([a-z]+)", own.stdout, re.MULTILINE)
    assert {"build", "check", "status", "diff"} <= set(commands)
    assert re.findall(r"^    ([a-z]+)", there.stdout, re.MULTILINE) == commands
    assert call(library, tmp_path, "status").returncode == 2
