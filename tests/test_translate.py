"""Translations know from which text they were made: `translate` begins and marks them, `build` and `status` tell."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from support import files, written

from communique.cli import main
from communique.made_from import marked, packed, unpacked
from communique.parity import changed, fingerprint, read_text

BRIDGE = "content/announcements/2025-10-27-bridge.md"
CHINESE = BRIDGE.replace(".md", ".zh-Hans.md")
NOW = "2025-11-03T12:00Z"
SITE = f"""
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en, zh-Hans]
timezone: Europe/London
partner_kinds: [university, company]
-- {BRIDGE} --
---
title: A bridge opens
summary: The bridge between the two rivers is open.
date: 2025-10-27
partners: [delta]
facts:
  - value: 300 m
    label: "length: the whole"
    as_of: 2025
events:
  - date: 2025-10
    what: The bridge opens
---

The bridge is open.

> It is safe.
> — Ada Byron

It has two lanes.
"""
READY = """---
title: 大桥通车
summary: 两河之间的大桥已经通车。
facts:
  - value: 300米
    label: 全长
events:
  - what: 大桥通车
---

大桥已经通车。

> 大桥是安全的。
> — Ada Byron

大桥有两条车道。
"""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site in two languages without translations."""
    return written(tmp_path, files(SITE))


@pytest.fixture
def run(site: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command on the site: its exit status and what it says."""

    def go(*words: str) -> tuple[int, str, str]:
        status = main([*words, "--site", str(site), "--now", NOW])
        said = capsys.readouterr()
        return status, said.out, said.err

    return go


def state(run: Run, slug: str = "bridge") -> dict[str, Any]:
    """What `status` says of the Chinese version of an announcement."""
    found: Mapping[str, Any] = json.loads(run("status", "--format", "json")[1])
    (version,) = next(each["translations"] for each in found["announcements"] if each["slug"] == slug)
    assert isinstance(version, dict)
    return version


def test_a_translation_is_begun_brought_up_to_date_and_found_stale(site: Path, run: Run) -> None:
    assert state(run)["state"] == "missing"
    assert run("translate", "bridge", "zh-Hans")[0] == 0
    text = (site / CHINESE).read_text()
    assert "draft: true\ntitle: A bridge opens\n" in text
    assert '  - value: 300 m\n    label: "length: the whole"\n' in text
    assert "\nevents:\n  - what: The bridge opens\n" in text
    assert text.endswith("---\n\nThe bridge is open.\n\n> It is safe.\n> — Ada Byron\n\nIt has two lanes.\n")
    assert state(run) | {"path": ""} == {
        "language": "zh-Hans",
        "path": "",
        "state": "current",
        "changes": [],
        "standing": "draft",
        "ahead": False,
    }
    code, _, told = run("build")
    assert (code, told) == (0, "")
    assert "The bridge is open." in (site / "public/zh-Hans/announcements/bridge/index.html").read_text()

    made_from = text[text.index("made_from:") : text.index("---\n\n")]
    (site / CHINESE).write_text(READY.replace("---\n\n", f"{made_from}---\n\n"))
    assert run("build")[::2] == (0, "")
    assert "大桥已经通车。" in (site / "public/zh-Hans/announcements/bridge/index.html").read_text()

    original = (site / BRIDGE).read_text()
    (site / BRIDGE).write_text(original.replace("It has two lanes.", "It has two lanes and a path.\n\nIt is red."))
    code, _, told = run("build")
    assert code == 0
    line = next(
        number for number, line in enumerate((site / CHINESE).read_text().split("\n"), 1) if "made_from" in line
    )
    assert f"{CHINESE}:{line}:1: warning[W706]" in told
    assert "paragraph 2 “It has two lanes and a path” (line 20) changed" in told
    assert "paragraph 3 “It is red” (line 22) is new" in told
    assert "The bridge is open" not in told
    assert state(run)["state"] == "stale"
    assert len(state(run)["changes"]) == 2
    assert "in zh-Hans: stale: paragraph 2" in run("status")[1]

    before = (site / CHINESE).read_text()
    assert run("translate", "bridge", "zh-Hans")[0] == 0
    after = (site / CHINESE).read_text()
    assert [line for line in after.split("\n") if ":" not in line] == [
        line for line in before.split("\n") if ":" not in line
    ]
    assert state(run)["state"] == "current"
    assert "W706" not in run("check")[2]
    assert "up to date already" in run("translate", "bridge", "zh-Hans")[1]
    assert (site / CHINESE).read_text() == after


def test_a_file_that_nobody_marked_is_told_by_status_alone(site: Path, run: Run) -> None:
    (site / CHINESE).write_text(READY)
    assert run("check")[2] == ""
    assert state(run)["state"] == "unmarked"


def test_what_cannot_be_a_draft_is_begun_in_comments_and_does_not_show(site: Path, run: Run) -> None:
    assert run("translate", "partner:delta", "zh-Hans")[0] == 0
    text = (site / "content/partners/delta.zh-Hans.md").read_text()
    assert "# name: Delta University\n" in text
    assert run("build")[2] == ""
    page = (site / "public/zh-Hans/partners/delta/index.html").read_text()
    assert '<h1 lang="en" dir="auto">Delta University</h1>' in page


@pytest.mark.parametrize(
    ("words", "help"),
    [
        (["brigde", "zh-Hans"], "did you mean `bridge`?"),
        (["delta", "zh-Hans"], "did you mean `partner:delta`?"),
        (["bridge", "zh-Hant"], "did you mean `zh-Hans`?"),
        (["bridge", "fr"], "site.yaml's `languages` are: en, zh-Hans; add it there first"),
        (["bridge", "en"], "name the language to translate into"),
    ],
)
def test_a_slip_is_answered_with_a_suggestion(run: Run, words: list[str], help: str) -> None:
    status, said, told = run("translate", *words)
    assert (status, said) == (2, "")
    assert f"help: {help}\n" in told


def test_a_translation_with_a_fault_is_not_touched(site: Path, run: Run) -> None:
    (site / CHINESE).write_text("---\ntitle: [\n---\n")
    status, _, told = run("translate", "bridge", "zh-Hans")
    assert status == 2
    assert CHINESE in told
    assert (site / CHINESE).read_text() == "---\ntitle: [\n---\n"


def test_line_ends_and_the_mark_of_a_file_stay(site: Path, run: Run) -> None:
    (site / CHINESE).write_bytes(b"\xef\xbb\xbf" + READY.replace("\n", "\r\n").encode())
    assert run("translate", "bridge", "zh-Hans")[0] == 0
    data = (site / CHINESE).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf---\r\n")
    assert data.count(b"\r\n") == data.count(b"\n")
    assert b"made_from: >-" in data


def test_no_way_of_breaking_lines_makes_a_translation_stale(site: Path, run: Run) -> None:
    (site / CHINESE).write_text(READY)
    run("translate", "bridge", "zh-Hans")
    original = (site / BRIDGE).read_text()
    (site / BRIDGE).write_text(original.replace("The bridge is\nopen.", "The bridge is open.").replace("\n", "\r\n"))
    (site / BRIDGE).write_text(original.replace("It has two lanes.", "It has\ntwo lanes. <!-- or three? -->"))
    assert state(run)["state"] == "current"
    (site / BRIDGE).write_text(original.replace("date: 2025-10-27", "date: 2025-10-28"))
    assert state(run)["state"] == "current"


def test_what_is_packed_tells_the_same_changes() -> None:
    before = read_text(
        "en", "a.md", b"---\ntitle: A\nnotes: |\n  1. One\n  2. Two\n---\n\nFirst.\n\n## Head\n\nLast.\n"
    )
    after = read_text("en", "a.md", b"---\ntitle: B\nnotes: |\n  1. One\n---\n\n## Head\n\nLast.\n\nNew.\n")
    whole = fingerprint(before)
    short = unpacked(packed(whole))
    assert short is not None
    found = [(each.what, each.line) for each in changed(whole, after)]
    assert [(each.what, each.line) for each in changed(short, after)] == found
    assert changed(short, before) == ()
    assert unpacked("what somebody typed") is None


def test_a_file_is_marked_in_the_same_way_however_often() -> None:
    once = marked("---\nmade_from: old\n\n  older\ntitle: A\n---\n\nmade_from: in the text\n", ("0123456789 title",))
    assert once == "---\ntitle: A\nmade_from: >-\n  title:0123456789\n---\n\nmade_from: in the text\n"
    assert marked(once, ("0123456789 title",)) == once
