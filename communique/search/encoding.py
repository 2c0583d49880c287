"""Numbers as short text, which a few lines of JavaScript read, and values as JSON."""

import json
import unicodedata
from collections.abc import Iterable
from itertools import pairwise

# a number ends with one of LAST digits; each digit before it is one of MORE others
LAST, MORE = 61, 30
# the signs from # to }, without \, which a string of JavaScript would need twice
_DIGITS = [chr(ord("#") + value).replace("\\", "!") for value in range(LAST + MORE)]


def digits(number: int) -> str:
    """A number from 0."""
    high, low = divmod(number, LAST)
    text = _DIGITS[low]
    while high:
        high, low = divmod(high - 1, MORE)
        text = _DIGITS[LAST + low] + text
    return text


class Steps:
    """Steps from one number to a greater one below a limit, as text; rows of numbers begin at -1."""

    def __init__(self, limit: int) -> None:
        self.step = ["", *map(digits, range(limit))].__getitem__

    def code(self, row: Iterable[int]) -> str:
        """A row of rising numbers."""
        return "".join(self.step(after - before) for before, after in pairwise((-1, *row)))


def as_json(value: object) -> bytes:
    """A value as JSON that is also JavaScript."""
    text = unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False, separators=(",", ":")))
    # line separators of Unicode ended strings of JavaScript until 2019; and taken for a page, a file shows no tags
    for sign in "\u2028\u2029<":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text.encode()
