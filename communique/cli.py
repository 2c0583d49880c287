"""The command line."""

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import datetime
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

from communique import __version__
from communique.commands import Task, Wrong

USAGE, INTERRUPTED = 2, 130
# where the module of a command has another name than the command
_MODULES = {"check": "build", "import": "import_"}
# an example of each command, as one would type it
EXAMPLES = {
    "build": "build --strict",
    "check": "check --now 2026-03-02T09:00+08:00",
    "serve": "serve --port 8001",
    "status": "status",
    "diff": "diff --now 2026-03-02T09:00+08:00",
    "translate": "translate training-programme-begins zh-Hans",
    "approve": 'approve training-programme-begins --partner biopark --by "Li Wei"',
    "new": 'new announcement "Training programme begins"',
    "import": "import approved.docx",
}


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Wrong(message, f"see `{self.prog} --help`")


def main(arguments: Sequence[str] | None = None, *, home: Path | None = None, program: str = "communique") -> int:
    """Run one command and return the exit status. `home` is the folder of build.py, the site's unless one is named."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # a terminal that lacks a sign shows its code
            stream.reconfigure(errors="backslashreplace")
    try:
        if words[:1] == ["test"]:
            from communique.testing import run_tests

            return run_tests(home, words[1:])
        return _run(_parser(program).parse_args(_with_command(words)), home)
    except Wrong as wrong:
        print(f"error: {wrong}", file=sys.stderr)
        if wrong.help:
            print(f"help: {wrong.help}", file=sys.stderr)
        return USAGE
    except KeyboardInterrupt:
        print("interrupted: the published site was not changed", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return USAGE
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}", file=sys.stderr)
        return USAGE


def _with_command(words: list[str]) -> list[str]:
    """The words with `build` before them where they begin with no command."""
    if words and (not words[0].startswith("-") or words[0] in ("-h", "--help", "--version")):
        return words
    return ["build", *words]


def _parser(program: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=program,
        description="Builds a site of announcements from Markdown, and publishes it into a folder for any web server.",
        epilog=f"Without a command it builds. `{program} COMMAND --help` explains the options of a command.",
    )
    parser.add_argument("--version", action="version", version=f"Communiqué {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=_Parser)
    place = _Parser(add_help=False)
    place.add_argument(
        "--site", metavar="DIR", help="the folder that holds site.yaml and content/ (default: beside build.py)"
    )
    place.add_argument(
        "--now", metavar="TIME", help="as if it were this instant, as 2025-10-27T09:00+08:00 (default: now)"
    )
    site = _Parser(add_help=False, parents=[place])
    site.add_argument("--output", metavar="DIR", default="public", help="the folder to publish into (default: public)")
    site.add_argument("--base-url", metavar="URL", default="", help="the site's address, instead of site.yaml's")
    building = _Parser(add_help=False)
    building.add_argument("--strict", action="store_true", help="let warnings fail the build as errors do")
    building.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how problems are written (default: text)"
    )
    building.add_argument("--no-cache", action="store_true", help="do all work anew")
    building.add_argument("--quiet", action="store_true", help="say nothing but problems")
    telling = _Parser(add_help=False)
    telling.add_argument("--format", choices=("text", "json"), default="text", help="for people or for programs")
    commands.add_parser("build", parents=[site, building], help="build the site and publish it (the default)")
    commands.add_parser("check", parents=[site, building], help="do all that build does, but publish nothing")
    commands.add_parser("status", parents=[site, telling], help="how each announcement stands, and what changes when")
    commands.add_parser(
        "diff", parents=[site, telling], help="what the next build would make public, change, take away"
    )
    serving = commands.add_parser(
        "serve",
        parents=[place],
        help="show the site in a browser while it is edited, drafts and embargoed texts included",
    )
    serving.add_argument("--port", metavar="N", type=int, default=8000, help="the port on this machine (default: 8000)")
    translating = commands.add_parser(
        "translate", parents=[place], help="start a translation, or mark one as brought up to date"
    )
    translating.add_argument("record", metavar="ANNOUNCEMENT", help="its slug; another record as `partner:slug`")
    translating.add_argument("language", metavar="LANG", help="a language of site.yaml, as `zh-Hans`")
    approving = commands.add_parser("approve", parents=[place], help="record a partner's sign-off of an announcement")
    approving.add_argument("announcement", metavar="ANNOUNCEMENT", help="its slug")
    approving.add_argument("--partner", metavar="P", required=True, help="the slug of the partner that signs off")
    approving.add_argument("--by", metavar="NAME", required=True, help="who signs off for the partner")
    new = commands.add_parser("new", parents=[place], help="make a starting file to fill in")
    new.add_argument("kind", metavar="KIND", help="announcement, partner, person, topic or page")
    new.add_argument("title", metavar='"Name"', help="its headline or name, in quotation marks")
    importing = commands.add_parser("import", parents=[place], help="make a draft of a .docx, .html, .md or .txt file")
    importing.add_argument("file", metavar="FILE", help="the document, as a .docx, .html, .md or .txt file")
    for name, example in EXAMPLES.items():
        commands.choices[name].epilog = f"Example: {program} {example}"
    commands.add_parser("test", help="run the test suite; what follows goes to pytest", add_help=False)
    return parser


def commands() -> frozenset[str]:
    """The names of all commands."""
    return frozenset(("build", "check", "serve", "status", "diff", "translate", "approve", "import", "new", "test"))


def described() -> dict[str, tuple[str, tuple[tuple[str, str], ...]]]:
    """For each command what it does, and its arguments and options with what each is for."""
    actions = _parser("build.py")._actions
    choices = next(action for action in actions if isinstance(action, argparse._SubParsersAction))
    helps = {action.dest: action.help or "" for action in choices._choices_actions}
    return {
        name: (helps[name], tuple(_described(action) for action in parser._actions if action.dest != "help"))
        for name, parser in choices.choices.items()
    }


def _described(action: argparse.Action) -> tuple[str, str]:
    value = str(action.metavar or "") or "|".join(map(str, action.choices or ()))
    name = ", ".join(action.option_strings)
    return " ".join(part for part in (name, value) if part), action.help or ""


def accepts(words: Sequence[str]) -> bool:
    """Whether these words are a command with arguments and options that it has."""
    try:
        _parser("build.py").parse_args(_with_command(list(words)))
    except Wrong:
        return False
    return True


def _run(options: argparse.Namespace, home: Path | None) -> int:
    module = import_module(f"communique.commands.{_MODULES.get(options.command, options.command)}")
    task = Task(site_folder(options.site, home), instant(options.now), options)
    return int(module.run(task))


def site_folder(given: str | None, home: Path | None) -> Path:
    """The folder of the site. Raises Wrong where there is none."""
    folder = Path(given) if given is not None else home or Path.cwd()
    if not folder.is_dir():
        raise Wrong(f"there is no folder {folder}", "name the folder that holds site.yaml with --site")
    return folder.resolve()


def instant(given: str | None) -> datetime:
    """The instant of the build. Raises Wrong where it is not one."""
    from communique.moments import Unclear, read_instant

    if given is None:
        return datetime.now().astimezone()
    try:
        return read_instant(given.strip())
    except Unclear as unclear:
        raise Wrong(f"--now: {unclear}", unclear.help) from None
