"""What a template, a static file or a setting says of something withheld is found before it is published."""

import gzip
import io
import random
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from sitemaker import (
    announcement,
    at,
    errors,
    folder,
    made,
    png,
    published,
    record,
    run,
    site,
    site_yaml,
    tree,
    written,
)

SECRET = "content/announcements/harbour.md"
TITLE = "A harbour for the silent fleet"
WORDS = "Forty grey ships will moor beside the northern lighthouse in spring"
CHINESE = "四十艘灰色的船将在春天停泊在北方灯塔旁边的新港口"
PICTURE = png(17, 19)


def hidden(body: str = WORDS, title: str = TITLE, **fields: object) -> dict[str, bytes]:
    """A site with an announcement that is withheld."""
    text = announcement(title, body, **{"draft": True, **fields})
    return site({SECRET: text})


def leaks(files: Mapping[str, bytes]) -> list[str]:
    """The leaks that a build reports; other errors, but for dead links of static pages, fail the test."""
    found = [each for each in errors(made(files)) if not each.startswith("static/")]
    assert all(" E607 " in each for each in found), found
    assert all(each.startswith("content/announcements/harbour") for each in found)
    return found


def zipped(name: str, data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def test_without_a_leak_there_is_no_alarm() -> None:
    assert leaks(hidden()) == []


SAYING = {
    "notes.txt": "Next: {}.",
    "page.html": "<p>Next: {}.</p>",
    "bold.html": "<p>Next: <b>{}</b>.</p>",
    "attribute.html": "<p title='Next: {}.'>",
    "plan.svg": '<svg xmlns="http://www.w3.org/2000/svg"><text>{}</text></svg>',
    "data.json": '{{"a": [{{"b": "{}"}}]}}',
    "keys.json": '{{"{}": 1}}',
    "data.xml": "<a>{}</a>",
    "search.js": 'const next = "{}";',
    "style.css": ".next::before{{content:'{}'}}",
    "table.csv": "1;{};2",
    "notes.md": "*{}*",
    "document.pdf": "%PDF-1.7\n({}) Tj\n",
    "film.mp4": "\x00\x01{}\x00",
}


@pytest.mark.parametrize(
    "words",
    [TITLE, TITLE.upper(), WORDS, "will moor beside the northern lighthouse in"],
    ids=["title", "capitals", "words", "seven words"],
)
def test_a_static_file_that_says_something_withheld_is_found(words: str) -> None:
    files = {f"static/{name}": text.format(words).encode() for name, text in SAYING.items()}
    found = leaks(hidden() | files)
    assert [name for name in SAYING if not any(f"`/{name}`" in each for each in found)] == []


def test_words_are_found_across_tags_entities_escapes_and_lines() -> None:
    ways = {
        "a.html": "A <b>harbour</b> for <i>the</i>\n silent&nbsp;fleet",
        "b.html": "".join(f"&#{ord(sign)};" for sign in TITLE),
        "c.html": TITLE.replace(" ", "&amp;nbsp;"),
        "d.js": f'"{TITLE}"'.replace("e", "\\u0065"),
        "e.html": f"<a href='/x?q={TITLE.replace(' ', '%20')}'>x</a>",
        "f.txt": TITLE.replace(" ", "\n"),
        "g.txt": TITLE.replace(" ", " – "),
    }
    found = leaks(hidden() | {f"static/{name}": text.encode() for name, text in ways.items()})
    assert [name for name in ways if not any(f"`/{name}`" in each for each in found)] == []


@pytest.mark.parametrize("name", ["kit.zip", "deep/kit.zip"])
@pytest.mark.parametrize("inside", ["text", "picture", "name", "archive"])
def test_what_an_archive_in_static_holds_is_found(name: str, inside: str) -> None:
    data = {
        "text": zipped("a.txt", TITLE.encode()),
        "picture": zipped("a.png", PICTURE),
        "name": zipped("announcements/harbour/index.html", b"x"),
        "archive": zipped("b.zip", zipped("a.txt", WORDS.encode())),
    }[inside]
    files = hidden(image={"file": "ships.png", "alt": "Ships"}) | {"content/announcements/ships.png": PICTURE}
    assert leaks(files) == []
    assert leaks(files | {f"static/{name}": data})


def test_a_member_that_cannot_be_read_hides_no_other() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(zipfile.ZipInfo("a.txt"), b"x" * 99)
        archive.writestr(zipfile.ZipInfo("b.txt"), TITLE.encode())
    broken = stream.getvalue().replace(b"x" * 99, b"y" * 99)
    assert leaks(hidden() | {"static/kit.zip": broken})


def packed(*members: tuple[str, bytes]) -> bytes:
    """A tape archive in gzip."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, data in members:
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


@pytest.mark.parametrize("words", [TITLE, CHINESE])
def test_what_other_archives_hold_is_found(words: str) -> None:
    tape = packed(("a.png", png()), ("notes.txt", words.encode()))
    archives = {
        "a.tar.gz": tape,
        "a.tar": gzip.decompress(tape),
        "a.txt.gz": gzip.compress(words.encode()),
        "a.exe": b"MZ" + bytes(99) + zipped("a.txt", words.encode()),
        "a.zip": zipped("a.tar.gz", tape),
    }
    for name, data in archives.items():
        assert leaks(hidden(CHINESE) | {f"static/{name}": data}), name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_words_inside_a_document_of_an_old_program_are_found(encoding: str) -> None:
    assert leaks(hidden() | {"static/a.doc": b"\xd0\xcf\x11\xe0" + bytes(99) + TITLE.encode(encoding) + bytes(9)})
    if encoding == "utf-8":
        assert leaks(hidden(CHINESE) | {"static/a.pdf": b"%PDF\xff\0" + CHINESE.encode() + b"\xff"})


def test_words_at_any_place_of_a_large_text_are_found() -> None:
    for at_sign in range(255_000, 265_000, 900):
        text = "x " * (at_sign // 2) + TITLE + " y" * 9000
        assert leaks(hidden() | {"static/a.txt": text.encode()}), at_sign


def locked(data: bytes) -> bytes:
    """An archive whose first member says that it is locked with a password."""
    changed = bytearray(data)
    changed[6] |= 1
    changed[changed.index(b"PK\1\2") + 8] |= 1
    return bytes(changed)


def nested(depth: int) -> bytes:
    data = TITLE.encode()
    for number in range(depth):
        data = zipped("inner.zip" if number else "a.txt", data)
    return data


def many(count: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(count):
            archive.writestr(zipfile.ZipInfo(f"{number}.txt"), b"x")
    return stream.getvalue()


UNSEEN = {
    "locked": (locked(zipped("a.txt", b"x")), "W601", "`a.txt` in this file"),
    "damaged member": (zipped("a.txt", b"x" * 999)[:-90].replace(b"x", b"y") + b"", "W601", "damaged"),
    "cut off": (zipped("a.txt", b"x")[:-9], "W601", "damaged"),
    "other format": (b"7z\xbc\xaf\x27\x1c" + bytes(99), "W601", "format"),
    "damaged gzip": (gzip.compress(b"x" * 999)[:15] + b"\xff" * 9, "W601", "damaged"),
    "too many members": (many(5001), "E608", "5,000 members"),
    "too deep": (nested(6), "E608", "4 deep"),
    "too large": (zipped("a.bin", bytes(40 << 20)), "E608", "unpack"),
    "too large in gzip": (gzip.compress(bytes(40 << 20)), "E608", "unpack"),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_what_cannot_be_looked_through_is_told_while_something_is_withheld(case: str) -> None:
    data, code, says = UNSEEN[case]
    found = [each for each in made(hidden() | {"static/x.zip": data}).problems if each.place.path == "static/x.zip"]
    assert [(each.code, says in each.message) for each in found] == [(code, True)]
    assert not any(each.place.path == "static/x.zip" for each in made(site({"static/x.zip": data})).problems)


def test_archives_as_offices_make_them_are_looked_through_without_a_word() -> None:
    random_bytes = random.Random(1).randbytes(1 << 20)
    kits = {f"static/kit-{number}.zip": zipped("photo.jpg", random_bytes) for number in range(5)}
    kits |= {f"static/d{number}.docx": zipped("word/document.xml", b"<w:t>Words</w:t>" * 33_333) for number in range(5)}
    whole = made(hidden() | kits)
    assert [each for each in whole.problems if each.code in ("E608", "W601")] == []
    assert errors(whole) == []


def test_an_identical_picture_is_found_under_any_name() -> None:
    files = hidden(f"![Ships](ships.png) {WORDS}") | {"content/announcements/ships.png": PICTURE}
    assert leaks(files) == []
    assert leaks(files | {"static/holiday.jpg": PICTURE})


def test_the_title_in_the_metadata_of_a_picture_is_found() -> None:
    known = PngImagePlugin.PngInfo()
    known.add_text("Title", TITLE)
    stream = io.BytesIO()
    Image.new("L", (3, 3)).save(stream, "PNG", pnginfo=known)
    assert leaks(hidden() | {"static/x.png": stream.getvalue()})


@pytest.mark.parametrize(
    "text",
    ["/announcements/harbour/", "https://rivers.example.org/announcements/harbour/", "announcements/harbour.html"],
)
def test_the_address_is_found_in_a_static_file(text: str) -> None:
    assert leaks(hidden() | {"static/links.txt": f"See {text} soon".encode()})
    assert leaks(hidden() | {"static/links.html": f'<a href="{text}">x</a>'.encode()})


@pytest.mark.parametrize(
    "text",
    ["[There](https://rivers.example.org/announcements/harbour/)", "https://rivers.example.org/announcements/harbour/"],
)
def test_the_whole_address_is_found_in_a_public_text(text: str) -> None:
    assert errors(made(hidden() | about(text)))


@pytest.mark.parametrize(
    "address",
    [
        "https://rivers.example.org/announcements/harbour/",
        "http://rivers.example.org/announcements/harbour",
        "rivers.example.org/zh-Hans/announcements/harbour/#quote",
        "//rivers.example.org/announcements/%68arbour/index.html",
    ],
)
def test_the_address_in_a_public_text_is_told_at_its_line(address: str) -> None:
    found = errors(made(hidden() | about(f"More at {address} soon.")))
    assert any(each.startswith("content/pages/about.md:7:") and " E309 " in each for each in found), found
    assert errors(made(hidden() | about(f"More at {address.replace('arbour', 'arbours')} soon."))) == []


@pytest.mark.parametrize("tag", ["", "zh-Hans/"])
def test_the_address_is_found_in_every_language(tag: str) -> None:
    for text in (f"https://rivers.example.org/{tag}announcements/harbour/", f"/{tag}announcements/harbour/"):
        assert leaks(hidden() | {"static/links.txt": text.encode()}), text


def test_a_static_file_at_the_address_is_found() -> None:
    assert leaks(hidden() | {"static/announcements/harbour/plan.txt": b"x"})


def test_a_chinese_address_is_found_however_it_is_written() -> None:
    files = {path.replace("harbour", "新港口"): data for path, data in hidden().items()}
    for text in ("announcements/新港口/", "announcements/%E6%96%B0%E6%B8%AF%E5%8F%A3/"):
        found = errors(made(files | {"static/links.txt": text.encode()}))
        assert any(" E607 " in each for each in found)


TEMPLATE = (
    "{{% extends 'base.html' %}}{{% block main %}}<h1>{{{{ title }}}}</h1>{{{{ body }}}}<p>{}</p>{{% endblock %}}"
)


@pytest.mark.parametrize("words", [TITLE, WORDS], ids=["title", "words"])
def test_a_template_that_says_something_withheld_is_found(words: str) -> None:
    assert leaks(hidden() | {"templates/page.html": TEMPLATE.format(words).encode()})


def test_a_template_that_links_to_something_withheld_is_found() -> None:
    link = "<a href='https://rivers.example.org/announcements/harbour/'>x</a>"
    assert leaks(hidden() | {"templates/page.html": TEMPLATE.format(link).encode()})


@pytest.mark.parametrize("name", ["kit.ZIP", "press.docx", "press.odt", "press.epub"])
def test_other_archives_in_static_are_opened_too(name: str) -> None:
    assert leaks(hidden() | {f"static/{name}": zipped("word/document.xml", f"<w:t>{TITLE}</w:t>".encode())})


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_static_text_in_another_encoding_is_read_too(encoding: str) -> None:
    words = CHINESE if encoding.startswith("gb") else TITLE
    assert leaks(hidden(CHINESE) | {"static/notes.txt": words.encode(encoding)})


def test_chinese_words_are_found_by_runs_of_signs() -> None:
    assert leaks(hidden(CHINESE) | {"static/a.txt": f"新闻：{CHINESE[3:20]}。".encode()})
    assert leaks(hidden(CHINESE, "静默舰队的港口") | {"static/a.html": "<p>静默<b>舰队</b>的港口</p>".encode()})
    assert leaks(hidden(CHINESE) | {"static/a.txt": f"新闻：{CHINESE[3:9]}。".encode()}) == []


def test_the_withheld_translation_of_something_public_is_found() -> None:
    files = site(
        {
            "site.yaml": site_yaml(languages=["en", "zh-Hans"]),
            SECRET: announcement(TITLE, WORDS),
            SECRET.replace(".md", ".zh-Hans.md"): record({"title": "静默舰队的港口", "draft": True}, CHINESE),
        }
    )
    assert leaks(files) == []
    assert leaks(files | {"static/a.txt": CHINESE.encode()})
    assert leaks(files | {"static/a.txt": f"{TITLE}: {WORDS}".encode()}) == []


# no false alarms


def about(text: str) -> dict[str, bytes]:
    return {"content/pages/about.md": record({"title": "About"}, f"[Ada Byron](person:ada-byron) knows.\n\n{text}")}


def test_what_a_public_page_says_too_is_no_leak() -> None:
    assert leaks(hidden() | about(f"{WORDS}.") | {"static/a.txt": WORDS.encode()}) == []
    assert leaks(hidden(CHINESE) | about(CHINESE) | {"static/a.txt": CHINESE.encode()}) == []
    assert leaks(hidden() | about(TITLE) | {"static/a.txt": TITLE.encode()}) == []


def test_the_boilerplate_of_a_public_partner_is_no_leak() -> None:
    boilerplate = "Delta University teaches and studies what rivers do to bridges and bridges to rivers."
    partner = {"name": "Delta University", "kind": "university", "boilerplate": boilerplate}
    files = hidden(f"{WORDS}\n\n{boilerplate}") | {"content/partners/delta.md": record(partner)}
    assert leaks(files | {"static/about-us.txt": boilerplate.encode()}) == []


def test_a_quote_that_was_public_before_is_no_leak() -> None:
    quote = "> A bridge is a promise that two banks make each other.\n> — Ada Byron"
    public = {"content/announcements/2025-10-27-bridge.md": announcement("A bridge opens", quote, topics=["bridges"])}
    assert leaks(hidden(f"{WORDS}\n\n{quote}") | public) == []


def test_a_picture_that_something_public_shows_is_no_leak() -> None:
    files = hidden(f"![Ships](ships.png) {WORDS}") | {"content/announcements/ships.png": PICTURE}
    public = {"content/announcements/ferry.md": announcement("A ferry", "![Ships](ships.png)")}
    assert leaks(files | public | {"static/ships.png": PICTURE}) == []


def test_a_title_of_one_common_word_and_a_few_common_words_are_no_leak() -> None:
    assert leaks(hidden(title="Bridges")) == []
    assert leaks(hidden(title="Harbour") | {"static/a.txt": b"The old harbour is open."}) == []
    assert leaks(hidden() | {"static/a.txt": b"Ships moor beside the northern lighthouse in autumn."}) == []
    assert leaks(hidden() | {"static/a.txt": b"A harbour for the loud fleet"}) == []


@pytest.mark.parametrize("title", [TITLE, "Announcements from the two rivers"])
def test_the_name_and_the_line_of_the_site_are_no_leak(title: str) -> None:
    settings = site_yaml(
        title="Announcements from the two rivers", tagline="What the towns on both banks have to say together"
    )
    text = f"{WORDS}. So says Two Rivers: what the towns on both banks have to say together."
    assert leaks(hidden(text, title) | {"site.yaml": settings}) == []


def test_a_slug_inside_another_is_no_leak() -> None:
    other = announcement("The old harbour", "It is old.")
    files = {"content/announcements/harbour-old.md": other, "content/announcements/old-harbour.md": other}
    assert leaks(hidden() | files) == []


def test_the_names_of_public_records_side_by_side_are_no_leak() -> None:
    assert leaks(hidden(title="Ada Byron of Delta University")) == []


CAPTION = "The harbour was planned by Professor Ada Byron, Head of Bridges and Tunnels, Delta University, last year"


def test_a_public_person_with_role_and_partner_as_every_text_introduces_them_is_no_leak() -> None:
    person = {
        "name": "Ada Byron",
        "honorific": "Professor",
        "roles": [{"title": "Head of Bridges and Tunnels", "partner": "delta"}],
    }
    assert leaks(hidden(CAPTION) | {"content/people/ada-byron.md": record(person)}) == []


def test_the_boilerplate_of_a_public_partner_under_its_usual_heading_is_no_leak() -> None:
    partner = {
        "name": "Delta University",
        "kind": "university",
        "boilerplate": "Delta University teaches and studies rivers.",
    }
    files = hidden("About Delta University: Delta University teaches and studies rivers.")
    assert leaks(files | {"content/partners/delta.md": record(partner)}) == []


def test_the_dateline_of_a_public_announcement_that_is_quoted_is_no_leak() -> None:
    public = announcement(
        "A bridge opens", "Delta University opened the bridge.", place="Cambridge", topics=["bridges"]
    )
    quoted = f"{WORDS}\n\nOn the bridge: “Cambridge, 27 October 2025 — Delta University opened the bridge.”"
    assert leaks(hidden(quoted) | {"content/announcements/2025-10-27-bridge.md": public}) == []


def test_two_public_partners_named_one_after_the_other_are_no_leak() -> None:
    second = {"content/partners/omega.md": record({"name": "欧米伽河流大学", "kind": "university"})}
    public = {"content/announcements/ferry.md": announcement("A ferry", partners=["delta", "omega"])}
    for text in ("Delta University, 欧米伽河流大学", "欧米伽河流大学 (Delta University)"):
        assert leaks(hidden(text) | second | public) == []


@pytest.mark.parametrize("title", ["Announcements of 2025", "Ada Byron, Head", "27 October 2025: A bridge opens"])
def test_a_title_that_the_site_makes_of_public_words_is_no_leak(title: str) -> None:
    assert leaks(hidden(title=title)) == []


@pytest.mark.parametrize("slug", ["page"])
def test_a_slug_that_is_part_of_the_address_of_a_list_is_no_leak(slug: str) -> None:
    many = {f"content/announcements/n{number}.md": announcement(f"N {number}") for number in range(3)}
    files = hidden() | many | {"site.yaml": site_yaml(per_page=1)}
    files[f"content/announcements/{slug}.md"] = files.pop(SECRET)
    assert errors(made(files)) == []


def test_the_like_address_of_another_site_is_no_leak() -> None:
    assert leaks(hidden() | about("[There](https://www.example.com/announcements/harbour/)")) == []


# nothing is published


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with folder(tmp_path_factory) as place:
        yield place


def test_a_leak_publishes_nothing_and_says_what_stands_where(home: Path) -> None:
    before = published(home, hidden())
    written(home, {"static/programme.txt": f"Monday: {TITLE}".encode()})
    done = run(home)
    assert done.status == 1
    assert f"{SECRET}:1:1: error[E607]: the title of this withheld announcement would be public " in done.err
    assert "`/programme.txt`" in done.err
    assert tree(home / "public") == before
    assert run(home, "check").status == 1
    problems = run(home, "build", "--format", "json").json["problems"]
    assert {each["path"] for each in problems} == {SECRET}


def test_the_same_static_file_is_right_as_soon_as_the_embargo_is_lifted(home: Path) -> None:
    files = hidden(draft=False, embargo="2025-11-03T20:00+08:00") | {
        "static/programme.txt": f"Monday: {TITLE}".encode()
    }
    written(home, files)
    assert run(home, now="2025-11-03T11:59:59Z").status == 1
    assert not (home / "public").exists()
    assert run(home, now="2025-11-03T12:00:00Z").status == 0
    assert (home / "public/programme.txt").exists()
    assert errors(made(files, at("2025-11-03T12:00:00Z"))) == []
