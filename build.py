#!/usr/bin/env python3
"""Builds and publishes the site; see README.md. On a fresh machine it first sets up .venv, once."""

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

HOME = os.path.dirname(os.path.abspath(__file__))
VENV = os.path.join(HOME, ".venv")
NEEDED = ("jinja2", "markdown", "yaml", "selectolax", "PIL", "tzdata", "babel", "pypinyin", "mammoth", "watchfiles")
NEEDED_BY_TESTS = (*NEEDED, "pytest", "xdist", "hypothesis", "mypy", "ruff", "extruct", "feedparser", "jsonschema")


def stop(message: str) -> "NoReturn":
    sys.stderr.write("error: " + message + "\n")
    sys.exit(2)


def has(modules: "tuple[str, ...]") -> bool:
    from importlib.util import find_spec

    return all(find_spec(module) for module in modules)


def environment(lock: str) -> str:
    """The Python of .venv, which is set up first where it does not match the lock file."""
    python = os.path.join(VENV, "Scripts" if os.name == "nt" else "bin", "python.exe" if os.name == "nt" else "python")
    with open(os.path.join(HOME, lock), "rb") as file:
        wanted = file.read()
    stamp = os.path.join(VENV, lock)
    if os.path.exists(python) and os.path.exists(stamp):
        with open(stamp, "rb") as file:
            if file.read() == wanted:
                return python
    import shutil
    import subprocess

    sys.stderr.write("Setting up .venv from %s; this happens once.\n" % lock)
    sys.stderr.flush()
    made = subprocess.run([sys.executable, "-m", "venv", VENV], capture_output=True, text=True)
    if made.returncode:
        stop(
            "Python cannot make .venv here; install its venv module (Debian, Ubuntu: apt install python3-venv) and see "
            "that this folder may be written to. " + (made.stderr or made.stdout).strip()[-200:]
        )
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "-r", lock]
    done = subprocess.run(pip, cwd=HOME, capture_output=True, text=True)
    if done.returncode:
        stop(
            "the packages of %s could not be installed; the first run needs a network connection. " % lock
            + " ".join(done.stderr.split())[-300:]
        )
    with open(stamp, "wb") as file:
        file.write(wanted)
    if lock != "requirements.lock":
        # what the tests need holds what the build needs
        shutil.copyfile(os.path.join(HOME, "requirements.lock"), os.path.join(VENV, "requirements.lock"))
    return python


def start() -> None:
    if sys.version_info < (3, 11):
        stop("Communiqué needs Python 3.11 or newer, and this is %d.%d; install a newer Python." % sys.version_info[:2])
    testing = sys.argv[1:2] == ["test"]
    if not has(NEEDED_BY_TESTS if testing else NEEDED):
        python = environment("requirements-test.lock" if testing else "requirements.lock")
        command = [python, os.path.abspath(__file__), *sys.argv[1:]]
        if os.name == "nt":
            import subprocess

            sys.exit(subprocess.call(command))
        os.execv(python, command)
    sys.path.insert(0, HOME)
    from pathlib import Path

    from communique.cli import main

    sys.exit(main(home=Path(HOME), program="python3 build.py"))


if __name__ == "__main__":
    start()
