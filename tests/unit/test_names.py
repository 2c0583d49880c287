"""Names: which record a file of content/ belongs to, and which file names are refused."""

import unicodedata

import pytest

from communique.names import ContentFile, Name, read_path, slug_fault
from communique.problems import Problem


@pytest.mark.parametrize(
    ("path", "kind", "slug", "language", "own_folder"),
    [
        ("content/announcements/bridge.md", "announcement", "bridge", "", False),
        ("content/announcements/2025-10-27-bridge.md", "announcement", "bridge", "", False),
        ("content/announcements/2025-10-27-bridge/index.md", "announcement", "bridge", "", True),
        ("content/announcements/bridge.zh-Hans.md", "announcement", "bridge", "zh-Hans", False),
        ("content/announcements/2025-10-27-bridge/index.fr.md", "announcement", "bridge", "fr", True),
        ("content/partners/delta.pt-BR.md", "partner", "delta", "pt-BR", False),
        ("content/people/ada-byron.md", "person", "ada-byron", "", False),
        ("content/topics/北京.md", "topic", "北京", "", False),
        ("content/topics/2025.md", "topic", "2025", "", False),
        ("content/topics/2025-10-27-.md", "", "", "", False),
        ("content/pages/2025-10-27.md", "page", "2025-10-27", "", False),
        ("content/pages/index.md", "page", "index", "", False),
    ],
)
def test_a_path_names_a_record(path: str, kind: str, slug: str, language: str, own_folder: bool) -> None:
    found = read_path(path)
    if kind:
        assert found == ContentFile(Name(kind, slug), language, own_folder)
    else:
        assert isinstance(found, Problem)


def test_a_name_is_the_same_however_its_letters_are_composed() -> None:
    paths = [unicodedata.normalize(form, "content/topics/café.md") for form in ("NFC", "NFD")]
    assert paths[0] != paths[1]
    assert read_path(paths[0]) == read_path(paths[1])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/readme.md", "E109"),
        ("content/partner/delta.md", "E109"),
        ("content/Partners/delta.md", "E109"),
        ("content/announcements/2025/bridge.md", "E109"),
        ("content/announcements/2025/10/bridge/index.md", "E109"),
        ("content/announcements/bridge/notes.md", "E109"),
        ("content/announcements/.md", "E108"),
        ("content/announcements/a b.md", "E108"),
        ("content/announcements/-a.md", "E108"),
        ("content/announcements/a-.md", "E108"),
        ("content/announcements/a..md", "E108"),
        ("content/announcements/v1.2.md", "E108"),
        ("content/announcements/a.ZH.md", "E108"),
        ("content/announcements/a.english.md", "E108"),
        ("content/announcements/con.md", "E108"),
        ("content/announcements/LPT1.md", "E108"),
        ("content/announcements/a%2Fb.md", "E108"),
        ("content/announcements/a'b.md", "E108"),
        ("content/announcements/<b>.md", "E108"),
        ("content/announcements/../index.md", "E108"),
        ("content/announcements/" + "a" * 121 + ".md", "E108"),
        ("content/announcements/" + "京" * 41 + ".md", "E108"),
    ],
)
def test_a_path_that_names_no_record_is_a_problem_with_help(path: str, code: str) -> None:
    found = read_path(path)
    assert isinstance(found, Problem)
    assert (found.code, found.place.path) == (code, path)
    assert found.help


def test_a_mistyped_folder_gets_a_suggestion() -> None:
    found = read_path("content/anouncements/bridge.md")
    assert isinstance(found, Problem)
    assert found.help == "did you mean `announcements`?"


@pytest.mark.parametrize("slug", ["a", "9", "a-b", "a_b", "A1", "京", "über", "a" * 120])
def test_a_slug_has_letters_digits_and_hyphens(slug: str) -> None:
    assert slug_fault(slug) == ""


@pytest.mark.parametrize("slug", ["", "-", "_", "a/b", "a.b", "a b", "a\n", "\u200b", "nul", "Com1", "a\u0000"])
def test_nothing_else_is_a_slug(slug: str) -> None:
    assert slug_fault(slug)
