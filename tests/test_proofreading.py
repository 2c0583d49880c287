"""Proofreading: every build looks for residue, in bodies and fields, in every language; a writer can say why not."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from support import announcement, built, page

from communique.frontmatter import parse
from communique.proofreading.texts import proofread
from communique.work import Work


def residue(given: str) -> list[tuple[str, int, int, str]]:
    """Where residue is found, and its code."""
    return [(*each.place, each.code) for each in built(given).problems if each.code.startswith("W8")]


def test_the_fields_that_readers_see_are_proofread_at_their_place() -> None:
    told = announcement(
        "It is open.",
        "image: {file: a.png, alt: TBC}",
        'facts:\n  - value: "XX"\n    label: Metres\n    source: TBC',
        "notes: |\n  It opened last month.\n\n  A day of 27 October.",
        "questions: [{ask: delta, text: When is the date TBC?}]",
    )
    path = "content/announcements/2025-10-27-bridge.md"
    assert residue(told) == [
        (path, 8, 27, "W811"),
        (path, 10, 13, "W811"),
        (path, 14, 13, "W807"),
        (path, 16, 12, "W808"),
    ]


def test_a_headline_may_say_today() -> None:
    assert residue(announcement().replace("A bridge opens", "A bridge opens today")) == []


def test_a_summary_is_read_as_sentences_are() -> None:
    told = announcement().replace("summary: The bridge", "summary: Last month the bridge")
    assert residue(told) == [("content/announcements/2025-10-27-bridge.md", 3, 10, "W807")]


def test_a_translation_is_proofread_in_its_own_file() -> None:
    told = (
        "-- site.yaml --\ntitle: Two Rivers\nbase_url: https://rivers.example.org/\nlanguages: [en, zh-Hans]\n"
        "timezone: Europe/London\npartner_kinds: [university]\n"
        "-- content/announcements/2025-10-27-bridge.zh-Hans.md --\n---\ntitle: 大桥通车\n---\n\n大桥今天通车,很长。\n"
    )
    path = "content/announcements/2025-10-27-bridge.zh-Hans.md"
    assert residue(told) == [(path, 5, 3, "W807"), (path, 5, 7, "W801")]


def test_a_comment_with_a_reason_silences_a_rule_and_no_reader_sees_it() -> None:
    told = announcement("It opened last month. <!-- allow relative-date: the minister's own words -->")
    assert built(told).problems == ()
    assert "allow" not in page(told)
    assert "It opened last month." in page(told)


def test_a_comment_in_the_fields_silences_a_rule_there() -> None:
    fields = ("# allow placeholder: XX is the name of the bridge", "subtitle: The bridge XX")
    assert residue(announcement("It is open.", *fields)) == []
    assert residue(announcement("It is open.", fields[1])) != []


def test_known_people_are_speakers() -> None:
    words = "“We are glad that the bridge between the two rivers is open at last.”"
    assert residue(announcement(words)) != []
    assert residue(announcement(f"{words} Ada Byron")) == []


def test_a_text_that_is_no_record_of_the_site_is_proofread_nevertheless() -> None:
    path = "content/announcements/2025-10-28-bridge.md"
    told = f"{announcement()}-- {path} --\n---\ntitle: A bridge\n---\n\nIt opened last month.\n"
    assert "E401" in {each.code for each in built(told).problems}
    assert residue(told) == [(path, 5, 11, "W807")]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_residue_in_fields_has_its_place_whatever_ends_the_lines(ends: str) -> None:
    text = "---\ntitle: A bridge\nsummary: It opened last month.\n---\n\nIt is TBC.\n".replace("\n", ends).encode()
    document = parse("a.md", text)
    assert [(each.line, each.column) for each in proofread(document, text)] == [(3, 20), (6, 7)]


def test_a_text_that_did_not_change_is_not_read_again() -> None:
    class Remembering(Work):
        def __init__(self) -> None:
            self.known: dict[tuple[str, bytes], Any] = {}
            self.done: list[str] = []

        def do(
            self,
            function: Callable[..., Any],
            items: Sequence[Any],
            key: Callable[..., bytes] | None = None,
            bulk: str = "",
        ) -> list[Any]:
            name = getattr(function, "func", function).__qualname__
            return [self._one(name, function, item, key) for item in items]

        def _one(self, name: str, function: Callable[..., Any], item: Any, key: Callable[..., bytes] | None) -> Any:
            if key is None:
                return function(item)
            at = (name, key(item))
            if at not in self.known:
                self.known[at] = function(item)
                if "proofread" in name:
                    self.done.append(item[0])
            return self.known[at]

    from datetime import UTC, datetime

    from support import sources

    from communique.pipeline import build

    work, now = Remembering(), datetime(2025, 11, 3, tzinfo=UTC)
    first = build(sources(announcement("It opened last month.")), now, work=work)
    assert len(work.done) == 5
    work.done.clear()
    second = build(sources(announcement("It opened last month.")), now, work=work)
    assert work.done == []
    assert first.problems == second.problems != ()
    build(sources(announcement("It opened last week.")), now, work=work)
    assert work.done == ["content/announcements/2025-10-27-bridge.md"]
    work.done.clear()
    # whom readers know is asked afterwards
    person = "-- content/people/max.md --\n---\nname: Max Planck\n---\n"
    build(sources(announcement("It opened last month.") + person), now, work=work)
    assert work.done == ["content/people/max.md"]
