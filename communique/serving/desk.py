"""The desk: the preview as it is now, which many readers share and one watcher renews."""

import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from communique.glance import glance
from communique.preview import Notice, Preview, preview
from communique.problems import failing
from communique.render import Renderer
from communique.report import as_text
from communique.sources import Sources
from communique.work import Work

Problems = tuple[tuple[str, str], ...]
"""Severity and whole text of each problem."""


@dataclass(frozen=True, slots=True)
class State:
    """What the preview shows. `number` grows with each state; `changed` says for each path in which state it changed
    last; `problems` are those of the newest sources, and `sound` whether `files` were made of these."""

    number: int = 0
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    notices: Mapping[str, Notice] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict, repr=False)
    problems: Problems = ()
    sound: bool = False
    base_path: str = "/"
    next_change: datetime | None = None


class Desk:
    """Holds the state. One thread renews it; any number may read it, or wait for the next one."""

    def __init__(self, read: Callable[[], Sources], clock: Callable[[], datetime], work: Work) -> None:
        self._read = read
        self._clock = clock
        self._work = work
        self._turn = threading.Condition()
        self._last: tuple[Sources, Preview] | None = None
        self._renderer = Renderer({}, "/")
        self.state = State()

    def renew(self) -> State:
        """The state made of the sources as they are now; while they hold errors, it keeps the last good files."""
        try:
            sources = self._read()
        except OSError as error:
            return self._put(
                self.state.files, None, (("error", f"{error.filename} cannot be read: {error.strerror}\n"),)
            )
        self._glance(sources)
        made = preview(sources, self._clock(), self._work)
        self._last = (sources, made)
        told = tuple((problem.severity, as_text([problem], sources.file).rstrip("\n")) for problem in made.problems)
        if failing(made.problems, False):
            # before there was a good one, this is better than nothing
            return self._put(self.state.files, None, told) if self.state.files else self._put(made.files, made, told)
        return self._put(made.files, made, told)

    def _glance(self, sources: Sources) -> None:
        """Show a changed text at once, where it is one and the state before was good."""
        if self._last is None or not self.state.sound:
            return
        before, made = self._last
        if (
            replace(sources, content={}) != replace(before, content={})
            or sources.content.keys() != before.content.keys()
        ):
            return
        changed = [path for path, data in sources.content.items() if data != before.content[path]]
        if len(changed) != 1 or not changed[0].startswith("content/announcements/"):
            return
        pages = glance(made, changed[0], sources.content[changed[0]], self._renderer)
        if pages:
            self._put({**self.state.files, **pages}, None, self.state.problems)

    def ready(self) -> None:
        """Get ready for the next change, while nobody waits."""
        if self._last is not None:
            sources, made = self._last
            found = sources.templates.items()
            texts = {path.removeprefix("templates/"): data.decode("utf-8", "replace") for path, data in found}
            if texts != self._renderer.templates or made.base_path != self._renderer.base_path:
                self._renderer = Renderer(texts, made.base_path)
                self._renderer.check()

    def tell(self, sentence: str) -> State:
        """The state in which the sources cannot be read at all, for this reason."""
        return self._put(self.state.files, None, (("error", sentence),))

    def wait(self, number: int, seconds: float) -> State:
        """The first state after the one of this number; the present one where none comes in time."""
        with self._turn:
            self._turn.wait_for(lambda: self.state.number > number, seconds)
            return self.state

    def _put(self, files: Mapping[str, bytes], made: Preview | None, problems: Problems) -> State:
        before = self.state
        number = before.number + 1
        notices = made.notices if made else before.notices
        changed = dict(before.changed)
        for path in before.files.keys() | files.keys():
            if before.notices.get(path) != notices.get(path) or not _alike(before.files.get(path), files.get(path)):
                changed[path] = number
        state = State(
            number,
            files,
            notices,
            changed,
            problems,
            made is not None and all(severity != "error" for severity, _ in problems),
            made.base_path if made else before.base_path,
            made.next_change if made else before.next_change,
        )
        with self._turn:
            self.state = state
            self._turn.notify_all()
        return state


# a style sheet can be exchanged without the page
_STYLE = re.compile(rb"\.css\?v=[0-9a-f]+")


def _alike(one: bytes | None, other: bytes | None) -> bool:
    """Whether two pages differ in no more than the version of a style sheet."""
    if one is None or other is None or one == other:
        return one == other
    return len(one) == len(other) and _STYLE.sub(b"", one) == _STYLE.sub(b"", other)
