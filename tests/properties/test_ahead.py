"""An embargo per language: a translation may show before its original, and then nothing of the original does."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support import NOW, built, files, png

SITE = """
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en, zh-Hans, fr]
timezone: Europe/London
partner_kinds: [university, company]
-- content/partners/fleet.md --
---
name: Silent Fleet
kind: company
---
"""
PATH = "content/announcements/harbour/index"
TOMORROW, YESTERDAY = (NOW + timedelta(days=1)).isoformat(), (NOW - timedelta(days=1)).isoformat()
# whatever of an original says something in words
FIELDS = {
    "subtitle": "subtitle: {word}",
    "place": "place: {word}",
    "image": "image: {{file: a.png, alt: {word}, caption: {word}, credit: {word}}}",
    "gallery": "gallery:\n  - {{file: b.png, alt: {word}}}",
    "facts": "facts:\n  - {{value: {word}, label: {word}, source: {word}, as_of: 2025}}",
    "events": "events:\n  - {{date: 2025-10, what: {word}}}",
    "notes": "notes: {word} ahead",
    "source": "source: {{name: {word}, url: https://source.example/}}",
    "corrections": "corrections:\n  - {{date: 2025-11-02, note: {word}}}",
    "questions": "questions:\n  - {{ask: delta, text: {word}}}",
}
WITHHELD = (f"embargo: {TOMORROW}", "draft: true", f"embargo: {TOMORROW}\ndraft: true")
EARLIER = f"embargo: {YESTERDAY}\ndraft: false\nquestions: []"

fields = st.sets(st.sampled_from(sorted(FIELDS)))
bodies = st.lists(
    st.sampled_from(("{word} text", "## {word}", "> {word}\n> — Ada Byron", "![{word}](b.png)")), min_size=1
)


def text(word: str, named: set[str], body: list[str], *more: str) -> bytes:
    """An announcement that says a word everywhere."""
    said = [f"title: {word} title of it", f"summary: {word} summary", *(FIELDS[name] for name in sorted(named)), *more]
    front = "\n".join(line.format(word=word) for line in said)
    whole = "\n\n".join(body).format(word=word)
    return f"---\n{front}\n---\n\n{whole}\n".encode()


def site(original: bytes, translation: bytes | None) -> dict[str, bytes]:
    """The site with an announcement and maybe its translation."""
    found = files(SITE) | {f"{PATH}.md": original, f"{PATH[:-5]}a.png": png(4, 3), f"{PATH[:-5]}b.png": png(3, 5)}
    return found if translation is None else found | {f"{PATH}.zh-Hans.md": translation}


def errors(given: Mapping[str, bytes]) -> list[str]:
    return [str(each) for each in built(given).problems if each.severity == "error"]


@settings(max_examples=12, derandomize=True, deadline=None, phases=[Phase.generate])
@given(named=fields, mine=fields, body=bodies, theirs=bodies, stands=st.sampled_from(WITHHELD))
def test_of_a_withheld_original_nothing_shows_but_what_its_public_translation_says(
    named: set[str], mine: set[str], body: list[str], theirs: list[str], stands: str
) -> None:
    shared = ("date: 2025-11-02", "partners: [fleet, delta]", stands)
    translation = text("自己", mine - {"questions"}, theirs, EARLIER)
    one = site(text("Unspoken", named, body, *shared), translation)
    other = site(text("Different", named, body[::-1], *shared), translation)
    finished = built(one).files
    assert errors(one) == []
    assert "自己" in finished["zh-Hans/announcements/harbour/index.html"].decode()
    assert finished == built(other).files
    assert not [path for path, data in finished.items() if b"Unspoken" in data]
    # the other languages are as if there were no such announcement
    without = built({path: data for path, data in one.items() if not path.startswith(PATH[:-5])}).files
    pictures = {f"announcements/harbour/{each}" for each in finished if each.startswith("announcements/harbour/")}
    told = {path for path in finished.keys() | without.keys() if finished.get(path) != without.get(path)}
    stray = {path for path in told - pictures if not path.startswith(("zh-Hans/", "announcements/harbour/"))}
    assert stray <= {"sitemap.xml", "news-sitemap.xml"}
    assert not any(path.endswith(".html") for path in told if path.startswith("announcements/harbour/"))
    assert "partners/fleet/index.html" not in finished
    assert (
        'canonical" href="https://rivers.example.org/zh-Hans/partners/fleet/"'
        in finished["zh-Hans/partners/fleet/index.html"].decode()
    )


@settings(max_examples=8, derandomize=True, deadline=None, phases=[Phase.generate])
@given(named=fields, mine=fields, body=bodies, stands=st.sampled_from(WITHHELD))
def test_a_withheld_translation_is_as_if_it_were_not_there(
    named: set[str], mine: set[str], body: list[str], stands: str
) -> None:
    original = text("Spoken", named - {"questions"}, body, "date: 2025-11-02", "partners: [fleet, delta]")
    both = site(original, text("秘密", mine - {"image", "gallery"}, body, stands))
    assert errors(both) == []
    assert built(both).files == built(site(original, None)).files


@pytest.mark.parametrize("stands", WITHHELD)
def test_without_fields_of_its_own_a_translation_waits_for_its_original(stands: str) -> None:
    shared = ("date: 2025-11-02", "partners: [fleet, delta]", stands)
    found = site(text("Unspoken", set(), ["{word}"], *shared), text("自己", set(), ["{word}"]))
    assert not [path for path in built(found).files if "harbour" in path]


def test_what_takes_words_from_its_original_waits_for_it_and_is_told() -> None:
    shared = ("date: 2025-11-02", "partners: [fleet]", WITHHELD[0])
    found = site(
        text("Unspoken", set(), ["{word}"], *shared), f"---\ntitle: 自己\nembargo: {YESTERDAY}\n---\n".encode()
    )
    whole = built(found)
    assert not [path for path in whole.files if "harbour" in path]
    (told,) = [each for each in whole.problems if each.code == "W707"]
    assert "cannot show before its original" in told.message
    assert told.place == (f"{PATH}.zh-Hans.md", 3, 10)


def test_a_draft_is_no_older_for_an_embargo_of_its_translation() -> None:
    shared = ("date: 2025-11-02", "partners: [fleet]", "draft: true")
    found = site(text("Unspoken", set(), ["{word}"], *shared), text("自己", set(), ["{word}"], f"embargo: {YESTERDAY}"))
    assert not [path for path in built(found).files if "harbour" in path]


def test_once_the_original_is_public_the_translation_shares_its_words_again() -> None:
    shared = ("date: 2025-11-02", "partners: [fleet]", f"embargo: {TOMORROW}")
    found = site(
        text("Unspoken", {"place"}, ["{word}"], *shared), text("自己", set(), ["{word}"], f"embargo: {YESTERDAY}")
    )
    assert "Unspoken" not in built(found).files["zh-Hans/announcements/harbour/index.html"].decode()
    later = built(found, now=NOW + timedelta(days=2))
    assert "Unspoken" in later.files["zh-Hans/announcements/harbour/index.html"].decode()
    assert [each.code for each in later.problems if each.code == "W707"] == []
