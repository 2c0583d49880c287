"""Promises of the shipped site on its records: each has its page, its links and its place in the lists."""

import pytest
import shipped
from support import built

ADDED = b"""---
title: A second campus is planned
summary: The partners plan a second campus.
date: 2025-11-02
partners:
  - university-of-cambridge
  - biopark
topics: [investment]
contacts: [patrick-maxwell]
---

The plan follows the [first centre](../partners/beijing-rd-centre.md).

> Two campuses are better than one.
> \xe2\x80\x94 Shaun Grady
"""
PATH = "content/announcements/2025-11-02-second-campus.md"


def test_every_record_has_a_page_with_its_title() -> None:
    assert shipped.pages_without(shipped.files(), shipped.site()) == []


def test_every_record_is_linked_from_those_that_name_it_and_back() -> None:
    assert shipped.links_missing(shipped.files(), shipped.site()) == []


def test_every_record_is_in_the_list_of_its_kind() -> None:
    assert shipped.unlisted(shipped.files(), shipped.site()) == []


def test_there_are_records_of_every_kind_and_at_least_forty_pages() -> None:
    assert {record.folder for record in shipped.records(shipped.files())} == {
        "announcements",
        "partners",
        "people",
        "topics",
        "pages",
    }
    assert sum(path.endswith(".html") for path in shipped.site()) >= 40


def test_the_shipped_site_has_no_problems() -> None:
    assert built(shipped.files()).problems == ()


def test_an_announcement_that_is_added_is_covered_by_these_tests() -> None:
    given = {**shipped.files(), PATH: ADDED}
    assert not built(given).problems
    finished = built(given).files
    assert shipped.pages_without(given, finished) == []
    assert shipped.links_missing(given, finished) == []
    assert shipped.unlisted(given, finished) == []
    assert any(record.slug == "second-campus" for record in shipped.records(given))


@pytest.mark.parametrize(
    ("path", "look"),
    [
        ("announcements/second-campus/index.html", shipped.pages_without),
        ("announcements/second-campus/index.html", shipped.links_missing),
        ("topics/investment/index.html", shipped.links_missing),
        ("announcements/index.html", shipped.unlisted),
    ],
)
def test_these_tests_miss_what_is_missing(path: str, look: object) -> None:
    given = {**shipped.files(), PATH: ADDED}
    finished = {**built(given).files, path: b"<!doctype html><h1>Nothing</h1>"}
    assert callable(look)
    assert look(given, finished)
