"""The command `serve`: the site as it is being edited, in a browser on this machine."""

import errno
import sys
import threading
import time
from datetime import datetime

from communique.commands import Task, Wrong, defaults
from communique.disk import NoSite
from communique.memory import Memory
from communique.serving.desk import Desk, State
from communique.serving.recollection import Recollection
from communique.serving.server import LOOPBACK, Server
from communique.serving.shelf import Shelf
from communique.serving.watcher import Watcher
from communique.workforce import Workforce

INTERRUPTED = 130


def run(task: Task) -> int:
    """Serve the preview until somebody interrupts it. Raises Wrong."""
    fixed = task.options.now is not None

    def clock() -> datetime:
        return task.now if fixed else datetime.now().astimezone()

    task.sources()
    # the first build may use all processors, since no other thread is there yet
    work = Recollection(Workforce(Memory(None, b"")))
    desk = Desk(Shelf(task.folder, defaults()).sources, clock, work)
    server = _server(desk, int(task.options.port))
    watcher = Watcher(task.folder)
    try:
        _renew(desk, work)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"The preview is at http://{LOOPBACK}:{server.server_port}/ until you press Ctrl-C.", flush=True)
        for changed in watcher.changes():
            due = not fixed and desk.state.next_change is not None and desk.state.next_change <= clock()
            if changed or due:
                _renew(desk, work)
    except KeyboardInterrupt:
        print("\nThe preview has ended; the published site was not changed.", file=sys.stderr)
        return INTERRUPTED
    finally:
        watcher.end()
        server.end()
    return 0


def _server(desk: Desk, port: int) -> Server:
    try:
        return Server(desk, port)
    except OverflowError:
        raise Wrong(f"there is no port {port}", "ports go from 1 to 65535") from None
    except PermissionError:
        raise Wrong(f"port {port} is kept for the system", "choose one above 1023: `--port 8080`") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise Wrong(f"nothing can be served at {LOOPBACK}:{port}: {error.strerror}") from None
        raise Wrong(f"port {port} is taken by another program", f"choose another one: `--port {port + 1}`") from None


def _renew(desk: Desk, work: Recollection) -> None:
    began = time.perf_counter()
    try:
        state = desk.renew()
    except NoSite as error:
        state = desk.tell(str(error))
    work.forget()
    _report(state, time.perf_counter() - began)
    desk.ready()


def _report(state: State, seconds: float) -> None:
    for severity, text in state.problems:
        if severity == "error":
            print(f"{text}\n", file=sys.stderr)
    errors = sum(severity == "error" for severity, _ in state.problems)
    warnings = len(state.problems) - errors
    pages = sum(path.endswith(".html") for path in state.files)
    told = f"{pages} pages up to date" if state.sound else f"{errors} to mend; the preview shows the site as it was"
    more = f", {warnings} warning{'' if warnings == 1 else 's'}" if warnings else ""
    print(f"{datetime.now():%H:%M:%S}  {told}{more} ({seconds:.2f} s)", flush=True)
