"""Makes the pages of the documentation that come from the code: `python3 docs/make.py`. The tests keep them true."""

import dataclasses
import inspect
import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from communique import settings, views  # noqa: E402
from communique.cli import EXAMPLES, described  # noqa: E402
from communique.codes import CODES  # noqa: E402
from communique.fields import Many, Part, specs  # noqa: E402
from communique.kinds import KINDS  # noqa: E402
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


def commands_page() -> str:
    """All commands with their options."""
    lines = ["# Commands", "", "`python3 build.py [COMMAND] [OPTIONS]`. Without a command it builds.", ""]
    for command, (says, options) in described().items():
        lines += [f"## {command}", "", f"{says[0].upper()}{says[1:]}.", ""]
        lines += [f"- `{name}`: {what}" for name, what in options]
        lines += [""] if options else []
        lines += [f"Example: `python3 build.py {EXAMPLES[command]}`", ""] if command in EXAMPLES else []
    lines += ["Exit status: 0 done; 1 problems in the content, nothing was published; 2 wrong usage or environment;"]
    return "\n".join([*lines, "130 interrupted.", ""])


def fields_page() -> str:
    """All fields of records and of site.yaml."""
    lines = ["# Fields", "", "A value means what is typed. Fields with a star are required.", ""]
    for kind, of in KINDS.items():
        lines += [f"## {kind}", "", *_fields(of, ""), ""]
    return "\n".join([*lines, "## site.yaml", "", *_fields(settings.Settings, ""), ""])


def _fields(of: type, indent: str) -> list[str]:
    lines = []
    for spec in specs(of):
        lines.append(f"{indent}- `{spec.name}`{'*' if spec.required else ''}: {spec.says}")
        inner = spec.type.of if isinstance(spec.type, Many) else spec.type
        if isinstance(inner, settings.Menu):
            lines += _fields(settings.MenuEntry, indent + "  ")
        elif isinstance(inner, Part):
            lines += _fields(inner.of, indent + "  ")
    return lines


def templates_page() -> str:
    """All values that templates see."""
    told = " ".join((views.__doc__ or "").split())
    lines = ["# What templates see", "", told, ""]
    for name, of in inspect.getmembers(views, dataclasses.is_dataclass):
        fields = ", ".join(f"`{field.name}`" for field in dataclasses.fields(of))
        lines += [f"## {name}", "", " ".join((of.__doc__ or "").split()), "", f"Fields: {fields}.", ""]
    return "\n".join(lines)


def pages() -> dict[str, str]:
    """All generated pages, by path below docs/."""
    return {
        "problems/README.md": index_page(),
        "reference/commands.md": commands_page(),
        "reference/fields.md": fields_page(),
        "reference/templates.md": templates_page(),
        **{f"problems/{code}.md": problem_page(code) for code in CODES},
        **{
            f"schemas/{name}.json": json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
            for name, schema in schemas().items()
        },
    }


if __name__ == "__main__":
    for folder in ("problems", "reference", "schemas"):
        (ROOT / "docs" / folder).mkdir(exist_ok=True)
    for path, text in pages().items():
        (ROOT / "docs" / path).write_text(text, encoding="utf-8")
