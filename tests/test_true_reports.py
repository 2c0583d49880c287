"""Reports are true: a fault is told once, where it is, and brings no others with it; nothing is lost without a word."""

import re
from collections.abc import Mapping

import pytest
from support import announcement, built, files

from communique.report import as_text

SETTINGS = "-- site.yaml --\n" + files()["site.yaml"].decode()
ABOUT = "-- content/pages/about.md --\n---\ntitle: About\n---\n\n[Delta](partner:delta) [A](person:ada-byron) "
FOLLOWING: Mapping[str, tuple[str, set[str]]] = {
    "a speaker's file": (
        announcement("> It holds.\n> — Ada Byron")
        + "-- content/people/ada-byron.md --\n---\nname: Ada Byron\nrole: Head\n---\n",
        {"content/people/ada-byron.md"},
    ),
    "a page in the menu": (
        SETTINGS.replace("menu: [", "menu: [page:about, ") + f"{ABOUT}".replace("---\n\n", "draft: true\n---\n\n"),
        {"content/pages/about.md"},
    ),
    "the only announcement of a topic": (
        announcement("x", "nothing: x") + "-- content/pages/about.md (absent) --\n",
        {"content/announcements/2025-10-27-bridge.md"},
    ),
    "a partner with a part": (
        "-- content/partners/delta.md --\n---\nname: Delta\nkind: university\nnothing: x\n---\n"
        "-- content/partners/lab.md --\n---\nname: Lab\nkind: company\nparent: delta\n---\n"
        + announcement("[Lab](partner:lab)"),
        {"content/partners/delta.md"},
    ),
    "an announcement that others link to": (
        announcement("## Plan\n\nx", "nothing: x")
        + f"{ABOUT} [b](../announcements/2025-10-27-bridge.md#plan) topic:bridges\n",
        {"content/announcements/2025-10-27-bridge.md"},
    ),
}


@pytest.mark.parametrize("name", FOLLOWING)
def test_a_fault_brings_no_others_with_it(name: str) -> None:
    site, paths = FOLLOWING[name]
    assert {each.place.path for each in built(site).problems} == paths


def test_a_template_that_fails_does_not_make_pages_vanish() -> None:
    public = frozenset(built().files)
    found = built("-- templates/topic.html --\n{{ nothing }}\n", published=public)
    assert {each.code for each in found.problems} == {"E501"}


def test_a_text_cut_by_a_comment_that_does_not_end_is_a_problem() -> None:
    assert built(announcement("One <!-- two\n\nThree.")).problems


def test_an_empty_link_is_a_problem() -> None:
    assert built(announcement("See [the plan]().")).problems


@pytest.mark.parametrize(
    ("target", "near"),
    [
        ("brigde.md", "2025-10-27-bridge.md"),
        ("../partners/dleta.md", "../partners/delta.md"),
        ("nope.md", ""),
    ],
)
def test_a_dead_link_gets_the_nearest_file_where_one_is_near(target: str, near: str) -> None:
    other = "-- content/announcements/2025-10-28-ferry.md --\n---\ntitle: Ferry\nsummary: It sails.\ndate: 2025-10-28\n"
    found = built(announcement("x") + f"{other}partners: [delta]\n---\n\nSee [x]({target}).\n").problems
    [problem] = [each for each in found if each.code == "E302"]
    assert problem.help.startswith(f"did you mean `{near}`?" if near else "links to records lead to their files")


def test_an_old_path_that_takes_a_page_of_others_makes_no_link_to_it_dead() -> None:
    ferry = "-- content/announcements/2025-10-28-ferry.md --\n---\ntitle: Ferry\nsummary: It sails.\ndate: 2025-10-28\n"
    taken = (
        announcement("> It holds.\n> — Ada Byron")
        + f"{ferry}partners: [delta]\nwas: [/announcements/bridge/]\n---\n\nx\n"
    )
    assert [each.code for each in built(taken).problems if each.code.startswith("E")] == ["E401"]


def test_only_a_draft_may_have_no_partners_yet() -> None:
    nobody = announcement("x").replace("partners: [delta]", "partners: []")
    assert nobody != announcement("x")
    assert "E208" in {each.code for each in built(nobody).problems}
    draft = nobody.replace("partners: []", "partners: []\ndraft: true")
    assert "E208" not in {each.code for each in built(draft).problems}


def test_every_problem_has_a_line_and_a_column() -> None:
    told = as_text(
        built("-- content/topics/2025-10-27-bridges.md --\n---\nname: More bridges\n---\n").problems, lambda _: None
    )
    assert re.match(r"content/topics/bridges\.md:1:1: error\[E401\]: ", told)


def test_a_message_is_one_line_whatever_the_content_is_called() -> None:
    told = announcement("x", '"a\\nb\\x1b[31m": c')
    assert all(each.message.isprintable() for each in built(told).problems)


def test_a_fault_after_a_line_separator_is_reported_on_its_line() -> None:
    told = announcement("x", "subtitle: 'a\u2028b'", "nothing: c")
    assert [each.place.line for each in built(told).problems] == [9]


def test_a_fault_in_a_field_of_markdown_is_reported_under_its_sign() -> None:
    told = announcement("x", "notes: |\n  One.\n\n  See [x](nope.md).")
    (problem,) = built(told).problems
    assert (problem.place.line, problem.place.column) == (11, 9)


def test_the_heading_that_takes_an_id_of_the_page_is_named() -> None:
    found = built(announcement("One.\n\n## Main content")).problems
    assert [each.place.path for each in found] == ["content/announcements/2025-10-27-bridge.md"]


def test_a_control_character_in_a_value_is_reported_at_its_place() -> None:
    told = announcement().replace("title: A bridge opens", 'title: "A\\x1b bridge"')
    assert [str(each.place) for each in built(told).problems] == ["content/announcements/2025-10-27-bridge.md:2:8"]


def test_a_dead_link_is_not_told_to_lead_to_its_own_file() -> None:
    (problem,) = built(announcement("[x](plan.pdf)")).problems
    assert "2025-10-27-bridge.md" not in problem.help


@pytest.mark.parametrize(
    "line", ['<p onclick="x">', "<img src='/favicon.svg'>", '<script type="application/ld+json">{x</script>']
)
def test_a_fault_of_markup_is_reported_in_its_template(line: str) -> None:
    found = built(f"{ABOUT}\n-- templates/page.html --\n<h1>{{{{ title }}}}</h1>\n{line}\n").problems
    assert {(each.place.path, each.place.line) for each in found} == {("templates/page.html", 2)}
