"""A build with a cache equals a build without, whatever was edited before; the same input gives the same bytes."""

import gc
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from jinja2 import Environment
from support import NOW, ROOT, announcement, png, tree, written
from support import _compile as compiled_once

from communique.cli import main
from communique.commands import defaults
from communique.contents import Published
from communique.disk import load
from communique.last import work_folder
from communique.memory import Memory, entry, key_of
from communique.pipeline import Built, build
from communique.publish import recall

Choices = Mapping[str, list[str | None]]


@pytest.fixture(autouse=True)
def _compile_once() -> Iterator[None]:
    with patch.object(Environment, "compile", compiled_once):
        yield


SETTINGS = {
    "title": "Two Rivers",
    "base_url": "https://rivers.example.org/",
    "languages": "[en]",
    "timezone": "Europe/London",
    "partner_kinds": "[university, company]",
    "menu": "[announcements, partners]",
}
NOTE = "{date: 2025-10-30, note: See [the river](announcement:river).}"
PICTURE = "{file: photo.png, alt: A photo%s}"

# each record: what its front matter and body are at first
RECORDS: dict[str, tuple[dict[str, str], str]] = {
    "announcements/2025-10-27-bridge.md": (
        {
            "title": "A bridge opens",
            "summary": "The bridge is open.",
            "date": "2025-10-27",
            "partners": "[delta]",
            "topics": "[bridges]",
            "contacts": "[ada-byron]",
        },
        "The bridge is open.",
    ),
    "announcements/river/index.md": (
        {
            "title": "A river flows",
            "summary": "The river flows.",
            "date": "2025-10-20",
            "partners": "[delta, mills]",
            "image": PICTURE % "",
        },
        "Delta University says so.\n\n> It flows.\n> — Ada Byron",
    ),
    "announcements/2024-05-01-mill.md": (
        {"title": "A mill turns", "summary": "The mill turns.", "date": "2024-05-01", "partners": "[mills]"},
        "It turns, says Mills.",
    ),
    "partners/delta/index.md": ({"name": "Delta University", "kind": "university"}, "A university."),
    "partners/mills.md": ({"name": "Mills", "kind": "company"}, "A company."),
    "people/ada-byron.md": ({"name": "Ada Byron", "roles": "[{title: Head, partner: delta}]"}, "A person."),
    "topics/bridges.md": ({"name": "Bridges"}, "What spans."),
    "pages/about.md": (
        {"title": "About"},
        "[Delta](partner:delta), [Mills](partner:mills), [Ada](person:ada-byron), [topic](topic:bridges).",
    ),
}
PICTURES = ("announcements/river/photo.png", "partners/delta/logo.png", "pages/plan.png")
# a picture in the folder of an announcement, that another record shows
BORROWED = "![Theirs](../announcements/river/photo.png)"

FIELDS: Mapping[str, Choices] = {
    "announcements": {
        "title": ["A bridge opens", "Another bridge", "开幕"],
        "subtitle": [None, "A second line"],
        "date": ["2025-10-27", "2025-11-02", "2024-01-01", "2025-11-01T09:00+08:00"],
        "embargo": [None, "2025-11-03T09:00Z", "2025-11-05T09:00Z", "2025-11-05T17:00+08:00"],
        "draft": [None, "true"],
        "pinned": [None, "true"],
        "withdrawn": [None, "{date: 2025-11-01, note: It was wrong.}"],
        "corrections": [None, f"[{NOTE}]", f"[{NOTE}, {{date: 2025-11-02, note: Two.}}]"],
        "partners": ["[delta]", "[mills, delta]", "[mills]"],
        "topics": [None, "[bridges]"],
        "facts": [None, "[{value: 7 m, label: height}]"],
        "events": [None, "[{date: 2026, what: It ends}]", "[{date: 2025-12, what: It goes on}]"],
        "notes": [None, "Ask Ada Byron."],
        "was": [None, "[/old/]"],
        "questions": [None, "[{ask: delta, text: Is it so?}]"],
    },
    "partners": {
        "name": ["Delta University", "Mills", "Mills and Sons"],
        "short": [None, "DU"],
        "also": [None, "[The bridge, Delta]"],
        "kind": ["university", "company"],
        "parent": [None, "mills"],
        "city": [None, "Paris"],
        "boilerplate": [None, "About [the river](announcement:river)."],
        "logo": [None, "{file: logo.png, alt: A logo}"],
    },
    "people": {
        "name": ["Ada Byron", "Ada King"],
        "also": [None, "[Ada]"],
        "honorific": [None, "Dr"],
        "roles": [
            "[{title: Head, partner: delta}]",
            "[{title: Chair, partner: mills, from: 2025-10-25}, {title: Head, partner: delta}]",
            "[{title: Guest, source: 'announcement:mill'}]",
        ],
    },
    "topics": {"name": ["Bridges", "Spans"]},
    "pages": {"title": ["About", "Who we are"], "menu": [None, "1"]},
}
BODIES = {
    "announcements": [
        "The bridge is open.",
        "Delta and Mills, with Ada, at Delta University.",
        "> It holds.\n> — Ada Byron",
        "> It flows, see [it](announcement:mill).\n> — Ada Byron\n\nBetween.\n\n> Twice.\n> — Ada Byron",
        "See [the river](announcement:river), [Mills](partner:mills) and [about](page:about).",
        "A note.[^1]\n\n[^1]: The note.",
        "![A plan](../pages/plan.png)",
    ],
    "partners": ["A place.", "See [the mill](announcement:mill).", "Ada Byron works for Mills.", BORROWED],
    "people": ["A life.", BORROWED, "She told of [the river](announcement:river)."],
    "topics": ["What spans.", "All of [the mill](announcement:mill).", BORROWED],
    "pages": [RECORDS["pages/about.md"][1], RECORDS["pages/about.md"][1] + "\n\n![A plan](plan.png)"],
}
SITE: Choices = {
    "title": ["Two Rivers", "Three Rivers", "{en: Rivers, zh-Hans: 两江}"],
    "tagline": [None, "Where they meet"],
    "base_url": ["https://rivers.example.org/", "https://example.net/rivers/"],
    "languages": ["[en]", "[en, zh-Hans]"],
    "timezone": ["Europe/London", "Asia/Shanghai"],
    "per_page": [None, "1", "2"],
    "link_names": [None, "false"],
    "menu": ["[announcements, partners]", "['page:about', timeline]"],
    "colours": [None, "{accent: '#0b5c5f'}"],
}
INSTANTS = [NOW + timedelta(hours=hours) for hours in (-4, -3, 0, 1, 45, 72, 24 * 40)]


def picked(table: Mapping[str, Any]) -> st.SearchStrategy[tuple[str, Any]]:
    """A key of a table, and one of its values."""
    return st.sampled_from([(key, each) for key, values in table.items() for each in values])


def scratch() -> "TemporaryDirectory[str]":
    """A new folder, in memory where there is one: each step publishes."""
    memory = Path("/dev/shm")
    return TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


def text(fields: Mapping[str, str], body: str = "") -> str:
    """A file with front matter."""
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in fields.items()) + f"---\n\n{body}\n"


def run(folder: Path, now: datetime) -> tuple[int, dict[str, Any]]:
    """Run the real command with its cache: the status and what it reports."""
    said = io.StringIO()
    words = ["build", "--site", str(folder), "--now", now.isoformat(), "--format", "json"]
    try:
        with redirect_stdout(said), redirect_stderr(io.StringIO()):
            status = main(words)
    finally:
        gc.enable()
    return status, json.loads(said.getvalue())


def told(built: Built) -> list[dict[str, object]]:
    """The problems of a build as a report tells them."""
    return [
        {
            "path": each.place.path,
            "line": each.place.line or 1,
            "column": each.place.column or 1,
            "severity": each.severity,
            "code": each.code,
            "message": each.message,
            "help": each.help,
        }
        for each in built.problems
    ]


def agree(folder: Path, now: datetime) -> bool:
    """Build a site with its cache and without any; both must come to the same. Whether it was published."""
    output = folder / "public"
    record = recall(output)
    before = tree(output)
    wanted = build(load(folder, defaults()), now, published=Published(record.files if record else {}))
    status, report = run(folder, now)
    assert report["problems"] == told(wanted)
    failed = any(problem.severity == "error" for problem in wanted.problems)
    assert status == (1 if failed else 0)
    published = tree(output)
    expected = before if failed else dict(wanted.files)
    assert sorted(published) == sorted(expected)
    assert [path for path, data in published.items() if data != expected[path]] == []
    next_change = wanted.next_change.isoformat() if wanted.next_change else None
    assert report["next_change"] == next_change
    return not failed


class Edits(RuleBasedStateMachine):
    """A site that is edited at random, and built after each edit."""

    def __init__(self) -> None:
        super().__init__()
        self.room = scratch()
        self.folder = Path(self.room.name) / "site"
        self.kept = Path(self.room.name) / "kept"
        self.now = NOW
        self.failures = 0
        self.settings = dict(SETTINGS)
        self.records = {path: (dict(fields), body) for path, (fields, body) in RECORDS.items()}

    def teardown(self) -> None:
        self.room.cleanup()

    def put(self, path: str, data: str | bytes) -> None:
        """Write a file of the site."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data.encode() if isinstance(data, str) else data)

    def write(self, path: str) -> None:
        """Write a record."""
        self.put(f"content/{path}", text(*self.records[path]))

    def state(self) -> tuple[datetime, dict[str, str], dict[str, tuple[dict[str, str], str]]]:
        """A copy of what the edits have come to."""
        records = {path: (dict(each[0]), each[1]) for path, each in self.records.items()}
        return self.now, dict(self.settings), records

    def build(self) -> None:
        """Compare, and remember what could be published."""
        if agree(self.folder, self.now):
            self.failures = 0
            shutil.rmtree(self.kept, ignore_errors=True)
            shutil.copytree(self.folder, self.kept, ignore=shutil.ignore_patterns("public", ".communique*"))
            self.good = self.state()
        else:
            self.failures += 1

    @initialize()
    def begin(self) -> None:
        """The first build."""
        self.put("site.yaml", "".join(f"{key}: {value}\n" for key, value in self.settings.items()))
        for path in self.records:
            self.write(path)
        for path in PICTURES:
            self.put(f"content/{path}", png())
        self.build()
        assert not self.failures

    @precondition(lambda self: self.failures)
    @rule()
    def undo(self) -> None:
        """Go back to the last site that could be published."""
        for name in ("content", "templates", "static"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        shutil.copytree(self.kept, self.folder, dirs_exist_ok=True)
        self.now, self.settings, self.records = self.good
        self.good = self.state()
        self.build()

    def change(self, kind: str, choice: tuple[str, str | None], number: int) -> None:
        """Set or take away a field of a record of a kind."""
        paths = sorted(path for path in self.records if path.startswith(f"{kind}/"))
        if paths:
            path = paths[number % len(paths)]
            key, value = choice
            fields = self.records[path][0]
            if value is None:
                fields.pop(key, None)
            else:
                fields[key] = value
            self.write(path)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(choice=picked(FIELDS["announcements"]), number=st.integers(0, 2))
    def change_announcement(self, choice: tuple[str, str | None], number: int) -> None:
        self.change("announcements", choice, number)

    @precondition(lambda self: self.failures < 2)
    @rule(choice=picked(FIELDS["partners"]), number=st.integers(0, 1))
    def change_partner(self, choice: tuple[str, str | None], number: int) -> None:
        self.change("partners", choice, number)

    @precondition(lambda self: self.failures < 2)
    @rule(kind=st.sampled_from(["people", "topics", "pages"]), data=st.data())
    def change_other(self, kind: str, data: st.DataObject) -> None:
        self.change(kind, data.draw(picked(FIELDS[kind])), 0)

    @precondition(lambda self: self.failures < 2)
    @rule(choice=picked(BODIES), number=st.integers(0, 2))
    def change_body(self, choice: tuple[str, str], number: int) -> None:
        """Another text for a record."""
        kind, body = choice
        paths = sorted(path for path in self.records if path.startswith(f"{kind}/"))
        if paths:
            path = paths[number % len(paths)]
            deeper = path.endswith("/index.md")
            self.records[path] = (self.records[path][0], body.replace("../", "../../") if deeper else body)
            self.write(path)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(choice=picked(SITE))
    def change_settings(self, choice: tuple[str, str | None]) -> None:
        """Another value in site.yaml."""
        key, value = choice
        if value is None:
            self.settings.pop(key, None)
        else:
            self.settings[key] = value
        self.put("site.yaml", "".join(f"{key}: {value}\n" for key, value in self.settings.items()))
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(path=st.sampled_from(sorted(RECORDS)), title=st.sampled_from(["大桥", "桥"]), there=st.booleans())
    def translate(self, path: str, title: str, there: bool) -> None:
        """Write or take away a translation, with a second language."""
        file = f"content/{path[:-3]}.zh-Hans.md"
        name = "title" if path.startswith(("announcements", "pages")) else "name"
        if there:
            self.settings["languages"] = "[en, zh-Hans]"
            self.put("site.yaml", "".join(f"{key}: {value}\n" for key, value in self.settings.items()))
            self.put(file, text({name: title}, "Ada Byron 在此。"))
        else:
            (self.folder / file).unlink(missing_ok=True)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(path=st.sampled_from(PICTURES), width=st.integers(1, 4))
    def change_picture(self, path: str, width: int) -> None:
        """A picture of another size."""
        self.put(f"content/{path}", png(width, 2))
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(number=st.integers(0, 3))
    def add(self, number: int) -> None:
        """One more announcement."""
        fields, body = RECORDS["announcements/2025-10-27-bridge.md"]
        path = f"announcements/2025-09-0{number + 1}-more-{number}.md"
        self.records[path] = ({**fields, "title": f"More of it, {number}"}, body)
        self.write(path)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(number=st.integers(0, 9))
    def delete(self, number: int) -> None:
        """One announcement or partner less."""
        paths = sorted(path for path in self.records if path.startswith(("announcements/", "partners/mills")))
        if len(paths) > 2:
            path = paths[number % len(paths)]
            del self.records[path]
            (self.folder / "content" / path).unlink()
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(number=st.integers(0, 9), name=st.sampled_from(["2025-10-28-{}", "{}", "{}-again"]))
    def rename(self, number: int, name: str) -> None:
        """Another day or slug in the name of an announcement's file."""
        paths = sorted(
            path for path in self.records if path.startswith("announcements/") and not path.endswith("/index.md")
        )
        if paths:
            old = paths[number % len(paths)]
            slug = old.removeprefix("announcements/").removesuffix(".md").lstrip("0123456789-")
            new = f"announcements/{name.format(slug)}.md"
            if new not in self.records:
                self.records[new] = self.records.pop(old)
                (self.folder / "content" / old).unlink()
                self.write(new)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(
        name=st.sampled_from(["announcement.html", "base.html", "topic.html"]), words=st.sampled_from(["", "one", "2"])
    )
    def change_template(self, name: str, words: str) -> None:
        """A template of the site's own, or no longer one."""
        shipped = (ROOT / "templates" / name).read_text(encoding="utf-8")
        if words:
            self.put(f"templates/{name}", f"{{# {words} #}}{shipped.replace('</main>', f'{words}</main>')}")
        else:
            (self.folder / "templates" / name).unlink(missing_ok=True)
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(name=st.sampled_from(["style.css", "site.js", "more/notes.txt", "page.html"]), words=st.sampled_from("ab"))
    def change_static(self, name: str, words: str) -> None:
        """A static file of the site's own."""
        page = "<!doctype html><html lang=en><title>x</title><h1>x</h1>" if name.endswith("html") else ""
        self.put(f"static/{name}", f"{page}/* {words} */\n")
        self.build()

    @precondition(lambda self: self.failures < 2)
    @rule(now=st.sampled_from(INSTANTS))
    def move_clock(self, now: datetime) -> None:
        """Another instant, later or earlier."""
        self.now = now
        self.build()

    @rule(name=st.sampled_from(["memory", "last.json"]), how=st.sampled_from(["gone", "cut", "bad", "empty"]))
    def damage(self, name: str, how: str) -> None:
        """A file of the cache is lost or damaged."""
        file = work_folder(self.folder / "public") / name
        if file.exists():
            data = file.read_bytes()
            middle = len(data) // 2
            if how == "gone":
                file.unlink()
            else:
                flipped = data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] if data else b"x"
                file.write_bytes({"cut": data[:middle], "bad": flipped, "empty": b""}[how])
        self.build()

    @rule()
    def forget_version(self) -> None:
        """The memory is that of another version of the engine."""
        file = work_folder(self.folder / "public") / "memory"
        file.unlink(missing_ok=True)
        memory = Memory(file, b"another version.")
        key = key_of("_read")(bytes(16))
        memory.keep(key, entry(("wrong",)))
        memory.save()
        self.build()

    @rule()
    def again(self) -> None:
        """Nothing has changed: nothing is written."""
        self.build()
        status, report = run(self.folder, self.now)
        assert status or (report["written"], report["removed"]) == (0, 0)


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=4,
    stateful_step_count=20,
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


RIVER = """\
-- content/announcements/river/index.md --
---
title: A river flows
summary: The river flows.
date: 2025-10-20
partners: [delta]
---

It flows.
"""


@pytest.fixture
def site() -> Iterator[Path]:
    """A site with an embargoed announcement and a picture."""
    with scratch() as room:
        embargoed = announcement("The bridge is open.", "embargo: 2025-11-05T09:00Z")
        folder = written(Path(room) / "site", RIVER + embargoed)
        (folder / "content" / "announcements" / "river" / "photo.png").write_bytes(png())
        yield folder


@pytest.mark.parametrize("record", ["people/ada-byron", "partners/delta", "topics/bridges", "pages/about"])
def test_a_picture_of_another_size_is_seen_wherever_it_is_shown(record: str, site: Path) -> None:
    (site / "content" / "announcements" / "2025-10-27-bridge.md").write_text(
        announcement().partition("\n")[2], encoding="utf-8"
    )
    file = site / "content" / f"{record}.md"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{BORROWED}\n", encoding="utf-8")
    assert agree(site, NOW)
    (site / "content" / "announcements" / "river" / "photo.png").write_bytes(png(9, 7))
    assert agree(site, NOW)


def _changed(**fields: object) -> Callable[[bytes], bytes]:
    return lambda data: json.dumps({**json.loads(data), **fields}).encode()


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut": lambda data: data[:-5],
    "other bytes": lambda _: b"\xff\x00" * 50,
    "a list": lambda _: b"[]",
    "nothing": lambda _: b"null",
    "deep": lambda _: b"[" * 200_000,
    "no problems": _changed(problems=None),
    "a strange problem": _changed(problems=[["content/a.md", 1, 1, "E999", "x", ""]]),
    "half a problem": _changed(problems=[["content/a.md"]]),
    "a moment without offset": _changed(since="2025-11-01T00:00:00"),
    "no number": _changed(files="many"),
    "no digest": _changed(tree="zz"),
    "a large number": _changed(files=10**400),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_note_of_the_last_build_is_no_note(damage: str, site: Path) -> None:
    assert agree(site, NOW)
    note = work_folder(site / "public") / "last.json"
    note.write_bytes(DAMAGES[damage](note.read_bytes()))
    assert agree(site, NOW)


@pytest.mark.parametrize("kind", ["folder", "link", "unreadable"])
def test_a_cache_of_another_kind_is_no_cache(kind: str, site: Path) -> None:
    assert agree(site, NOW)
    for name in ("memory", "last.json"):
        file = work_folder(site / "public") / name
        data = file.read_bytes()
        file.unlink()
        if kind == "folder":
            file.mkdir()
        elif kind == "link":
            elsewhere = site.parent / name
            elsewhere.write_bytes(data)
            file.symlink_to(elsewhere)
        else:
            file.touch(0)
    assert agree(site, NOW)


def test_any_two_instants_between_two_changes_give_the_same_site(site: Path) -> None:
    lifted = datetime(2025, 11, 5, 9, tzinfo=UTC)
    given = load(site, defaults())
    first = build(given, NOW)
    assert first.next_change == lifted
    second = timedelta(seconds=1)
    for now in (NOW + second, lifted - timedelta(hours=20), lifted - second, lifted - timedelta(microseconds=1)):
        assert build(given, now) == first
    after = build(given, lifted)
    assert "announcements/bridge/index.html" in after.files.keys() - first.files.keys()
    assert build(given, lifted + timedelta(hours=5)).files == after.files
    for now in (lifted - second, lifted, lifted - second, lifted + timedelta(hours=5), lifted):
        assert agree(site, now)


def test_the_order_of_a_folder_makes_no_difference(site: Path) -> None:
    given = load(site, defaults())
    scan = os.scandir
    for order in (sorted, lambda entries, key: sorted(entries, key=key, reverse=True)):

        def scandir(path: Any, order: Callable[..., Any] = order) -> Any:
            with scan(path) as entries:
                return order(entries, key=lambda entry: entry.name)

        with patch.object(os, "scandir", scandir):
            found = load(site, defaults())
        assert list(found.content) == list(given.content)
        assert build(found, NOW) == build(given, NOW)
    reverse = written(site.parent / "reverse", dict(reversed(tree(site).items())))
    assert build(load(reverse, defaults()), NOW) == build(given, NOW)


def test_the_same_input_gives_the_same_bytes_anywhere(site: Path) -> None:
    surroundings = [
        ({"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "0"}, 0o022),
        ({"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"}, 0o077),
        ({"TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "4242"}, 0o000),
    ]
    found = []
    given = tree(site)
    for number, (environment, mask) in enumerate(surroundings):
        folder = site.parent / ("deep/" * number) / f"{number} 地 é"
        # the files come into being in another order
        written(folder, dict(sorted(given.items(), reverse=bool(number % 2))))
        command = [sys.executable, str(ROOT / "build.py"), "--site", str(folder), "--now", NOW.isoformat(), "--quiet"]
        subprocess.run(
            command,
            check=True,
            cwd=folder,
            umask=mask if os.name == "posix" else -1,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        )
        modes = {path.relative_to(folder).as_posix(): path.stat().st_mode for path in (folder / "public").rglob("*")}
        found.append((tree(folder / "public"), modes))
    assert found[0] == found[1] == found[2]
    assert found[0][0] == dict(build(load(site, defaults()), NOW).files)


# a process without other threads, as a build is: only such a one hands work to others
_HANDS = """
import os, pickle, sys
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from communique.commands import defaults
from communique.contents import Published, digest
from communique.disk import load
from communique.memory import Memory, entry, key_of
from communique.pipeline import build
from communique.workforce import Workforce
folder, now, file = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]), Path(sys.argv[3])
made, fork = [], os.fork
def counted():
    made.append(1)
    return fork()
os.fork = counted
for hands in (1, 2, 3):
    files = {}
    for each in (None, file, file):
        before = len(made)
        memory = Memory(each, b"one version")
        published = Published({path: digest(data) for path, data in files.items()}, files.get)
        built = build(load(folder, defaults()), now, published=published, work=Workforce(memory, hands))
        files = dict(built.files)
        memory.save()
        seen = sha256(repr((sorted(built.files.items()), built.problems, built.next_change)).encode())
        print(hands, len(made) - before, seen.hexdigest())
    file.unlink()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="work is spread by forking")
@pytest.mark.skipif(sys.platform == "darwin", reason="no process is forked on macOS")
def test_any_number_of_processes_gives_the_same_bytes(site: Path) -> None:
    for number in range(30):
        name = f"2025-09-{number % 28 + 1:02}-more-{number}.md"
        title = f"More, {number}"
        fields = {"title": title, "summary": title, "date": "2025-09-01", "partners": "[delta]"}
        (site / "content" / "announcements" / name).write_text(text(fields, "It is so."), encoding="utf-8")
    command = [sys.executable, "-c", _HANDS, str(site), NOW.isoformat(), str(site.parent / "memory")]
    surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, capture_output=True, check=True, text=True, env=surroundings)
    lines = [line.split() for line in done.stdout.splitlines()]
    assert len(lines) == 9
    assert len({digest for _, _, digest in lines}) == 1
    # with a memory that knows everything there is nothing to hand on
    for hands, forked in [(hands, int(forked)) for hands, forked, _ in lines][::3]:
        assert (forked > 0) == (hands != "1")
    assert [forked for _, forked, _ in lines][2::3] == ["0", "0", "0"]
