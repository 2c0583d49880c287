"""The house rules: imports point down, the pure part asks nothing of the world, modules stay small and say what for."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from support import ROOT

ENGINE = ROOT / "communique"
# the only modules that may touch the disk, the clock, the network or other programs
SHELL = (
    "__main__",
    "cache",
    "aside",
    "cli",
    "commands",
    "deposit",
    "disk",
    "fingerprint",
    "forking",
    "last",
    "memory",
    "processes",
    "publish",
    "serving",
    "stowage",
    "terminal",
    "testing",
    "workforce",
)
WORLD = frozenset(
    (
        "os",
        "pathlib",
        "time",
        "random",
        "secrets",
        "subprocess",
        "socket",
        "shutil",
        "tempfile",
        "glob",
        "urllib.request",
    )
)
MODULES = sorted(file.relative_to(ROOT).with_suffix("").as_posix() for file in ENGINE.rglob("*.py"))
LIMIT_LINES = 300


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse((ROOT / f"{module}.py").read_text(encoding="utf-8"))


def _dotted(module: str) -> str:
    return module.replace("/", ".").removesuffix(".__init__")


def _in_shell(module: str) -> bool:
    return module.split("/")[1] in SHELL


def _at_module_level(tree: ast.Module) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported; what only type checkers read is left out."""
    ahead: list[ast.stmt] = list(tree.body)
    while ahead:
        statement = ahead.pop()
        if isinstance(statement, ast.If):
            checked = ast.unparse(statement.test).endswith("TYPE_CHECKING")
            ahead += [] if checked else statement.body
            ahead += statement.orelse
        elif isinstance(statement, ast.Try):
            ahead += [*statement.body, *statement.orelse, *statement.finalbody]
        else:
            yield statement


def _imports(statement: ast.AST) -> Iterator[str]:
    """The modules that a statement imports."""
    if isinstance(statement, ast.Import):
        yield from (alias.name for alias in statement.names)
    elif isinstance(statement, ast.ImportFrom):
        assert statement.level == 0, "imports name the whole module"
        yield from (f"{statement.module}.{alias.name}" for alias in statement.names)


def _module_of(name: str) -> str:
    """The module of the engine that an imported name is, or is in."""
    known = {_dotted(module) for module in MODULES}
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name


def _type_checking_free(tree: ast.Module) -> Iterator[ast.AST]:
    """All of a module that runs, functions included."""
    for statement in _at_module_level(tree):
        yield from ast.walk(statement)


def test_what_shows_the_withheld_cannot_publish_and_what_publishes_cannot_show_it() -> None:
    users = {
        target: {
            _dotted(module)
            for module in MODULES
            for statement in _type_checking_free(_tree(module))
            for name in _imports(statement)
            if _module_of(name).startswith(target)
        }
        for target in ("communique.publish", "communique.preview")
    }
    publishing, previewing = ({name for name in users[target] if not name.startswith(target)} for target in users)
    assert publishing
    assert previewing
    assert not publishing & previewing
    allowed = ("communique.serving", "communique.commands.serve", "communique.glance")
    assert all(name.startswith(allowed) for name in previewing)


def test_imports_make_no_circle() -> None:
    graph = {
        _dotted(module): {
            target
            for statement in _at_module_level(_tree(module))
            for name in _imports(statement)
            if name.startswith("communique") and (target := _module_of(name)) not in ("communique", _dotted(module))
        }
        for module in MODULES
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"these import each other: {' -> '.join(error.args[1])}")
    assert order.index("communique.problems") < order.index("communique.site") < order.index("communique.pipeline")


def test_the_pure_part_does_not_know_the_shell() -> None:
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        if not _in_shell(module)
        for node in _type_checking_free(_tree(module))
        for name in _imports(node)
        if name.startswith("communique.") and name.split(".")[1] in SHELL
    ]
    assert wrong == []


def test_publishing_and_reading_know_nothing_of_records() -> None:
    """The two ends that touch the disk carry bytes; what these mean is the pure part's alone."""
    known = ("publish", "problems", "sources", "contents", "fingerprint")
    wrong = [
        f"{module} imports {name}"
        for module in MODULES
        if module.split("/")[1] in ("publish", "disk")
        for node in _type_checking_free(_tree(module))
        for name in _imports(node)
        if name.startswith("communique.") and name.split(".")[1] not in known
    ]
    assert wrong == []


def test_the_pure_part_asks_nothing_of_the_world() -> None:
    wrong = []
    for module in MODULES:
        if _in_shell(module):
            continue
        for node in _type_checking_free(_tree(module)):
            wrong += [
                f"{module} imports {name}"
                for name in _imports(node)
                if {name, name.split(".")[0], name.rpartition(".")[0]} & WORLD
            ]
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in ("open", "input", "print", "exec", "eval") or called.endswith(
                    (".now", ".today", ".utcnow")
                ):
                    wrong.append(f"{module} calls {called}()")
    assert wrong == []


def test_modules_can_be_read_in_one_sitting() -> None:
    long = {module: lines for module in MODULES if (lines := len(_source(module).splitlines())) > LIMIT_LINES}
    assert long == {}


def _source(module: str) -> str:
    return (ROOT / f"{module}.py").read_text(encoding="utf-8")


def test_modules_are_named_for_what_they_do() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert [module for module in MODULES if Path(module).name in vague] == []


def test_every_module_and_public_name_says_what_it_is() -> None:
    silent = []
    for module in MODULES:
        tree = _tree(module)
        if not ast.get_docstring(tree):
            silent.append(module)
        silent += [f"{module}: {name}" for name, node in _public(tree) if not ast.get_docstring(node)]
    assert silent == []


def _public(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef | ast.ClassDef]]:
    """The public functions and classes of a module, and the public methods that do not replace one of a base class."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef) and not node.bases:
                yield from (
                    (f"{node.name}.{each.name}", each)
                    for each in node.body
                    if isinstance(each, ast.FunctionDef) and not each.name.startswith("_")
                )


def test_nothing_marks_unfinished_work() -> None:
    marks = ("TODO", "FIXME", "XXX", "HACK")
    assert [module for module in MODULES if any(mark in _source(module) for mark in marks)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["ruff", "check", "--no-cache"],
        ["ruff", "format", "--check", "--no-cache"],
        ["mypy", f"--cache-dir={os.devnull}"],
    ],
    ids=["ruff check", "ruff format", "mypy"],
)
def test_the_code_passes(arguments: list[str]) -> None:
    done = subprocess.run([sys.executable, "-m", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
