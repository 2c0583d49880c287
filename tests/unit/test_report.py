"""The report: what people, programs and GitHub are told of a run."""

import json
from datetime import UTC, datetime

import pytest

from communique.problems import Place, Problem, arrange, did_you_mean, failing, suggest
from communique.report import as_github, as_json, as_text, summary

PATH = "content/topics/a.md"
ERROR = Problem(Place(PATH, 2, 3), "E203", "`nmae` is not a field of a topic", "did you mean `name`?")
WARNING = Problem(Place(PATH), "W303", "nothing leads here")


def missing(_: str) -> None:
    """No file is there."""


def shown(line: bytes, column: int) -> list[str]:
    """The source line and the caret as they are printed."""
    problem = Problem(Place(PATH, 1, column), "E203", "message")
    return as_text([problem], lambda path: line if path == PATH else None).split("\n")[1:-2]


def test_a_problem_is_a_paragraph_with_place_line_caret_and_help() -> None:
    assert as_text([ERROR, WARNING], {PATH: b"---\n  nmae: A\n---\n"}.get) == (
        "content/topics/a.md:2:3: error[E203]: `nmae` is not a field of a topic\n"
        "  2 |   nmae: A\n"
        "    |   ^\n"
        "  help: did you mean `name`?\n"
        "\n"
        "content/topics/a.md:1:1: warning[W303]: nothing leads here\n"
        "\n"
    )


@pytest.mark.parametrize(
    ("line", "column", "before"),
    [
        (b"abc", 1, ""),
        (b"abc", 3, "  "),
        (b"\ta\tb", 4, "\t \t"),
        ("北京 x".encode(), 4, "     "),
        (b"\xef\xbb\xbfabc", 2, " "),
        (b"a\x1b[31mb", 7, "      "),
    ],
)
def test_the_caret_stands_under_its_sign(line: bytes, column: int, before: str) -> None:
    source, caret = shown(line, column)
    assert caret == f"    | {before}^"
    assert "\x1b" not in source


def test_a_long_line_is_cut_around_the_place() -> None:
    source, caret = shown(b"a" * 5000 + b"!" + b"b" * 5000, 5001)
    assert len(source) < 140
    assert source[len(caret) - 1] == "!"


@pytest.mark.parametrize("ending", [b"\n", b"\r\n", b"\r"])
def test_lines_are_counted_as_the_file_ends_them(ending: bytes) -> None:
    problem = Problem(Place(PATH, 3, 1), "E203", "message")
    assert "  3 | third" in as_text([problem], lambda _: ending.join([b"first", b"second", b"third"]))


@pytest.mark.parametrize("source", [None, b"", b"only one line"])
def test_a_line_that_is_not_there_is_left_out(source: bytes | None) -> None:
    assert as_text([Problem(Place(PATH, 9, 1), "E203", "message")], lambda _: source) == (
        f"{PATH}:9:1: error[E203]: message\n\n"
    )


def test_colour_is_only_where_it_is_asked_for() -> None:
    assert "\x1b" not in as_text([ERROR], missing)
    assert "\x1b[1;31merror[E203]\x1b[0m" in as_text([ERROR], missing, colour=True)
    assert "\x1b[1;33mwarning[W303]\x1b[0m" in as_text([WARNING], missing, colour=True)


def test_github_gets_one_line_a_problem_with_its_signs_escaped() -> None:
    odd = Problem(Place("content/topics/a,b:c.md", 1, 2), "E203", "100%\nwrong", "mend\r\nit")
    assert as_github([odd, WARNING]) == (
        "::error file=content/topics/a%2Cb%3Ac.md,line=1,col=2,title=E203::100%25%0Awrong%0Ahelp: mend%0D%0Ait\n"
        "::warning file=content/topics/a.md,line=1,col=1,title=W303::nothing leads here\n"
    )


def test_json_holds_the_whole_run() -> None:
    at = datetime(2025, 12, 1, tzinfo=UTC)
    text = as_json([WARNING], published=True, written=1, removed=2, unchanged=3, next_change=at)
    assert json.loads(text) == {
        "problems": [
            {
                "path": PATH,
                "line": 1,
                "column": 1,
                "severity": "warning",
                "code": "W303",
                "message": "nothing leads here",
                "help": "",
            }
        ],
        "published": True,
        "written": 1,
        "removed": 2,
        "unchanged": 3,
        "next_change": "2025-12-01T00:00:00+00:00",
    }
    assert text.endswith("}\n")


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], ""),
        ([ERROR], "1 error"),
        ([WARNING], "1 warning"),
        ([ERROR, ERROR, WARNING], "2 errors and 1 warning"),
        ([WARNING, WARNING], "2 warnings"),
    ],
)
def test_the_summary_counts_in_words(problems: list[Problem], words: str) -> None:
    assert summary(problems) == words


def test_problems_are_sorted_by_place_and_each_is_told_once() -> None:
    later, first = Problem(Place(PATH, 10, 1), "E203", "b"), Problem(Place(PATH, 9, 5), "E203", "a")
    other = Problem(Place("content/pages/z.md", 99, 1), "E203", "c")
    assert arrange([later, first, other, later]) == (other, first, later)


def test_warnings_fail_only_where_they_are_to() -> None:
    assert not failing([], strict=True)
    assert not failing([WARNING], strict=False)
    assert failing([WARNING], strict=True)
    assert failing([WARNING, ERROR], strict=False)


def test_a_near_word_is_suggested_in_its_own_spelling() -> None:
    known = ["Title", "summary", "date"]
    assert suggest("tilte", known) == "Title"
    assert suggest("SUMARY", known) == "summary"
    assert suggest("xyz", known) == ""
    assert did_you_mean("xyz", known, "pick one") == "pick one"
