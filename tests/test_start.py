"""build.py starts from nothing, and says in one sentence what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import ROOT, written

from communique import __version__


def bare(folder: Path, *, code: str = "", **variables: str) -> subprocess.CompletedProcess[str]:
    """build.py run beside its lock file by a Python that has no packages."""
    for name in ("build.py", "requirements.lock"):
        shutil.copy(ROOT / name, folder / name)
    script = [str(folder / "build.py")] if not code else ["-c", code, str(folder / "build.py")]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PIP_", "PYTHON", "VIRTUAL"))}
    return subprocess.run(
        [sys.executable, "-S", *script], capture_output=True, text=True, env=environment | variables, check=False
    )


def test_an_old_python_is_named_in_one_sentence(tmp_path: Path) -> None:
    code = "import sys, runpy; sys.version_info = (3, 9, 2); runpy.run_path(sys.argv[1], run_name='__main__')"
    done = bare(tmp_path, code=code)
    assert done.returncode == 2
    assert done.stderr == "error: Communiqué needs Python 3.11 or newer, and this is 3.9; install a newer Python.\n"


def test_a_missing_venv_module_is_named_in_one_sentence(tmp_path: Path) -> None:
    fakes = tmp_path / "fakes"
    fakes.mkdir()
    (fakes / "venv.py").write_text("raise SystemExit('ensurepip is not available')\n")
    done = bare(tmp_path, PYTHONPATH=str(fakes))
    assert done.returncode == 2
    first, second = done.stderr.splitlines()
    assert first == "Setting up .venv from requirements.lock; this happens once."
    assert second.startswith("error: Python cannot make .venv here; install its venv module")


def test_a_missing_network_is_named_in_one_sentence(tmp_path: Path) -> None:
    # nothing listens on the discard port
    done = bare(tmp_path, PIP_INDEX_URL="http://127.0.0.1:9/", PIP_RETRIES="0", PIP_NO_CACHE_DIR="1", PIP_NO_INPUT="1")
    assert done.returncode == 2
    assert "the first run needs a network connection" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / ".venv" / "requirements.lock").exists()


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["--version"]])
def test_help_needs_nothing_but_the_engine(words: list[str]) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv.pop(1))\n"
        "from communique.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "except SystemExit: pass\n"
        "print(sorted({'yaml', 'jinja2', 'markdown', 'PIL', 'selectolax', 'babel'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code, str(ROOT), *words], capture_output=True, text=True, check=True)
    assert done.stdout.endswith("[]\n")
    assert "Communiqué" in done.stdout or "usage" in done.stdout
    assert __version__ in done.stdout or "--version" not in words


def test_a_build_that_changes_nothing_needs_no_library(tmp_path: Path) -> None:
    written(tmp_path)
    code = (
        "import sys; from communique.cli import main; main(sys.argv[1:]);"
        "print(sorted({'yaml', 'jinja2', 'markdown', 'PIL', 'selectolax', 'babel'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, "--site", str(tmp_path)]
    first, second = (
        subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout.splitlines()
        for _ in range(2)
    )
    assert "'jinja2'" in first[-1]
    assert second[-2].endswith("nothing to change")
    assert second[-1] == "[]"
