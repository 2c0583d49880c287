"""Terms: what a text can be found by. static/search.js cuts what is typed in the same way; see `terms`."""

import re
import unicodedata
from operator import add

# scripts without spaces between words
HAN = "\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
LONGEST = 40

_LETTER = f"[^\\W_{HAN}]"
_WORD = re.compile(f"{_LETTER}+(?:&{_LETTER}+)*")
_HAN = re.compile(f"[{HAN}]+")
_GLUED = re.compile(f"(?<=[{HAN}]){_LETTER}+|{_LETTER}+(?=[{HAN}])")
# all that folding may make into something else than a gap between words
_FOREIGN = re.compile(
    "[^\x00-\x7f\u2010-\u2027\u3001-\u3003\u3008-\u3011\u4e00-\u9fff\uff01-\uff05\uff07-\uff0f\uff1a-\uff20]+"
)
_ACCENT = re.compile("[\u0300-\u036f]")
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ς": "σ"})
# ASCII in small letters with gaps for all but letters, digits and the sign of R&D; bytes of other signs as they are
_PLAIN = bytes(
    byte if byte > 127 or chr(byte) == "&" else ord(chr(byte).lower()) if chr(byte).isalnum() else 32
    for byte in range(256)
)


def fold(text: str) -> str:
    """A text without the differences that a search overlooks: case, accents, width, ligatures."""
    if text.isascii():
        return text.lower()
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return _FOREIGN.sub(_folded, text.lower())


def _folded(match: re.Match[str]) -> str:
    return "".join(map(_fold_sign, match[0]))


def _fold_sign(sign: str) -> str:
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", sign).lower().translate(_LETTERS))
    return unicodedata.normalize("NFC", bare)


def terms(text: str) -> set[str]:
    """The terms of a text: words, and in Chinese each sign and each pair of signs. A word that touches Chinese may be
    meant by any of its ends: 25年 is looked for where 2025年 stands."""
    # most words are plain, and splitting bytes finds them in half the time that a pattern takes
    found = set(text.encode().translate(_PLAIN).decode().split())
    foreign = [word for word in found if not word.isascii() or "&" in word]
    if not foreign:
        return _shortened(found)
    found.difference_update(foreign)
    rest = fold(" ".join(foreign))
    words = _WORD.findall(rest)
    found.update(words)
    found.update(part for word in words if "&" in word for part in word.split("&"))
    runs = _HAN.findall(rest)
    if runs:
        # the pairs of all runs at once, and then without those that reach across a gap
        row = " ".join(runs)
        found.update(map(add, row, row[1:]))
        found.difference_update([f" {run[0]}" for run in runs], [f"{run[-1]} " for run in runs])
        found.update(*runs)
        for word in _GLUED.findall(rest):
            found.update(word[start:] for start in range(max(1, len(word) - LONGEST), len(word)))
    return _shortened(found)


def _shortened(found: set[str]) -> set[str]:
    return found if max(map(len, found), default=0) <= LONGEST else {term[:LONGEST] for term in found}
