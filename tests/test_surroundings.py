"""The surroundings make no difference: where, when and in which terminal it runs; nothing outside the site is read."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sitemaker
from support import ROOT, announcement, tree, written

NOW = "2025-11-03T12:00Z"


def run(site: Path, *words: str, cwd: Path | None = None, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the real command line on a site."""
    command = [sys.executable, str(ROOT / "build.py"), *words, "--site", str(site), "--now", NOW]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(command, capture_output=True, cwd=cwd, env=surroundings)


def test_the_same_content_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    told = announcement("> It holds.\n> — Ada Byron", "embargo: 2025-10-27T09:00+08:00")
    surroundings = [
        {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "2"},
        {"TZ": "America/New_York", "LANGUAGE": "tr", "PYTHONHASHSEED": "3"},
    ]
    outputs = []
    for number, environment in enumerate(surroundings):
        site = written(tmp_path / f"place {number} é", told)
        assert run(site, "build", cwd=tmp_path, **environment).returncode == 0
        outputs.append(tree(site / "public"))
    assert outputs[0] == outputs[1] == outputs[2]
    assert len(outputs[0]) > 20


@pytest.mark.parametrize(
    ("form", "encoding"),
    [
        ("text", "latin-1"),
        ("text", "ascii"),
        ("json", "utf-8"),
        ("json", "latin-1"),
        ("github", "ascii"),
    ],
)
def test_a_terminal_of_any_encoding_gets_a_report(form: str, encoding: str, tmp_path: Path) -> None:
    site = written(tmp_path, announcement("[x](北京–nope.md)"))
    done = run(site, "check", "--format", form, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr
    if form == "json":
        assert json.loads(done.stdout.decode(encoding))["problems"][0]["code"] == "E302"


@pytest.mark.skipif(os.name != "posix", reason="links are those of POSIX")
@pytest.mark.parametrize(
    "name",
    [
        "site.yaml",
        "content/topics/bridges.md",
        "content/topics",
        "content",
    ],
)
def test_a_link_out_of_the_site_is_not_followed(name: str, tmp_path: Path) -> None:
    site = written(tmp_path / "site")
    (site / name).rename(tmp_path / "outside")
    (site / name).symlink_to(tmp_path / "outside")
    done = run(site, "build")
    assert done.returncode == 1
    assert f"{name}:1:1: error[E110]".encode() in done.stderr
    assert not (site / "public").exists()


def test_a_build_that_loses_a_process_says_that_nothing_was_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise ChildProcessError("a process ended before its work was done")

    site = written(tmp_path / "site")
    monkeypatch.setattr("communique.pipeline.build", killed)
    done = sitemaker.run(site)
    said = "error: a process ended before its work was done; the published site was not changed\n"
    assert (done.status, done.err.startswith(said)) == (2, True)
    assert not (site / "public").exists()
