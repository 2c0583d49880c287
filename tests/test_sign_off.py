"""Sign-offs: no text shows before every partner has approved it, and none changes or goes in silence after that."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import announcement, built, tree, written

from communique.cli import main

NOW = "2025-11-03T12:00Z"
REQUIRED = (
    "-- site.yaml --\ntitle: Two Rivers\nbase_url: https://rivers.example.org/\nlanguages: [en, zh-Hans]\n"
    "timezone: Europe/London\npartner_kinds: [university, company]\nsign_off: {required: true}\n"
)
CITY = "-- content/partners/city.md --\n---\nname: City of Two Rivers\nkind: company\n---\n"
TEXT = "content/announcements/2025-10-27-bridge.md"
SIGNED = "content/announcements/2025-10-27-bridge.approvals.yaml"
PAGE = "announcements/bridge/index.html"


def run(site: Path, *words: str) -> int:
    return main([*words, "--site", str(site), "--now", NOW])


def approve(site: Path, partner: str = "delta", by: str = "Ada Byron") -> int:
    return run(site, "approve", "bridge", "--partner", partner, "--by", by)


def change(site: Path, old: str, new: str, path: str = TEXT) -> None:
    text = (site / path).read_text(encoding="utf-8")
    assert old in text
    (site / path).write_text(text.replace(old, new), encoding="utf-8")


def codes(site: Path) -> list[str]:
    return [problem.code for problem in built(tree(site)).problems]


def shown(site: Path) -> bool:
    return PAGE in built(tree(site)).files


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in which one announcement of two partners is ready, and must be signed off."""
    told = REQUIRED + CITY + announcement().replace("partners: [delta]", "partners: [delta, city]")
    return written(tmp_path, told)


@pytest.fixture
def signed(site: Path) -> Path:
    """The same site, in which both have signed."""
    assert approve(site) == approve(site, "city", "Tom Reed") == 0
    return site


def test_a_text_that_not_all_have_signed_leaves_no_trace(site: Path) -> None:
    assert approve(site) == 0
    given = tree(site)
    without = {path: data for path, data in given.items() if path not in (TEXT, SIGNED)}
    assert built(given).files == built(without).files


def test_a_text_that_all_have_signed_is_public(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shown(signed)
    assert codes(signed) == []
    assert not [path for path in built(tree(signed)).files if "approvals" in path]
    assert run(signed, "status") == 0
    assert "signed off by City of Two Rivers (en): Tom Reed, 2025-11-03" in capsys.readouterr().out


def test_a_change_after_that_is_published_by_nobody(signed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(signed, "build") == 0
    before = tree(signed / "public")
    change(signed, "The bridge is open.\n", "The bridge is closed.\n")
    assert run(signed, "build") == 1
    assert tree(signed / "public") == before
    told = capsys.readouterr().err
    assert f"{TEXT}:1:1: error[E312]" in told
    assert "paragraph 1 “The bridge is closed” (line 10) changed" in told
    change(signed, "The bridge is closed.\n", "The bridge is open.\n")
    assert codes(signed) == []


def test_what_no_reader_sees_may_change(signed: Path) -> None:
    change(signed, "The bridge is open.\n", "The bridge is open.\n\n\n<!-- a note -->\n")
    change(signed, "---\n\n", "pinned: true\nwas: [/old/]\n---\n\n")
    assert codes(signed) == []


@pytest.mark.parametrize(
    "field", ["corrections: [{date: 2025-10-28, note: Wrong}]", "withdrawn: {date: 2025-10-28, note: Wrong}"]
)
def test_a_correction_or_withdrawal_waits_for_nobody(field: str, signed: Path) -> None:
    change(signed, "---\n\n", f"{field}\n---\n\n")
    assert codes(signed) == []
    assert shown(signed)


def test_another_picture_is_another_text(site: Path) -> None:
    from support import png

    change(site, "---\n\n", "image: {file: a.png, alt: The bridge}\n---\n\n")
    (site / "content/announcements/a.png").write_bytes(png())
    assert approve(site) == approve(site, "city") == 0
    assert codes(site) == []
    (site / "content/announcements/a.png").write_bytes(png(4, 4))
    assert codes(site) == ["E312"]


def test_a_change_under_embargo_is_a_warning_until_it_lifts(signed: Path) -> None:
    change(signed, "---\n\n", "embargo: 2025-11-05T09:00Z\n---\n\n")
    assert codes(signed) == []
    change(signed, "The bridge is open.\n", "The bridge is closed.\n")
    assert codes(signed) == ["W309"]
    lifted = built(tree(signed), datetime(2025, 11, 6, tzinfo=UTC))
    assert [problem.code for problem in lifted.problems] == ["E312"]


def test_a_further_partner_has_to_sign_what_is_public(signed: Path) -> None:
    (signed / "content/partners/third.md").write_text("---\nname: Third\nkind: company\n---\n")
    change(signed, "partners: [delta, city]", "partners: [delta, city, third]")
    assert codes(signed) == ["E312"]


def test_what_is_public_does_not_go_when_sign_offs_become_required(
    site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(site, "required: true", "required: false", "site.yaml")
    assert run(site, "build") == 0
    before = tree(site / "public")
    change(site, "required: false", "required: true", "site.yaml")
    assert run(site, "build") == 1
    assert tree(site / "public") == before
    assert "this text is public, but nobody has signed it off for `delta`, `city`" in capsys.readouterr().err


def test_a_translation_is_signed_by_itself(signed: Path) -> None:
    translation = TEXT.replace(".md", ".zh-Hans.md")
    (signed / translation).write_text(
        "---\ntitle: 大桥通车\nsummary: 大桥已通车。\n---\n\n大桥已通车。\n", encoding="utf-8"
    )
    whole = built(tree(signed)).files
    assert PAGE in whole
    assert not [path for path, data in whole.items() if "大桥".encode() in data]
    assert approve(signed) == approve(signed, "city") == 0
    assert "大桥已通车".encode() in built(tree(signed)).files[f"zh-Hans/{PAGE}"]


def test_status_tells_programs_of_sign_offs(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    approve(site)
    change(site, "The bridge is open.\n", "The bridge is closed.\n")
    capsys.readouterr()
    assert run(site, "status", "--format", "json") == 0
    (row,) = json.loads(capsys.readouterr().out)["announcements"]
    assert row["standing"] == "draft"
    assert row["why"] == "it awaits the sign-off of delta, city"
    delta, city = row["sign_offs"]
    assert (delta["state"], delta["by"], delta["language"]) == ("stale", "Ada Byron", "en")
    assert delta["changes"] == ["paragraph 1 “The bridge is closed” (line 10) changed"]
    assert (city["state"], city["by"]) == ("missing", None)


def test_a_damaged_file_of_sign_offs_is_an_error(signed: Path) -> None:
    change(signed, "by: Ada Byron", "bye: Ada Byron", SIGNED)
    assert "E203" in codes(signed)
    assert approve(signed) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["bridge", "--partner", "citty", "--by", "Ada"], "did you mean `city`?"),
        (["bridg", "--partner", "city", "--by", "Ada"], "did you mean `bridge`?"),
        (["bridge", "--partner", "city", "--by", " "], "who signs is not said"),
        (["bridge", "--partner", "city"], "--by"),
    ],
)
def test_who_signs_what_must_be_known(
    words: list[str], says: str, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    assert run(site, "approve", *words) == 2
    assert says in capsys.readouterr().err
    assert tree(site) == before


def test_who_has_signed_this_text_signs_it_once(signed: Path) -> None:
    before = tree(signed)
    assert approve(signed) == 0
    assert tree(signed) == before


def test_a_long_text_can_be_signed_again_and_again(site: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (site / TEXT).read_text(encoding="utf-8")
    for number in range(26):
        paragraphs = "\n\n".join(f"Paragraph {at} of version {number}." for at in range(120))
        (site / TEXT).write_text(f"{text}\n{paragraphs}\n", encoding="utf-8")
        assert approve(site) == 0
    assert codes(site) == []
    (site / TEXT).write_text(f"{text}\n{paragraphs}\n\nMore.\n", encoding="utf-8")
    capsys.readouterr()
    assert run(site, "status") == 0
    assert "paragraph 122" in capsys.readouterr().out


def test_where_none_is_required_none_is_asked_for(site: Path) -> None:
    change(site, "required: true", "required: false", "site.yaml")
    assert shown(site)
    assert codes(site) == []
