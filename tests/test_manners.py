"""Manners: what a terminal shows and a pipe does not, help with examples, faults of the surroundings in a sentence."""

import io
import os
import pty
import re
import shlex
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from sitemaker import run
from support import ROOT, files, written

from communique.cli import EXAMPLES, commands, main
from communique.terminal import has_colours, progress
from communique.work import Work


class Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def in_a_terminal(folder: Path, *words: str, **environment: str) -> str:
    """All that a command writes where standard error is a terminal."""
    mine, its = pty.openpty()
    given = {**os.environ, "TERM": "xterm", "PYTHONDONTWRITEBYTECODE": "1", **environment}
    if "NO_COLOR" not in environment:
        given.pop("NO_COLOR", None)
    command = [sys.executable, "-m", "communique", *words, "--site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=its, timeout=60)
    os.close(its)
    said = b""
    try:
        while part := os.read(mine, 1 << 16):
            said += part
    except OSError:
        # so a terminal ends on Linux
        pass
    os.close(mine)
    assert done.returncode == 1
    return said.decode()


def test_colours_are_for_terminals_that_want_them(tmp_path: Path) -> None:
    folder = written(tmp_path, files("-- content/pages/about.md --\n---\ntitel: About\n---\n"))
    assert "\x1b[1;31m" in in_a_terminal(folder, "check")
    # what long work says of itself goes away by another sign
    assert not re.search(r"\x1b\[[\d;]*m", in_a_terminal(folder, "check", NO_COLOR="1"))
    assert "\x1b" not in in_a_terminal(folder, "check", TERM="dumb")
    assert "\x1b" not in run(folder, "check").told
    with patch.dict(os.environ, {"TERM": "xterm", "NO_COLOR": ""}):
        # an empty value forbids nothing
        assert has_colours(Terminal())


def test_long_work_says_on_a_terminal_what_it_is_at_and_leaves_nothing_of_that() -> None:
    stream = Terminal()
    with (
        patch.dict(os.environ, {"TERM": "xterm"}),
        patch("communique.terminal._FIRST", 0.01),
        patch("communique.terminal._PULSE", 0.01),
        progress(Work(), stream) as work,
    ):

        def _read(item: int) -> int:
            while "reading 2 texts" not in stream.getvalue():
                pass
            return item

        _read.__qualname__ = "_read"
        assert work.do(_read, [1, 2]) == [1, 2]
    assert stream.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize("stream", [io.StringIO(), Terminal()], ids=["pipe", "dumb terminal"])
def test_in_a_pipe_and_on_a_dumb_terminal_nothing_is_shown(stream: io.StringIO) -> None:
    work = Work()
    with patch.dict(os.environ, {"TERM": "dumb"}), progress(work, stream) as given:
        assert given is work
    assert stream.getvalue() == ""


@pytest.mark.parametrize("command", sorted(commands() - {"test"}))
def test_the_help_of_each_command_ends_with_an_example_that_it_understands(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"], program="python3 build.py")
    assert ended.value.code == 0
    told = re.sub(r"\s+", " ", capsys.readouterr().out)
    assert f"Example: python3 build.py {EXAMPLES[command]}" in told
    words = shlex.split(EXAMPLES[command])
    assert words[0] == command
    assert main([*words, "--site", "/nowhere"]) == 2
    # the example is understood, and only the folder is missing
    assert capsys.readouterr().err.startswith("error: there is no folder /nowhere\n")


def test_a_fault_of_the_surroundings_is_one_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fault = OSError(28, "No space left on device", "/somewhere")
    with patch("communique.commands.status.run", side_effect=fault):
        assert main(["status", "--site", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "error: /somewhere: No space left on device\n"
    with patch("communique.commands.status.run", side_effect=KeyboardInterrupt):
        assert main(["status", "--site", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "interrupted: the published site was not changed\n"
