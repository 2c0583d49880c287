"""Lettering: how wide a text will be, without a font, and where it breaks into lines."""

import re
from functools import cache

# hundredths of the size of the letters, by the widest of the common sans serif fonts: no reader's labels are wider
_NARROW, _SLIM, _LETTER, _CAPITAL, _FULL, _EMOJI = 35, 46, 65, 80, 104, 140
_SLIM_SIGNS = frozenset('frt()[]{}/\\"-–°')
_NARROW_SIGNS = frozenset(" .,:;'’‘!|·ijlI")
_FULL_SIGNS = frozenset("mwMW@%‰—…№™®©ЖШЩЮжшщюФ")
# a line does not begin with these
_CLOSING = "，。、；：！？）》」』】〉”’…·"
_ELLIPSIS = "…"
# a word up to its space or hyphen, or one sign of a script that breaks anywhere
_PIECE = re.compile(rf"[\u2e80-\U0010ffff][{_CLOSING}]*\s*|[^\s\u2e80-\U0010ffff-]*-+|[^\s\u2e80-\U0010ffff-]+\s*|\s+")


@cache
def _hundredths(sign: str) -> int:
    code = ord(sign)
    if 0x300 <= code < 0x370 or 0x200B <= code <= 0x200F:
        return 0
    if code >= 0x1F000 and code < 0x20000:
        return _EMOJI
    if code >= 0x2E80 or sign in _FULL_SIGNS:
        return _FULL
    if sign in _NARROW_SIGNS:
        return _NARROW
    if sign in _SLIM_SIGNS:
        return _SLIM
    return _CAPITAL if sign.isupper() else _LETTER


def width(text: str, size: int) -> int:
    """The most that a text of letters of a size takes, in the units of the size."""
    return -(-sum(_hundredths(sign) for sign in text) * size // 100)


def wrap(text: str, size: int, limit: int, most: int) -> tuple[str, ...]:
    """A text in lines that are no wider than `limit` and about equally wide; what does not fit into `most` lines is
    replaced by an ellipsis."""
    # a sign takes more than one unit, so that no more of them than these can be seen
    lines = _lines(text[: limit * most + 1], size, limit)
    if len(lines) > most:
        last = lines[most - 1]
        while last and width(last + _ELLIPSIS, size) > limit:
            last = last[:-1]
        return (*lines[: most - 1], last.rstrip() + _ELLIPSIS)
    low, high = limit // 2, limit
    while low < high:
        middle = (low + high) // 2
        if len(_lines(text, size, middle)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return tuple(_lines(text, size, high))


def _lines(text: str, size: int, limit: int) -> list[str]:
    lines = [""]
    for piece in _PIECE.findall(text):
        if width((lines[-1] + piece).rstrip(), size) <= limit:
            lines[-1] += piece
            continue
        if lines[-1].strip():
            lines.append("")
        for sign in piece:
            if lines[-1] and width((lines[-1] + sign).rstrip(), size) > limit:
                lines.append("")
            lines[-1] += sign
    return [line.strip() for line in lines]
