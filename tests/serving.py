"""Real servers on loopback, with the configurations that docs/hosting tells people to use."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from support import ROOT

HOSTING = ROOT / "docs" / "hosting"
MODULES = Path("/usr/lib/apache2/modules")
# where the configurations find the site
FOLDER = "/srv/site/public"


def _documented(name: str, root: Path, under: str) -> str:
    """A configuration, changed where it says CHANGE: its folder, and the path under which the site stands."""
    text = (HOSTING / name).read_text(encoding="utf-8")
    assert text.count(FOLDER) == 2
    text = text.replace(f"{FOLDER}/", f"{root}/{under}").replace(FOLDER, str(root))
    for page in ("404.html", "zh-Hans/"):
        text = text.replace(f" /{page}", f" /{under}{page}").replace(f'"/{page}', f'"/{under}{page}')
        text = text.replace(f"~^/{page}", f"~^/{under}{page}")
    return text


def nginx(room: Path, root: Path, port: int, under: str = "") -> list[str]:
    """The command that serves a folder with nginx."""
    site = _documented("nginx.conf", root, under)
    (room / "site.conf").write_text(site.replace("listen 80;", f"listen 127.0.0.1:{port};"), encoding="utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {room / kind}; " for kind in kinds)
    config = room / "nginx.conf"
    config.write_text(
        f"daemon off; master_process off; pid {room / 'pid'}; error_log {room / 'log'};\n"
        "events { worker_connections 64; }\n"
        f"http {{ access_log off; {places}\ninclude {room / 'site.conf'}; }}\n",
        encoding="utf-8",
    )
    return ["nginx", "-c", str(config), "-p", str(room), "-e", str(room / "log")]


def apache(room: Path, root: Path, port: int, under: str = "") -> list[str]:
    """The command that serves a folder with Apache."""
    site = _documented("apache.conf", root, under).replace("*:80>", f"127.0.0.1:{port}>")
    names = ("mpm_event", "authz_core", "alias", "dir", "mime", "headers", "filter", "deflate")
    modules = "".join(f"LoadModule {name}_module {MODULES / f'mod_{name}.so'}\n" for name in names)
    # it refuses to answer as root
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    config = room / "apache.conf"
    config.write_text(
        f"{modules}{user}ServerRoot {room}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {room / 'pid'}\n"
        f"ErrorLog {room / 'log'}\nDefaultRuntimeDir {room}\nTypesConfig /etc/mime.types\n{site}",
        encoding="utf-8",
    )
    return ["apache2", "-X", "-f", str(config)]


def caddy(room: Path, root: Path, port: int, under: str = "") -> list[str]:
    """The command that serves a folder with Caddy."""
    site = _documented("Caddyfile", root, under).replace("example.org {", f"http://127.0.0.1:{port} {{")
    config = room / "Caddyfile"
    config.write_text(f"{{\n\tadmin off\n\tauto_https off\n}}\n{site}", encoding="utf-8")
    return ["caddy", "run", "--config", str(config), "--adapter", "caddyfile"]


Server = Callable[..., list[str]]
SERVERS: Mapping[str, Server] = {"nginx": nginx, "apache2": apache, "caddy": caddy}


@contextmanager
def serving(program: str, room: Path, root: Path, under: str = "") -> Iterator[int]:
    """A running server of a folder; the port on which it answers. With `under`, as `press/`, the site is the folder of
    that name in it."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    home = {"HOME": str(room), "XDG_DATA_HOME": str(room), "XDG_CONFIG_HOME": str(room)}
    with (room / "said").open("wb") as stream:
        command = SERVERS[program](room, root, port, under)
        server = subprocess.Popen(command, cwd=room, env={**os.environ, **home}, stdout=stream, stderr=stream)
    try:
        for _ in range(500):
            assert server.poll() is None, f"{program} ended: {log(room)}"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.02)
        else:
            pytest.fail(f"{program} does not answer: {log(room)}")
        yield port
    finally:
        server.terminate()
        try:
            server.wait(3)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def log(room: Path) -> str:
    """The end of what a server had to say."""
    return "\n".join(
        (room / name).read_text(errors="replace")[-2000:] for name in ("said", "log") if (room / name).exists()
    )


def available(program: str) -> None:
    """Skip where a program is not installed; fail where it has to be."""
    if shutil.which(program) is None:
        missing = f"{program} is not installed"
        if os.environ.get("CI") == "true":
            pytest.fail(f"{missing}: install the Debian package {program} before the tests run")
        pytest.skip(missing)


@contextmanager
def a_room() -> Iterator[Path]:
    """A folder that the user of a server may enter, in memory where there is one: a disk is slow to sync."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as name:
        Path(name).chmod(0o755)
        yield Path(name)
