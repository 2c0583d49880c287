"""Makes the pages of the documentation that come from the code: `python3 docs/make.py`. The tests keep them true."""

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from communique.codes import CODES  # noqa: E402
from communique.schemas import schemas  # noqa: E402

CASES = ROOT / "tests" / "cases"
# what no site in one text can show
_FROM_THE_DISK = {
    "E110": "A symbolic link, a device, a pipe or a file that may not be read stands in the site folder. Links are not "
    "followed, so that nothing from outside the folder is published by mistake. Put the file itself there.\n",
}


def problem_page(code: str) -> str:
    """The page of a problem code: what it means, an example, and what a build says of it."""
    severity, title = CODES[code]
    lines = [f"# {code}: {title}", "", f"*{severity.capitalize()}.* "]
    case = CASES / f"{code}.txt"
    if not case.exists():
        return "\n".join([*lines[:2], lines[2] + _FROM_THE_DISK[code]])
    told, _, report = case.read_text(encoding="utf-8").partition("-- problems --\n")
    says, _, example = told.partition("\n\n")
    lines[2] += says
    lines += ["", "An example:", "", "````text", example.strip("\n"), "````", ""]
    lines += ["What a build says of it:", "", "````text", report.strip("\n"), "````", ""]
    return "\n".join(lines)


def index_page() -> str:
    """The list of all codes."""
    lines = [
        "# Problems",
        "",
        "Each problem has a permanent code. Errors forbid publishing; warnings do so with `--strict`.",
        "",
    ]
    lines += [f"- [{code}]({code}.md): {title}" for code, (_, title) in sorted(CODES.items())]
    return "\n".join([*lines, ""])


def pages() -> dict[str, str]:
    """All generated pages, by path below docs/."""
    return {
        "problems/README.md": index_page(),
        **{f"problems/{code}.md": problem_page(code) for code in CODES},
        **{
            f"schemas/{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
            for name, schema in schemas().items()
        },
    }


if __name__ == "__main__":
    for folder in ("problems", "schemas"):
        (ROOT / "docs" / folder).mkdir(exist_ok=True)
    for path, text in pages().items():
        (ROOT / "docs" / path).write_text(text, encoding="utf-8")
