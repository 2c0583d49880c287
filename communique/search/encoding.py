"""Numbers as short text, which a few lines of JavaScript read."""

from collections.abc import Iterable

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
    """Rows of rising numbers below a limit, each written as the steps from one to the next, beginning at -1."""

    def __init__(self, limit: int) -> None:
        self._codes = ["", *map(digits, range(limit))]

    def code(self, row: Iterable[int]) -> str:
        """A row of rising numbers."""
        codes = self._codes
        before = -1
        steps = []
        for number in row:
            steps.append(codes[number - before])
            before = number
        return "".join(steps)
