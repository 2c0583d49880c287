"""The preview shows what is withheld, says so, and leaves everything else as it will be."""

from datetime import UTC, datetime

from support import NOW, built, sources

from communique.preview import preview
from communique.serving.recollection import Recollection
from communique.work import Work

WITHHELD = """\
-- content/announcements/2025-12-01-harbour.md --
---
title: A harbour opens
summary: The harbour is open.
date: 2025-12-01
partners: [delta, works]
embargo: 2025-12-01T09:00+08:00
---

The harbour is open.
-- content/announcements/2025-12-02-ferry.md --
---
title: A ferry sails
summary: The ferry sails.
date: 2025-12-02
partners: [delta]
draft: true
---

See [the harbour](2025-12-01-harbour.md).
-- content/partners/works.md --
---
name: Delta Works
kind: company
country: China
---
"""
LIFT = datetime(2025, 12, 1, 1, tzinfo=UTC)
HARBOUR, FERRY = (f"announcements/{slug}/index.html" for slug in ("harbour", "ferry"))


def test_what_is_withheld_is_there_with_its_standing_and_its_reason_in_every_clock() -> None:
    made = preview(sources(WITHHELD), NOW)
    assert made.problems == ()
    assert {HARBOUR, FERRY, "partners/works/index.html"} <= made.files.keys()
    assert set(made.notices) == {HARBOUR, FERRY}
    assert made.notices[FERRY].standing == "draft"
    assert "draft: true" in made.notices[FERRY].why
    assert made.notices[HARBOUR].standing == "embargoed"
    assert "Mon 1 Dec 2025 01:00 in London, Mon 1 Dec 2025 09:00 in China" in made.notices[HARBOUR].why


def test_a_notice_goes_when_the_embargo_lifts_and_the_preview_knows_when() -> None:
    assert preview(sources(WITHHELD), NOW).next_change == LIFT
    assert set(preview(sources(WITHHELD), LIFT).notices) == {FERRY}


def test_where_nothing_is_withheld_the_preview_is_the_site() -> None:
    assert dict(preview(sources(), NOW).files) == dict(built().files)


def test_a_mention_of_what_is_withheld_is_a_problem_in_the_preview_too() -> None:
    mention = "-- content/pages/about.md --\n---\ntitle: About\n---\n\n[It](../announcements/2025-12-01-harbour.md).\n"
    made = preview(sources(WITHHELD + mention), NOW)
    assert "E309" in {problem.code for problem in made.problems}


def test_without_settings_there_are_problems_and_no_files() -> None:
    made = preview(sources("-- site.yaml --\ntitle: [\n"), NOW)
    assert made.problems
    assert not made.files


def test_remembering_changes_nothing_and_lets_go_of_what_is_no_longer_asked_for() -> None:
    work = Recollection(Work())
    for text in (WITHHELD, "", WITHHELD):
        remembered = preview(sources(text), NOW, work)
        work.forget()
        assert dict(remembered.files) == dict(preview(sources(text), NOW).files)
    asked: list[int] = []

    def square(number: int) -> int:
        asked.append(number)
        return number * number

    for _ in range(2):
        assert work.do(square, [3], lambda number: bytes([number])) == [9]
        work.forget()
    assert asked == [3]
    work.forget()
    assert work.do(square, [3], lambda number: bytes([number])) == [9]
    assert asked == [3, 3]
