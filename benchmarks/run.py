#!/usr/bin/env python3
"""Runs the benchmarks; see README.md beside this file."""

import sys
from pathlib import Path


def start() -> None:
    """Run the command with the folder above this one as the place of packages."""
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    from benchmarks.command import main

    sys.exit(main())


if __name__ == "__main__":
    start()
