"""Every code of a problem has a tiny site in cases/ that provokes it, with the report that people read.

A case begins with a paragraph on what is wrong and how to mend it, which the documentation shows. Its section
`published` lists what is public before the build. With COMMUNIQUE_REWRITE=1 in the environment the expected reports
are written anew; read the difference before you keep it.
"""

import os
import re
from pathlib import Path

import pytest
from support import ROOT, built, sources, written

from communique.codes import CODES
from communique.disk import load
from communique.problems import failing
from communique.report import as_text
from communique.sources import Sources

CASES = {file.stem: file for file in sorted((Path(__file__).parent / "cases").glob("*.txt"))}
# what only a disk can provoke has its test below
FROM_THE_DISK = {"E110"}
_EXPECTED = "-- problems --\n"
_PUBLISHED = re.compile(r"^-- published --\n((?:(?!--).*\n)*)", re.MULTILINE)


def report(code: str, found: Sources, published: frozenset[str] = frozenset()) -> str:
    """What a press officer reads; that of an error fails the build, that of a warning does not."""
    problems = built(found, published=published).problems
    assert code in {problem.code for problem in problems}
    assert failing(problems, strict=False) == code.startswith("E")
    assert failing(problems, strict=True)
    return as_text(problems, found.file).rstrip("\n") + "\n"


@pytest.mark.parametrize("code", CASES)
def test_a_case_gives_exactly_its_report(code: str) -> None:
    text = CASES[code].read_text(encoding="utf-8")
    told, _, expected = text.rpartition(_EXPECTED)
    public = _PUBLISHED.search(told)
    published = frozenset(public[1].split()) if public else frozenset()
    found = report(code, sources(_PUBLISHED.sub("", told)), published)
    if os.environ.get("COMMUNIQUE_REWRITE"):
        CASES[code].write_text(f"{told}{_EXPECTED}{found}", encoding="utf-8")
    assert found == expected


@pytest.mark.parametrize("code", CASES)
def test_a_case_says_in_plain_words_what_is_wrong_and_how_to_mend_it(code: str) -> None:
    paragraph, gap, _ = CASES[code].read_text(encoding="utf-8").partition("\n\n")
    assert gap
    assert 80 <= len(paragraph) <= 600
    assert not paragraph.startswith("--")
    assert paragraph.endswith(".")


def test_every_code_has_a_case() -> None:
    assert {*CASES, *FROM_THE_DISK} == set(CODES)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes are those of POSIX")
def test_links_and_pipes_in_the_site_folder_are_problems(tmp_path: Path) -> None:
    site = written(tmp_path / "site")
    (tmp_path / "secret.md").write_text("---\nname: Secret\n---\n")
    (site / "content/topics/secret.md").symlink_to(tmp_path / "secret.md")
    os.mkfifo(site / "content/topics/pipe.md")
    assert (
        report("E110", load(site, ROOT))
        == """\
content/topics/pipe.md:1:1: error[E110]: this is a device or a pipe, not a file
  help: take it out of the folder

content/topics/secret.md:1:1: error[E110]: this is a symbolic link
  help: put the file itself here; links are not followed, so that nothing from outside is published
"""
    )
