"""Signs that do not survive on a page as they stand: invisible ones, control characters, raised and lowered digits."""

import re
from collections import Counter

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")
_FIXED = re.compile("[\u00a0\u2007\u202f]")
_SPACES = re.compile("[ \t\r\n\f\v\u0085\u2029]+")
_BREAK = re.compile(" *\u2028 *")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")

_PLAIN = "0123456789+-=()n"
_RAISED = str.maketrans(_PLAIN + "−i", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ⁻ⁱ")
_LOWERED = str.maketrans(_PLAIN + "−", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙ₋")
# ordinals and marks read the same on the line
_HARMLESS = re.compile(r"\s*(?:st|nd|rd|th|er|e|o|a|TM|SM|R|®|™|℠|[*†‡§\s,])*\s*", re.IGNORECASE)


def clean(text: str, removed: Counter[str]) -> str:
    """The text with ordinary spaces and without invisible signs; `removed` counts what changed."""
    if text.isascii() and text.isprintable():
        return text
    for name, pattern, instead in (
        ("control character", _CONTROL, ""),
        ("invisible sign", _INVISIBLE, ""),
        ("no-break space", _FIXED, " "),
    ):
        text, times = pattern.subn(instead, text)
        removed[name] += times
    removed["private sign"] += len(_PRIVATE.findall(text))
    return text


def collapse(text: str) -> str:
    """The text with one space for each run of white space, and a newline for each line separator."""
    return _BREAK.sub("\n", _SPACES.sub(" ", text))


def shifted(text: str, *, up: bool) -> str:
    """Raised or lowered signs as signs of their own (`m²`), or the text itself where there are none for it."""
    moved = text.translate(_RAISED if up else _LOWERED)
    return moved if all(a != b or a.isspace() for a, b in zip(text, moved, strict=True)) else text


def harmless(text: str) -> bool:
    """Whether a raised or lowered text says the same on the line."""
    return _HARMLESS.fullmatch(text) is not None
