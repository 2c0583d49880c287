"""Hostile and broken files cost a clear problem, not the site, the machine or a secret of it."""

import io
import json
import os
import random
import socket
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from markup import read
from sitemaker import (
    BRIDGE,
    PAGE,
    SECONDS,
    TOPIC,
    announcement,
    child,
    errors,
    folder,
    made,
    png,
    published,
    record,
    run,
    site,
    unproblematic,
    written,
)

posix = pytest.mark.skipif(os.name != "posix", reason="links, pipes and devices are those of POSIX")
OUTSIDE = "Words from outside the site folder"


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a site in it, and a file outside the site."""
    with folder(tmp_path_factory) as place:
        written(place, {"outside.md": record({"name": OUTSIDE}), "outside/static.txt": OUTSIDE.encode()})
        (place / "outside.png").write_bytes(png(11, 13))
        yield written(place / "site", site())


def refused(home: Path, *told: str) -> str:
    """A build publishes nothing and says why in these words; gives the whole report."""
    before = time.process_time()
    done = run(home)
    assert time.process_time() - before < SECONDS
    assert done.status == 1, done.told
    assert not (home / "public").exists()
    assert [each for each in told if each not in done.err] == [], done.err
    assert OUTSIDE not in done.told
    return done.err


# what stands in the folder


@posix
@pytest.mark.parametrize(
    "target", ["../../../outside.md", "/etc/passwd", "nowhere.md", "link.md", "../../../outside", "..", "bridges.md"]
)
def test_a_link_in_the_content_is_a_problem_and_is_not_followed(home: Path, target: str) -> None:
    (home / "content/topics/link.md").symlink_to(target)
    refused(home, "content/topics/link.md:1:1: error[E110]: this is a symbolic link")


@posix
@pytest.mark.parametrize("place", ["static/link", "templates/link", "content/link", "static/deep/link"])
def test_a_link_to_a_folder_is_a_problem_and_is_not_followed(home: Path, place: str) -> None:
    (home / place).parent.mkdir(parents=True, exist_ok=True)
    (home / place).symlink_to("../../outside")
    refused(home, f"{place}:1:1: error[E110]")


@posix
@pytest.mark.parametrize("place", ["static", "templates", "content"])
def test_a_link_in_the_place_of_a_whole_folder_is_a_problem_and_is_not_followed(home: Path, place: str) -> None:
    if place == "content":
        (home / "content").rename(home.parent / "moved")
        (home / place).symlink_to("../moved")
    else:
        (home / place).symlink_to("../outside")
    refused(home, f"{place}:1:1: error[E110]")


@posix
@pytest.mark.parametrize("target", ["../outside.md", "/etc/passwd", "site.yaml", "/dev/zero", "/dev/stdin"])
def test_a_link_in_the_place_of_the_settings_is_a_problem_and_is_not_followed(home: Path, target: str) -> None:
    (home / "site.yaml").unlink()
    (home / "site.yaml").symlink_to(target)
    refused(home, "site.yaml:1:1: error[E1")


ODD_PLACES = (
    "content/topics/odd.md",
    "content/announcements/odd.png",
    "static/odd.txt",
    "templates/odd.html",
    "site.yaml",
)


@posix
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_a_pipe_socket_or_device_is_a_problem_and_nobody_waits_for_it(home: Path, kind: str) -> None:
    (home / "site.yaml").unlink()
    for place in ODD_PLACES:
        file = home / place
        file.parent.mkdir(exist_ok=True)
        if kind == "pipe":
            os.mkfifo(file)
        elif kind == "socket":
            with socket.socket(socket.AF_UNIX) as bound:
                bound.bind(os.fspath(file))
        else:
            try:
                os.mknod(file, 0o600 | stat.S_IFCHR, os.makedev(1, 5))
            except OSError as error:
                pytest.skip(f"no device can be made here: {error}")
    refused(home, *(f"{place}:1:1: error[E110]: " for place in ODD_PLACES))


def test_a_folder_with_the_name_of_a_text_holds_no_record_in_silence(home: Path) -> None:
    written(home, {"content/topics/odd.md/index.md": record({"name": "Odd"})})
    refused(home, "content/topics/odd.md/index.md:1:1: error[E108]")


def test_a_folder_in_the_place_of_the_settings_is_told_by_its_name(home: Path) -> None:
    (home / "site.yaml").unlink()
    (home / "site.yaml").mkdir()
    assert "E111" not in refused(home, "site.yaml:1:1: error[E110]: this is a folder")


@pytest.mark.parametrize("place", ["content", "static", "templates"])
def test_a_file_in_the_place_of_a_folder_is_told_by_its_name(home: Path, place: str) -> None:
    if (home / place).exists():
        (home / place).rename(home / "moved")
    (home / place).write_text("x")
    done = run(home)
    assert done.status in (1, 2)
    assert place in done.err
    assert not (home / "public").exists()


def test_a_file_that_may_not_be_read_is_a_problem(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = os.open

    def denied(path: Any, *arguments: Any, **options: Any) -> int:
        if str(path).endswith("bridges.md"):
            raise PermissionError(13, "Permission denied", str(path))
        return asked(path, *arguments, **options)

    monkeypatch.setattr("communique.disk.os.open", denied)
    refused(home, f"{TOPIC}:1:1: error[E110]: the file may not be read")


def test_a_folder_that_may_not_be_read_is_told_by_its_name(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = os.scandir

    def denied(path: Any) -> Any:
        if str(path).endswith("topics"):
            raise PermissionError(13, "Permission denied", str(path))
        return asked(path)

    monkeypatch.setattr("communique.disk.os.scandir", denied)
    done = run(home)
    assert done.status in (1, 2)
    assert "content/topics" in done.err
    assert not (home / "public").exists()


JUNK: tuple[str, ...] = (
    ".env",
    ".git/config",
    ".git/HEAD",
    ".DS_Store",
    ".ssh/id_rsa",
    ".well-known/.env",
    ".bridge.md.swp",
    ".#bridge.md",
    "._bridge.md",
    "bridge.md~",
    "#bridge.md#",
    "bridge.md.bak",
    "bridge.md.orig",
    "bridge.md.swp",
    "bridge.tmp",
    "Thumbs.db",
    "thumbs.db",
    "desktop.ini",
    "__pycache__/x.pyc",
    ".idea/workspace.xml",
    ".vscode/settings.json",
    ".svn/entries",
    ".hg/store",
)


def test_what_editors_systems_and_version_control_leave_is_never_published(tmp_path: Path) -> None:
    junk = {
        f"{place}/{name}": OUTSIDE.encode()
        for place in ("static", "content/announcements", "templates")
        for name in JUNK
    }
    clean = site({"static/.well-known/security.txt": b"Contact: x"})
    output = published(tmp_path, clean | junk)
    assert not any(OUTSIDE.encode() in data for data in output.values())
    assert output == {**made(clean).files}
    assert ".well-known/security.txt" in output


def test_the_lock_files_of_office_programs_are_never_published(tmp_path: Path) -> None:
    names = ("~$press.docx", ".~lock.press.odt#", "~WRL0001.tmp", "press.docx.crdownload", "press.pdf.part")
    output = published(tmp_path, site({f"static/{name}": b"x" for name in (*names, "press.docx")}))
    assert "press.docx" in output
    assert not set(names) & output.keys()


# names


def test_a_slug_leads_nowhere_but_to_its_record() -> None:
    slugs = [
        "../../../outside",
        "../partners/delta",
        "/etc/passwd",
        "..",
        ".",
        "delta/",
        "delta/../delta",
        "%2e%2e%2fdelta",
        "delta\\",
        "delta#x",
    ]
    files = {
        f"content/announcements/a{number}.md": announcement("A", partners=[slug]) for number, slug in enumerate(slugs)
    }
    found = errors(made(site(files)))
    assert [path for path in files if not any(each.startswith(f"{path}:5:") and "E301" in each for each in found)] == []


PATHS: tuple[str, ...] = (
    "../../../outside.png",
    "../../outside.png",
    "/outside.png",
    "/etc/passwd",
    "..\\..\\outside.png",
    "../../../outside.md",
    "%2e%2e/%2e%2e/%2e%2e/outside.png",
    "..%2f..%2f..%2foutside.png",
    "file:///etc/passwd",
    "//evil.example/x.png",
    "https://evil.example/x.png",
    "data:image/png;base64,AAAA",
    "javascript:alert(1)",
    "C:\\x.png",
    "\\\\evil\\x.png",
    ".",
    "..",
)


def test_an_image_in_front_matter_comes_from_the_site_alone(home: Path) -> None:
    images = [{"file": path, "alt": "A picture"} for path in PATHS]
    files = [f"content/announcements/a{number}.md" for number in range(len(images))]
    written(
        home,
        {
            file: announcement("A boat", topics=["bridges"], image=image)
            for file, image in zip(files, images, strict=True)
        },
    )
    refused(home, *(f"{file}:7:" for file in files))


def test_what_a_text_shows_and_links_to_is_the_site_s_own() -> None:
    forms = ("![A picture]({})", "[Words](<{}>)", "![A picture](<{}>)")
    texts = [
        form.format(path)
        for form in forms
        for path in PATHS
        if not (form.startswith("[") and path.startswith("https:"))
    ]
    # a backslash before a full stop is an escape: the file is named, but the line is the first of the text
    escaped = ["![A picture](..\\..\\outside.png)", "![A picture](<..\\..\\outside.png>)"]
    assert unproblematic(texts) == escaped
    assert unproblematic(escaped, 4) == []


IMPOSSIBLE: tuple[str, ...] = (
    "x",
    "x/",
    "/",
    "//evil.example/",
    "https://evil.example/x/",
    "/../x/",
    "/a/../../x/",
    "/./x/",
    "/a//b/",
    "/..a/",
    "/%2e%2e/x/",
    "/a/%2e%2e/x/",
    "/%2E%2e%2fx/",
    "/.git/config/",
    "/.htaccess",
    "/a\\b/",
    "/a%5cb/",
    "/a?b/",
    "/a#b/",
    "/a b/",
    "/a%0ab/",
    "/a%00b/",
    "/a%22b/",
    "/a<b/",
    "/a\u2028b/",
    "/x.php",
    "/x.css",
    f"/{'x' * 201}/",
    f"/{'图' * 67}/",
)


def test_an_old_path_that_cannot_be_one_is_a_problem_at_its_line() -> None:
    lines = "".join(f"  - {json.dumps(path)}\n" for path in IMPOSSIBLE)
    text = announcement("A bridge", topics=["bridges"]).replace(b"topics:", f"was:\n{lines}topics:".encode())
    found = errors(made(site({BRIDGE: text})))
    silent = [
        path
        for line, path in enumerate(IMPOSSIBLE, 7)
        if not any(each.startswith(f"{BRIDGE}:{line}:") for each in found)
    ]
    assert silent == []


@pytest.mark.parametrize(
    "path",
    [
        "/announcements/bridge/",
        "/old/",
        "/OLD/",
        "/announcements/",
        "/partners/delta/",
        "/about/",
        "/topics/bridges",
        "/404.html",
    ],
)
def test_an_old_path_that_somebody_has_is_a_problem_at_its_line(path: str) -> None:
    other = announcement("Boats", topics=["bridges"], was=["/old/"])
    files = site(
        {"content/announcements/boats.md": other, BRIDGE: announcement("A bridge", topics=["bridges"], was=[path])}
    )
    found = [each for each in errors(made(files)) if "E401" in each]
    assert any(each.startswith((f"{BRIDGE}:7:", "content/announcements/boats.md:7:")) for each in found), found


def test_an_old_path_that_no_disk_can_hold_is_a_problem(home: Path) -> None:
    written(home, {BRIDGE: announcement("A bridge", topics=["bridges"], was=["/" + "a/" * 2100])})
    refused(home, f"{BRIDGE}:7:")


TOPIC_TEXT = record({"name": "Same"})
TWINS = (
    ("content/topics/rivers.md", "content/topics/rivers/index.md"),
    ("content/topics/rivers.md", "content/topics/Rivers.md"),
    ("content/topics/rivers.md", "content/topics/2025-01-01-rivers.md"),
    ("content/topics/café.md", "content/topics/cafe\u0301.md"),
    ("content/topics/ﬁsh.md", "content/topics/fish.md"),
    ("content/topics/straße.md", "content/topics/strasse.md"),
    ("content/topics/ＡＢＣ.md", "content/topics/abc.md"),
)


def test_two_files_never_fight_over_one_slug_in_silence() -> None:
    for one, other in TWINS:
        found = errors(made(site({one: TOPIC_TEXT, other: TOPIC_TEXT})))
        assert any("E401" in each and each.startswith((one, other)) for each in found), found


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "feed.xml",
        "INDEX.HTML",
        "announcements",
        "announcements/bridge",
        "topics/bridges/index.html",
        "robots.txt",
    ],
)
def test_a_static_file_never_takes_the_place_of_a_page_in_silence(path: str) -> None:
    found = errors(made(site({f"static/{path}": b"x"})))
    assert any(f"static/{path}" in each and "E401" in each for each in found), found


@pytest.mark.parametrize(
    ("kind", "slug"),
    [("pages", "partners"), ("pages", "announcements"), ("pages", "topics"), ("announcements", "2025")],
)
def test_a_record_never_takes_the_place_of_a_list_in_silence(kind: str, slug: str) -> None:
    data = announcement("Year") if kind == "announcements" else record({"title": "Section"})
    found = errors(made(site({f"content/{kind}/{slug}.md": data})))
    assert any(f"content/{kind}/{slug}.md" in each and "E401" in each for each in found), found


def test_two_static_files_that_are_one_on_other_systems_are_a_problem() -> None:
    for one, other in (
        ("Plan.pdf", "plan.pdf"),
        ("café.txt", "cafe\u0301.txt"),
        ("a", "a/b.txt"),
        ("A/x.txt", "a/X.txt"),
    ):
        found = errors(made(site({f"static/{one}": b"1", f"static/{other}": b"2"})))
        assert any("E401" in each for each in found), (one, other)


@pytest.mark.parametrize("other", ["cafe\u0301.png", "CAFÉ.png", "café.PNG"])
def test_two_pictures_of_one_name_are_a_problem(other: str) -> None:
    text = announcement("Boats", "![A boat](café.png)", topics=["bridges"])
    folder = "content/announcements/boats/"
    files = {f"{folder}index.md": text, f"{folder}café.png": png(3, 3), f"{folder}{other}": png(5, 5)}
    found = errors(made(site(files)))
    assert any(" E401 " in each and "café.png" in each and each.startswith(folder) for each in found), found


STEMS = [
    "con",
    "PRN",
    "aux",
    "nul",
    "com1",
    "LPT9",
    "x" * 121,
    "图" * 41,
    "a b",
    " a",
    "a.b",
    "a'b",
    'a"b',
    "a<b",
    "a&b",
    "a%2e%2e",
    "%2e%2e",
    "a\nb",
    "a\tb",
    "a\x1bb",
    "a\u202eb",
    "a\u200bb",
    "a\xa0b",
    "a\u2028b",
    "😀",
    "-a",
    "a-",
    "_",
    "~a",
    "a~b",
    "a$b",
    "a:b",
    "a*b",
    "a|b",
    "a\\b",
    "$(id)",
]


def test_a_file_name_that_no_url_or_system_can_bear_is_a_problem() -> None:
    paths = {f"content/topics/{stem}.md" for stem in STEMS}
    found = made(site(dict.fromkeys(paths, TOPIC_TEXT))).problems
    assert {each.place.path for each in found if each.code == "E108"} == paths


@posix
def test_a_file_name_that_is_no_text_is_a_problem(home: Path) -> None:
    os.makedirs(home / "static")
    for place in ("static", "content/topics"):
        with open(os.fsencode(home / place) + b"/\xff\xfe.md", "wb") as file:
            file.write(TOPIC_TEXT)
    refused(home, "static/??.md:1:1: error[E108]", "content/topics/??.md:1:1: error[E108]")


def test_a_file_name_writes_no_lines_or_colours_of_its_own_into_the_report(home: Path) -> None:
    written(home, {"content/topics/a\n0 errors: the site was published\x1b[8m.md": TOPIC_TEXT})
    err = refused(home, "E108")
    assert "\x1b" not in err
    assert "\n0 errors" not in err


ODD_NAMES = (
    "a'b.png",
    "a&amp;b.png",
    "a b.png",
    "a%2e%2e.png",
    "图.png",
    "😀.png",
    "a\u202eb.png",
    "a+b.png",
    "a#b.png",
    "a;b=c.png",
    "A.PNG",
)


def test_a_picture_with_an_odd_name_is_shown_or_refused() -> None:
    images = [{"file": name, "alt": "A picture"} for name in ODD_NAMES]
    files = {f"content/announcements/boats/{name}": png(number + 2, 2) for number, name in enumerate(ODD_NAMES)}
    text = announcement("Boats", topics=["bridges"], gallery=images)
    whole = made(site({"content/announcements/boats/index.md": text, **files}))
    assert errors(whole) == []
    page = whole.files["announcements/boats/index.html"]
    shown = [image.attributes["src"] for image in read(page).all("img") if image.attributes.get("alt")]
    assert [unquote(each).rpartition("boats/")[2] for each in shown] == list(ODD_NAMES)
    assert {f"announcements/boats/{name}" for name in ODD_NAMES} <= whole.files.keys()


def test_a_static_file_with_an_odd_name_is_published_under_that_name(tmp_path: Path) -> None:
    names = [
        "a'b.txt",
        "a b.txt",
        "a%2e%2e.txt",
        "%2e%2e/x.txt",
        "图.txt",
        "😀.txt",
        "a\u202eb.txt",
        "a#b.txt",
        "-rf.txt",
    ]
    output = published(tmp_path, site({f"static/{name}": name.encode() for name in names}))
    assert {name: output[name] for name in names} == {name: name.encode() for name in names}


@posix
@pytest.mark.parametrize("name", ["a\nb.txt", "a\tb.txt", "a\\b.txt"])
def test_a_static_file_that_cannot_be_published_is_a_problem_of_check_too(home: Path, name: str) -> None:
    written(home, {f"static/{name}": b"x"})
    assert run(home, "check").status == 1
    refused(home, "static/a")


@pytest.mark.parametrize(
    "path",
    [
        "con.txt",
        "aux/x.txt",
        "Lpt1",
        "nul.tar.gz",
        "a:b.txt",
        "<b>.txt",
        'a"b.txt',
        "a?b.txt",
        "a*b.txt",
        "a|b",
        "a\\b.txt",
        "a\x1fb",
        "end.",
        "end ",
        "end./x",
        "a" * 250,
    ],
)
def test_a_static_file_that_windows_cannot_hold_is_a_problem(path: str) -> None:
    found = errors(made(site({f"static/{path}": b"x"})))
    assert [each for each in found if " E402 " in each and each.startswith(f"static/{path}")], found


def test_a_picture_that_windows_cannot_hold_is_a_problem() -> None:
    text = record({"title": "About"}, "![A boat](a%3Fb.png)")
    assert any(" E402 " in each for each in errors(made(site({PAGE: text, "content/pages/a?b.png": png()}))))


# large files


@posix
def test_a_file_beyond_the_limit_is_a_problem_without_being_read(home: Path) -> None:
    for path in ("static/video.mp4", "content/announcements/odd.png", TOPIC, "templates/odd.html"):
        written(home, {path: b""})
        os.truncate(home / path, 300 << 30)
    done = child(home)
    assert done.status == 1
    assert done.err.count("error[E106]: the file is too large") == 4
    assert done.seconds < SECONDS
    assert done.megabytes < 200


@posix
@pytest.mark.parametrize("place", [TOPIC, "templates/404.html", "site.yaml"])
def test_a_text_of_64_mb_is_a_problem_without_being_read(home: Path, place: str) -> None:
    written(home, {place: b"---\nname: Bridges\n---\n" + b"a b " * (16 << 20)})
    done = child(home)
    assert done.status == 1
    assert f"{place}:1:1: error[E106]: the file is too large" in done.err
    assert "E111" not in done.err
    assert done.seconds < SECONDS
    assert done.megabytes < 200


@posix
@pytest.mark.parametrize("line", [b"a b ", b"a b\n", "图 ".encode()], ids=["one line", "short lines", "signs"])
def test_the_largest_text_that_is_read_costs_two_seconds_and_500_mb_at_most(home: Path, line: bytes) -> None:
    body = line * ((1 << 20) // len(line) - 10)
    written(home, {TOPIC: b"---\nname: Bridges\n---\n" + body})
    done = child(home)
    assert done.status == 1
    assert f"{TOPIC}:4:1: error[E106]" in done.err
    assert done.seconds < SECONDS
    assert done.megabytes < 500


@posix
def test_a_text_full_of_problems_is_reported_in_seconds(home: Path) -> None:
    written(home, {TOPIC: b"---\nname: Bridges\n---\n" + b"<b>" * 100_000})
    done = child(home)
    assert done.status in (0, 1)
    assert done.seconds < SECONDS


STORMS = {
    "film.mp4": random.Random(1).randbytes(2 << 20),
    "table.csv": b"<0.01;12;\n" * 100_000,
    "tags.html": b"<" * (1 << 20),
    "attributes.html": b'="' * (1 << 18) + b"='" * (1 << 18),
    "equals.svg": b"=" + b" " * (1 << 20),
    "signs.xml": b"&" * (1 << 19),
    "entities.txt": b"&" + b"a" * 30 + b"&#x41" * (1 << 17),
    "escapes.js": b"\\u0041" * (1 << 17),
    "words.txt": b"the hidden " * (1 << 17),
    "addresses.txt": b"/announcements/secret" * 50_000,
    "dots.txt": b"../" * (1 << 18) + b"announcements/secrets",
    "percent.txt": b"announcements/" + b"%" * (1 << 18),
    "han.txt": "图".encode() * (1 << 18),
    "lists.json": b"[" * (1 << 20),
    "members.zip": b"PK\3\4" + b"PK\1\2" * (1 << 18) + b"PK\5\6" + bytes(18),
}


@posix
def test_large_static_files_are_looked_through_in_seconds(home: Path) -> None:
    static = {f"static/{name}": data for name, data in STORMS.items()}
    written(home, {**static, "content/announcements/secret.md": announcement("The hidden tunnel", draft=True)})
    done = child(home)
    assert done.status == 1
    assert "`/addresses.txt`" in done.err
    assert "static/members.zip:1:1: error[E608]" in done.err
    assert done.seconds < SECONDS
    assert done.megabytes < 500


def bomb(count: int, size: int) -> bytes:
    """An archive with members of zeros, which are packed once for all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(size)) + packer.flush()
    check = zlib.crc32(bytes(size))
    members, index = b"", b""
    for number in range(count):
        name = f"{number:06}.txt".encode()
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, check, len(packed), size, len(name), 0)
        index += b"PK\x01\x02\x14\x00" + head + struct.pack("<HHHII", 0, 0, 0, 0, len(members)) + name
        members += b"PK\x03\x04" + head + name + packed
    return members + index + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(index), len(members), 0)


@posix
@pytest.mark.parametrize(("count", "size"), [(1, 40 << 20), (64, 30 << 20)], ids=["one large", "many"])
def test_an_archive_that_unpacks_to_very_much_costs_seconds(home: Path, count: int, size: int) -> None:
    secret = announcement("The hidden tunnel", draft=True)
    written(home, {"static/x.zip": bomb(count, size), "content/announcements/secret.md": secret})
    done = child(home)
    assert done.status in (0, 1)
    assert done.seconds < SECONDS
    assert done.megabytes < 500


def zipped(*members: tuple[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


def nested(depth: int) -> bytes:
    data = b"x"
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data


def locked() -> bytes:
    """An archive that says that its member is encrypted."""
    data = bytearray(zipped(("x.txt", b"x")))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        data[data.index(mark) + (6 if mark == b"PK\x03\x04" else 8)] |= 1
    return bytes(data)


BROKEN = {
    "no archive": ("x.zip", b"no archive"),
    "empty archive": ("x.zip", b""),
    "cut off": ("x.zip", zipped(("x.txt", b"x"))[:-9]),
    "wrong checksum": ("x.zip", zipped(("x.txt", b"x" * 99)).replace(b"x" * 99, b"y" * 99)),
    "encrypted": ("x.zip", locked()),
    "archive in archive in archive": ("x.zip", nested(2000)),
    "no JSON": ("x.json", b"{broken"),
    "empty JSON": ("x.json", b""),
    "JSON with a mark": ("x.json", b"\xef\xbb\xbf{}"),
    "nested JSON": ("x.json", b"[" * 100_000),
    "JSON in UTF-16": ("x.json", '{"a": 1}'.encode("utf-16")),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_static_file_is_published_as_it_is_or_a_problem(case: str) -> None:
    name, data = BROKEN[case]
    secret = {"content/announcements/secret.md": announcement("The hidden tunnel", draft=True)}
    whole = made(site({f"static/{name}": data, **secret}))
    assert whole.files.get(name) == data or any(f"static/{name}" in each for each in errors(whole))


# pictures


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def vast(width: int, height: int) -> bytes:
    """A small PNG file of a vast black picture with four channels."""
    size = height * (1 + 4 * width)
    packer = zlib.compressobj(1, wbits=-15)
    megabyte = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(1, wbits=-15)
    rest = end.compress(bytes(size % (1 << 20))) + end.flush()
    check = struct.pack(">I", (size % 65521) << 16 | 1)
    data = b"\x78\x01" + megabyte * (size >> 20) + rest + check
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", data) + chunk(b"IEND", b"")


@posix
def test_a_picture_of_many_pixels_costs_two_seconds_and_500_mb_at_most(home: Path) -> None:
    written(
        home, {PAGE: record({"title": "About"}, "![Vast](vast.png)"), "content/pages/vast.png": vast(13_000, 13_000)}
    )
    done = child(home)
    assert done.status in (0, 1)
    assert "Traceback" not in done.err
    assert done.seconds < SECONDS
    assert done.megabytes < 500


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
BROKEN_PICTURES = {
    "too many pixels": ("x.png", vast(20_000, 20_000)[:5000]),
    "cut off": ("x.png", png(60, 60)[:-30]),
    "head alone": ("x.png", png(60, 60)[:40]),
    "no pixels": ("x.png", png(1, 1).replace(struct.pack(">II", 1, 1), struct.pack(">II", 0, 0))),
    "empty": ("x.png", b""),
    "text": ("x.jpg", b"no picture"),
    "page": ("x.gif", b"<!doctype html><script>alert(1)</script>"),
    "SVG by another name": ("x.png", SVG),
    "SVG": ("x.svg", SVG),
    "PDF": ("x.jpg", b"%PDF-1.7\n"),
    "GIF head and script": ("x.gif", b"GIF89a=1;alert(1)//"),
    "ICO": ("x.png", b"\x00\x00\x01\x00\x01\x00" + bytes(16)),
    "TIFF": ("x.png", b"II*\x00\x08\x00\x00\x00"),
    "EPS": ("x.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"),
}


@pytest.mark.parametrize("where", ["body", "field"])
def test_a_file_that_is_no_picture_is_a_problem_at_the_line_that_shows_it(where: str) -> None:
    files: dict[str, bytes] = {}
    for number, (name, data) in enumerate(BROKEN_PICTURES.values()):
        fields: dict[str, Any] = {"image": {"file": name, "alt": "A picture"}} if where == "field" else {}
        text = announcement("Boats", f"![A picture]({name})" if where == "body" else "", topics=["bridges"], **fields)
        files |= {f"content/announcements/b{number}/index.md": text, f"content/announcements/b{number}/{name}": data}
    found = errors(made(site(files)))
    line = 9 if where == "body" else 7
    places = {case: f"content/announcements/b{number}/index.md:{line}:" for number, case in enumerate(BROKEN_PICTURES)}
    assert [
        case for case, place in places.items() if not any(each.startswith(place) and "E308" in each for each in found)
    ] == []


def test_a_photograph_that_was_cut_off_is_a_problem() -> None:
    from PIL import Image

    for form in ("JPEG", "GIF"):
        stream = io.BytesIO()
        Image.frombytes("RGB", (90, 90), random.Random(1).randbytes(24_300)).save(stream, form)
        files = {
            PAGE: record({"title": "About"}, "![Half](half.jpg)"),
            "content/pages/half.jpg": stream.getvalue()[:2000],
        }
        assert errors(made(site(files)))


def test_a_picture_that_nothing_shows_is_not_read_and_not_published() -> None:
    files = {f"content/announcements/{case.replace(' ', '-')}.png": data for case, (_, data) in BROKEN_PICTURES.items()}
    whole = made(site(files))
    assert errors(whole) == []
    assert whole.files == made(site()).files


# many faults at once


def test_thirty_broken_files_give_thirty_problems_in_one_run(home: Path) -> None:
    faults = [
        "",
        "---",
        "no front matter",
        "---\nname: x\n",
        "---\nname: x\nname: y\n---\n",
        "---\nname: &a x\n---\n",
        "---\nnames: x\n---\n",
    ]
    faults += [
        "---\nname: [x]\n---\n",
        "---\nname:\n---\n",
        "---\nname: x\n---\n[x](nope.md)",
        "---\nname: x\n---\n![](a.png)",
        "---\nname: x\n---\n[x](javascript:x)",
    ]
    faults += ["---\nname: x\n---\n> x\n> — Nobody", "---\nname: x\n---\n![x](nope.png)", "---\nname: 'x\n---\n"]
    files = {f"content/topics/t{number}.md": fault.encode() for number, fault in enumerate(faults)}
    files |= {f"content/topics/bad name {number}.md": TOPIC_TEXT for number in range(5)}
    files |= {
        f"content/announcements/a{number}.md": announcement("A", **{field: value})
        for number, (field, value) in enumerate(
            [
                ("date", "soon"),
                ("embargo", "soon"),
                ("draft", "yes"),
                ("partners", ["nope"]),
                ("topics", "bridges"),
                ("pinned", "1"),
                ("facts", [{}]),
                ("source", "x"),
            ]
        )
    }
    files |= {
        "content/partners/p.md": record({"name": "P", "kind": "nope", "website": "x"}),
        "content/topics/h.md": b"\xff",
        "templates/404.html": b"{{ nope }}",
    }
    files |= {"templates/home.html": b"{% if %}", "static/index.html": b"x"}
    written(home, files)
    done = run(home, "build", "--format", "json")
    assert done.status == 1
    assert not done.json["published"]
    problems = [each for each in done.json["problems"] if each["severity"] == "error"]
    assert len(problems) >= 30
    assert files.keys() - {each["path"] for each in problems} == set()
    assert all(
        each["message"] and (each["line"] or not each["path"].startswith("content/topics/t")) for each in problems
    )
    assert problems == sorted(problems, key=lambda each: (each["path"], each["line"], each["column"]))
    assert len({json.dumps(each) for each in problems}) == len(problems)


def test_a_record_with_one_fault_tells_its_other_faults_in_the_same_run() -> None:
    text = "![A picture](nope.png)\n\n[x](../nope.md)\n\n> x\n> — Nobody\n\n[y](javascript:x)"
    wrong = announcement("A", text, draft="yes", partners=["nope"], topics=["nope"], contacts=["nope"], was=["x"])
    found = errors(made(site({"content/announcements/a.md": wrong})))
    assert {each.split(" ")[1] for each in found} >= {"E206", "E301", "E302", "E304", "E305", "E306", "E402"}
    assert len(found) >= 9
