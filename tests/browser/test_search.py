"""The search in a browser: from a server with a strict policy, and from disk."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from chromium import Chromium
from folder_server import serving
from support import built, written


def announced(slug: str, day: int, title: str, summary: str, body: str = "Said.") -> str:
    """The section of an announcement."""
    head = f"title: {title}\nsummary: {summary}\ndate: 2025-09-{day:02}\npartners: [delta]\n"
    return f"-- content/announcements/{slug}.md --\n---\n{head}---\n\n{body}\n"


SITE = """\
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en, zh-Hans]
timezone: Europe/London
partner_kinds: [university, company]
-- content/announcements/2025-10-27-bridge.md (absent) --
-- content/people/ada-byron.md (absent) --
-- content/topics/bridges.md (absent) --
-- content/pages/about.md (absent) --
""" + "".join(
    (
        announced("bridge", 20, "A bridge opens", "The bridge is open.", "It leads to Cambridge, Łódź and a Straße."),
        announced("bridge.zh-Hans", 20, "剑桥与北京签署生命科学合作协议", "双方今天签署协议。", "合作从2025年开始。"),
        announced("cambridge", 10, "Cambridge and Beijing agree", "They agree.", "Much R&D, and no bridge."),
        announced("cambridge.zh-Hans", 10, "新的研发中心", "中心在北京启用。", "剑桥也有一座。"),
        announced("markup", 5, '"<img src=x onerror=alert(1)> & <b>bold</b>"', "Signs.", "Nothing & all."),
        *(announced(f"tower-{day}", day, f"Tower {day}", "A tower.") for day in range(11, 29)),
    )
)


class Place(NamedTuple):
    """Where the site is opened: the URL of its root, and the end of the URL of a page."""

    root: str
    end: str

    def page(self, path: str, query: str = "") -> str:
        """The URL of a page, with a query that its search is to begin with."""
        return self.root + path + self.end + (f"#q={quote(query)}" if query else "")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the finished site."""
    whole = built(SITE)
    assert [problem for problem in whole.problems if problem.severity == "error"] == []
    return written(tmp_path_factory.mktemp("site"), dict(whole.files))


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[str]:
    """The URL of a server of the site, which allows pages nothing but what comes from itself."""
    with serving(site) as root:
        yield root


@pytest.fixture(params=["server", "disk"])
def place(request: pytest.FixtureRequest, site: Path, server: str) -> Place:
    """The site from a server, and from disk."""
    return Place(server, "") if request.param == "server" else Place(f"{site.as_uri()}/", "index.html")


@pytest.fixture
def browser(chromium: Chromium, place: Place) -> Iterator[Chromium]:
    """A browser that must not complain nor ask anybody else for anything."""
    chromium.forget()
    yield chromium
    assert chromium.complaints == []
    assert [url for url in chromium.requests if not url.startswith((place.root, "about:"))] == []


def results(browser: Chromium, status: str) -> list[str]:
    """The titles of the results, once the page has told that many."""
    browser.wait(f"document.getElementById('search-status').textContent === {json.dumps(status)}")
    titles: list[str] = browser.ask(
        "[...document.querySelectorAll('#search-results h2')].map(each => each.textContent)"
    )
    return titles


def marked(browser: Chromium) -> list[str]:
    """The highlighted words in the title of the first result."""
    words: list[str] = browser.ask(
        "[...document.querySelectorAll('#search-results > :first-child h2 mark')].map(each => each.textContent)"
    )
    return words


def test_a_word_is_found_by_its_beginning_and_the_title_counts_most(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "cambr"))
    assert results(browser, "2 results") == ["Cambridge and Beijing agree", "A bridge opens"]
    assert marked(browser) == ["Cambridge"]


def test_chinese_is_found_by_any_two_signs(browser: Chromium, place: Place) -> None:
    browser.open(place.page("zh-Hans/search/", "京签"))
    assert results(browser, "1 条结果") == ["剑桥与北京签署生命科学合作协议"]
    assert marked(browser) == ["京签"]
    browser.open(place.page("zh-Hans/search/", "「剑桥」，合作"))
    assert results(browser, "1 条结果") == ["剑桥与北京签署生命科学合作协议"]
    assert marked(browser) == ["剑桥", "合作"]


def test_what_is_not_translated_is_found_and_says_its_language(browser: Chromium, place: Place) -> None:
    browser.open(place.page("zh-Hans/search/", "tower"))
    assert len(results(browser, "18 条结果")) == 10
    assert browser.ask("document.querySelector('#search-results h2').closest('[lang]').lang") == "en"


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("ＣＡＭＢＲＩＤＧＥ　ａｇｒｅｅ", "Cambridge and Beijing agree"),
        ("“r&d” bridge’s", "Cambridge and Beijing agree"),
        ("lodz strasse", "A bridge opens"),
        ("opens bridge", "A bridge opens"),
    ],
)
def test_what_is_typed_in_other_forms_is_found(browser: Chromium, place: Place, query: str, title: str) -> None:
    browser.open(place.page("search/", query))
    assert results(browser, "1 result") == [title]


def test_with_the_keyboard_alone(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/"))
    for _ in range(30):
        browser.press("Tab")
        if browser.ask("document.activeElement.id") == "search-words":
            break
    assert browser.ask("document.activeElement.labels[0].textContent") == "Search for words"
    browser.type("bridge")
    assert results(browser, "2 results")[0] == "A bridge opens"
    browser.press("Escape")
    assert results(browser, "") == []
    assert browser.ask("document.activeElement.value") == ""
    browser.type("camb")
    browser.press("Enter")
    assert results(browser, "2 results")[0] == "Cambridge and Beijing agree"
    browser.press("Tab")
    browser.press("Tab")
    browser.press("Enter")
    browser.wait(f"location.href === {json.dumps(place.page('announcements/cambridge/'))}")


def test_back_leads_to_the_results(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "bridge"))
    results(browser, "2 results")
    browser.ask("document.getElementById('search-words').select()")
    browser.type("tower")
    browser.press("Enter")
    assert len(results(browser, "18 results")) == 10
    browser.ask("history.back()")
    assert results(browser, "2 results") == ["A bridge opens", "Cambridge and Beijing agree"]
    assert browser.ask("document.getElementById('search-words').value") == "bridge"


def test_the_link_to_the_content_takes_no_results_away(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "bridge"))
    results(browser, "2 results")
    browser.ask("document.querySelector('.skip').click()")
    browser.wait("location.hash === '#main-content'")
    time.sleep(0.1)
    assert len(results(browser, "2 results")) == 2


def test_more_results_are_one_key_away(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "tower"))
    first = results(browser, "18 results")
    assert first == [f"Tower {day}" for day in range(28, 18, -1)]
    browser.ask("document.getElementById('search-more').focus()")
    browser.press("Enter")
    browser.wait("document.querySelectorAll('#search-results > li').length === 18")
    assert browser.ask("document.activeElement.textContent") == "Tower 18"
    assert browser.ask("document.getElementById('search-more').hidden")


def test_what_is_found_is_text_and_not_markup(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "onerror"))
    assert results(browser, "1 result") == ["<img src=x onerror=alert(1)> & <b>bold</b>"]


def test_nothing_found_is_said(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/", "zzz"))
    assert results(browser, "Nothing was found. Fewer words, or only the beginnings of words, find more.") == []


def test_a_link_with_a_query_is_a_search(browser: Chromium, place: Place) -> None:
    browser.open(place.page("search/") + "?q=cambridge+beijing")
    assert results(browser, "1 result") == ["Cambridge and Beijing agree"]


def test_what_an_input_method_offers_is_not_searched_before_it_is_chosen(browser: Chromium, place: Place) -> None:
    browser.open(place.page("zh-Hans/search/"))
    browser.ask("document.getElementById('search-words').focus()")
    browser.tell("Input.imeSetComposition", text="jian qiao", selectionStart=9, selectionEnd=9)
    time.sleep(0.4)
    assert browser.ask("document.getElementById('search-status').textContent") == ""
    browser.tell("Input.insertText", text="剑桥")
    assert len(results(browser, "2 条结果")) == 2


def test_a_file_that_does_not_come_is_told(chromium: Chromium, server: str) -> None:
    chromium.open(Place(server, "").page("search/"))
    chromium.tell("Network.setBlockedURLs", urls=["*/texts/*"])
    try:
        chromium.ask("document.getElementById('search-words').focus()")
        chromium.type("bridge")
        results(chromium, "The search could not be loaded. The lists below lead to every page.")
    finally:
        chromium.tell("Network.setBlockedURLs", urls=[])
    chromium.press("Enter")
    assert len(results(chromium, "2 results")) == 2


def test_an_index_that_does_not_come_is_told(chromium: Chromium, server: str) -> None:
    chromium.forget()
    chromium.tell("Network.setBlockedURLs", urls=["*/search/index.js*"])
    try:
        chromium.open(Place(server, "").page("search/"))
        results(chromium, "The search could not be loaded. The lists below lead to every page.")
        assert not chromium.ask("document.getElementById('search-form').checkVisibility({visibilityProperty: true})")
    finally:
        chromium.tell("Network.setBlockedURLs", urls=[])


def test_without_scripts_the_page_offers_the_lists(browser: Chromium, place: Place) -> None:
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.tell("Page.navigate", url=place.page("search/"))
        browser.wait("document.readyState === 'complete' && document.getElementById('search-off') !== null")
        assert browser.ask("document.getElementById('search-form').offsetHeight") == 0
        assert browser.ask("document.getElementById('search-off').offsetHeight") > 0
        assert browser.ask("[...document.querySelectorAll('main nav a')].map(each => each.textContent)") == [
            "Announcements",
            "Partners",
        ]
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)


def test_other_pages_load_nothing_of_the_search(browser: Chromium, place: Place) -> None:
    browser.open(place.page(""))
    assert not [url for url in browser.requests if "search" in url]
