"""Every kind of page in a real browser: in each language and theme, wide and narrow, by keyboard, on paper, without
scripts. The photographs lie in pytest's temporary folder, under `photographs`, for people to look at."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium
from corner_site import corner_site
from folder_server import serving
from node_tools import npm_file
from support import built, written

KINDS = (
    "",
    "announcements/",
    "announcements/page/2/",
    "announcements/2025/",
    "announcements/opening/",
    "announcements/long/",
    "announcements/bare/",
    "announcements/gone/",
    "partners/",
    "partners/delta/",
    "partners/partner-7/",
    "people/",
    "people/ada-byron/",
    "topics/",
    "topics/water/",
    "about/",
    "timeline/",
    "map/",
    "search/",
    "404.html",
)
# what needs no picture in each language
EVERYWHERE = KINDS[:-1]
PAGES = [
    *KINDS,
    *(f"zh-Hans/{kind}" for kind in EVERYWHERE),
    "ar/",
    "ar/announcements/opening/",
    "ar/timeline/",
]
THEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the finished site."""
    whole = built(corner_site())
    assert [problem for problem in whole.problems if problem.severity == "error"] == []
    return written(tmp_path_factory.mktemp("site"), dict(whole.files))


@pytest.fixture(scope="module")
def root(site: Path) -> Iterator[str]:
    """The URL of a server of the site."""
    with serving(site) as url:
        yield url


@pytest.fixture(scope="module")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for photographs."""
    return tmp_path_factory.mktemp("photographs")


@pytest.fixture(scope="module")
def axe() -> str:
    """The source of axe, which finds what people who cannot see, hear or point would stumble over."""
    return npm_file("axe-core", "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def browser(chromium: Chromium, root: str) -> Iterator[Chromium]:
    """A browser that must not complain, nor ask anybody else for anything."""
    chromium.forget()
    yield chromium
    chromium.show(1280)
    assert chromium.complaints == []
    assert [url for url in chromium.requests if not url.startswith((root, "about:"))] == []


def overflow(browser: Chromium) -> int:
    """How far a page can be scrolled sideways, in pixels."""
    width: int = browser.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_used_by_everybody(browser: Chromium, root: str, page: str, axe: str, photographs: Path) -> None:
    # a window of 320 pixels is one of 1280 at 400 %
    browser.show(320)
    browser.open(root + page)
    assert overflow(browser) == 0
    browser.ask(axe + ";undefined")
    for theme in THEMES:
        for width in (360, 1280):
            browser.show(width, theme=theme)
            if theme == "light" or page in KINDS:
                browser.photograph(photographs / f"{page.replace('/', '-').strip('-') or 'home'}-{theme}-{width}.png")
        # only colours differ in the dark
        options = {"runOnly": RULES if theme == "light" else ["color-contrast"], "preload": False}
        found = browser.ask(
            f"axe.run(document, {json.dumps(options | {'resultTypes': ['violations']})}).then(found => found.violations"
            ".map(each => [each.id, each.help, ...each.nodes.slice(0, 3).map(node => node.html.slice(0, 200))]))"
        )
        assert found == [], theme
    browser.ask("document.documentElement.style.fontSize = '200%'")
    assert overflow(browser) == 0


@pytest.mark.parametrize(
    "page", ["", "announcements/opening/", "partners/delta/", "map/", "zh-Hans/search/", "ar/timeline/"]
)
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    browser: Chromium, root: str, page: str
) -> None:
    browser.show(1280)
    browser.open(root + page)
    browser.ask(
        f"all = [...document.querySelectorAll('{FOCUSABLE}')].filter("
        "each => each.checkVisibility() && each.getAttribute('tabindex') !== '-1')"
    )
    count = browser.ask("all.length")
    assert count > 20
    for number in range(count):
        browser.press("Tab")
        assert browser.ask("all.indexOf(document.activeElement)") == number
        assert browser.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    browser.ask("document.activeElement.blur()")
    browser.open(root + page)
    browser.press("Tab")
    browser.press("Enter")
    browser.wait("location.hash === '#main-content'")


@pytest.mark.parametrize(
    "page",
    ["", "announcements/opening/", "people/", "zh-Hans/announcements/opening/", "search/"],
)
def test_nothing_moves_while_a_page_loads(browser: Chromium, root: str, page: str) -> None:
    for width in (360, 1280):
        browser.show(width)
        browser.open(root + page)
        browser.ask(
            "new Promise(done => { shifts = []; new PerformanceObserver(list => shifts.push(...list.getEntries()))"
            ".observe({type: 'layout-shift', buffered: true}); setTimeout(done, 60); })"
        )
        assert browser.ask("shifts.map(each => each.value)") == []
        # and nothing moves by itself later
        assert browser.ask("document.getAnimations().length") == 0
        slow = "getComputedStyle(each).transitionDuration !== '0s'"
        assert browser.ask(f"[...document.querySelectorAll('*')].filter(each => {slow}).length") == 0


def test_pictures_come_in_a_size_that_fits(browser: Chromium, root: str) -> None:
    chosen = {}
    for width in (360, 1280):
        browser.show(width)
        browser.forget()
        browser.open(root + "announcements/opening/")
        chosen[width] = browser.ask("document.querySelector('.text img').currentSrc.split('/').pop()")
        missing = "[...document.images].filter(each => each.complete && !each.naturalWidth).map(each => each.src)"
        assert browser.ask(missing) == []
    assert chosen == {360: "bridge-480.webp", 1280: "bridge-960.webp"}
    # what is far below comes when it is near
    assert not [url for url in browser.requests if url.endswith("tall-500.webp")]
    browser.ask("document.querySelector('.gallery').scrollIntoView()")
    browser.wait("[...document.querySelectorAll('.gallery img')].every(each => each.complete && each.naturalWidth)")


def test_on_paper_an_announcement_is_a_press_release(browser: Chromium, root: str) -> None:
    browser.open(root + "announcements/opening/")
    browser.tell("Emulation.setEmulatedMedia", media="print")
    try:
        shown = browser.ask("document.body.innerText")
        hidden = "[...document.querySelectorAll('nav, .screen, .gallery, .skip')]"
        unseen = browser.ask(f"{hidden}.filter(each => each.checkVisibility()).length")
    finally:
        browser.tell("Emulation.setEmulatedMedia", media="")
    at = 0
    for wanted in (
        "Two Rivers Partnership",
        "The Works",
        "BEIJING, 27 October 2025",
        "Ends",
        "Press contacts",
        "Dr Ada Byron",
        "Notes to editors",
        "About the partners",
        "https://rivers.example.org/announcements/opening/",
    ):
        at = shown.find(wanted, at)
        assert at >= 0, wanted
    assert unseen == 0


def test_without_scripts_every_page_says_all(browser: Chromium, root: str) -> None:
    browser.tell("Emulation.setScriptExecutionDisabled", value=True)
    try:
        for page in ("announcements/opening/", "timeline/", "map/", "partners/delta/"):
            browser.open(root + page)
            assert browser.ask("[...document.querySelectorAll('main [hidden]')].length") == 0
            assert browser.ask("document.querySelector('main').innerText.length") > 300
    finally:
        browser.tell("Emulation.setScriptExecutionDisabled", value=False)
    browser.complaints.clear()


def test_scripts_and_styles_within_a_page_are_refused(browser: Chromium, root: str) -> None:
    browser.open(root)
    browser.ask("part = document.createElement('script'); part.textContent = 'ran = 1'; document.body.append(part)")
    browser.ask(
        "part = document.createElement('style'); part.textContent = 'h1 { color: red }'; document.body.append(part)"
    )
    assert browser.ask("typeof ran") == "undefined"
    assert browser.ask("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    assert len(browser.complaints) >= 2
    browser.complaints.clear()
