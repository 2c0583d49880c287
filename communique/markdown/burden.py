"""The burden of a text: reading is counted in steps, so that no text, however made, holds up a build."""

STEPS = 20_000_000
"""What one text may take; a step is some 25 ns. A report of 60 pages with 300 footnotes takes a fifth of it."""

DEPTH = 60
"""How deep elements may stand inside each other: a list counts twice, a block quote once."""

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
_MANY = 1000


class Excess(Exception):
    """A text is not read. `line` is counted from 1 inside it; `message` says what is too much there."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message


class Burden:
    """Counts the steps spent on one text; `piece` is the part of it that is being read."""

    source: str
    piece: str

    def __init__(self) -> None:
        self.start("")

    def start(self, source: str) -> None:
        """Begin with another text."""
        self.source = source
        self.piece = ""
        self._left = STEPS

    def spend(self, steps: int) -> None:
        """Count steps. Raises Excess where they are too many."""
        self._left -= steps
        if self._left < 0:
            raise self._excess(self._abundance())

    def enter(self, depth: int) -> None:
        """Raises Excess where this depth is too great."""
        if depth > DEPTH:
            raise self.too_deep()

    def too_deep(self) -> Excess:
        """The refusal of a text whose elements stand too deeply inside each other."""
        return self._excess("lists, block quotes or emphasis stand too deeply inside each other")

    def _excess(self, message: str) -> Excess:
        at = self.source.find(self.piece)
        if at < 0:
            # the signs of lists and quotes have been taken from its later lines
            at = self.source.find(self.piece.strip().partition("\n")[0])
        return Excess(self.source.count("\n", 0, max(at, 0)) + 1, message)

    def _abundance(self) -> str:
        for text, where in ((self.piece, "one paragraph, list or table"), (self.source, "the text")):
            count, name = max((text.count(sign), name) for sign, name in _NAMES.items())
            if count > _MANY:
                return f"{where} has {count:,} {name}, more than can be read"
        return "the text is longer and more intricate than can be read"
