"""Joined letters: the forms of Arabic letters in a word, chosen here because plain font layout does not."""

from functools import lru_cache
from typing import NamedTuple
from unicodedata import decomposition

JOINERS = "\u0640\u200d"
MARKS = frozenset(
    map(chr, (*range(0x0591, 0x05C8), *range(0x0610, 0x061B), *range(0x064B, 0x0660), 0x0670, *range(0x06D6, 0x06EE)))
) - frozenset("\u05be\u05c0\u05c3\u05c6\u06dd\u06de\u06e5\u06e6\u06e9")


class Forms(NamedTuple):
    """What a letter or a pair of letters looks like by itself and beside others; empty where it does not join."""

    isolated: str = ""
    final: str = ""
    initial: str = ""
    medial: str = ""


@lru_cache(maxsize=1)
def forms() -> dict[str, Forms]:
    """The forms of each letter, and of lam with alef, as the Unicode database derives them."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFD)):
        kind, *letters = decomposition(chr(code)).split() or [""]
        whole = "".join(chr(int(letter, 16)) for letter in letters)
        if len(whole) == 1 or (len(whole) == 2 and whole[0] == "ل" and whole[1] in "آأإا"):
            found.setdefault(whole, {}).setdefault(kind.strip("<>"), chr(code))
    table = {whole: Forms(**kinds) for whole, kinds in found.items()}
    # Uyghur and Kurdish "ae" looks like a heh that joins backwards only; Unicode gives it no forms of its own
    table["ە"] = Forms(isolated="\ufee9", final="\ufeea")
    return table


def _form(letter: str) -> Forms:
    return forms().get(letter, Forms())


def shape(text: str) -> str:
    """The text, still in reading order, with each Arabic letter in its form. Vowel points are left out."""
    if text.isascii():
        return text
    letters = [letter for letter in text if letter not in MARKS]
    shaped = []
    joined = False
    number = 0
    while number < len(letters):
        letter = letters[number]
        pair = letter + "".join(letters[number + 1 : number + 2])
        if len(pair) == 2 and pair in forms():
            letter = pair
        number += len(letter)
        following = "".join(letters[number : number + 1])
        own = _form(letter)
        onward = bool(own.initial and following) and (following in JOINERS or bool(_form(following).final))
        if joined and own.final:
            shaped.append(own.medial if onward and own.medial else own.final)
        else:
            shaped.append((own.initial if onward else own.isolated) or letter)
        joined = letter in JOINERS or onward
    return "".join(shaped).translate({0x200C: None, 0x200D: None})
