"""Tools for tests that come from npm: where they are, if they are installed."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def npm_file(package: str, name: str) -> Path:
    """A file of an npm package in a folder of NODE_PATH. Without it the test is skipped, or fails if it may not be."""
    for folder in os.environ.get("NODE_PATH", "").split(os.pathsep):
        file = Path(folder, package, name)
        if folder and file.is_file():
            return file
    absent(f"{package} is not installed: `npm install {package}`, and name its node_modules folder in NODE_PATH")


def program(name: str) -> str:
    """A program; without it the test is skipped, or fails where it may not be."""
    found = shutil.which(name)
    return found or absent(f"{name} is not installed")


def absent(what: str) -> NoReturn:
    """Skip the test, or fail it where nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)
