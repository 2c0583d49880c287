"""The server of the preview, for this machine alone."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket
from typing import Any

from communique.policy import HEADERS
from communique.serving.answers import OWN, Answer, answer, event, is_own
from communique.serving.desk import Desk

LOOPBACK = "127.0.0.1"
_FOLDER = Path(__file__).resolve().parent
_FILES = {
    "live.js": "text/javascript; charset=utf-8",
    "live.css": "text/css; charset=utf-8",
}
# a page of another site could load the index of the search as a script, and read there what is withheld
_ALONE = {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store"}
# so often a waiting page hears that the server is still there
_PULSE = 15.0


class Server(ThreadingHTTPServer):
    """Answers with what the desk holds. Raises OSError where the port is taken."""

    daemon_threads = True
    # otherwise two servers could share a port on some systems
    allow_reuse_address = True

    def __init__(self, desk: Desk, port: int) -> None:
        self.desk = desk
        self.ended = False
        self._served = False
        super().__init__((LOOPBACK, port), _Handler)

    def serve_forever(self, poll_interval: float = 0.1) -> None:
        """Answer until the end."""
        self._served = True
        super().serve_forever(poll_interval)

    def end(self) -> None:
        """Answer no longer."""
        self.ended = True
        if self._served:
            self.shutdown()
        self.server_close()

    def handle_error(self, request: socket | tuple[bytes, socket], client_address: Any) -> None:
        """Readers who go away are no fault."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "Communique"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with headers and body."""
        self._answer(body=True)

    def do_HEAD(self) -> None:
        """Answer with headers alone."""
        self._answer(body=False)

    def log_message(self, format: str, *arguments: Any) -> None:
        """Requests are nobody's business."""

    def _answer(self, body: bool) -> None:
        if not is_own(self.headers.get("Host", ""), self.server.server_port):
            self._send(Answer(403, {"Content-Type": "text/plain"}, b"The preview is for this machine alone.\n"), body)
        elif self.path.partition("?")[0] == f"{OWN}events":
            self._events(body)
        elif self.path.startswith(OWN):
            self._send(_own(self.path.partition("?")[0].removeprefix(OWN)), body)
        else:
            self._send(answer(self.server.desk.state, self.path), body)

    def _send(self, given: Answer, body: bool) -> None:
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(given.body)))
        self._end_headers()
        if body:
            self.wfile.write(given.body)

    def _end_headers(self) -> None:
        for name, value in {**HEADERS, **_ALONE}.items():
            self.send_header(name, value)
        self.end_headers()

    def _events(self, body: bool) -> None:
        """Tell a page how things stand, now and whenever that changes."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self._end_headers()
        number = -1
        while body and not self.server.ended:
            state = self.server.desk.wait(number, _PULSE)
            self.wfile.write(event(state, self.path) if state.number > number else b": still here\n\n")
            self.wfile.flush()
            number = state.number


def _own(name: str) -> Answer:
    if name not in _FILES:
        return Answer(404, {"Content-Type": "text/plain"})
    return Answer(200, {"Content-Type": _FILES[name]}, (_FOLDER / name).read_bytes())
