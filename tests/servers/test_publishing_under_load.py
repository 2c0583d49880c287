"""Visitors of a real server while the site is published again and again: the old site or the new one, never else."""

import http.client
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from serving import SERVERS, a_room, available, log, serving

from communique.publish import publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the configurations are those of Debian's servers")

PUBLISHES = 60
CLIENTS = 4
PAUSE = 0.02
PAGES = ("", *(f"announcements/{number}/" for number in range(30)))
STYLES = tuple(f"styles/{number}.css" for number in range(8))


def version(letter: str) -> dict[str, bytes]:
    """A site whose every file says its version many times; the files of both versions are of equal size."""
    line = f"version {letter} of the site\n".encode()
    pages = {f"{path}index.html": b"<!doctype html>\n" + line * (40 + 60 * number) for number, path in enumerate(PAGES)}
    return pages | dict.fromkeys(STYLES, line * 10)


VERSIONS = (version("A"), version("B"))


class Progress:
    """How many publishes have begun and how many have ended."""

    def __init__(self) -> None:
        self.begun = self.ended = 0

    def publish(self, root: Path) -> str:
        """Publish the other version; the way in which it was done."""
        self.begun += 1
        way = publish(VERSIONS[self.begun % 2], root).way
        self.ended = self.begun
        return way


class Client(Thread):
    """A visitor who asks for one page after another, as a browser does that keeps what it has seen."""

    def __init__(self, port: int, first: int, progress: Progress, done: Event) -> None:
        super().__init__()
        self.port, self.first, self.progress, self.done = port, first, progress, done
        self.faults: list[str] = []
        self.seen: dict[str, tuple[dict[str, str], bytes]] = {}
        self.answers = {200: 0, 304: 0}
        self.versions: set[int] = set()
        # answers that no publish can have crossed
        self.certain = 0

    def run(self) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        number = self.first
        try:
            while not self.done.is_set() and len(self.faults) < 5:
                self.ask(connection, (*PAGES, *STYLES)[number % (len(PAGES) + len(STYLES))])
                number += 7
        except (OSError, http.client.HTTPException) as error:
            self.faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    def ask(self, connection: http.client.HTTPConnection, path: str) -> None:
        """One request, conditional where the page was seen before."""
        conditions, kept = self.seen.get(path, ({}, b""))
        ended = self.progress.ended
        connection.request("GET", f"/{path}", headers=conditions)
        answer = connection.getresponse()
        body = answer.read()
        self.answers[answer.status] = self.answers.get(answer.status, 0) + 1
        if answer.status == 304:
            body = kept
        elif answer.status != 200:
            self.faults.append(f"{answer.status} for /{path}")
            return
        file = path if path.endswith(".css") else f"{path}index.html"
        wholly = [number for number, site in enumerate(VERSIONS) if site[file] == body]
        if not wholly:
            self.faults.append(f"/{path} is torn: {len(body)} bytes")
            return
        if ended == self.progress.begun and wholly != [ended % 2]:
            self.faults.append(f"/{path} was old, by {answer.status}")
            return
        self.certain += ended == self.progress.begun
        self.versions.update(wholly)
        if answer.status == 200:
            headers = {"If-None-Match": answer.headers["ETag"], "If-Modified-Since": answer.headers["Last-Modified"]}
            self.seen[path] = ({key: value for key, value in headers.items() if value}, body)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that a server may enter."""
    with a_room() as folder:
        yield folder


@pytest.mark.parametrize("program", SERVERS)
def test_visitors_see_one_version_or_the_other(program: str, room: Path) -> None:
    available(program)
    root = room / "public"
    publish(VERSIONS[0], root)
    progress, done = Progress(), Event()
    with serving(program, room, root) as port:
        clients = [Client(port, number * 11, progress, done) for number in range(CLIENTS)]
        for client in clients:
            client.start()
        try:
            ways = {_published(progress, root) for _ in range(PUBLISHES)}
        finally:
            done.set()
            for client in clients:
                client.join()
        faults = [fault for client in clients for fault in client.faults]
        assert faults == [], f"by {ways}: {log(room)}"
        assert {number for client in clients for number in client.versions} == {0, 1}
        # the visitors were there all the time
        assert min(client.answers[200] for client in clients) > 10
        assert sum(client.certain for client in clients) > PUBLISHES
        _changed_pages_are_sent(Client(port, 0, progress, done), root)


def _published(progress: Progress, root: Path) -> str:
    way = progress.publish(root)
    time.sleep(PAUSE)
    return way


def _changed_pages_are_sent(client: Client, root: Path) -> None:
    """What changed is never answered by 304, also at once after a publish; what did not change is."""
    connection = http.client.HTTPConnection("127.0.0.1", client.port, timeout=5)
    try:
        unchanged = 0
        for number in range(5):
            client.progress.publish(root)
            for path in ("", "announcements/7/", "styles/3.css"):
                client.answers.clear()
                client.ask(connection, path)
                assert client.answers == {200: 1}, (number, path)
                # a careful server sends what is newer than a second once more
                client.ask(connection, path)
                unchanged += client.answers.get(304, 0)
        assert client.faults == []
        assert client.certain == 30
        assert unchanged > 0
    finally:
        connection.close()
