"""Visitors of a real server while the site is published again and again: the old site or the new one, never else."""

import http.client
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import pytest

from communique.publish import publish

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the configurations are those of Debian's servers")

PUBLISHES = 60
CLIENTS = 4
PAUSE = 0.02
PAGES = ("", *(f"announcements/{number}/" for number in range(30)))
STYLES = tuple(f"styles/{number}.css" for number in range(8))
MODULES = Path("/usr/lib/apache2/modules")


def version(letter: str) -> dict[str, bytes]:
    """A site whose every file says its version many times; the files of both versions are of equal size."""
    line = f"version {letter} of the site\n".encode()
    pages = {f"{path}index.html": b"<!doctype html>\n" + line * (40 + 60 * number) for number, path in enumerate(PAGES)}
    return pages | dict.fromkeys(STYLES, line * 10)


VERSIONS = (version("A"), version("B"))


def nginx(room: Path, root: Path, port: int) -> list[str]:
    """The command that serves a folder with nginx."""
    places = "".join(
        f"{kind}_temp_path {room / kind}; " for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    config = room / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {room / 'pid'}; error_log {room / 'log'};\n"
        "events { worker_connections 64; }\n"
        f"http {{ access_log off; {places}\n"
        "types { text/html html; text/css css; }\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}; index index.html; }} }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", str(config), "-p", str(room), "-e", str(room / "log")]


def apache(room: Path, root: Path, port: int) -> list[str]:
    """The command that serves a folder with Apache."""
    names = ("mpm_event", "authz_core", "dir", "mime")
    modules = "".join(f"LoadModule {name}_module {MODULES / f'mod_{name}.so'}\n" for name in names)
    # it refuses to answer as root
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = room / "apache.conf"
    (room / "types").write_text("text/html html\ntext/css css\n", encoding="utf-8")
    config.write_text(
        f"{modules}{user}ServerRoot {room}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {room / 'pid'}\n"
        f"ErrorLog {room / 'log'}\nDefaultRuntimeDir {room}\nTypesConfig {room / 'types'}\n"
        f"DocumentRoot {root}\nDirectoryIndex index.html\n"
        f"<Directory {root}>\nRequire all granted\nAllowOverride None\n</Directory>\n",
        encoding="utf-8",
    )
    return ["apache2", "-X", "-f", str(config)]


def caddy(room: Path, root: Path, port: int) -> list[str]:
    """The command that serves a folder with Caddy."""
    config = room / "Caddyfile"
    config.write_text(
        f"{{\nadmin off\nauto_https off\n}}\nhttp://127.0.0.1:{port} {{\nroot * {root}\nfile_server\n}}\n",
        encoding="utf-8",
    )
    return ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"]


Server = Callable[[Path, Path, int], list[str]]
SERVERS: Mapping[str, Server] = {"nginx": nginx, "apache2": apache, "caddy": caddy}


@contextmanager
def serving(program: str, room: Path, root: Path) -> Iterator[int]:
    """A running server of a folder; the port on which it answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    home = {"HOME": str(room), "XDG_DATA_HOME": str(room), "XDG_CONFIG_HOME": str(room)}
    said = room / "said"
    with said.open("wb") as stream:
        command = SERVERS[program](room, root, port)
        server = subprocess.Popen(command, cwd=room, env={**os.environ, **home}, stdout=stream, stderr=stream)
    try:
        for _ in range(200):
            assert server.poll() is None, f"{program} ended: {_log(room)}"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.02)
        else:
            pytest.fail(f"{program} does not answer: {_log(room)}")
        yield port
    finally:
        server.terminate()
        try:
            server.wait(3)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _log(room: Path) -> str:
    return "\n".join(
        (room / name).read_text(errors="replace")[-2000:] for name in ("said", "log") if (room / name).exists()
    )


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


def available(program: str) -> None:
    """Skip where a server is not installed; fail where it has to be."""
    if shutil.which(program) is None:
        missing = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}: install the Debian package {program} before the tests run")
        pytest.skip(missing)


@pytest.fixture
def room() -> Iterator[Path]:
    """A folder that the user of a server may enter, in memory where there is one: a disk is slow to sync."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        Path(name).chmod(0o755)
        yield Path(name)


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
        assert faults == [], f"by {ways}: {_log(room)}"
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
