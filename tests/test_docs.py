"""The documentation says what the code does."""

import importlib.util
import re
import shlex
from collections.abc import Iterator
from types import ModuleType

import pytest
from support import ROOT

from communique.cli import accepts, commands, described
from communique.codes import CODES
from communique.fields import Many, Part, specs
from communique.kinds import KINDS
from communique.settings import Settings

ENGINE_MAP = ROOT / "communique" / "README.md"


def maker() -> ModuleType:
    """The module docs/make.py."""
    spec = importlib.util.spec_from_file_location("make", ROOT / "docs" / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGES: dict[str, str] = maker().pages()


@pytest.mark.parametrize("path", PAGES)
def test_generated_pages_are_up_to_date(path: str) -> None:
    assert (ROOT / "docs" / path).read_text(encoding="utf-8") == PAGES[path], "run python3 docs/make.py"


def test_no_page_of_a_code_is_left_over() -> None:
    found = {f"problems/{file.name}" for file in (ROOT / "docs" / "problems").iterdir()}
    assert found == {path for path in PAGES if path.startswith("problems/")}


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_in_the_readme(command: str) -> None:
    assert re.search(rf"build\.py {command}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


def test_every_option_is_in_the_reference() -> None:
    page = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert set(described()) == commands()
    for command, (says, options) in described().items():
        assert says
        section = page.partition(f"## {command}\n")[2].partition("\n## ")[0]
        assert section
        for name, what in options:
            assert what, name
            assert f"- `{name}`: {what}\n" in section, (command, name)


def _named(of: type) -> Iterator[str]:
    for spec in specs(of):
        yield spec.name
        inner = spec.type.of if isinstance(spec.type, Many) else spec.type
        if isinstance(inner, Part):
            yield from _named(inner.of)


@pytest.mark.parametrize("kind", [*KINDS, "site.yaml"])
def test_every_field_is_in_the_reference(kind: str) -> None:
    page = (ROOT / "docs" / "reference" / "fields.md").read_text(encoding="utf-8")
    section = page.partition(f"## {kind}\n")[2].partition("\n## ")[0]
    of: type = KINDS.get(kind, Settings)
    missing = [name for name in _named(of) if not re.search(rf"^ *- `{name}`\*?: \S", section, re.MULTILINE)]
    assert missing == []


def test_every_code_has_a_page_to_which_the_list_leads() -> None:
    page = (ROOT / "docs" / "problems" / "README.md").read_text(encoding="utf-8")
    assert [code for code in CODES if f"[{code}]({code}.md)" not in page] == []


GUIDES = sorted(
    file.relative_to(ROOT).as_posix()
    for file in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", ENGINE_MAP, *(ROOT / "docs").rglob("*.md"))
    if "problems" not in file.parts
)


@pytest.mark.parametrize("file", GUIDES)
def test_every_command_in_the_documentation_is_one(file: str) -> None:
    text = (ROOT / file).read_text(encoding="utf-8")
    blocks = "\n".join(re.findall(r"^```(?:sh)?\n(.*?)^```$", text, re.MULTILINE | re.DOTALL))
    typed = [*re.findall(r"^ *python3 build\.py(.*?)(?:  .*|#.*)?$", blocks, re.MULTILINE)]
    typed += re.findall(
        r"`python3 build\.py([^`]*)`", re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    )
    for words in typed:
        given = shlex.split(words.replace("[COMMAND] [OPTIONS]", ""))
        if given[:1] != ["test"] and not {"--help", "--version", "-h"} & {*given}:
            assert _accepted(given), words


def _accepted(words: list[str]) -> bool:
    """Whether it can be typed so, or names a command alone, whose arguments the text explains."""
    return accepts(words) or (len(words) == 1 and words[0] in commands())


@pytest.mark.parametrize("file", GUIDES)
def test_links_of_the_documentation_lead_to_files(file: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert ((ROOT / file).parent / target).exists(), target
