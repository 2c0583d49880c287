"""Faults in the content stop a build: with their place, all at once, and without touching the published site."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
from support import ROOT, announcement, built, sections, tree, written

from communique.cli import main

NOW = ["--now", "2025-11-03T12:00Z"]
BRIDGE = "content/announcements/2025-10-27-bridge.md"


class Fault(NamedTuple):
    """A fault: the sections that bring it into the base site, where it is reported, and its code."""

    site: str
    place: str
    code: str
    says: str = ""


def told(name: str, *, change: tuple[str, str] = ("", ""), body: str = "The text.") -> str:
    """The section of an announcement of its own, with one thing changed."""
    head = f"title: A {name} opens\nsummary: The {name} is open.\ndate: 2025-10-27\npartners: [delta]\n"
    return f"-- content/announcements/{name}.md --\n---\n{head.replace(*change)}---\n\n{body}\n"


FAULTS = {
    "a mistyped field": Fault(
        told("tunnel", change=("title:", "titel:")), "content/announcements/tunnel.md:2:1", "E203", "`title`"
    ),
    "a yes that is not true": Fault(
        told("ferry", change=("---", "---")).replace("partners:", "draft: yes\npartners:"),
        "content/announcements/ferry.md:5:8",
        "E206",
        "`yes`",
    ),
    "a date that does not exist": Fault(
        told("lock", change=("2025-10-27", "2025-13-45")), "content/announcements/lock.md:4:7", "E204", "`2025-13-45`"
    ),
    "an unknown partner": Fault(
        told("dam", change=("[delta]", "[delta, detla]")), "content/announcements/dam.md:5:19", "E301", "`delta`"
    ),
    "a dead link": Fault(
        told("weir", body="See [the plan](nope.md)."), "content/announcements/weir.md:8:14", "E302", "nope.md"
    ),
    "a missing fragment": Fault(
        told("quay", body="See [the plan](bridge.md#plan).").replace("bridge.md", "2025-10-27-bridge.md"),
        "content/announcements/quay.md:8:14",
        "E303",
        "#plan",
    ),
    "a field given twice": Fault(
        told("pier", change=("summary:", "title: Again\nsummary:")),
        "content/announcements/pier.md:3:1",
        "E104",
        "line 2",
    ),
    "two files for one URL": Fault(
        told("canal") + told("2025-10-01-canal"), "content/announcements/canal.md:1:1", "E401", "2025-10-01-canal.md"
    ),
    "a name unknown to a template": Fault(
        "-- templates/topic.html --\n{% block main %}\n<h1>{{ nmae }}</h1>\n{% endblock %}\n",
        "templates/topic.html:2:8",
        "E501",
        "`name`",
    ),
}


class Ran(NamedTuple):
    """A run of the command: its exit status and what it said."""

    status: int
    out: str
    err: str

    @property
    def last_line(self) -> str:
        """The last line that a person reads."""
        return (self.err or self.out).rstrip("\n").rpartition("\n")[2]

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Place and code of each error."""
        return re.findall(r"^(\S+?): error\[(\w+)\]: ", self.err, re.MULTILINE)

    @property
    def warnings(self) -> list[tuple[str, str]]:
        """Place and code of each warning."""
        return re.findall(r"^(\S+?): warning\[(\w+)\]: ", self.err, re.MULTILINE)


@pytest.fixture
def site(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Path:
    """A site that was published once."""
    folder = written(tmp_path / "site")
    assert main(["build", "--site", str(folder), *NOW]) == 0
    assert (folder / "public/announcements/bridge/index.html").is_file()
    capfd.readouterr()
    return folder


def run(capfd: pytest.CaptureFixture[str], *words: str, site: Path | None = None) -> Ran:
    """Run a command in this process."""
    folder = ["--site", str(site), *NOW] if site else []
    status = main([*words, *folder])
    return Ran(status, *capfd.readouterr())


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_stops_the_build_and_leaves_the_published_site(
    name: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(site / "public")
    fault = FAULTS[name]
    ran = run(capfd, "build", site=written(site, _bytes(fault.site)))
    assert ran.status == 1
    assert ran.errors == [(fault.place, fault.code)]
    assert fault.says in ran.err
    assert "Traceback" not in ran.err
    assert re.fullmatch(r"1 error\b.*: the published site was not changed", ran.last_line)
    assert tree(site / "public") == before


def test_all_faults_come_in_one_run_each_once_and_sorted(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site / "public")
    for fault in FAULTS.values():
        written(site, _bytes(fault.site))
    ran = run(capfd, "build", site=site)
    assert ran.status == 1
    assert ran.errors == sorted((fault.place, fault.code) for fault in FAULTS.values())
    assert re.fullmatch(r"9 errors\b.*: the published site was not changed", ran.last_line)
    assert tree(site / "public") == before


# all that can be wrong with one file, each with its place and code
MANY = """\
-- content/announcements/2025-10-27-bridge.md --
---
titel: A bridge opens
summary: The bridge is open.
summary: The bridge is open again.
date: 2025-13-45
partners: [delta, detla]
topics: [bridge]
contacts: [ada-biron]
draft: yes
image: {file: nope.png}
events: [{date: 2025-02-30, what: Opening}]
notes: See [there](nope.md).
was: [bridge]
embargo: 2025-10-27T09:00
---

[The plan](nope.md), [the place](../pages/about.md#plan), [danger](javascript:x), [home](#nowhere).

![A boat](boat.png)

> Water.
> — Nobody Known
-- templates/announcement.html --
{% extends "base.html" %}
{% block main %}{{ body }}{{ nmae }}{% endblock %}
-- templates/partner.html --
{% extends "base.html" %}
{% block main %}{{ 1 / 0 }}{% endblock %}
"""
MANY_ERRORS = [
    (2, "E203"),
    (4, "E104"),
    (5, "E204"),
    (6, "E301"),
    (7, "E301"),
    (8, "E301"),
    (9, "E206"),
    (10, "E201"),
    (10, "E306"),
    (11, "E204"),
    (12, "E302"),
    (13, "E402"),
    (14, "E205"),
    (17, "E302"),
    (17, "E303"),
    (17, "E305"),
    (17, "E303"),
    (19, "E306"),
    (22, "E304"),
]


def places(text: str) -> list[tuple[str, str]]:
    """Path with line, and code, of each error of a site."""
    found = [each for each in built(text).problems if each.severity == "error"]
    return [(f"{each.place.path}:{each.place.line}", each.code) for each in found]


def test_a_file_with_many_faults_tells_all_of_them_and_hides_none_elsewhere() -> None:
    found = places(MANY)
    assert [(place, code) for place, code in found if place.startswith(BRIDGE)] == [
        (f"{BRIDGE}:{line}", code) for line, code in MANY_ERRORS
    ]
    assert [each for each in found if not each[0].startswith(BRIDGE)] == [
        ("templates/announcement.html:2", "E501"),
        ("templates/partner.html:2", "E503"),
    ]


@pytest.mark.parametrize("template", ["base.html", "parts.html", "announcement.html", "page.html"])
def test_a_template_that_fails_hides_no_dead_link(template: str) -> None:
    body = "# Plan\n\n[The plan](#plan), [about](../pages/about.md#nowhere)."
    text = announcement(body) + f"-- templates/{template} --\n{{{{ nmae }}}}{{{{ head.data }}}}{{{{ body }}}}\n"
    assert places(text) == [(f"{BRIDGE}:12", "E303"), (f"templates/{template}:1", "E501")]


def test_a_missing_place_of_a_page_is_told_beside_other_faults_of_the_same_file() -> None:
    body = "[The plan](2025-10-27-bridge.md#plan), [about](../pages/about.md#nowhere), [here](#nowhere)"
    text = told("tunnel", body=body).replace("title:", "titel:").replace("partners:", "draft: yes\npartners:")
    path = "content/announcements/tunnel.md"
    assert places(text) == [
        (f"{path}:2", "E203"),
        (f"{path}:5", "E206"),
        (f"{path}:9", "E303"),
        (f"{path}:9", "E303"),
        (f"{path}:9", "E303"),
    ]


def test_faults_of_the_settings_hide_none_of_the_content() -> None:
    settings = "-- site.yaml --\ntitel: Two Rivers\nbase_url: x\nlanguages: [en]\ntimezone: Mars\nmenu: [page:nope]\n"
    assert places(f"{settings}{told('weir', body='[x](nope.md)')}") == [
        ("content/announcements/weir.md:8", "E302"),
        *((f"site.yaml:{line}", code) for line, code in [(1, "E203"), (2, "E202"), (4, "E207"), (5, "E301")]),
    ]


def test_front_matter_that_cannot_be_read_does_not_hide_what_is_wrong_with_the_text() -> None:
    text = told("weir", body="[x](nope.md) [y](../pages/about.md#nowhere) ![z](z.png)").replace("title:", "title: [")
    path = "content/announcements/weir.md"
    found = places(text)
    assert [code for _, code in found] == ["E103", "E302", "E303", "E306"]
    assert {place for place, _ in found[1:]} == {f"{path}:8"}


@pytest.mark.parametrize(
    "text",
    [
        "-- content/partners/delta.md --\n---\nnane: Delta University\nkind: university\n---\n",
        "-- content/partners/delta.md --\n---\nname: Delta University\nknid: university\n---\n",
        "-- content/partners/delta.md --\n---\nname: [\n---\n",
        "-- content/people/ada-byron.md --\n---\nnmae: Ada Byron\nroles: [{title: Head}]\n---\n",
        "-- content/people/ada-byron.md --\n---\nname: Ada Byron\nroles: [{titel: Head}]\n---\n",
        "-- content/topics/bridges.md --\n---\nname: Bridges\ncolour: red\n---\n",
        "-- content/pages/about.md --\n---\ntitle:\n---\n[Ada Byron](person:ada-byron)\n",
        told("weir").replace("summary:", "summery:"),
        told("weir").replace("partners: [delta]", "partners: delta"),
        told("weir").replace("date: 2025-10-27", "date: soon"),
        told("weir").replace("partners:", "embargo: soon\npartners:"),
    ],
)
def test_one_fault_makes_no_other(text: str) -> None:
    quoted = announcement("> Water.\n> — Ada Byron\n\n[Delta](../partners/delta.md) and [about](../pages/about.md).")
    whole = built(quoted + text)
    assert len([each for each in whole.problems if each.severity == "error"]) == 1, whole.problems
    assert {each.code for each in whole.problems if each.severity == "warning"} <= {"W303"}


def test_a_draft_with_a_fault_stays_a_secret_and_no_one_is_blamed_for_it() -> None:
    hidden = told("weir", body="[x](nope.md)").replace("title:", "draft: true\ntitel:")
    names = announcement("[There](weir.md)")
    assert [code for _, code in places(hidden)] == ["E203", "E302"]
    assert [code for _, code in places(hidden + names)] == ["E309", "E203", "E302"]
    assert not any("weir" in path for path in built(hidden).files)
    # whether this one is a draft is not known
    unsure = told("quay", body="[There](weir.md)").replace("title:", "draft: yes\ntitle:")
    assert [code for _, code in places(hidden + unsure)] == ["E206", "E203", "E302"]


def test_the_real_command_line_does_the_same(site: Path) -> None:
    before = tree(site / "public")
    written(site, _bytes(FAULTS["a dead link"].site))
    command = [sys.executable, str(ROOT / "build.py"), "build", "--site", str(site), *NOW]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"})
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.startswith(
        "content/announcements/weir.md:8:14: error[E302]: the link leads to `content/announcements/nope.md`, "
        "which does not exist\n"
        "  8 | See [the plan](nope.md).\n"
        "    |              ^\n"
        "  help: "
    )
    assert done.stderr.endswith("\n\n1 error: the published site was not changed\n")
    assert tree(site / "public") == before


def test_a_mended_fault_is_published(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    written(site, _bytes(FAULTS["a dead link"].site))
    assert run(capfd, "build", site=site).status == 1
    written(site, _bytes(FAULTS["a dead link"].site.replace("nope.md", "2025-10-27-bridge.md")))
    assert run(capfd, "build", site=site).status == 0
    assert (site / "public/announcements/weir/index.html").is_file()


def test_check_reports_and_writes_nothing(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    written(site, _bytes(told("weir")))
    before = tree(site)
    assert run(capfd, "check", site=site).status == 0
    written(site, _bytes(FAULTS["a dead link"].site))
    assert run(capfd, "check", site=site).errors == [("content/announcements/weir.md:8:14", "E302")]
    assert {path: before[path] for path in before if path.startswith("public/")} == {
        f"public/{path}": data for path, data in tree(site / "public").items()
    }


def test_json_is_one_document_that_says_what_happened(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ran = run(capfd, "build", "--format", "json", site=site)
    good = json.loads(ran.out)
    assert (ran.status, ran.err) == (0, "")
    assert set(good) == {"problems", "published", "written", "removed", "unchanged", "next_change"}
    assert good["problems"] == []
    assert good["published"] is True
    assert (good["written"], good["removed"], good["unchanged"]) == (0, 0, len(tree(site / "public")))
    written(site, _bytes(FAULTS["a mistyped field"].site))
    ran = run(capfd, "build", "--format", "json", site=site)
    bad = json.loads(ran.out)
    assert ran.status == 1
    assert bad["published"] is False
    assert bad["problems"] == [
        {
            "path": "content/announcements/tunnel.md",
            "line": 2,
            "column": 1,
            "severity": "error",
            "code": "E203",
            "message": "`titel` is not a field of an announcement",
            "help": "did you mean `title`?",
        }
    ]


def test_json_of_an_embargo_names_the_next_change(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    embargoed = told("weir").replace("partners:", "embargo: 2025-12-01T09:00+08:00\npartners:")
    ran = run(capfd, "check", "--format", "json", site=written(site, _bytes(embargoed)))
    assert ran.status == 0
    assert json.loads(ran.out)["next_change"] == "2025-12-01T01:00:00+00:00"


def test_github_gets_annotations(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    written(site, _bytes(FAULTS["a mistyped field"].site))
    ran = run(capfd, "build", "--format", "github", site=site)
    assert ran.status == 1
    assert ran.out == (
        "::error file=content/announcements/tunnel.md,line=2,col=1,title=E203::"
        "`titel` is not a field of an announcement%0Ahelp: did you mean `title`?\n"
    )


def test_warnings_pass_unless_strict(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = tree(site / "public")
    written(site, _bytes(announcement("> It holds.")))
    ran = run(capfd, "build", "--strict", site=site)
    assert ran.status == 1
    assert ran.last_line == "1 warning: the published site was not changed"
    assert tree(site / "public") == before
    ran = run(capfd, "build", site=site)
    assert ran.status == 0
    assert (ran.errors, ran.warnings) == ([], [(f"{BRIDGE}:10:1", "W301")])
    assert tree(site / "public") != before


def test_quiet_says_nothing_but_problems(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "build", "--quiet", site=site) == (0, "", "")


def test_build_is_the_default(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "--output", "out", site=written(tmp_path)).status == 0
    assert (tmp_path / "out/index.html").is_file()


def test_the_address_can_be_another(site: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "build", "--base-url", "https://example.com/press", site=site).status == 0
    assert "https://example.com/press/announcements/bridge/" in (site / "public/sitemap.xml").read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["frobnicate"], "frobnicate"),
        (["build", "--frobnicate"], "--frobnicate"),
        (["build", "more"], "more"),
        (["build", "--format", "xml"], "xml"),
        (["build", "--now", "yesterday"], "`yesterday`"),
        (["build", "--now", "2025-11-03T12:00"], "offset"),
        (["build", "--now", "2025-02-30T12:00Z"], "`2025-02-30T12:00Z`"),
        (["build", "--now", ""], "--now"),
        (["build", "--base-url", "example.com"], "example.com"),
        (["build", "--base-url", "ftp://example.com/"], "ftp://example.com/"),
        (["build", "--output", "content"], "content"),
        (["build", "--output", "/"], "/"),
    ],
)
def test_wrong_usage_is_a_sentence_with_help(
    words: list[str], says: str, site: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = tree(site)
    ran = Ran(main([*words[:1], "--site", str(site), *words[1:]]), *capfd.readouterr())
    assert ran.status == 2
    assert ran.out == ""
    assert ran.err.startswith("error: ")
    assert says in ran.err
    assert "\nhelp: " in ran.err
    assert "Traceback" not in ran.err
    assert tree(site) == before


def test_a_folder_that_is_no_site_is_wrong_usage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        ran = run(capfd, "build", site=folder)
        assert ran.status == 2
        assert str(folder) in ran.err
        assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    out = capfd.readouterr().out
    assert all(command in out for command in ("build", "check", "test"))


def _bytes(text: str) -> dict[str, bytes]:
    return {path: data for path, data in sections(text)[1].items() if data is not None}
