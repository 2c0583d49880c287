"""The command `import`: a document becomes a draft in content/, nothing is written over, nothing is lost in silence."""

import zipfile
from pathlib import Path

import pytest
from support import ROOT, tree, written

from communique.cli import main

DOCUMENT = ROOT / "tests" / "documents" / "approved.docx"
NOW = "2026-03-02T09:00+08:00"
FOLDER = "content/announcements/2025-10-27-harbour-institute-opens-a-centre-in-beijing"


def run(site: Path, *words: str) -> int:
    return main([*words, "--site", str(site), "--now", NOW])


def reviewed(folder: Path) -> Path:
    """The document with a tracked change in it."""
    out = folder / "reviewed.docx"
    with zipfile.ZipFile(DOCUMENT) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                change = b'<w:p><w:ins w:author="Legal" w:id="1"><w:r><w:t>Inserted words</w:t></w:r></w:ins></w:p>'
                data = data.replace(b"</w:body>", change + b"</w:body>")
            target.writestr(name, data)
    return out


def test_a_word_file_becomes_a_draft_that_builds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path)
    before = tree(site)
    assert run(site, "import", str(DOCUMENT)) == 0
    told = capsys.readouterr()
    assert f"{FOLDER}/index.md: a draft of approved.docx, with 1 picture" in told.out
    assert f"{FOLDER}/index.md:33: note[speaker]: “Ada Lund” speaks, whom the site does not know" in told.err
    new = {path: data for path, data in tree(site).items() if path not in before}
    assert set(new) == {f"{FOLDER}/index.md", f"{FOLDER}/image-1.png"}
    assert b"\ndraft: true\n" in new[f"{FOLDER}/index.md"]
    assert run(site, "build") == 0
    assert not [path for path, data in tree(site / "public").items() if b"Harbour" in data]


def test_residue_is_told_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path / "site")
    text = (
        "A centre opens\n\nDelta University has opened a centre.\n\nIt was built last month, at a cost of XX million.\n"
    )
    (tmp_path / "text.txt").write_text(text)
    assert run(site, "import", str(tmp_path / "text.txt")) == 0
    path = "content/announcements/2026-03-02-a-centre-opens/index.md"
    lines = (site / path).read_text().splitlines()
    number = lines.index("It was built last month, at a cost of XX million.") + 1
    told = capsys.readouterr().err
    assert f"{path}:{number}:14: warning[W807]: “last month” depends on when it is read\n" in told
    assert f"{path}:{number}:39: warning[W811]: “XX” is still to be filled in\n" in told


def test_nothing_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path / "site")
    (tmp_path / "text.txt").write_text("Bridge\n\nDelta University has opened another bridge today.\n")
    before = tree(site)
    assert run(site, "import", str(tmp_path / "text.txt")) == 2
    assert tree(site) == before
    told = capsys.readouterr().err
    assert "the announcement `bridge` is there already, in content/announcements/2025-10-27-bridge.md" in told


def test_a_document_under_review_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path / "site")
    before = tree(site)
    assert run(site, "import", str(reviewed(tmp_path))) == 1
    assert tree(site) == before
    told = capsys.readouterr().err
    assert "1 tracked change (inserted by Legal in “Inserted words”)" in told
    assert told.endswith("no draft was made\n")


@pytest.mark.parametrize(
    ("name", "data", "status", "says"),
    [
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, 1, "of the old Word format (.doc)"),
        ("text.pdf", b"%PDF-1.7", 2, "`text.pdf` is of a kind that cannot be imported"),
        ("empty.md", b"\n", 1, "`empty.md` is empty"),
        ("absent.docx", None, 2, "absent.docx cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_one_sentence(
    name: str, data: bytes | None, status: int, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = written(tmp_path / "site")
    before = tree(site)
    if data is not None:
        (tmp_path / name).write_bytes(data)
    assert run(site, "import", str(tmp_path / name)) == status
    told = capsys.readouterr().err
    assert says in told.splitlines()[0]
    assert "Traceback" not in told
    assert tree(site) == before


def test_a_link_out_of_the_site_is_not_written_through(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = written(tmp_path / "site")
    (site / "content" / "announcements").rename(tmp_path / "outside")
    (site / "content" / "announcements").symlink_to(tmp_path / "outside")
    before = tree(tmp_path / "outside")
    assert run(site, "import", str(DOCUMENT)) == 2
    assert tree(tmp_path / "outside") == before
    assert "is a symbolic link" in capsys.readouterr().err


def test_a_disk_that_refuses_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = written(tmp_path / "site")
    before = tree(site)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.deposit.os.rename", full)
    assert run(site, "import", str(DOCUMENT)) == 2
    assert tree(site) == before
    assert not list((site / "content").rglob(".*"))


def test_help_says_what_can_be_imported(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    assert ".docx, .html, .md or .txt" in capsys.readouterr().out
