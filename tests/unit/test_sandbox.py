"""The sandbox: what a macro makes of a card is made once, and nothing shows it but the time."""

import pytest
from jinja2.runtime import Macro

from communique import sandbox
from communique.output import Page
from communique.problems import Place, Problem
from communique.render import Renderer
from communique.views import PartnerCard, TopicCard

ROADS, RAILS = TopicCard("Roads", "/topics/roads/", "two"), TopicCard("Rails", "/topics/rails/", "one")


class Pages:
    """Pages of one renderer, so that each may find what another has left."""

    def __init__(self, parts: str, page: str = "", **others: str) -> None:
        named = {f"{name}.html": text for name, text in others.items()}
        self.renderer = Renderer({"parts.html": parts, "page.html": page, **named}, "/")

    def make(self, template: str = "page", **values: object) -> bytes | Problem:
        context = {"t": {}, **values}
        return self.renderer.render(Page("/a/", f"{template}.html", lambda: context, Place("content/pages/a.md")))

    @property
    def kept(self) -> list[str]:
        return [each.made for each in self.renderer.environment.kept.values()]


PARTS = "{% macro entry(card, big=false) %}<b>{{ card.name }}{{ big }}</b>{% endmacro %}"
SHOW = '{% import "parts.html" as show %}'


def test_a_macro_makes_of_a_card_the_same_on_all_pages_and_but_once() -> None:
    pages = Pages(PARTS, SHOW + "{% for card in cards %}{{ show.entry(card) }}{% endfor %}")
    assert pages.make(cards=[ROADS, RAILS]) == b"<b>RoadsFalse</b><b>RailsFalse</b>"
    assert pages.make(cards=[RAILS, RAILS, ROADS]) == b"<b>RailsFalse</b><b>RailsFalse</b><b>RoadsFalse</b>"
    assert pages.kept == ["<b>RoadsFalse</b>", "<b>RailsFalse</b>"]


def test_other_arguments_make_another_thing() -> None:
    pages = Pages(PARTS, SHOW + "{{ show.entry(card) }}{{ show.entry(card, true) }}{{ show.entry(card, 1) }}")
    assert pages.make(card=ROADS) == b"<b>RoadsFalse</b><b>RoadsTrue</b><b>Roads1</b>"
    assert pages.make(card=ROADS) == b"<b>RoadsFalse</b><b>RoadsTrue</b><b>Roads1</b>"


def test_a_card_that_says_the_same_is_another_card() -> None:
    pages = Pages(PARTS, SHOW + "{{ show.entry(card) }}")
    for _ in range(3):
        assert pages.make(card=TopicCard("Roads", "/", "")) == b"<b>RoadsFalse</b>"
    assert len(pages.kept) == 3


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("{% macro own(card) %}{{ card.name }}{{ word }}{% endmacro %}{{ own(card) }}", id="its own macro"),
        pytest.param('{% import "more.html" as more with context %}{{ more.own(card) }}', id="with context"),
        pytest.param('{% from "more.html" import own with context %}{{ own(card) }}', id="by name, with context"),
        pytest.param(SHOW + "{% call(x) show.box(card) %}{{ word }}{% endcall %}", id="with a caller"),
    ],
)
def test_a_macro_that_sees_its_page_says_what_the_page_says(page: str) -> None:
    parts = "{% macro box(card) %}{{ card.name }}{{ caller(card) }}{% endmacro %}"
    pages = Pages(parts, page, more="{% macro own(card) %}{{ card.name }}{{ word }}{% endmacro %}")
    assert pages.make(card=ROADS, word="1") == b"Roads1"
    assert pages.make(card=ROADS, word="2") == b"Roads2"


def test_what_changes_from_call_to_call_is_looked_at_each_time() -> None:
    parts = "{% macro entry(card, loop) %}{{ card.name }}{{ loop.index }}{% endmacro %}"
    pages = Pages(parts, SHOW + "{% for card in cards %}{{ show.entry(card, loop) }}{% endfor %}")
    assert pages.make(cards=[ROADS, ROADS]) == b"Roads1Roads2"
    parts = "{% macro entry(card, words) %}{{ card.name }}{{ words | join }}{% endmacro %}"
    once = SHOW + "{% set words = names | map('upper') %}{{ show.entry(card, words) }}{{ show.entry(card, words) }}"
    assert Pages(parts, once).make(card=ROADS, names=["a"]) == b"RoadsARoads"


@pytest.mark.parametrize(
    ("parts", "made"),
    [
        ("{% macro inner(card) %}{{ n }}{% endmacro %}{{ inner(card) }}{% set n = 2 %}{{ inner(card) }}", b"12"),
        (
            "{% for a in (1, 2) %}{% set changed = loop.changed %}"
            "{% call(card) show(card) %}{{ changed(a) }} {% endcall %}{% endfor %}",
            b"True False True False ",
        ),
    ],
    ids=["a macro", "a caller"],
)
def test_what_stands_inside_of_a_macro_sees_what_is_set_there(parts: str, made: bytes) -> None:
    show = "{% macro show(card) %}{{ caller(card) }}{{ caller(card) }}{% endmacro %}"
    outer = f"{show}{{% macro outer(card) %}}{{% set n = 1 %}}{parts}{{% endmacro %}}"
    assert Pages(outer, SHOW + "{{ show.outer(card) }}").make(card=ROADS) == made


def test_a_text_that_is_not_to_be_escaped_stays_so() -> None:
    page = "{% autoescape false %}{{ show.entry(card) }}{% endautoescape %}{{ show.entry(card) }}"
    pages = Pages("{% macro entry(card) %}<b>{{ card.name }}</b>{% endmacro %}", SHOW + page)
    assert pages.make(card=TopicCard("A & B", "/", "")) == b"<b>A &amp; B</b><b>A &amp; B</b>"


@pytest.mark.parametrize("text", ["{{ show.entry() }}", "{{ show.entry(card, 1, 2) }}", "{{ show.entry(nope=1) }}"])
def test_a_macro_called_wrongly_is_a_problem(text: str) -> None:
    assert isinstance(Pages(PARTS, SHOW + text).make(card=ROADS), Problem)


def test_what_was_made_before_takes_as_many_steps_as_when_it_was_made() -> None:
    parts = "{% macro entry(card) %}{% for a in range(90000) %}{% endfor %}{{ card.name }}{% endmacro %}"
    pages = Pages(
        parts, SHOW + "{% for a in range(20) %}{{ show.entry(card) }}{% endfor %}", one=SHOW + "{{ show.entry(card) }}"
    )
    assert pages.make("one", card=ROADS) == b"Roads"
    found = pages.make(card=ROADS)
    assert isinstance(found, Problem)
    assert found.code == "E503"


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "KEPT", 2000)
    pages = Pages(PARTS, SHOW + "{{ show.entry(card) }}")
    for number in range(100):
        assert pages.make(card=TopicCard(str(number), "/", "")) == f"<b>{number}False</b>".encode()
        assert 0 < len(pages.kept) < 10


def test_a_macro_gives_no_more_of_itself_than_those_of_jinja() -> None:
    pages = Pages(PARTS)
    entry = pages.renderer.environment.get_template("parts.html").module.entry  # type: ignore[attr-defined]
    plain = {name for name in dir(Macro) if not name.startswith("_")} | {"name", "arguments", "caller"}
    plain |= {"catch_kwargs", "catch_varargs", "explicit_caller"}
    assert {name for name in dir(entry) if not name.startswith("_")} == plain


def test_no_kind_of_card_can_change() -> None:
    for each in sandbox._CARDS:
        assert each.__dataclass_params__.frozen, each  # type: ignore[attr-defined]
    assert PartnerCard in sandbox._CARDS


@pytest.mark.parametrize(("inner", "made"), [("", True), ("{% for other in cards %}{% endfor %}", False)])
def test_a_page_may_take_as_many_steps_as_its_lists_need_and_no_more(inner: str, made: bool) -> None:
    calls = "{{ show.entry(card) }}" * 8
    pages = Pages(PARTS, SHOW + f"{{% for card in cards %}}{calls}{inner}{{% endfor %}}")
    cards = (ROADS, RAILS) * 7_000
    page = pages.make(cards=cards)
    assert (len(page) if isinstance(page, bytes) else page.code) == (
        len(cards) * 8 * len("<b>RoadsFalse</b>") if made else "E503"
    )
    assert len(cards) * 8 * sandbox.CALL > sandbox.STEPS
