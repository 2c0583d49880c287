"""Promises of a site in two languages: each edition is whole, keeps to itself, and the two name each other."""

from collections.abc import Mapping
from functools import cache
from urllib.parse import quote, urljoin, urlsplit

import shipped
from markup import Markup, read
from support import NOW, announcement, built, files, sources

from communique.library import read_library
from communique.overview import overview
from communique.settings import read_settings


@cache
def pages() -> Mapping[str, Markup]:
    """The pages of both editions."""
    return {path: read(data) for path, data in shipped.site().items() if path.endswith(".html")}


def test_the_site_has_no_errors() -> None:
    assert [problem for problem in built(shipped.files()).problems if problem.severity == "error"] == []


def test_every_page_of_one_language_has_its_like_in_the_other() -> None:
    chinese = {path.removeprefix("zh-Hans/") for path in pages() if path.startswith("zh-Hans/")}
    english = {path for path in pages() if not path.startswith("zh-Hans/") and not path.endswith("404.html")}
    assert chinese - {"404.html"} == english


def test_a_translation_is_shown_and_linked_in_its_own_edition() -> None:
    finished = shipped.site()
    assert shipped.pages_without(shipped.files(), finished) == []
    assert shipped.links_missing(shipped.files(), finished) == []
    assert shipped.unlisted(shipped.files(), finished) == []
    assert "阿斯利康" in pages()["zh-Hans/announcements/beijing-rd-centre-opens/index.html"].text


def test_a_page_says_which_language_it_is_in() -> None:
    for path, page in pages().items():
        lang = page.all("html")[0].attributes["lang"]
        assert lang == ("zh-Hans" if path.startswith("zh-Hans/") else "en")


def test_alternates_exist_and_name_each_other() -> None:
    named = {path: _alternates(path, page) for path, page in pages().items()}
    assert any(named.values())
    for path, alternates in named.items():
        for language, other in alternates.items():
            assert other in pages(), f"{path} names {other} as {language}"
            if alternates.keys() - {"x-default"}:
                assert path in named[other].values(), f"{other} does not name {path}"


def _alternates(path: str, page: Markup) -> dict[str, str]:
    """The files that a page names as itself in another language, by language."""
    return {
        link.attributes["hreflang"]: shipped.file_of(
            urlsplit(urljoin(f"{shipped.SITE}{path}", link.attributes["href"])).path
        )
        for link in page.all("link")
        if "hreflang" in link.attributes
    }


def test_links_keep_to_the_language_except_those_that_change_it() -> None:
    strays = []
    for path, page in pages().items():
        for link in page.all("a"):
            href = link.attributes.get("href", "")
            target = shipped.file_of(urlsplit(urljoin(f"{shipped.SITE}{path}", href)).path)
            leaves = target.startswith("zh-Hans/") != path.startswith("zh-Hans/")
            if target in pages() and not path.endswith("404.html") and leaves and "hreflang" not in link.attributes:
                strays.append(f"{path}: {href}")
    assert strays == []


def test_each_language_has_its_feeds() -> None:
    finished = shipped.site()
    for name in ("feed.xml", "rss.xml", "feed.json"):
        assert "阿斯利康" in finished[f"zh-Hans/{name}"].decode()
        assert "AstraZeneca inaugurates" in finished[name].decode()
        assert "阿斯利康在北京" not in finished[name].decode()


def test_every_record_is_translated_from_its_original_as_it_is_now() -> None:
    given = sources(shipped.files())
    settings, _ = read_settings(given.settings)
    assert settings is not None
    versions = list(overview(given.content, read_library(given.content, settings.languages), settings, NOW))
    assert len(versions) >= 35
    assert [(each.name, each.state) for each in versions if each.state != "current"] == []


def test_a_link_to_a_heading_leads_to_the_same_heading_of_a_translation() -> None:
    settings = files()["site.yaml"].decode().replace("languages: [en]", "languages: [en, zh-Hans]")
    text = announcement("## The start\n\nOne.\n\n## The plan\n\nTwo.")
    site = f"-- site.yaml --\n{settings}" + text
    site += "-- content/pages/about.md --\n---\ntitle: About\n---\n\n[A](announcement:bridge#the-plan)\n"
    made = "-- content/announcements/2025-10-27-bridge.zh-Hans.md --\n---\ntitle: 桥\nsummary: 桥。\n---\n\n"
    whole = built(site + made + "## 开始\n\n一。\n\n## 计划\n\n二。\n")
    assert [each for each in whole.problems if each.code.startswith("E")] == []
    assert b'"../announcements/bridge/#the-plan"' in whole.files["about/index.html"]
    chinese = f'"../../zh-Hans/announcements/bridge/#{quote("计划")}"'
    assert chinese.encode() in whole.files["zh-Hans/about/index.html"]
    # with other headings nobody can tell which is the same
    other = built(site + made + "## 计划\n\n二。\n")
    assert {(each.code, str(each.place)) for each in other.problems if each.code.startswith("E")} == {
        ("E303", "content/pages/about.md:5:3")
    }


def test_a_text_that_a_translation_takes_from_its_original_says_its_language() -> None:
    two = "-- site.yaml --\n" + files()["site.yaml"].decode().replace("languages: [en]", "languages: [en, zh-Hans]")
    head = "-- content/announcements/2025-10-27-bridge.zh-Hans.md --\n---\ntitle: 大桥通车\nsummary: 通车。\n---\n"
    page = "zh-Hans/announcements/bridge/index.html"
    marked = b'<div lang="en" dir="ltr"><p>The bridge is open.</p>'
    assert marked in built(two + head).files[page]
    assert b'<div lang="en"' not in built(two + head + "\n大桥通车。\n").files[page]
    # of a page that is not translated at all the whole says it
    assert b'<div lang="en"' not in built(two).files[page]
    assert b'<div lang="en"' not in built(two + head).files["announcements/bridge/index.html"]
