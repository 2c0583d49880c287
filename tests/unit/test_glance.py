"""A glance shows a changed text just as the whole preview will."""

import pytest
from support import NOW, sources
from unit.test_preview import WITHHELD

from communique.glance import glance
from communique.preview import preview
from communique.render import Renderer

BRIDGE = "content/announcements/2025-10-27-bridge.md"
TEXT = """\
---
title: A bridge opens
summary: The bridge between the two rivers is open.
date: 2025-10-27
partners: [delta]
topics: [bridges]
contacts: [ada-byron]
---

The bridge is open, says Delta University.

> We waited long.
> — Ada Byron
"""
SITE = f"{WITHHELD}-- {BRIDGE} --\n{TEXT}"
BEFORE = preview(sources(SITE), NOW)
TEMPLATES = {path.removeprefix("templates/"): data.decode() for path, data in sources(SITE).templates.items()}


def glanced(text: str, path: str = BRIDGE) -> dict[str, bytes]:
    """The pages of a glance at another text."""
    return dict(glance(BEFORE, path, text.encode(), Renderer(TEMPLATES, "/")))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("is open, says", "has opened, say the people of"),
        ("We waited long", "We waited *very* long"),
        ("title: A bridge opens", "title: The bridge opens"),
        ("The bridge is", "## Why\n\nSee [the university](../partners/delta.md). The bridge is"),
        ("summary: The bridge", "pinned: true\nfacts: [{value: 7 m, label: Height}]\nsummary: The bridge"),
    ],
)
def test_a_glance_at_changed_words_is_the_page_that_the_whole_preview_has(old: str, new: str) -> None:
    assert BEFORE.problems == ()
    text = TEXT.replace(old, new)
    whole = preview(sources(f"{WITHHELD}-- {BRIDGE} --\n{text}"), NOW)
    path = "announcements/bridge/index.html"
    assert glanced(text) == {path: whole.files[path]}
    assert whole.files[path] != BEFORE.files[path]


def test_a_glance_at_a_withheld_text_shows_it_too() -> None:
    path, text = "content/announcements/2025-12-02-ferry.md", "---\ntitle: A ferry sails\nsummary: The ferry sails.\n"
    text += "date: 2025-12-02\npartners: [delta]\ndraft: true\n---\n\nIt sails at noon.\n"
    assert b"It sails at noon." in glanced(text, path)["announcements/ferry/index.html"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2025-10-27", "date: 2025-10-28"),
        ("partners: [delta]", "partners: [gamma]"),
        ("— Ada Byron", "— Works"),
        ("summary:", "sumary:"),
        ("summary:", "image: {file: a.png, alt: A}\nsummary:"),
        (TEXT, ""),
        (TEXT, "\x00"),
        (TEXT, TEXT[:60]),
    ],
)
def test_what_is_more_than_words_waits_for_the_whole_preview(old: str, new: str) -> None:
    assert glanced(TEXT.replace(old, new)) == {}


def test_a_text_that_was_not_there_waits_for_the_whole_preview() -> None:
    assert glanced(TEXT, "content/announcements/2025-10-27-tower.md") == {}
    assert glanced(TEXT, "content/announcements/other/2025-10-27-bridge.md") == {}
    assert glanced("---\nname: Bridges\n---\n", "content/topics/bridges.md") == {}
