"""The command `new`: a file for each kind that builds at once, says what each field is for, and what is to be done."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from support import built, files, tree, written

from communique.cli import main
from communique.fields import specs
from communique.kinds import KINDS

NOW = "2026-03-01T23:30Z"
LATER = datetime(2026, 3, 2, tzinfo=UTC)
FILES = {
    "announcement": "content/announcements/2026-03-02-two-bridges-one-river.md",
    "partner": "content/partners/two-bridges-one-river.md",
    "person": "content/people/two-bridges-one-river.md",
    "topic": "content/topics/two-bridges-one-river.md",
    "page": "content/pages/two-bridges-one-river.md",
}
IN_BEIJING = (
    "-- site.yaml --\ntitle: Two Rivers\nbase_url: https://rivers.example.org/\nlanguages: [en]\n"
    "timezone: Asia/Shanghai\npartner_kinds: [university, company]\n"
)


def new(site: Path, kind: str, title: str = "Two bridges: “one” river") -> int:
    return main(["new", kind, title, "--site", str(site), "--now", NOW])


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_builds_and_says_what_is_to_be_filled_in(kind: str, tmp_path: Path) -> None:
    site = written(tmp_path, IN_BEIJING)
    assert new(site, kind) == 0
    path = FILES[kind]
    text = (site / path).read_text(encoding="utf-8")
    assert "“one”" in text
    whole = built({**files(IN_BEIJING), path: text.encode()}, LATER)
    marked = {number for number, line in enumerate(text.split("\n"), 1) if "CHECK:" in line}
    told = {(each.code, each.place.line) for each in whole.problems}
    loose = {("W303", 0)} if kind in ("partner", "person", "topic") else set()
    assert told == {("W811", line) for line in marked} | loose
    assert bool(marked) == (kind in ("announcement", "partner"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_new_file_is_explained(kind: str, tmp_path: Path) -> None:
    site = written(tmp_path, IN_BEIJING)
    new(site, kind)
    text = (site / FILES[kind]).read_text(encoding="utf-8")
    of: type = KINDS[kind]
    for spec in specs(of):
        assert f"\n{spec.name}:" in text or f"\n# {spec.name}:" in text, spec.name
        assert spec.says in text, spec.name


@pytest.mark.parametrize("word", ["announcements", "Announcement"])
def test_a_kind_may_be_typed_in_the_plural_or_with_a_capital(word: str, tmp_path: Path) -> None:
    site = written(tmp_path, IN_BEIJING)
    assert new(site, word) == 0
    assert (site / FILES["announcement"]).exists()


def test_a_chinese_title_gets_a_slug_in_pinyin(tmp_path: Path) -> None:
    site = written(tmp_path)
    assert new(site, "people", "李明") == 0
    assert "name: 李明\n" in (site / "content/people/li-ming.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("kind", "title", "says"),
    [
        ("announcement", "Bridge", "is there already, in content/announcements/2025-10-27-bridge.md"),
        ("partner", "DELTA", "is there already, in content/partners/delta.md"),
        ("persn", "Ada", "did you mean `person`?"),
        ("page", " ", "a title has 1 to 300 letters"),
        ("page", "\x1b[2J", "a title has 1 to 300 letters"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_sentence(
    kind: str, title: str, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = written(tmp_path)
    before = tree(site)
    assert new(site, kind, title) == 2
    assert tree(site) == before
    assert says in capsys.readouterr().err


def test_hostile_titles_stay_texts(tmp_path: Path) -> None:
    title = 'a: b # "c" \\ [x] {y} --- &d *e !f | > % @ {{ g }}'
    site = written(tmp_path)
    assert new(site, "topic", title) == 0
    (path,) = {*tree(site)} - {*files()}
    told = f"-- content/pages/about.md --\n---\ntitle: About\n---\n\n[x](../topics/{Path(path).name})\n"
    whole = built({**files(told), path: (site / path).read_bytes()}, LATER)
    assert not [problem for problem in whole.problems if problem.severity == "error"]
