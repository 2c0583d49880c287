"""A difference: what a translation says otherwise than its original, with its place."""

from dataclasses import dataclass

LIMIT = 50
"""How many differences of one sort are told; what has more is another text."""


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A difference at a line and column of the translation. `code` is `number`, `date`, `quotes`, `links`, `images`,
    `headings`, `tables`, `footnotes`, `fields` or `allow`; `help` says what to do."""

    line: int
    column: int
    code: str
    message: str
    help: str
