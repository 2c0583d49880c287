"""Whatever stands in a site folder is published or is a problem: never an exception, never a broken file."""

import json
import unicodedata
from typing import Literal
from unittest.mock import patch
from xml.etree.ElementTree import fromstring

import pytest
from markup import read
from support import announcement, built, files, png

from communique.languages.en import WORDS
from communique.pipeline import Built
from communique.problems import failing

SETTINGS = "-- site.yaml --\n" + files()["site.yaml"].decode()
ABOUT = "-- content/pages/about.md --\n---\ntitle: About\n---\n\n[Delta](partner:delta) [A](person:ada-byron) "


def dated(date: str, zone: str = "Europe/London", field: str = "date") -> str:
    """The base site with a date and a time zone."""
    told = (
        announcement("x", f"embargo: {date}")
        if field == "embargo"
        else announcement("x").replace("2025-10-27\n", f"{date}\n")
    )
    return told + SETTINGS.replace("Europe/London", zone)


def whole(found: Built) -> Built:
    """The build, if it publishes nothing that is broken."""
    if not failing(found.problems, strict=False):
        for path, data in found.files.items():
            if path.endswith(".xml"):
                fromstring(data)
            elif path.endswith(".json"):
                json.loads(data)
    return found


@pytest.mark.parametrize(
    "site",
    [
        dated("9999-12-31"),
        dated("9999-12-31T23:59Z"),
        dated("9999-12-31T23:59Z", "Asia/Shanghai"),
        dated("0001-01-01"),
        dated("0001-01-01", "Asia/Shanghai"),
        dated("0001-01-01T00:00Z", "America/New_York"),
        dated("9999-12-31T23:59Z", "Asia/Shanghai", "embargo"),
        dated("0001-01-01T00:00Z", "America/New_York", "embargo"),
        announcement("x", "events:\n  - {date: '9999', what: The end}\n  - {date: 0001-01-01, what: The beginning}"),
        announcement("x", "corrections:\n  - {date: 9999-12-31, note: Late}"),
        announcement("x", "withdrawn: {date: 0001-01-01, note: Early}"),
    ],
)
def test_dates_at_the_ends_of_the_calendar(site: str) -> None:
    whole(built(site))


@pytest.mark.parametrize(
    "address",
    [
        "https://[",
        "https://[::1",
        "https://a/?b",
        "https://a/#b",
        "https://:80/",
        "https://a:x/",
        "https://é.org/",
    ],
)
def test_odd_addresses_of_the_site(address: str) -> None:
    whole(built(SETTINGS.replace("https://rivers.example.org/", address)))


@pytest.mark.parametrize(
    "sign", ["\\0", "\\x1b", "\\x0c", "\\x85", "\\ufffe", "\\uffff", "\\x02", "\\u2028", "\\u200f", "\\L"]
)
@pytest.mark.parametrize("field", ["title", "summary", "place", "notes"])
def test_signs_that_yaml_escapes_bring_in(sign: str, field: str) -> None:
    told = (
        announcement("x")
        .replace("title: A bridge opens\n", "")
        .replace("summary: The bridge between the two rivers is open.\n", "")
    )
    given = {"title": "a", "summary": "b", field: f"a{sign}b"}
    fields = "".join(f'{name}: "{value}"\n' for name, value in given.items())
    whole(built(told.replace("date:", f"{fields}date:")))


@pytest.mark.parametrize(
    "body",
    [
        "a &#12; b",
        "a &#0; &#x1; &#xD800; &#xFFFE; &#x110000; &#99999999999; b",
        "| <a@b.cc> | x |\n|---|---|\n| 1 | 2 |",
        "## Mail <a@b.cc>",
        "> outer\n>\n> > inner\n> > — Ada Byron\n>\n> — Ada Byron",
        "> - one\n>   > two\n>   > — Ada Byron\n>\n> three\n> — Ada Byron",
        "> One.[^1]\n> — Ada Byron\n\n[^1]: A note.",
        "## Plan\n\n> See [the plan](#plan).\n> — Ada Byron",
        "> ## Plan\n>\n> One.\n> — Ada Byron\n\n> ## Plan\n>\n> Two.\n> — Ada Byron",
        "[^1]: [^1]\n\na[^1]",
        "a\n\n[^1]: A note that nothing leads to.",
        "[^a b]: x\n[^a.b]: y\n\n[^a b] [^a.b]",
        "[x](/../announcements/)",
        "[x](/announcements/../about/)",
        "[x]()",
        "[x](#)",
        "[x](?a=b)",
        "[x](<>)",
        "[x](https://[)",
        "[x](/%)",
        "[x](/%00)",
        "[x](partner:)",
        "[x](partner:%2e%2e)",
        "[x](..)",
        "[x](.md)",
        "![x]()",
        "![x](.)",
        "\u202eright to left\u202c 😀 a\u0301 \U0010ffff",
    ],
)
def test_odd_texts(body: str) -> None:
    found = whole(built(announcement(body)))
    assert not [each for each in found.problems if each.place.path.startswith("templates/")]


FRONT = ("image: {file: a.png, alt: A}", "gallery: [{file: a.png, alt: A}]")


@pytest.mark.parametrize("field", FRONT)
def test_images_that_are_missing(field: str) -> None:
    assert {each.code for each in built(announcement("x", field)).problems} == {"E306"}


@pytest.mark.parametrize(
    "image",
    [
        b"",
        b"no picture",
        png()[:30],
        png(60_000, 1).replace(b"\0\0\0\1\x08", b"\0\0\xff\xff\x08"),
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    ],
    ids=lambda image: repr(image[:12]),
)
@pytest.mark.parametrize("how", [*FRONT, "![A](a.png)"])
def test_images_that_are_none(image: bytes, how: str) -> None:
    told = announcement(how) if how.startswith("!") else announcement("x", how)
    assert {each.code for each in built({**files(told), "content/announcements/a.png": image}).problems} == {"E308"}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_with_accents_work_however_a_disk_composes_them(form: Literal["NFC", "NFD"]) -> None:
    def named(text: str) -> str:
        return unicodedata.normalize(form, text)

    told = announcement("![A](é.png) and [C](../topics/é.md)", "image: {file: é.png, alt: A}").replace(
        "2025-10-27-bridge.md", "é/index.md"
    )
    given = {
        **{path: data for path, data in files().items() if "bridge.md" not in path},
        **{named(path): data for path, data in files(told).items() if "é/" in path},
        named("content/announcements/é/é.png"): png(),
        named("content/topics/é.md"): b"---\nname: E\n---\n",
    }
    found = whole(built({path.replace("../topics", "../../topics"): data for path, data in given.items()}))
    assert not [each for each in found.problems if each.code == "E306"]
    assert "announcements/é/é.png" in {unicodedata.normalize("NFC", path) for path in found.files}


@pytest.mark.parametrize(
    "template",
    [
        '{{ "\\ud800" }}',
        '{{ "x" * 10**13 }}',
        "{{ range(10**20) }}",
        "{{ title.encode('nothing') }}",
        "{{ frame.__setattr__('title', 'x') }}",
        "{{ '%c' | format(10**12) }}",
        "{% extends title %}",
        "{% extends none %}",
        "{% include [] %}",
        "{% extends 'page.html' %}",
        "{{ title | batch(0) | list }}",
        "{{ (title | map('nothing')) | list }}",
        "{{ ().__class__.__base__.__subclasses__() }}",
        "\x00",
        "{% block a %}{% block a %}{% endblock %}{% endblock %}",
    ],
)
def test_odd_templates(template: str) -> None:
    whole(built(f"{ABOUT}\n-- templates/page.html --\n{template}\n"))


def test_a_template_changes_nothing_but_its_page() -> None:
    before = built()
    with patch.dict(WORDS):
        built(f"{ABOUT}\n-- templates/page.html --\n{{{{ t.update(menu='Mine') }}}}\n")
        assert built() == before


@pytest.mark.parametrize(
    "site",
    [
        "-- content/announcements/2025-10-27-bridge.md (absent) --\n",
        "".join(f"-- {path} (absent) --\n" for path in files() if path.startswith("content/")),
        SETTINGS.replace("[en]", "[xx, en, zh-Hans]"),
        SETTINGS.replace("[en]", "[]"),
        SETTINGS.replace("Europe/London", "Europe"),
        SETTINGS.replace("Europe/London", "../../etc/passwd"),
        SETTINGS.replace("Europe/London", "leapseconds"),
        SETTINGS + "per_page: 1\n",
        SETTINGS + "menu: [//evil.example.org, '/[', https://[, page:, home]\n",
        "-- site.yaml --\n- a\n",
        "-- site.yaml --\n\n",
        "-- site.yaml (escaped) --\n\\xff\\xfe\n",
        "-- static/index.html --\n<p>mine</p>\n",
        "-- static/announcements --\nmine\n",
        "-- templates/base.html (escaped) --\n\\xff\n",
    ],
)
def test_odd_sites(site: str) -> None:
    whole(built(site))


def test_links_that_climb_above_the_root_do_not_leave_the_site() -> None:
    assert [each.code for each in built(announcement("[x](/../announcements/)")).problems] == ["E305"]


BRIDGE = "content/announcements/2025-10-27-bridge.md"


@pytest.mark.parametrize(
    ("site", "place"),
    [
        ("-- content/pages/announcements.md --\n---\ntitle: A\n---\n", "content/pages/announcements.md:1:1"),
        (
            announcement().replace("2025-10-27-bridge.md", "2025-10-27-2025.md"),
            "content/announcements/2025-10-27-2025.md:1:1",
        ),
        (announcement("x", "was: [/about/]"), f"{BRIDGE}:8:7"),
        (announcement("x", "was: [/]"), f"{BRIDGE}:8:7"),
        (announcement("x", "was: [/404.html]"), f"{BRIDGE}:8:7"),
        (announcement("x", "was: [/announcements/bridge/]"), f"{BRIDGE}:8:7"),
        ("-- static/index.html --\n<p>mine</p>\n", "static/index.html:1:1"),
        ("-- static/feed.xml --\n<feed/>\n", "static/feed.xml:1:1"),
    ],
)
def test_two_makers_of_one_url_are_an_error(site: str, place: str) -> None:
    problems = built(site).problems
    assert [str(each.place) for each in problems if each.code in ("E401", "E402")] == [place]


@pytest.mark.parametrize(
    "rule",
    ["@import url(https://example.org/a.css);", "@import '//example.org/a.css';", "p{background:url(http://a.b/c)}"],
)
def test_a_style_sheet_that_loads_from_elsewhere_is_an_error(rule: str) -> None:
    assert "E606" in {each.code for each in built(f"-- static/style.css --\n{rule}\n").problems}


@pytest.mark.parametrize(
    "tag",
    [
        "<a href='/announcements/'>x</a>",
        "<a href=/announcements/>x</a>",
        '<img alt="" srcset="/a.svg 1x, /favicon.svg 2x">',
    ],
)
def test_a_template_can_write_attributes_as_it_likes(tag: str) -> None:
    site = f"{ABOUT}\n-- templates/page.html --\n<h1>{{{{ title }}}}</h1>{tag}\n-- static/a.svg --\n<svg/>\n"
    found = built(site)
    page = read(found.files["about/index.html"])
    assert found.problems or not [url for url in page.urls if url.startswith("/")]
