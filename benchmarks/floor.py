"""The least that any build does: one process that reads all inputs and writes all outputs.

Usage: floor.py INPUT OUTPUT PLAN; PLAN is a JSON file with the size of each output by path.
"""

import json
import os
import sys


def main() -> None:
    """Read each file of INPUT, then write files of the sizes of PLAN into OUTPUT."""
    source, output, plan = sys.argv[1:]
    for folder, _, names in os.walk(source):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                file.read()
    with open(plan, encoding="utf-8") as file:
        sizes = json.load(file)
    made = set()
    for path, size in sizes.items():
        folder = os.path.join(output, os.path.dirname(path))
        if folder not in made:
            os.makedirs(folder, exist_ok=True)
            made.add(folder)
        with open(os.path.join(output, path), "wb") as file:
            file.write(b" " * size)


main()
