"""The burden of a text: reading is counted in steps, so that no text, however made, holds up a build."""

from xml.etree.ElementTree import Element

STEPS = 20_000_000
"""A step is worth about 25 ns. A report of 60 pages takes a hundredth of this; no honest 512 KB take a third."""

DEPTH = 60
"""How deep lists, quotes and emphasis may stand inside each other; each list counts twice."""

_NAMES = {
    "[": "opening brackets",
    "]": "closing brackets",
    "(": "opening parentheses",
    "`": "backticks",
    "\\": "backslashes",
    "*": "asterisks",
    "_": "underscores",
    "<": "`<` signs",
    ">": "`>` signs",
    "#": "`#` signs",
    "|": "vertical bars",
    '"': "quotation marks",
    "'": "apostrophes",
    "\n": "lines",
}
_LONG = 1000


class Excess(Exception):
    """A text that is not read. `line` is counted from 1 inside the text; `message` says what is too much there."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Burden:
    """Counts the steps spent on one text; `piece` is the part of it that is being read."""

    def __init__(self) -> None:
        self.start("")

    def start(self, source: str) -> None:
        """Begin with another text."""
        self.source = source
        self.piece = ""
        self._left = STEPS

    def spend(self, steps: int) -> None:
        """Count steps; raises Excess where too many have been taken."""
        self._left -= steps
        if self._left < 0:
            raise self.excess(self._intricacy())

    def enter(self, depth: int) -> None:
        """Raises Excess where things stand too deeply inside each other."""
        if depth > DEPTH:
            raise self.excess("lists, block quotes or emphasis stand too deeply inside each other")

    def excess(self, message: str) -> Excess:
        """The refusal of this text, at the line of the piece that is being read."""
        first = next((line for line in self.piece.split("\n") if line.strip()), "").strip()
        at = self.source.find(self.piece)
        if at < 0:
            at = self.source.find(first)
        return Excess(self.source.count("\n", 0, max(at, 0)) + 1, message)

    def _intricacy(self) -> str:
        what, text = "a part", self.piece
        if len(text) < _LONG:
            what, text = "the text", self.source
        count, name = max((text.count(sign), name) for sign, name in _NAMES.items())
        return f"{what} with {count:,} {name} is too intricate to be read"


def row_cost(row: str) -> int:
    """Splitting a table row looks for the partner of each run of backticks, and for each bar among these."""
    ticks = row.count("`")
    return ticks * (ticks + row.count("|")) >> 1


def lines_cost(parent: Element, block: str) -> int:
    """Each line of a list is matched, and those that continue an item are appended to it one by one."""
    lines = block.count("\n") + 1
    return 40 * lines + (lines * len(block) >> 8)
