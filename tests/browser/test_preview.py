"""The preview in a real browser: problems appear over the page and go when they are mended, style sheets are exchanged
in place. Photographs lie in pytest's temporary folder, under `photographs`, for people to look at."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from chromium import Chromium
from support import NOW, ROOT, written
from unit.test_preview import WITHHELD

from communique.disk import load
from communique.serving.desk import Desk
from communique.serving.recollection import Recollection
from communique.serving.server import Server
from communique.work import Work

PAGE = "content/pages/about.md"
PANEL = 'document.querySelector("communique-problems")?.shadowRoot.querySelector("section")'
SHADES = "getComputedStyle(document.body).outlineColor"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The preview of a small site with withheld texts."""
    folder = written(tmp_path / "site", WITHHELD)
    desk = Desk(lambda: load(folder, ROOT), lambda: NOW, Recollection(Work()))
    desk.renew()
    return desk


@pytest.fixture
def root(desk: Desk) -> Iterator[str]:
    """The address of its server."""
    server = Server(desk, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.end()
    thread.join(20)


def test_a_problem_shows_over_the_page_and_goes_when_it_is_mended(
    chromium: Chromium, desk: Desk, root: str, tmp_path: Path
) -> None:
    file = tmp_path / "site" / PAGE
    good = file.read_text()
    chromium.forget()
    chromium.show(1280)
    chromium.open(f"{root}/about/")
    chromium.wait(f"{PANEL} && {PANEL}.hidden")
    file.write_text(good.replace("title:", "titel:"))
    desk.renew()
    shown = chromium.wait(f"!{PANEL}.hidden && {PANEL}.innerText")
    assert f"{PAGE}:2:1" in shown
    assert "titel: About this site" in shown
    assert "did you mean `title`?" in shown
    assert chromium.ask(f"getComputedStyle({PANEL}).position") == "fixed"
    for theme in ("light", "dark"):
        for width in (1280, 380):
            chromium.show(width, theme=theme)
            chromium.wait(f"{PANEL}.getBoundingClientRect().right <= {width}")
            (tmp_path / "photographs").mkdir(exist_ok=True)
            chromium.photograph(tmp_path / "photographs" / f"problem-{theme}-{width}.png")
    file.write_text(good.replace("About this site", "About our site"))
    desk.renew()
    chromium.wait(f"document.title.includes('About our site') && {PANEL} && {PANEL}.hidden")
    assert chromium.complaints == []
    assert all(url.startswith(root) or url == "about:blank" for url in chromium.requests)


def test_a_style_sheet_changes_without_a_reload(chromium: Chromium, desk: Desk, root: str, tmp_path: Path) -> None:
    chromium.forget()
    chromium.open(f"{root}/about/")
    chromium.wait(f"{PANEL} && {PANEL}.hidden")
    chromium.ask("window.kept = true")
    sheet = (ROOT / "static" / "style.css").read_text()
    for colour in ("rgb(1, 2, 3)", "rgb(4, 5, 6)"):
        written(tmp_path / "site", {"static/style.css": f"{sheet}\nbody {{ outline-color: {colour} }}\n".encode()})
        desk.renew()
        chromium.wait(f"{SHADES} === '{colour}'")
        assert chromium.ask("window.kept") is True
    assert chromium.complaints == []


def test_a_withheld_text_stands_under_its_banner_and_the_page_is_else_as_it_will_be(
    chromium: Chromium, root: str, tmp_path: Path
) -> None:
    chromium.forget()
    (tmp_path / "photographs").mkdir()
    for theme in ("light", "dark"):
        for width in (1280, 380):
            chromium.show(width, theme=theme)
            chromium.open(f"{root}/announcements/harbour/")
            assert "Mon 1 Dec 2025 09:00 in China" in chromium.wait(
                "document.querySelector('.communique-notice')?.innerText"
            )
            assert chromium.ask("document.documentElement.scrollWidth") <= width
            chromium.photograph(tmp_path / "photographs" / f"banner-{theme}-{width}.png")
    # what belongs to the preview touches nothing of the site
    places = "[...document.querySelectorAll('main section, main p, main ol, main li')].map((each) => "
    places += "getComputedStyle(each).position + getComputedStyle(each).font)"
    dressed = chromium.ask(places)
    chromium.ask("document.querySelectorAll('link[href*=\".communique\"]').forEach((each) => each.remove())")
    assert chromium.ask(places) == dressed
    assert chromium.complaints == []
