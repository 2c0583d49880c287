"""The schemas for editors: made from the same definitions as the checks, they take what is right and refuse typos."""

import json
import re
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator
from support import ROOT

from communique.names import ContentFile, read_path
from communique.schemas import patterns, schemas

SCHEMAS = schemas()
TEXTS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "content").rglob("*.md"))


class AsEditors(yaml.SafeLoader):
    """YAML as editors read it: a date is a text there, and only `true` and `false` are a yes or no."""


AsEditors.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
AsEditors.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def faults(name: str, text: str) -> list[str]:
    """What a schema says of a YAML text."""
    value: Any = yaml.load(text, AsEditors)
    return [error.message for error in Draft7Validator(SCHEMAS[name]).iter_errors(value)]


def schema_of(path: str) -> str:
    found = read_path(path)
    assert isinstance(found, ContentFile)
    return f"{found.name.kind}.translation" if found.language else found.name.kind


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_one(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])
    assert all(each["description"] for each in SCHEMAS[name]["properties"].values())


def test_the_shipped_content_is_right() -> None:
    assert TEXTS
    found = {path: faults(schema_of(path), (ROOT / path).read_text("utf-8").split("---\n", 2)[1]) for path in TEXTS}
    assert {path: told for path, told in found.items() if told} == {}
    assert faults("site", (ROOT / "site.yaml").read_text("utf-8")) == []


GOOD = "title: A\nsummary: B\ndate: 2025-10-27\npartners: [delta]\n"


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("title: A", "title: 2025"),
        GOOD.replace("2025-10-27", "2025-10-27T09:00+08:00"),
        GOOD + "subtitle:\n",
        GOOD + "facts: [{value: 5, label: metres, as_of: 2025}]\n",
    ],
)
def test_what_the_engine_takes_is_right(text: str) -> None:
    assert faults("announcement", text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("announcement", GOOD + "sumary: C\n"),
        ("announcement", GOOD.replace("date: 2025-10-27\n", "")),
        ("announcement", GOOD.replace("2025-10-27", "27 October")),
        ("announcement", GOOD + "embargo: 2025-10-27T09:00\n"),
        ("announcement", GOOD + "embargo:\n"),
        ("announcement", GOOD + "draft: yes\n"),
        ("announcement", GOOD + "image: {file: a.png}\n"),
        ("announcement", GOOD + "image: {file: a.png, alt: b, captoin: c}\n"),
        ("announcement", GOOD + "partners: delta\n".replace("partners", "topics")),
        ("announcement", GOOD + "made_from: x\n"),
        ("page", "title: A\nmenu: first\n"),
        ("partner.translation", "nmae: A\n"),
        ("site", "title: A\nbase_url: example.org\nlanguages: [en]\ntimezone: Europe/London\n"),
    ],
)
def test_what_the_engine_refuses_is_wrong(name: str, text: str) -> None:
    assert faults(name, text) != []


def test_editors_find_the_schemas() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    assert settings["yaml.schemas"] == {"./docs/schemas/site.json": "site.yaml"}
    assert set(patterns()) == set(SCHEMAS)
    guide = (ROOT / "docs" / "how-to" / "editor.md").read_text("utf-8")
    for name, globs in patterns().items():
        if name != "site":
            assert f"'./docs/schemas/{name}.json': {json.dumps(globs)}".replace('"', "'") in guide


def test_an_editor_shows_problems_at_their_place() -> None:
    tasks = json.loads((ROOT / ".vscode" / "tasks.json").read_text("utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    match = re.match(pattern["regexp"], "content/topics/a b.md:5:12: error[E101]: the file is not UTF-8 text")
    assert match is not None
    groups = [match[pattern[part]] for part in ("file", "line", "column", "severity", "code", "message")]
    assert groups == ["content/topics/a b.md", "5", "12", "error", "E101", "the file is not UTF-8 text"]
