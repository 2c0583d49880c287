"""The tutorial does what it says: a Word file in, questions answered by editing, a published site out."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from markup import read
from support import ROOT

TUTORIAL = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", TUTORIAL, re.MULTILINE | re.DOTALL)
NOW = "2026-03-02T12:00Z"


def run(line: str, folder: Path) -> str:
    """What a line of the tutorial says on the terminal; the clock alone is ours."""
    program, script, *words = shlex.split(line)
    assert (program, script) == ("python3", "build.py")
    command = [sys.executable, str(ROOT / "build.py"), *words, "--now", NOW]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def edit(file: Path, change: str) -> None:
    """Replace the lines with `-` by those with `+`."""
    old = "".join(line[1:] + "\n" for line in change.splitlines() if line.startswith("-"))
    new = "".join(line[1:] + "\n" for line in change.splitlines() if line.startswith("+"))
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def shows(line: str, said: str) -> bool:
    """Whether a line, in which `…` stands for anything, is in what was said."""
    pattern = ".*".join(map(re.escape, line.strip().split("…")))
    return any(re.search(pattern, each) for each in said.splitlines())


def test_only_with_the_commands_of_the_tutorial_a_word_file_becomes_a_site(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docs" / "tutorial", tmp_path / "docs" / "tutorial")
    said = ""
    done = {"sh": 0, "text": 0, "diff": 0, "yaml": 0}
    for kind, path, block in BLOCKS:
        done[kind] += 1
        if kind == "sh":
            said = "".join(run(line, tmp_path) for line in block.splitlines())
        elif kind == "text":
            missing = [line for line in block.splitlines() if not shows(line, said)]
            assert missing == [], said
        elif kind == "diff":
            edit(tmp_path / path, block)
        else:
            (tmp_path / path).parent.mkdir()
            (tmp_path / path).write_text(block, encoding="utf-8")
    assert min(done.values()) >= 1
    assert "warning" not in run("python3 build.py check --site mysite", tmp_path)
    page = read(
        (tmp_path / "mysite/public/announcements/delta-university-opens-a-school-of-bridges/index.html").read_bytes()
    )
    (heading,) = page.all("h1")
    assert heading.text.strip() == "Delta University opens a school of bridges"
    words = " ".join(page.text.split())
    assert "“A bridge is a promise between two banks.”" in words
    assert "Head of Bridges" in words
    assert "in 2027" in words
    assert "last week" not in words
    assert (tmp_path / "mysite/public/people/ada-byron/index.html").exists()
