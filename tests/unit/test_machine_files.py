"""Files for machines: sitemaps, the news sitemap, robots.txt, llms.txt, redirects for servers."""

import re
from datetime import UTC, datetime
from unittest.mock import patch
from xml.etree.ElementTree import fromstring

import pytest
import shipped
from support import announcement, built, files

from communique.outputs import machine

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
SECRET = (
    "-- content/announcements/secret.md --\n---\ntitle: A dam\nsummary: It is.\ndate: 2026-01-01\npartners: [delta]\n\
embargo: 2026-01-01T00:00Z\nwas: [/announcements/very-secret/]\n---\n\nIt is.\n"
)


def test_the_sitemap_names_every_page_once_with_all_its_languages() -> None:
    site = shipped.site()
    root = fromstring(site["sitemap.xml"])
    listed = [entry.findtext(f"{MAP}loc", "") for entry in root.iter(f"{MAP}url")]
    assert len(listed) == len(set(listed))
    pages = {path for path in site if path.endswith(".html") and not path.endswith("404.html")}
    assert {shipped.file_of(url.removeprefix("https://partnership.example.org")) for url in listed} == pages
    for entry in root.iter(f"{MAP}url"):
        links = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        assert set(links) == {"en", "zh-Hans", "x-default"}
        assert links["x-default"] == links["en"]
        assert entry.findtext(f"{MAP}loc") in links.values()


def test_more_pages_than_a_sitemap_may_hold_make_an_index() -> None:
    with patch.object(machine, "SITEMAP_LIMIT", 4):
        made = built().files
    index = fromstring(made["sitemap.xml"])
    parts = [each.text or "" for each in index.iter(f"{MAP}loc")]
    assert index.tag == f"{MAP}sitemapindex"
    assert len(parts) > 1
    sizes = [len(fromstring(made[part.rpartition("/")[2]])) for part in parts]
    assert max(sizes) == 4
    assert sum(sizes) == len(fromstring(built().files["sitemap.xml"]))


@pytest.mark.parametrize(("hour", "count"), [(27, 1), (28, 1), (29, 0)])
def test_the_news_sitemap_holds_two_days(hour: int, count: int) -> None:
    made = built(now=datetime(2025, 10, hour, 12, tzinfo=UTC)).files["news-sitemap.xml"]
    entries = list(fromstring(made).iter(f"{MAP}url"))
    assert len(entries) == count
    for entry in entries:
        assert entry.findtext(f"{NEWS}news/{NEWS}title") == "A bridge opens"
        assert entry.findtext(f"{NEWS}news/{NEWS}publication/{NEWS}language") == "en"
        assert entry.findtext(f"{NEWS}news/{NEWS}publication_date", "").startswith("2025-10-27T00:00:00")


def test_the_news_sitemap_holds_a_thousand_at_most() -> None:
    others = "".join(
        announcement().replace("bridge.md", f"b{number}.md").replace("A bridge", f"Bridge {number}")
        for number in range(3)
    )
    with patch.object(machine, "NEWS_LIMIT", 2):
        made = built(others, now=datetime(2025, 10, 27, 12, tzinfo=UTC)).files["news-sitemap.xml"]
    assert len(list(fromstring(made).iter(f"{MAP}url"))) == 2


def test_chinese_news_has_the_language_that_news_sitemaps_know() -> None:
    made = built(shipped.files(), now=datetime(2025, 10, 28, tzinfo=UTC)).files["news-sitemap.xml"]
    assert {each.text for each in fromstring(made).iter(f"{NEWS}language")} == {"en", "zh-cn"}


def test_robots_may_read_all_and_learn_of_nothing_withheld() -> None:
    made = built(SECRET).files
    assert made["robots.txt"] == built().files["robots.txt"]
    assert made["robots.txt"].startswith(b"User-agent: *\nDisallow:\n")


def test_llms_txt_leads_to_the_markdown_of_each_announcement_in_each_language() -> None:
    site = shipped.site()
    for root in ("", "zh-Hans/"):
        text = site[f"{root}llms.txt"].decode()
        assert text.startswith("# ")
        links = re.findall(r"\]\(https://partnership\.example\.org/([^)]+)\)", text)
        assert all(shipped.file_of(link) in site for link in links)
        twins = {path for path in site if path.endswith("index.md") and path.startswith(root + "announcements/")}
        assert twins == {link for link in links if link.endswith(".md")}


def test_old_paths_are_told_to_each_server_in_its_own_way() -> None:
    given = files(announcement("Open.", "was: [/old/bridge.html, '/旧/桥/', '/a*b/']"))
    given["site.yaml"] = given["site.yaml"].replace(b"example.org/", b"example.org/press/")
    made = built(given).files
    new = "/press/announcements/bridge/"
    lines = {f'"/press/a*b/" "{new}";', f'"/press/old/bridge.html" "{new}";', f'"/press/旧/桥/" "{new}";'}
    assert set(made[".redirects.nginx"].decode().splitlines()) == lines
    caddy = made[".redirects.caddy"].decode().splitlines()
    assert set(caddy) == {f'redir "/press/old/bridge.html" "{new}" 301', f'redir "/press/旧/桥/" "{new}" 301'}
    assert not {".redirects.nginx", ".redirects.caddy"} & built().files.keys()


def test_each_language_has_its_page_for_a_wrong_address() -> None:
    site = shipped.site()
    assert b'<html lang="zh-Hans"' in site["zh-Hans/404.html"]
    assert b'<html lang="en"' in site["404.html"]
    assert b'href="/zh-Hans/' in site["zh-Hans/404.html"]
