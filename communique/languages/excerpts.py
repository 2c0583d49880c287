"""Excerpts: the beginning of a text by how much a reader takes in: a Han character says as much as two letters."""

import re

from communique.scripts import UNSPACED

# what search engines show of a description
EXCERPT = 200

_WIDE = re.compile(f"[{UNSPACED}\u3000-\u303f\uff00-\uffef]")
_SENTENCE = re.compile(r"[.!?](?=\s|$)|[。！？]")
_END = re.compile(rf"\s+|(?<=[{UNSPACED}])|(?<=[，；：、])")


def excerpt(text: str, width: int) -> str:
    """The beginning of a text that is at most so wide, a letter being 1 and a Han character 2 wide: whole sentences if
    they fill half of it, else whole words with an ellipsis."""
    words = " ".join(text.split())
    end = _reach(words, width)
    if end == len(words):
        return words
    sentences = [match.end() for match in _SENTENCE.finditer(words, 0, end)]
    if sentences and _width(words[: sentences[-1]]) * 2 >= width:
        return words[: sentences[-1]]
    stops = [match.start() for match in _END.finditer(words, 0, end)]
    kept = words[: stops[-1] if stops and stops[-1] else end]
    return kept.rstrip(" ,;:，；：、") + "…"


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


def _reach(text: str, width: int) -> int:
    """How many signs of a text are so wide."""
    wide = 0
    for number, sign in enumerate(text):
        wide += 2 if _WIDE.match(sign) else 1
        if wide > width:
            return number
    return len(text)
