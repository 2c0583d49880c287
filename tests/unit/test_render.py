"""Rendering: a template sees its page alone, its faults have a place, and links become relative."""

from collections.abc import Mapping

import pytest
from markupsafe import escape

from communique.output import Page
from communique.problems import Place, Problem
from communique.render import Renderer, relative


def render(
    template: str, url: str = "/a/", others: Mapping[str, str] | None = None, **values: object
) -> bytes | Problem:
    """What a template gives for a page."""
    renderer = Renderer({"page.html": template, **(others or {})}, "/press/")
    context: Mapping[str, object] = {"t": {}, **values}
    return renderer.render(
        Page(url, "page.html", lambda: context, Place("content/pages/a.md"), absolute=url == "/404.html")
    )


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/", "./b/"),
        ("/404.html", "/press/b/"),
        ("/a/", "../b/"),
        ("/a/c/", "../../b/"),
        ("/a/page/2/", "../../../b/"),
        ("/%E4%BA%AC/", "../b/"),
    ],
)
def test_a_link_from_the_root_becomes_relative_to_the_page(url: str, href: str) -> None:
    assert render('<a href="/b/">', url) == f'<a href="{href}">'.encode()


@pytest.mark.parametrize(
    "text",
    [
        '<a href="https://example.org/">',
        '<a href="#a">',
        '<a href="mailto:a@b">',
        "<p>a = /b</p>",
        "<p>=&quot;/b&quot;</p>",
        '<p title="a /b">',
    ],
)
def test_everything_else_stays_as_it_is(text: str) -> None:
    assert relative(text, "../") == text


def test_a_text_that_looks_like_a_link_is_escaped_before() -> None:
    assert render("<p>{{ text }}</p>", text='="/b"') == b"<p>=&#34;/b&#34;</p>"


@pytest.mark.parametrize("value", ["<b>", '"', "'", "&", "</script>"])
def test_every_value_is_escaped_in_every_kind_of_template(value: str) -> None:
    escaped = str(escape(value))
    assert render('<p title="{{ text }}">{{ text }}</p>', text=value) == f'<p title="{escaped}">{escaped}</p>'.encode()


def test_jinja_in_a_value_is_text() -> None:
    assert render("{{ text }}", text="{{ 7 * 7 }}{% for %}") == b"{{ 7 * 7 }}{% for %}"


@pytest.mark.parametrize(
    ("template", "code", "line", "column"),
    [
        ("<p>\n{{ nothing }}", "E501", 2, 4),
        ("\n\n  {{ text.nothing }}", "E501", 3, 11),
        ("{% if nothing %}{% endif %}", "E501", 1, 7),
        ("\n{{ text", "E502", 2, 1),
        ("{% for %}", "E502", 1, 1),
        ("{{ text | nothing }}", "E502", 1, 1),
        ("{% if text %}\n\n", "E502", 2, 1),
        ("{% include 'nothing.html' %}", "E502", 1, 1),
        ("{{ text + 1 }}", "E503", 1, 1),
        ("\n{{ 1 / 0 }}", "E503", 2, 1),
        ("{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "E503", 1, 1),
    ],
)
def test_a_fault_of_a_template_is_a_problem_at_its_line(template: str, code: str, line: int, column: int) -> None:
    problem = render(template, text="text")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place) == (code, Place("templates/page.html", line, column))


def test_a_fault_in_an_included_template_is_reported_there() -> None:
    problem = render("\n\n{% include 'part.html' %}", others={"part.html": "\n{{ nothing }}"})
    assert isinstance(problem, Problem)
    assert problem.place == Place("templates/part.html", 2, 4)


def test_a_mistyped_name_gets_a_suggestion() -> None:
    problem = render("{{ titel }}", title="A")
    assert isinstance(problem, Problem)
    assert problem.help == "did you mean `title`?"
    problem = render("{{ updatd }}", t={"updated": "Updated"})
    assert isinstance(problem, Problem)
    assert problem.help == "did you mean `t.updated`?"


def test_every_template_is_read_whether_it_is_used_or_not() -> None:
    problems = Renderer({"a.html": "fine", "b.html": "{% if %}", "c.html": "\n{{ }"}, "/").check()
    assert [(each.code, each.place.path, each.place.line) for each in problems] == [
        ("E502", "templates/b.html", 1),
        ("E502", "templates/c.html", 2),
    ]


@pytest.mark.parametrize("name", ["lipsum", "cycler", "joiner", "namespace", "dict", "config", "self.nothing"])
def test_a_template_has_nothing_to_ask_the_world_with(name: str) -> None:
    assert isinstance(render(f"{{{{ {name}() }}}}"), Problem)


def test_chance_has_no_place_in_a_template() -> None:
    problem = render("{{ [1, 2] | random }}")
    assert isinstance(problem, Problem)
    assert problem.code == "E502"
