"""Answers: what a reader of the preview gets for a request. Pure: a state and a request in, status and bytes out."""

import html
import json
import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qs, quote, unquote

from communique.serving.desk import State

OWN = "/.communique/"
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "avif": "image/avif",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "zip": "application/zip",
    "pdf": "application/pdf",
}
_HEAD = '<link rel="stylesheet" href="{own}live.css"><script src="{own}live.js" data-number="{number}" defer></script>'


class Answer(NamedTuple):
    """A status, the headers by name, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def is_own(host: str, port: int) -> bool:
    """Whether a request names this machine: another name in its `Host` is one that leads here from elsewhere."""
    return host.lower() in {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}


def answer(state: State, target: str) -> Answer:
    """The answer to a request for a path, which may have a query behind it."""
    path = file_path(state, target)
    if path in state.files:
        return _file(state, path)
    if f"{path}/index.html" in state.files:
        where = "/" + quote(f"{path}/") + (f"?{query}" if (query := target.partition("?")[2]) else "")
        return Answer(301, {"Location": where})
    parts = path.split("/")
    for missing in (f"{parts[0]}/404.html", "404.html"):
        if missing in state.files:
            return _file(state, missing)._replace(status=404)
    words = "The preview shows nothing yet." if not state.files else "There is nothing at this address."
    page = f"<!doctype html><html lang=en><head><title>Communiqué</title></head><body><p>{words}</p></body></html>"
    return Answer(404, {"Content-Type": _TYPES["html"]}, _live(page.encode(), state, ""))


def file_path(state: State, target: str) -> str:
    """The path in the output that a server would look for."""
    path = unquote(target.partition("?")[0])
    if path.startswith(state.base_path):
        # pages that are shown at any address name the site's own
        path = "/" + path.removeprefix(state.base_path)
    folder = path.endswith("/")
    path = posixpath.normpath("/" + path).lstrip("/")
    return f"{path}/index.html".lstrip("/") if folder else path


def event(state: State, target: str) -> bytes:
    """The event that tells the page which is being looked at how things stand, as a server-sent event."""
    query = parse_qs(target.partition("?")[2])
    seen = query.get("number", ["0"])[0]
    number = int(seen) if re.fullmatch(r"[0-9]{1,9}", seen) else 0
    path = file_path(state, query.get("path", ["/"])[0])
    told = {
        "number": state.number,
        "sound": state.sound,
        "reload": _last_changed(state, path) > number,
        "style": any(when > number for name, when in state.changed.items() if name.endswith(".css")),
        "problems": [{"severity": severity, "text": text} for severity, text in state.problems],
    }
    return f"data: {json.dumps(told)}\n\n".encode()


def _last_changed(state: State, path: str) -> int:
    return max(state.changed.get(name, 0) for name in (path, f"{path}/index.html"))


def _file(state: State, path: str) -> Answer:
    data = state.files[path]
    kind = _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
    if kind.startswith("text/html"):
        data = _live(data, state, path)
    return Answer(200, {"Content-Type": kind}, data)


def _live(page: bytes, state: State, path: str) -> bytes:
    """The page with what keeps it up to date, and with the notice that it is withheld."""
    head = _HEAD.format(own=OWN, number=state.number).encode()
    page = page.replace(b"</head>", head + b"</head>", 1) if b"</head>" in page else head + page
    notice = state.notices.get(path)
    if notice is None:
        return page
    words = f"<strong>{html.escape(notice.standing)}</strong> {html.escape(notice.why)}"
    banner = f'<p class="communique-notice" role="note">{words}</p>'.encode()
    # by a function, since a template stands for nothing in the banner
    return re.sub(rb"<body[^>]*>", lambda match: match[0] + banner, page, count=1)
