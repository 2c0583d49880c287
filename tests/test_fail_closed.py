"""What says that an announcement is to be withheld, and cannot be understood, publishes nothing."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from sitemaker import Run, folder, published, record, run, site, site_yaml, tree, written

FILE = "content/announcements/tunnel.md"
# the lines of the file up to the one in question, which is the sixth
HEAD = "---\ntitle: The tunnel of Vesuvius\nsummary: Vesuvius is deep.\ndate: 2025-11-01\npartners: [delta]\n"
TAIL = "---\n\nThe tunnel of Vesuvius is open.\n"
LINE = 6


class Office:
    """A site folder with a published site, and what a build with other files makes of it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = published(folder, site())

    def build(self, files: Mapping[str, bytes | str]) -> Run:
        """A build with further or other files, which are as before afterwards."""
        usual = site()
        written(self.folder, {path: data if isinstance(data, bytes) else data.encode() for path, data in files.items()})
        try:
            return run(self.folder)
        finally:
            for path in files:
                if path in usual:
                    (self.folder / path).write_bytes(usual[path])
                else:
                    (self.folder / path).unlink()

    def refuses(self, files: Mapping[str, bytes | str], *places: str) -> None:
        """Nothing is published, and the report names the places."""
        done = self.build(files)
        after = tree(self.folder / "public")
        if after != self.before:
            published(self.folder, site())
        assert after == self.before, "it was published"
        assert done.status == 1
        assert [place for place in places if f"{place}:" not in done.err] == []
        assert done.err.endswith("the published site was not changed\n")

    def refuses_each(self, fields: Iterable[str]) -> None:
        """Nothing is published, and the report names the line in each of many announcements with one such field."""
        texts = [f"{HEAD}{field}\n{TAIL}".encode("utf-8", "surrogatepass") for field in fields]
        self.refuses_at((text, LINE) for text in texts)

    def refuses_at(self, cases: Iterable[tuple[bytes, int]]) -> None:
        """Nothing is published, and the report names for each of many announcements the line."""
        files = {f"content/announcements/t{number}.md": case for number, case in enumerate(cases)}
        done = self.build({path: data for path, (data, _) in files.items()})
        told = {(path, int(line)) for path, line in re.findall(r"^([^\s:]+):(\d+):\d+: error", done.err, re.MULTILINE)}
        silent = [(path, *case) for path, case in files.items() if (path, case[1]) not in told]
        assert [(data[-60:], line, [each for each in told if each[0] == path]) for path, data, line in silent] == []
        assert done.status == 1
        assert tree(self.folder / "public") == self.before

    def withholds(self, files: Mapping[str, bytes | str]) -> None:
        """All is understood: the site is as before, without the announcement."""
        done = self.build(files)
        assert tree(self.folder / "public") == self.before
        assert done.status == 0, done.err


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with folder(tmp_path_factory) as made:
        office = Office(made)
        yield office
        assert tree(office.folder / "public") == office.before


def tunnel(lines: str) -> dict[str, bytes | str]:
    """The announcement with further lines in its front matter."""
    return {FILE: f"{HEAD}{lines}\n{TAIL}"}


NOT_UNDERSTOOD = (
    "tomorrow",
    "TBC",
    "?",
    "none",
    "null",
    "~",
    "true",
    "false",
    "4070908800",
    "2099",
    "2099-01-01",
    "09:00",
    "2099-01-01T09:00",
    "2099-01-01 09:00",
    "2099-01-01T09:00 Beijing",
    "2099-01-01T09:00 CST",
    "2099-01-01T09:00 Asia/Shanghai",
    "2099-01-01T09:00+08:00[Asia/Shanghai]",
    "2099-01-01T9:00+08:00",
    "2099-1-1T09:00+08:00",
    "20990101T090000Z",
    "2099-W01-1T09:00Z",
    "2099-001T09:00Z",
    "01/01/2099",
    "1 January 2099, 09:00 GMT",
    "9:00 am",
    "2099-01-01T09:00 AM +08:00",
    "2099-01-01T09:00PM+08:00",
    "2099-01-01T09+08:00",
    "2099-02-29T09:00+08:00",
    "2099-02-30T09:00+08:00",
    "2099-13-01T09:00+08:00",
    "2099-00-01T09:00+08:00",
    "0000-01-01T09:00+08:00",
    "2099-01-01T24:00+08:00",
    "2099-01-01T25:00+08:00",
    "2099-01-01T09:60+08:00",
    "2099-12-31T23:59:60Z",
    "2099-01-01T09:00+25:00",
    "2099-01-01T09:00+15:00",
    "2099-01-01T09:00-15:00",
    "2099-01-01T09:00+08:60",
    "2099-01-01T09:00+8",
    "2099-01-01T09:00+08",
    "2099-01-01T09:00 08:00",
    "2099-01-01T09:00−08:00",
    "2099–01–01T09:00Z",
    "2099-01-01T09：00+08:00",
    "2099年1月1日 09:00",
    "2099-01-01T09:00+08:00 2099-01-02T09:00+08:00",
    "2099-01-01T09:00+08:00; see the mail",
    "[2099-01-01T09:00+08:00]",
    "{until: 2099-01-01T09:00+08:00}",
    "'2099-01-01T09:00+08:00\u200b'",
    "0001-01-01T00:00+14:00",
    "10000-01-01T00:00Z",
)


def test_an_embargo_that_cannot_be_understood_publishes_nothing(office: Office) -> None:
    office.refuses_each(f"embargo: {value}" for value in NOT_UNDERSTOOD)


@pytest.mark.parametrize("field", ["embargo", "draft", "withdrawn"])
def test_an_embargo_draft_or_withdrawal_without_a_value_publishes_nothing(office: Office, field: str) -> None:
    values = ["", '""', "' '", '"\\u00a0"', "# 2099-01-01T09:00+08:00", "|"]
    office.refuses_each(f"{field}: {value}" for value in values)


UNDERSTOOD = [
    "embargo: 2099-01-01T09:00+08:00",
    "embargo: 2099-01-01T09:00Z",
    "embargo: 2099-01-01t09:00z",
    "embargo: 2099-01-01 09:00 +08:00",
    "embargo: 2099-01-01T09:00:30+0800",
    "embargo: 2096-02-29T09:00+08:00",
    "embargo: 2099-01-01T00:00-12:00",
    "embargo: 2099-01-01T00:00+14:00",
    "embargo: '2099-01-01T09:00+08:00 '",
    "embargo:\t2099-01-01T09:00+08:00",
    "embargo: 2099-01-01T09:00+08:00 # so agreed",
    "embargo:\n  2099-01-01T09:00+08:00",
    "embargo: >\n  2099-01-01T09:00+08:00",
    "embargo : 2099-01-01T09:00+08:00",
    "'embargo': 2099-01-01T09:00+08:00",
    "? embargo\n: 2099-01-01T09:00+08:00",
    '"emb\\u0061rgo": 2099-01-01T09:00+08:00',
    "draft: true",
    "draft: 'true'",
    "draft: true # not yet",
    "questions: [{ask: delta, text: Is it so?}]",
    "embargo: 2001-01-01T09:00+08:00\ndraft: true",
]


def test_what_is_understood_withholds(office: Office) -> None:
    office.withholds(
        {f"content/announcements/t{number}.md": f"{HEAD}{line}\n{TAIL}" for number, line in enumerate(UNDERSTOOD)}
    )


LIKE_IT = (
    "Embargo",
    "EMBARGO",
    "embargoed",
    "embargos",
    "embargo_until",
    "embargo-until",
    "embargo until",
    "until",
    "embarg0",
    "embago",
    "embargo?",
    "embargo.",
    "emb\u00adargo",
    "embargo\u00a0",
    "\u00a0embargo",
    "embargo\u200b",
    "\u2060embargo",
    "embargo\u202e",
    "\u0435mbargo",
    "emb\u0430rgo",
    "ｅｍｂａｒｇｏ",
    "publish_at",
    "release",
    "status",
    "published",
    "Draft",
    "DRAFT",
    "draft\u00a0",
    "draf",
    "is_draft",
    "hidden",
    "unlisted",
)


def test_a_field_that_only_looks_like_embargo_or_draft_publishes_nothing(office: Office) -> None:
    office.refuses_each(f"{key}: 2099-01-01T09:00+08:00" for key in LIKE_IT)


READ_OTHERWISE = [
    ("embargo:2099-01-01T09:00+08:00", 7),
    ("embargo：2099-01-01T09:00+08:00", 7),
    ("embargo\uff1a 2099-01-01T09:00+08:00", 7),
    ("embargo 2099-01-01T09:00+08:00", 7),
    ("embargo = 2099-01-01T09:00+08:00", 7),
    ("embargo; 2099-01-01T09:00+08:00", 7),
    (" embargo: 2099-01-01T09:00+08:00", 6),
    ("\tembargo: 2099-01-01T09:00+08:00", 6),
    ("- embargo: 2099-01-01T09:00+08:00", 6),
    ("&embargo embargo: 2099-01-01T09:00+08:00", 6),
    ("embargo: &at 2099-01-01T09:00+08:00", 6),
    ("embargo: !!str 2099-01-01T09:00+08:00", 6),
    ("embargo: *at", 6),
    ("<<: {embargo: 2099-01-01T09:00+08:00}", 6),
    ("? [embargo]\n: 2099-01-01T09:00+08:00", 6),
    ("embargo: 2099-01-01T09:00+08:00\nembargo: 2001-01-01T09:00+08:00", 7),
    ("source:\n  name: A paper\n  embargo: 2099-01-01T09:00+08:00", 8),
    ("facts:\n  - {value: 1, label: one, embargo: 2099-01-01T09:00+08:00}", 7),
    ("fields:\n  embargo: 2099-01-01T09:00+08:00", 6),
    ("questions: what now?", 6),
    ("questions: [{ask: nobody, text: Is it so?}]", 6),
    ("questions: [{text: Is it so?}]", 6),
    ("questions: ['']", 6),
    ("withdrawn: true", 6),
    ("withdrawn:\n  date: soon\n  note: It was wrong.", 7),
    ("corrections:\n  - date: 2025-02-29\n    note: It was wrong.", 7),
]


def test_a_line_that_yaml_or_the_schema_reads_otherwise_publishes_nothing(office: Office) -> None:
    office.refuses_at((f"{HEAD}{lines}\n{TAIL}".encode(), line) for lines, line in READ_OTHERWISE)


NEITHER = [
    "yes",
    "True",
    "TRUE",
    "1",
    "'true '",
    "on",
    "y",
    "Yes",
    "tru",
    "t",
    "是",
    "no",
    "False",
    "0",
    "off",
    "null",
    "~",
    "[true]",
    "{}",
    "'true\xa0'",
    "'\u200btrue'",
    "true, or not",
    "ｔｒｕｅ",
]


def test_a_draft_that_is_neither_true_nor_false_publishes_nothing(office: Office) -> None:
    office.refuses_each(f"draft: {value}" for value in NEITHER)


NO_DATES = [
    "today",
    "2025",
    "2025-10",
    "2025-02-29",
    "2025-13-45",
    "2025-00-10",
    "2025-1-1",
    "27/10/2025",
    "27 October 2025",
    "2025-10-27T09:00",
    "2025-10-27 09:00",
    "2025-10-27T24:00Z",
    "2025-10-27T09:00+25:00",
    "2025-10-27T23:59:60Z",
    "0000-01-01",
    "[2025-10-27]",
    "2025年10月27日",
    "2025-10-27T09:00 Z Z",
    "20251027",
    "''",
]


def test_a_date_that_cannot_be_understood_publishes_nothing(office: Office) -> None:
    office.refuses_each(f"withdrawn: {{note: It was wrong., date: {value}}}" for value in NO_DATES)
    for value in ("", "soon"):
        office.refuses({FILE: f"{HEAD.replace('2025-11-01', value)}{TAIL}"}, f"{FILE}:4")


@pytest.mark.parametrize("value", ["9999-12-31", "9999-12-31T23:59Z", "9999-12-30T12:00-12:00"])
def test_a_date_at_the_end_of_the_calendar_is_right_or_a_problem(office: Office, value: str) -> None:
    done = office.build(
        {FILE: f"{HEAD.replace('2025-11-01', value)}{TAIL}", "site.yaml": site_yaml(timezone="Asia/Shanghai")}
    )
    assert done.status == 0 or f"{FILE}:4:" in done.err
    published(office.folder, site())


def test_a_date_at_the_beginning_of_the_calendar_is_right_or_a_problem(office: Office) -> None:
    done = office.build({FILE: f"{HEAD.replace('2025-11-01', '0001-01-01T00:00Z')}{TAIL}"})
    assert done.status == 0 or f"{FILE}:4:" in done.err
    published(office.folder, site())


def partner(country: str, city: str) -> dict[str, bytes | str]:
    return {
        "content/partners/delta.md": record(
            {"name": "Delta University", "kind": "university", "country": country, "city": city}
        )
    }


@pytest.mark.parametrize(
    ("country", "city", "instant"),
    [
        ("United Kingdom", "London", "2026-10-25T01:30+01:00"),
        ("United Kingdom", "London", "2026-10-25T01:30+00:00"),
        ("United Kingdom", "Cambridge", "2026-10-25T01:00:00+00:00"),
        ("UK", "", "2026-03-29T01:30+00:00"),
        ("英国", "剑桥", "2026-03-29T01:30+01:00"),
        ("United States", "New York", "2026-11-01T01:30-04:00"),
        ("USA", "New York", "2026-11-01T01:30-05:00"),
        ("United States of America", "Boston", "2026-03-08T02:30-05:00"),
        ("US", "New York", "2026-03-08T02:00-04:00"),
    ],
)
def test_a_time_that_the_clocks_of_a_partner_skip_or_double_publishes_nothing(
    office: Office, country: str, city: str, instant: str
) -> None:
    office.refuses(partner(country, city) | tunnel(f"embargo: {instant}"), f"{FILE}:{LINE}")


@pytest.mark.parametrize(
    "instant", ["2026-10-25T00:59+01:00", "2026-10-25T02:00+00:00", "2026-10-25T01:30Z", "2026-03-29T02:30+01:00"]
)
def test_a_time_that_happens_once_withholds_also_on_that_day(office: Office, instant: str) -> None:
    files = partner("United Kingdom", "London") | tunnel(f"embargo: {instant}")
    done = office.build(files)
    assert done.status == 0, done.err
    assert not any(b"Vesuvius" in data for data in tree(office.folder / "public").values())
    published(office.folder, site())


WHOLE = f"{HEAD}embargo: 2099-01-01T09:00+08:00\nplace: 北京\n{TAIL}"


UNREADABLE: list[tuple[bytes, int]] = [
    (WHOLE.encode("utf-16"), 1),
    (WHOLE.encode("utf-16-le"), 7),
    (b"\xfe\xff" + WHOLE.encode("utf-16-be"), 1),
    (WHOLE.encode("gbk"), 7),
    (WHOLE.replace("北京", "café").encode("latin-1"), 7),
    (b"\xef\xbb\xbf\xef\xbb\xbf" + WHOLE.encode(), 1),
    (WHOLE.replace("北", "\x00").encode(), 7),
    (WHOLE.replace("北", "\x1b[8m").encode(), 7),
    (WHOLE.replace("北", "\x85").encode(), 7),
    (WHOLE.encode()[:-30] + b"\xe5\x8c", 10),
    (("\n" + WHOLE).encode(), 1),
    ((" " + WHOLE).encode(), 1),
    (WHOLE.replace("---", "----", 1).encode(), 1),
    (WHOLE.replace("---", "--- ", 1).encode(), 1),
    (WHOLE.replace("---", "—", 1).encode(), 1),
    (WHOLE.replace("---", "+++").encode(), 1),
    (WHOLE.replace("---", "```").encode(), 1),
    (WHOLE.removeprefix("---\n").encode(), 1),
    (WHOLE.replace(TAIL, "\nText.\n").encode(), 1),
    (WHOLE.replace("\n---", "\n —-").encode(), 1),
    (WHOLE.replace("\n---", "\n ---").encode(), 1),
    (b"", 1),
    (b"---", 1),
    (b"---\n---\n", 2),
]


def test_a_file_that_cannot_be_read_whole_publishes_nothing(office: Office) -> None:
    office.refuses_at(UNREADABLE)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + WHOLE.encode(),
        WHOLE.replace("\n", "\r\n").encode(),
        WHOLE.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + WHOLE.replace("\n", "\r\n").encode(),
        WHOLE.replace("Vesuvius is", "Vesuvius\u00a0is").encode(),
        WHOLE.replace("\n---", "\n--- ").encode(),
        WHOLE.rstrip("\n").encode(),
    ],
    ids=["BOM", "CRLF", "CR", "BOM and CRLF", "NBSP", "space after the last line", "no last line end"],
)
def test_what_editors_leave_in_a_file_does_not_hide_its_embargo(office: Office, data: bytes) -> None:
    office.withholds({FILE: data})


def test_the_line_of_a_problem_is_right_after_a_byte_order_mark_and_with_any_line_ends(office: Office) -> None:
    for ends in ("\n", "\r\n", "\r"):
        text = WHOLE.replace("2099-01-01T09:00+08:00", "soon").replace("\n", ends)
        office.refuses({FILE: b"\xef\xbb\xbf" + text.encode()}, f"{FILE}:{LINE}:10")


def test_the_line_of_a_problem_is_right_after_a_line_separator(office: Office) -> None:
    text = WHOLE.replace("Vesuvius is deep.", '"Vesuvius\u2028is deep."').replace("2099-01-01T09:00+08:00", "soon")
    office.refuses({FILE: text}, f"{FILE}:{LINE}:10")


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("deep.\n", "deep.\n  embargo：2099-01-01T09:00+08:00\n") + TAIL,
        HEAD.replace("deep.\n", "deep.\n  embargo:2099-01-01T09:00+08:00\n") + TAIL,
        HEAD.replace(
            "summary: Vesuvius is deep.\n", "summary: |\n  Vesuvius is deep.\n  embargo: 2099-01-01T09:00+08:00\n"
        )
        + TAIL,
        f"{HEAD}---\nembargo: 2099-01-01T09:00+08:00\n---\n\nText.\n",
        f"{HEAD}---\n\nembargo: 2099-01-01T09:00+08:00\n\nText.\n",
        f"{HEAD}---\ndraft: true\n\nText.\n",
        f"{HEAD}...\nembargo: 2099-01-01T09:00+08:00\n{TAIL}",
    ],
    ids=[
        "full-width colon, indented",
        "no space, indented",
        "in a text on lines of its own",
        "second front matter",
        "in the body",
        "draft in the body",
        "after the end of a YAML document",
    ],
)
def test_an_embargo_or_draft_that_slipped_into_a_text_publishes_nothing(office: Office, text: str) -> None:
    office.refuses({FILE: text}, FILE)


OTHER_ENDINGS = [
    "tunnel.MD",
    "tunnel.Md",
    "tunnel.markdown",
    "tunnel.md.txt",
    "tunnel.mdx",
    "tunnel.txt",
    "tunnel.yaml",
]


def test_a_file_of_another_ending_is_not_published_and_said_so(office: Office) -> None:
    paths = [f"content/announcements/{name}" for name in OTHER_ENDINGS]
    done = office.build(dict.fromkeys(paths, f"{HEAD}{TAIL}"))
    assert tree(office.folder / "public") == office.before
    assert [path for path in paths if f"{path}:1:1: warning[W103]" not in done.err] == []


LEFT = [".tunnel.md", "tunnel.md~", "#tunnel.md#", ".#tunnel.md", "tunnel.md.bak", ".tunnel.md.swp", "tunnel.md.orig"]


def test_what_an_editor_left_is_not_published(office: Office) -> None:
    office.withholds({f"content/announcements/{name}": f"{HEAD}{TAIL}" for name in LEFT})


MISPLACED = [
    "content/announcements/tunnel (copy).md",
    "content/announcements/tunnel copy.md",
    "content/announcements/tunnel.draft.md",
    "content/announcements/tunnel.old.md",
    "content/announcements/tunnel.sync-conflict-20251103.md",
    "content/announcements/_tunnel.md",
    "content/announcements/-tunnel.md",
    "content/announcements/tunnel/tunnel.md",
    "content/announcements/tunnel/Index.md",
    "content/announcements/2025/tunnel.md",
    "content/announcements/drafts/more/tunnel.md",
    "content/Announcements/tunnel.md",
    "content/announcement/tunnel.md",
    "content/drafts/tunnel.md",
    "content/tunnel.md",
    "content/announcements/tunnel.zh-Hans.md",
]


def test_a_text_where_none_belongs_publishes_nothing(office: Office) -> None:
    office.refuses(dict.fromkeys(MISPLACED, f"{HEAD}{TAIL}"), *(f"{path}" for path in MISPLACED))


HAVE_NONE = {
    "content/partners/delta.md": "name: Delta University\nkind: university",
    "content/people/ada-byron.md": "name: Ada Byron\nhonorific: Dr",
    "content/topics/bridges.md": "name: Bridges\n# a note",
    "content/pages/about.md": "title: About\nmenu: 1",
}


@pytest.mark.parametrize("field", ["embargo: 2099-01-01T09:00+08:00", "draft: true"])
def test_an_embargo_on_what_has_none_publishes_nothing(office: Office, field: str) -> None:
    files = {path: f"---\n{lines}\n{field}\n---\n" for path, lines in HAVE_NONE.items()}
    office.refuses(files, *(f"{path}:4" for path in files))


def test_an_embargo_in_the_settings_publishes_nothing(office: Office) -> None:
    office.refuses({"site.yaml": site_yaml() + b"embargo: 2099-01-01T09:00+08:00\n"}, "site.yaml:6")


def test_one_embargo_that_cannot_be_understood_holds_back_the_rest_of_the_site_too(office: Office) -> None:
    files = tunnel("embargo: soon") | {"content/announcements/boats.md": f"{HEAD.replace('tunnel', 'boat')}{TAIL}"}
    office.refuses(files, f"{FILE}:{LINE}")


def test_an_embargo_that_cannot_be_understood_is_also_found_by_check_status_and_diff(office: Office) -> None:
    written(office.folder, {FILE: f"{HEAD}embargo: soon\n{TAIL}".encode()})
    try:
        for command in ("check", "status", "diff"):
            done = run(office.folder, command)
            assert done.status == 1
            assert f"{FILE}:{LINE}:10: error[E205]" in done.err
    finally:
        (office.folder / FILE).unlink()
