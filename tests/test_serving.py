"""The preview over HTTP: for this machine alone, always the newest state, and nothing of it in what is published."""

import itertools
import json
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest
from sitemaker import run
from support import NOW, ROOT, written
from unit.test_preview import FERRY, WITHHELD

from communique.disk import load
from communique.serving.desk import Desk
from communique.serving.recollection import Recollection
from communique.serving.server import Server
from communique.serving.shelf import Shelf
from communique.serving.watcher import Watcher
from communique.work import Work


class Preview:
    """A served site folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.desk = Desk(lambda: load(folder, ROOT), lambda: NOW, Recollection(Work()))
        self.desk.renew()
        self.server = Server(self.desk, 0)

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """The response to a request, and its body."""
        line = HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        line.request(method, path, headers=headers)
        response = line.getresponse()
        body = response.read()
        line.close()
        return response, body

    def event(self, path: str, number: int) -> dict[str, object]:
        """What the page at a path, loaded in a state, is told next."""
        line = HTTPConnection("127.0.0.1", self.server.server_port, timeout=20)
        line.request("GET", f"/.communique/events?path={path}&number={number}")
        response = line.getresponse()
        assert response.headers["Content-Type"] == "text/event-stream"
        told = json.loads(response.readline().removeprefix(b"data: "))
        line.close()
        assert isinstance(told, dict)
        return told

    def write(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")
        self.desk.renew()


@contextmanager
def serving(folder: Path) -> Iterator[Preview]:
    preview = Preview(written(folder / "site", WITHHELD))
    thread = threading.Thread(target=preview.server.serve_forever, daemon=True)
    thread.start()
    yield preview
    preview.server.end()
    thread.join(20)


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview that nobody edits."""
    with serving(tmp_path_factory.mktemp("still")) as preview:
        yield preview


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Preview]:
    with serving(tmp_path) as preview:
        yield preview


PAGE = "content/pages/about.md"
ABOUT = "---\ntitle: About this site\n---\n\n[Delta](../partners/delta.md), [Ada](../people/ada-byron.md), {}\n"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/announcements/bridge/", "text/html; charset=utf-8"),
        ("/announcements/bridge/?a=b", "text/html; charset=utf-8"),
        ("/announcements/%62ridge/", "text/html; charset=utf-8"),
        ("/style.css?v=1", "text/css; charset=utf-8"),
        ("/site.js", "text/javascript; charset=utf-8"),
        ("/feed.xml", "application/xml"),
        ("/feed.json", "application/json"),
        ("/favicon.svg", "image/svg+xml"),
        ("/announcements/bridge/card.png", "image/png"),
    ],
)
def test_each_file_is_there_with_its_type_and_never_kept(still: Preview, path: str, kind: str) -> None:
    response, body = still.ask(path)
    assert (response.status, response.headers["Content-Type"]) == (200, kind)
    assert response.headers["Cache-Control"] == "no-store"
    assert int(response.headers["Content-Length"]) == len(body) > 0


def test_a_request_for_the_headers_gets_no_body(still: Preview) -> None:
    response, body = still.ask("/", "HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 0


@pytest.mark.parametrize(
    "path", ["/nothing/", "/../site.yaml", "/%2e%2e/site.yaml", "/..%2fsite.yaml", "/.communique/../live.js", "/%00"]
)
def test_what_is_not_there_is_the_sites_own_404_page(still: Preview, path: str) -> None:
    response, body = still.ask(path)
    assert response.status == 404
    assert b"title: Two Rivers" not in body
    if path == "/nothing/":
        assert b"There is nothing at this address" in body


def test_a_folder_without_its_slash_leads_to_it(still: Preview) -> None:
    response, _ = still.ask("/partners/delta?x=1")
    assert (response.status, response.headers["Location"]) == (301, "/partners/delta/?x=1")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "", "localhost.evil.example"])
def test_a_request_by_another_name_is_refused(still: Preview, host: str) -> None:
    assert still.ask("/", Host=host)[0].status == 403


@pytest.mark.parametrize("path", ["/search/index.js", "/announcements/ferry/card.png", "/nothing/", "/partners/delta"])
def test_a_page_of_another_site_can_load_nothing_of_it(still: Preview, path: str) -> None:
    response, _ = still.ask(path)
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "target", ["http://[", "/[?", "/.communique/events?number=" + "9" * 5000, "/.communique/events?path=//[&number=²"]
)
def test_an_odd_request_gets_an_answer(still: Preview, target: str) -> None:
    with socket.create_connection(("127.0.0.1", still.server.server_port), timeout=20) as line:
        host = f"127.0.0.1:{still.server.server_port}"
        line.sendall(f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        stream = line.makefile("rb")
        assert stream.readline().split()[1] in (b"200", b"404")
        if "events" in target:
            assert any(each.startswith(b"data: ") for each in iter(stream.readline, b""))


def test_the_server_listens_on_this_machine_alone(still: Preview) -> None:
    assert still.server.socket.getsockname()[0] == "127.0.0.1"


def test_what_is_withheld_bears_a_notice_and_what_is_public_none(still: Preview) -> None:
    assert b'role="note"><strong>draft</strong>' in still.ask("/announcements/ferry/")[1]
    assert b"communique-notice" not in still.ask("/announcements/bridge/")[1]


def test_a_page_is_told_when_it_has_changed_and_only_then(served: Preview) -> None:
    number = served.desk.state.number
    served.write(PAGE, ABOUT.format("and more"))
    assert served.event("/about/", number)["reload"] is True
    assert served.event("/announcements/bridge/", number)["reload"] is False
    assert b"and more" in served.ask("/about/")[1]


def test_a_style_sheet_is_exchanged_without_the_page(served: Preview) -> None:
    number = served.desk.state.number
    (served.folder / "static").mkdir()
    served.write("static/style.css", "body { color: red }")
    told = served.event("/about/", number)
    assert (told["reload"], told["style"]) == (False, True)


def test_a_problem_is_told_with_its_place_its_line_and_its_help_and_goes_when_it_is_mended(served: Preview) -> None:
    number = served.desk.state.number
    good = served.ask("/about/")[1]
    served.write(PAGE, ABOUT.format("x").replace("title", "titel"))
    told = served.event("/about/", number)
    assert (told["sound"], told["reload"]) == (False, False)
    text = "".join(each["text"] for each in told["problems"])  # type: ignore[attr-defined]
    assert f"{PAGE}:2:1: error[E203]" in text
    assert "2 | titel: About this site" in text
    assert "did you mean `title`?" in text
    # the page shows the site as it was
    assert served.ask("/about/")[1].replace(b'"2"', b'"1"') == good.replace(b'"2"', b'"1"')
    served.write(PAGE, ABOUT.format("x"))
    told = served.event("/about/", number)
    assert (told["sound"], told["reload"], told["problems"]) == (True, True, [])


def test_nothing_of_the_preview_is_published(served: Preview) -> None:
    done = run(served.folder, "build")
    assert done.status == 0
    public = served.folder / "public"
    assert not (public / FERRY).exists()
    assert not [file for file in public.rglob("*.html") if b"communique/live" in file.read_bytes()]


def test_the_style_of_the_panel_leaves_the_page_alone() -> None:
    sheet = (ROOT / "communique" / "serving" / "live.css").read_text(encoding="utf-8")
    selectors = [each.strip() for each in re.findall(r"^ *([^@{}\n]+) \{", sheet, re.MULTILINE)]
    assert len(selectors) > 10
    assert [each for each in selectors if not each.startswith((":host", ".communique-"))] == []


def test_what_a_page_is_sent_with_obeys_the_policy(still: Preview) -> None:
    response, body = still.ask("/about/")
    assert "connect-src 'self'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert b'<script src="/.communique/live.js"' in body
    for name in ("live.js", "live.css"):
        assert still.ask(f"/.communique/{name}")[0].status == 200


def test_withheld_pages_bear_their_notice_from_the_start_where_something_else_is_wrong(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", WITHHELD)
    file = folder / PAGE
    file.write_text(file.read_text().replace("title", "titel"))
    desk = Desk(Shelf(folder, ROOT).sources, lambda: NOW, Recollection(Work()))
    assert not desk.renew().sound
    assert desk.state.notices[FERRY].standing == "draft"


def test_a_save_is_seen_at_once_and_a_folder_that_comes_back_is_watched_again(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", WITHHELD)
    watcher = Watcher(folder)
    changes = watcher.changes()
    (folder / PAGE).write_text("---\ntitle: New\n---\n")
    assert any(itertools.islice(changes, 5))
    (folder / "content").rename(folder / "gone")
    assert any(itertools.islice(changes, 5))
    (folder / "gone").rename(folder / "content")
    assert any(itertools.islice(changes, 5))
    (folder / PAGE).write_text("---\ntitle: Newer\n---\n")
    assert any(itertools.islice(changes, 5))
    watcher.end()


def test_ctrl_c_ends_it_with_a_sentence_and_leaves_no_trace(tmp_path: Path) -> None:
    folder = written(tmp_path / "site", WITHHELD)
    command = [sys.executable, "-B", "-m", "communique", "serve", "--site", str(folder), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        while "http://127.0.0.1:" not in process.stdout.readline():
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read().endswith("The preview has ended; the published site was not changed.\n")
    assert sorted(file.name for file in folder.iterdir()) == ["content", "site.yaml"]


def test_a_port_that_is_taken_is_told_in_one_sentence_with_what_to_do(still: Preview) -> None:
    port = still.server.server_port
    done = run(still.folder, "serve", "--port", str(port))
    assert (done.status, done.out) == (2, "")
    assert done.err.startswith(f"error: port {port} is taken by another program\nhelp: ")
    assert f"--port {port + 1}" in done.err
    assert run(still.folder, "serve", "--port", "99999").err.startswith("error: there is no port 99999\n")
