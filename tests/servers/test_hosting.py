"""The configurations of docs/hosting on the real servers: statuses, types, redirects, headers, what may be kept."""

import http.client
import os
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import HOSTING, SERVERS, a_room, available, log, serving
from support import announcement, built, files

from communique.policy import HEADERS
from communique.publish import publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the configurations are those of Debian's servers")

UNDER = ("", "press/")
KEEP = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Answer:
    """What a server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "")


@dataclass(frozen=True)
class Visit:
    """A server that gives out a site from a folder."""

    port: int
    folder: Path
    under: str
    site: Mapping[str, bytes] = field(repr=False)

    def get(self, path: str, **headers: str) -> Answer:
        """The answer to a request for a path from the site's root."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            given = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request("GET", f"/{self.under}{path}", headers=given)
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()


def site(under: str) -> Mapping[str, bytes]:
    """A site in two languages with old addresses, one of them in Chinese."""
    given = files(announcement("The bridge is open.", "was: [/old/bridge.html, /前/]"))
    given["site.yaml"] = (
        given["site.yaml"]
        .replace(b"[en]", b"[en, zh-Hans]")
        .replace(b"https://rivers.example.org/", f"https://rivers.example.org/{under}".encode())
    )
    made = built(given)
    assert [problem for problem in made.problems if problem.severity == "error"] == []
    return made.files


@pytest.fixture(scope="module", params=[(program, under) for program in SERVERS for under in UNDER], ids=str)
def visit(request: pytest.FixtureRequest) -> Iterator[Visit]:
    program, under = request.param
    available(program)
    with a_room() as room:
        root = room / "www"
        folder = root / under if under else root
        folder.parent.mkdir(exist_ok=True)
        made = site(under)
        publish(made, folder)
        os.chmod(root, 0o755)
        with serving(program, room, root, under) as port:
            yield Visit(port, folder, under, made)
            if sys.exc_info()[0]:
                print(log(room))


@pytest.mark.parametrize(
    ("path", "file", "type"),
    [
        ("", "index.html", "text/html"),
        ("announcements/bridge/", "announcements/bridge/index.html", "text/html"),
        ("zh-Hans/", "zh-Hans/index.html", "text/html"),
        ("style.css", "style.css", "text/css"),
        ("site.js", "site.js", "text/javascript"),
        ("favicon.svg", "favicon.svg", "image/svg+xml"),
        ("feed.xml", "feed.xml", "application/atom+xml"),
        ("partners/delta/feed.xml", "partners/delta/feed.xml", "application/atom+xml"),
        ("rss.xml", "rss.xml", "application/rss+xml"),
        ("zh-Hans/feed.json", "zh-Hans/feed.json", "application/feed+json"),
        ("sitemap.xml", "sitemap.xml", "application/xml"),
        ("robots.txt", "robots.txt", "text/plain"),
        ("llms.txt", "llms.txt", "text/plain"),
        ("announcements/bridge/index.md", "announcements/bridge/index.md", "text/markdown"),
        ("announcements/bridge/ninjs.json", "announcements/bridge/ninjs.json", "application/json"),
        ("announcements/bridge/kit.zip", "announcements/bridge/kit.zip", "application/zip"),
        ("announcements/bridge/card.png", "announcements/bridge/card.png", "image/png"),
    ],
)
def test_a_file_comes_whole_with_its_type(visit: Visit, path: str, file: str, type: str) -> None:
    answer = visit.get(path)
    assert answer.status == 200
    assert answer.body == visit.site[file]
    given, _, charset = answer.type.partition(";")
    assert given == type
    if type.startswith("text/") or (type.endswith("xml") and type != "image/svg+xml"):
        assert charset.strip().lower() == "charset=utf-8"


def test_every_published_file_is_given_out_but_what_is_hidden(visit: Visit) -> None:
    for path, data in visit.site.items():
        if path.startswith(("old/", "前/")):
            continue
        answer = visit.get(quote(path.removesuffix("index.html")))
        if path.rpartition("/")[2].startswith("."):
            assert answer.status == 404, path
        else:
            assert (answer.status, answer.body == data) == (200, True), path


@pytest.mark.parametrize(
    "path", ["partners/.git/config", ".env", ".htaccess", ".nojekyll", "partners/.DS_Store", ".redirects.nginx"]
)
def test_nothing_hidden_is_given_out(visit: Visit, path: str) -> None:
    file = visit.folder / path
    mine = [each for each in (file, file.parent) if not each.exists()]
    file.parent.mkdir(exist_ok=True)
    if file in mine:
        file.write_bytes(b"secret")
    try:
        answer = visit.get(path)
        assert answer.status == 404
        assert b"secret" not in answer.body
    finally:
        for each in mine:
            each.rmdir() if each.is_dir() else each.unlink()


def test_what_is_well_known_is_given_out(visit: Visit) -> None:
    file = visit.folder / ".well-known" / "security.txt"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"Contact: mailto:a@example.org\n")
    assert visit.get(".well-known/security.txt").status == 200


@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("nothing/", "404.html"),
        ("announcements/none/", "404.html"),
        ("style.css/x", "404.html"),
        ("%E6%A1%A5/", "404.html"),
        ("zh-Hans/nothing/", "zh-Hans/404.html"),
        ("zh-Hans/announcements/none/index.html", "zh-Hans/404.html"),
    ],
)
def test_a_wrong_address_gets_the_page_of_its_language(visit: Visit, path: str, file: str) -> None:
    answer = visit.get(path)
    assert answer.status == 404
    assert answer.body == visit.site[file]
    assert answer.type.startswith("text/html")
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("old", ["old/bridge.html", "%E5%89%8D/", "old/bridge.html?from=mail"])
def test_an_old_address_leads_on_for_ever(visit: Visit, old: str) -> None:
    answer = visit.get(old)
    assert answer.status == 301
    target = re.sub(r"^http://[^/]+", "", answer.headers["location"]).partition("?")[0]
    assert target == f"/{visit.under}announcements/bridge/"


def test_a_folder_without_its_slash_leads_to_it(visit: Visit) -> None:
    answer = visit.get("announcements/bridge")
    assert answer.status in (301, 302, 307, 308)
    assert answer.headers["location"].endswith(("announcements/bridge/", "bridge/"))


@pytest.mark.parametrize("path", ["", "zh-Hans/nothing/", "feed.xml", "style.css", "announcements/bridge/kit.zip"])
def test_every_answer_carries_the_policy(visit: Visit, path: str) -> None:
    headers = visit.get(path).headers
    for name, value in HEADERS.items():
        assert headers.get(name.lower()) == value, name


def test_only_what_has_a_version_in_its_address_is_kept_unasked(visit: Visit) -> None:
    page = visit.site["index.html"].decode()
    style = re.search(r'"\./(style\.css\?v=[0-9a-f]+)"', page)
    assert style
    assert visit.get(style[1]).headers["cache-control"] == KEEP
    for path in ("", "?v=12", "feed.xml", "feed.xml?v=12", "style.css", "announcements/bridge/card.png"):
        assert visit.get(path).headers["cache-control"] == "no-cache", path
    assert visit.get("none.css?v=12").headers["cache-control"] == "no-cache"


def test_texts_are_sent_small_to_those_who_can_unpack_them(visit: Visit) -> None:
    answer = visit.get("style.css", Accept_Encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    assert len(answer.body) < len(visit.site["style.css"]) / 2
    assert "content-encoding" not in visit.get("announcements/bridge/card.png", Accept_Encoding="gzip").headers


def test_a_changed_page_is_sent_and_an_unchanged_one_is_not(visit: Visit) -> None:
    """The whole folder is swapped while the server runs; the changed page keeps its size."""
    path = "announcements/bridge/"
    file = f"{path}index.html"
    for letter in (b"B", b"C"):
        seen = {each: visit.get(each).headers for each in (path, "partners/delta/")}
        changed = visit.site[file].replace(b"A bridge opens", letter + b" bridge opens")
        assert len(changed) == len(visit.site[file])
        publish({**visit.site, file: changed}, visit.folder)
        for each, headers in seen.items():
            # an answer of the last second may be sent again to be sure
            age = {"If_None_Match": headers["etag"], "If_Modified_Since": headers["last-modified"]}
            answer = visit.get(each, **age)
            if each == path:
                assert (answer.status, answer.body) == (200, changed)
            elif answer.status == 304:
                assert answer.headers["cache-control"] == "no-cache"
        time.sleep(0.01)
    unchanged = visit.get("partners/delta/").headers
    time.sleep(1.1)
    assert visit.get("partners/delta/", If_None_Match=unchanged["etag"]).status == 304


def test_the_documented_headers_are_those_of_the_policy() -> None:
    for name in ("nginx.conf", "apache.conf", "Caddyfile", "_headers"):
        text = (HOSTING / name).read_text(encoding="utf-8")
        for header, value in HEADERS.items():
            assert re.search(rf"{header}:? \"?{re.escape(value)}\"?", text), f"{name}: {header}"
