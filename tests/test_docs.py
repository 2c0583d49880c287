"""The documentation says what the code does."""

import importlib.util
import re
from types import ModuleType

import pytest
from support import ROOT

from communique.cli import commands


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


@pytest.mark.parametrize("file", ["README.md", "CONTRIBUTING.md", "communique/README.md"])
def test_links_of_the_documentation_lead_to_files(file: str) -> None:
    text = re.sub(r"```.*?```", "", (ROOT / file).read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!http)([^)#]+)\)", text):
        assert ((ROOT / file).parent / target).exists(), target
