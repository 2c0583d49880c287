"""Numbers in English texts: times, shares and figures; numbers in words are found by `spelled`."""

import re
from collections.abc import Iterator
from fractions import Fraction

from communique.parity.numbers import (
    AFTER_ENGLISH,
    BEFORE,
    DIGITS,
    PARTS,
    SIGNS,
    WITHIN,
    Number,
    blanked,
    common_numbers,
    figure,
    soft,
    spread,
    unit_of,
)
from communique.parity.spelled import HALVES, SCALES, spelled_numbers, value_of

_SHORT = {"mn": 10**6, "bn": 10**9, "tn": 10**12, "k": 10**3, "m": 10**6, "b": 10**9}
_TIME = re.compile(r"\b(\d{1,2})(?:[:.](\d\d))?\s*(?:[ap]\.?m\.?)(?![A-Za-z])|\b(\d{1,2}):(\d\d)(?!\d)", re.I)
_HALF = re.compile(r"\bhalf\sa\s(million|billion|trillion|century)\b", re.I)
_SHARE = re.compile(
    r"\b(?P<above>an?|one|two|three|four|five|six|seven|eight|nine)(?P<join>[\s-])"
    r"(?P<below>third|quarter|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?P<many>s)?\b(?P<of>\sof\b)?",
    re.I,
)
_OUT_OF = re.compile(r"\b(\d{1,3}|[A-Za-z]{3,9})\s(?:in|out\sof)\s(?:every\s)?(\d{1,6}|[A-Za-z]{3,9})\b")
_WEEKS = re.compile(r"\b(\d{1,3})[\s-]weeks?\b")
_FIGURE = re.compile(
    rf"(?:(?P<sign>{BEFORE})\s?)?(?P<within>{WITHIN})?(?P<number>{DIGITS})(?P<ordinal>(?:st|nd|rd|th)\b)?(?P<era>s\b)?"
    r"(?P<scale>(?:[\s-]?\b(?:hundred|thousand|million|billion|trillion)\b|\s?(?:[mbt]n|[kmb])(?![A-Za-z]))*)"
    rf"(?:\s?(?P<part>[%‰]|per\s?cent\b|percentage\spoints?))?(?:[\s-]?(?P<unit>{AFTER_ENGLISH}))?(?P<word>[A-Za-z])?",
    re.I,
)
_RANGE = re.compile(r"\s*(?:-|–|—|\bto\b|\band\b)\s*")


def english_numbers(text: str) -> list[Number]:
    """The numbers of an English text, whose dates have been taken out."""
    found = common_numbers(text)
    for match in _TIME.finditer(text):
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
        found += [soft(each, match.start(), match.end()) for each in (hour, hour - 12, hour + 12, minute)]
    rest = blanked(SIGNS, blanked(_TIME, text))
    for match in _HALF.finditer(rest):
        scale = Fraction(SCALES.get(match[1].lower(), 100))
        found.append(Number(Fraction(1, 2), match.start(), match.end(), scale, firm=scale > 100))
    rest = blanked(_HALF, rest)
    found += [number for match in _SHARE.finditer(rest) for number in _share(match)]
    found += [number for match in _OUT_OF.finditer(rest) for number in _out_of(match)]
    found += [soft(7 * int(match[1]), match.start(), match.end()) for match in _WEEKS.finditer(rest)]
    rest = _SHARE.sub(lambda match: " " * len(match[0]) if any(_share(match)) else match[0], rest)
    for match in _FIGURE.finditer(rest):
        found += _figures(match)
    return spread([*found, *spelled_numbers(rest)], text, _RANGE)


def _share(match: re.Match[str]) -> Iterator[Number]:
    """One third, a fifth of, two-thirds; but not a third party."""
    above, below = value_of(match["above"].lower())[0] or 1, match["below"].lower()
    if match["many"] if above > 1 else match["of"] or match["join"] == "-":
        value = above * HALVES.get(below, Fraction(1, value_of(below)[0] or 1))
        yield Number(value, match.start(), match.end("below"), firm=below != "quarter")
        # in three quarters of a year three counts, too
        yield soft(above, match.start(), match.end("above"))


def _out_of(match: re.Match[str]) -> Iterator[Number]:
    """One in five, 9 out of 10."""
    above, below = (int(each) if each.isdecimal() else value_of(each.lower())[0] for each in match.groups())
    if above and below:
        yield soft(Fraction(above, below), match.start(), match.end())


def _figures(match: re.Match[str]) -> Iterator[Number]:
    base, scale = figure(match["number"]), Fraction(1)
    unit = unit_of(match["sign"]) or unit_of(match["unit"])
    word = match["word"]
    for name in re.findall(r"[a-z]+", (match["scale"] or "").lower()):
        # 5m is five metres, £5m is five million pounds
        if name in ("k", "m", "b") and not unit:
            word = name
        else:
            scale *= SCALES.get(name) or _SHORT[name]
    if match["part"]:
        scale /= PARTS.get(match["part"], 100)
    start, end = match.start(), match.end() - len(match["word"] or "")
    if match["era"]:
        yield from (soft(each, start, end) for each in (base, base % 100, base // 100 + 1))
        return
    apart = match["within"] is not None and not word
    firm = bool(unit or match["part"] or scale != 1 or (apart and base != 1))
    yield Number(base, start, end, scale, unit, firm)
