"""Fields: what a dataclass says its front matter may hold, and what is said when it does not."""

from dataclasses import dataclass
from typing import Any

import pytest

from communique.fields import Many, Part, article, optional, read_fields, required, specs
from communique.frontmatter import read_yaml
from communique.kinds import KINDS
from communique.links import Reference
from communique.names import Name
from communique.problems import Place
from communique.values import Date, Instant, Line, Passage, Reading, Slug, Type, Web, Whole, YesNo


@dataclass(frozen=True, kw_only=True)
class Boat:
    """A record to read."""

    title: str = required(Line(), "the name of the boat", key="name")
    oars: int | None = optional(Whole(1, 12), "how many oars it has")
    from_: Any = optional(Date(partial=True), "when it was built")
    crew: tuple[str, ...] = optional(Many(Line()), "who rows")
    afloat: bool = optional(YesNo(), "whether it floats", True)


def read(text: str, of: type[Any] = Boat) -> tuple[Any, list[tuple[str, int, int]], Reading]:
    """What is read from front matter, with code, line and column of each problem."""
    reading = Reading()
    fields, problems = read_yaml("a.md", text, 0)
    assert problems == ()
    value = read_fields(of, fields, reading)
    return value, [(each.code, each.place.line, each.place.column) for each in reading.problems], reading


def test_a_dataclass_is_made_from_its_fields_and_defaults() -> None:
    value, problems, _ = read("name:  Fair   Lady\noars: 8\nfrom: 2025-10\ncrew: [Ann, Bo]")
    assert problems == []
    assert value == Boat(title="Fair Lady", oars=8, from_=value.from_, crew=("Ann", "Bo"), afloat=True)
    assert value.from_.iso == "2025-10"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("oars: 8", [("E201", 1, 1)]),
        ("name:", [("E208", 1, 6)]),
        ("name: '  '", [("E208", 1, 7)]),
        ("nmae: A", [("E203", 1, 1)]),
        ("name: A\ncolour: red", [("E203", 2, 1)]),
        ("name: [A]", [("E202", 1, 7)]),
        ("name: {A: B}", [("E202", 1, 7)]),
        ("name: A\noars: many", [("E202", 2, 7)]),
        ("name: A\noars: 13", [("E202", 2, 7)]),
        ("name: A\noars: -1", [("E202", 2, 7)]),
        ("name: A\noars: 8.0", [("E202", 2, 7)]),
        ("name: A\noars: ８", [("E202", 2, 7)]),
        ("name: A\nfrom: 2025-13", [("E204", 2, 7)]),
        ("name: A\ncrew: Ann", [("E202", 2, 7)]),
        ("name: A\ncrew: [Ann, '', Bo]", [("E208", 2, 13)]),
        ("name: A\ncrew: [Ann, [Bo]]", [("E202", 2, 13)]),
        ("name: A\nafloat: yes", [("E206", 2, 9)]),
        ("name: A\nafloat: True", [("E206", 2, 9)]),
        ("oars: x\nafloat: x\nsails: 2", [("E202", 1, 7), ("E206", 2, 9), ("E203", 3, 1), ("E201", 1, 1)]),
    ],
)
def test_each_fault_is_a_problem_at_its_place(text: str, problems: list[tuple[str, int, int]]) -> None:
    value, found, reading = read(text)
    assert value is None
    assert found == problems
    assert all(each.message for each in reading.problems)


def test_a_mistyped_required_field_is_one_problem_not_two() -> None:
    _, problems, reading = read("nmae: A")
    assert len(problems) == 1
    assert reading.problems[0].help == "did you mean `name`?"


def test_an_unknown_field_far_from_all_gets_their_list() -> None:
    _, _, reading = read("name: A\nxyzzy: B")
    assert reading.problems[0].help == "its fields are: `name`, `oars`, `from`, `crew`, `afloat`"


def test_an_empty_optional_field_is_as_if_it_were_not_there() -> None:
    assert read("name: A\noars:\ncrew:")[0] == Boat(title="A")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """A record of one field."""

    value: Any = required(Line(), "a value")


def typed(type: Type, text: str) -> tuple[Any, list[str], Reading]:
    """What a type reads from a value."""
    reading = Reading()
    fields, _ = read_yaml("a.md", f"value: {text}", 0)
    return type.read(fields.fields[0][1], reading), [each.code for each in reading.problems], reading


@pytest.mark.parametrize("text", ["https://example.org/", "http://a.b/c?d=e#f", "HTTPS://EXAMPLE.ORG"])
def test_a_web_address_is_whole(text: str) -> None:
    assert typed(Web(), text)[:2] == (text, [])


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org", "javascript:x", "https://a b/", "'https://a\"b'", "https://", "/a"]
)
def test_what_is_no_web_address_is_refused(text: str) -> None:
    assert typed(Web(), text)[:2] == (None, ["E202"])


def test_a_slug_is_a_reference_with_or_without_its_kind() -> None:
    for text in ("delta", "'partner:delta'"):
        value, problems, reading = typed(Slug("partner"), text)
        assert value == Reference(Name("partner", "delta"), Place("a.md", 1, 8))
        assert (problems, reading.references) == ([], [value])


def test_an_instant_needs_an_offset() -> None:
    assert typed(Instant(), "2025-10-27T09:00")[:2] == (None, ["E205"])
    value, problems, _ = typed(Instant(), "2025-10-27T09:00+08:00")
    assert problems == []
    assert value is not None


def test_markdown_in_a_field_reports_the_line_of_the_file() -> None:
    _, problems, reading = typed(Passage(), "|\n  One.\n\n  [x](javascript:y)")
    assert problems == ["E305"]
    assert reading.problems[0].place.line == 4


def test_a_part_names_its_fields_where_a_text_stands() -> None:
    _, problems, reading = typed(Part(Boat), "words")
    assert problems == ["E202"]
    assert "`name:`, `oars:`" in reading.problems[0].help


@pytest.mark.parametrize("kind", KINDS.values())
def test_every_field_of_every_kind_says_what_it_is(kind: type) -> None:
    assert all(len(spec.says) > 5 for spec in specs(kind))
    assert any(spec.required for spec in specs(kind))


@pytest.mark.parametrize(("noun", "expected"), [("announcement", "an announcement"), ("partner", "a partner")])
def test_articles(noun: str, expected: str) -> None:
    assert article(noun) == expected
