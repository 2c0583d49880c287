"""Outputs: one path has one maker, also where letters differ in case only, or a file is where a folder must be."""

import unicodedata

import pytest

from communique.output import Page, Raw, collisions
from communique.problems import Place


def raw(path: str, blame: str = "") -> Raw:
    """A file of the output, asked for by a file of its own."""
    return Raw(path, b"", Place(blame or f"static/{path}"))


def page(url: str, blame: str) -> Page:
    """A page at a URL."""
    return Page(url, "page.html", dict, Place(blame))


def test_different_paths_are_no_problem() -> None:
    assert collisions([raw("a.css"), raw("b/a.css"), page("/", "x"), page("/a/", "y"), page("/a/b/", "z")]) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a/b.txt", "a/b.txt"),
        ("a/b.txt", "A/B.TXT"),
        ("straße", "STRASSE"),
        (unicodedata.normalize("NFC", "café"), unicodedata.normalize("NFD", "café")),
        ("ﬁle", "file"),
        ("a", "a/b"),
        ("A", "a/b/c"),
        ("a/b", "a/B/c"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_paths_that_some_disk_cannot_hold_together_are_a_problem(one: str, two: str, turned: bool) -> None:
    outputs = [raw(one, "content/pages/one.md"), raw(two, "content/pages/two.md")]
    (problem,) = collisions(reversed(outputs) if turned else outputs)
    assert problem.code == "E401"
    both = {problem.place.path, *(word.rstrip(".") for word in problem.message.split())}
    assert {"content/pages/one.md", "content/pages/two.md"} <= {each.removesuffix(".") for each in both}


def test_a_page_and_a_file_fight_over_the_file_of_the_page() -> None:
    (problem,) = collisions([page("/about/", "content/pages/about.md"), raw("about/index.html")])
    assert problem.place.path == "static/about/index.html"
    assert "content/pages/about.md" in problem.message


def test_each_of_three_rivals_but_one_is_a_problem() -> None:
    places = [f"content/pages/{name}.md" for name in "abc"]
    problems = collisions([page("/x/", place) for place in places])
    assert [problem.place.path for problem in problems] == places[1:]


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/a/", "a/index.html"),
        ("/a/b.xml", "a/b.xml"),
        ("/404.html", "404.html"),
        ("/%E4%BA%AC/", "京/index.html"),
    ],
)
def test_a_url_is_a_file_that_any_server_gives(url: str, path: str) -> None:
    assert page(url, "x").path == path
