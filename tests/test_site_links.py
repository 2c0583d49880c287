"""Promises of the shipped site on its links, judged by visiting all of it on a server, at a root and under a path."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin
from urllib.request import urlopen

import pytest
import shipped
from markup import Markup, read
from support import built, tree, written


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        pass


@dataclass
class Visit:
    """What a visitor met who followed every link: pages by URL, other files, and what was wrong."""

    base: str
    folder: Path
    pages: dict[str, Markup]
    others: set[str]
    wrong: list[str]


@pytest.fixture(
    scope="module",
    params=["", "press/"],
    ids=["root", "sub-path"],
)
def visit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """A visit to the shipped site, served under a path."""
    path = request.param
    root = tmp_path_factory.mktemp("server")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(root))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}/{path}"
        folder = written(root / path, built(shipped.files(), base_url=base).files)
        try:
            yield _visit(base, folder)
        finally:
            server.shutdown()
            thread.join()


def _visit(base: str, folder: Path) -> Visit:
    found = Visit(base, folder, {}, set(), [])
    fragments: list[tuple[str, str, str]] = []
    seen = {base}
    ahead = [(base, "the address itself")]
    while ahead:
        url, origin = ahead.pop()
        try:
            with urlopen(url) as answer:
                kind, data = answer.headers.get_content_type(), answer.read()
                if answer.url != url:
                    found.wrong.append(f"{origin}: {url} is redirected to {answer.url}")
        except HTTPError as error:
            found.wrong.append(f"{origin}: {url} gives {error.code}")
            continue
        if kind != "text/html":
            found.others.add(url)
            continue
        page = found.pages[url] = read(data)
        for link in page.urls:
            if re.match(r"[a-z]+:", link) and not link.startswith(base):
                continue
            target, fragment = urldefrag(urljoin(url, link))
            if not target.startswith(base):
                found.wrong.append(f"{url}: {link} leads out of the site")
                continue
            if fragment:
                fragments.append((url, target, unquote(fragment)))
            if target not in seen:
                seen.add(target)
                ahead.append((target, url))
    for url, target, fragment in fragments:
        if target in found.pages and fragment not in found.pages[target].ids:
            found.wrong.append(f"{url}: {target} has no #{fragment}")
    return found


def _html(folder: Path) -> dict[str, bytes]:
    """The pages that people are to find: neither the one for wrong addresses nor redirects."""
    pages = {
        path: data for path, data in tree(folder).items() if path.endswith(".html") and not path.endswith("404.html")
    }
    return {path: data for path, data in pages.items() if b'http-equiv="refresh"' not in data}


def test_every_link_resolves(visit: Visit) -> None:
    assert visit.wrong == []


def test_every_page_is_found_by_following_links(visit: Visit) -> None:
    files = {shipped.file_of(url.removeprefix(visit.base)) for url in visit.pages}
    assert files == _html(visit.folder).keys()
    assert len(files) >= 40


def test_style_script_icon_and_feeds_are_found(visit: Visit) -> None:
    names = {shipped.file_of(url.removeprefix(visit.base)) for url in visit.others}
    assert {"style.css", "favicon.svg", "feed.xml", "rss.xml", "feed.json"} <= names


def test_no_link_begins_at_the_root_of_the_server(visit: Visit) -> None:
    absolute = {
        path: urls
        for path, data in tree(visit.folder).items()
        if path.endswith(".html") and (urls := [url for url in read(data).urls if url.startswith("/")])
    }
    assert set(absolute) <= {"404.html", "zh-Hans/404.html"}


def test_the_page_for_wrong_addresses_works_at_any_depth(visit: Visit) -> None:
    page = read((visit.folder / "404.html").read_bytes())
    start = "/" + visit.base.split("/", 3)[3]
    for url in page.urls:
        if url.startswith(("http", "#")):
            continue
        assert url.startswith(start)
        with urlopen(urljoin(visit.base, url)) as answer:
            assert answer.status == 200


def test_no_page_loads_anything_from_elsewhere(visit: Visit) -> None:
    for page in visit.pages.values():
        loaded = [element.attributes.get("src") for element in page.elements]
        loading = (
            "stylesheet",
            "icon",
            "preload",
            "modulepreload",
            "prefetch",
            "preconnect",
            "dns-prefetch",
            "manifest",
        )
        loaded += [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] in loading]
        assert not [url for url in loaded if url and re.match(r"(?:[a-z]+:)?//", url)]


@pytest.mark.parametrize("name", ["sitemap.xml", "feed.xml", "rss.xml", "feed.json", "llms.txt"])
def test_every_address_in_a_file_for_machines_answers(visit: Visit, name: str) -> None:
    text = (visit.folder / name).read_text()
    addresses = set(re.findall(re.escape(visit.base) + r"[^\s\"<>()&\\]*", text))
    assert addresses
    for address in addresses:
        with urlopen(urldefrag(address).url) as answer:
            assert answer.status == 200


def test_the_sitemap_lists_every_page_that_is_its_own_original(visit: Visit) -> None:
    listed = re.findall(r"<loc>([^<]*)</loc>", (visit.folder / "sitemap.xml").read_text())
    assert len(listed) == len(set(listed))
    assert set(listed) == {
        url
        for url, page in visit.pages.items()
        for link in page.all("link")
        if link.attributes["rel"] == "canonical" and link.attributes["href"] == url
    }
    assert len(listed) >= 40
