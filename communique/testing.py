"""The test suite, run by the command `test`."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path


def run_tests(home: Path | None, arguments: Sequence[str]) -> int:
    """Run pytest on the tests beside build.py; pytest's exit status, or 2 where there are no tests."""
    if home is None or not (home / "tests").is_dir():
        print("error: there are no tests here", file=sys.stderr)
        print("help: run `python3 build.py test` in a checkout of Communiqué", file=sys.stderr)
        return 2
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.call([sys.executable, "-m", "pytest", *arguments], cwd=home, env=environment)
