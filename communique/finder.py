"""The finder: where in a Markdown text stands what came out of it. Python-Markdown does not tell."""

import re
from collections.abc import Iterable

from communique.problems import Place


class Finder:
    """Finds things in the order in which they come, in a text that begins at a place."""

    def __init__(self, source: str, start: Place) -> None:
        self.source = source
        self.start = start
        self.seen: dict[str, int] = {}
        self.quoted = 0

    def place_of(self, needles: Iterable[str]) -> Place:
        """Where the next occurrence of one of the needles stands in the source."""
        for needle in needles:
            at = self.source.find(needle, self.seen.get(needle, 0))
            if at < 0:
                at = self.source.find(needle)
            if at >= 0:
                self.seen[needle] = at + len(needle)
                line = self.source.count("\n", 0, at)
                column = at - self.source.rfind("\n", 0, at) + self.start.column - 1
                return Place(self.start.path, self.start.line + line, column)
        return self.start

    def line_of(self, words: str) -> Place:
        """The beginning of the next line in which a block quote holds these words."""
        for match in re.finditer(r"^[ \t]*>.*$", self.source[self.quoted :], re.MULTILINE):
            if words.strip() in match.group():
                start = self.quoted + match.start()
                self.quoted += match.end()
                return self.start._replace(line=self.start.line + self.source.count("\n", 0, start), column=1)
        return self.start
