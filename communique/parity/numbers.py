"""Numbers: what a text counts, whatever the language in which it says so."""

import re
from dataclasses import dataclass, replace
from fractions import Fraction

DIGITS = r"(?:\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)|\d+)(?:\.\d+)?"
"""Arabic figures, with or without separators of thousands and decimals."""

WITHIN = r"(?<![A-Za-z\d.])(?<![A-Za-z]-)"
"""What comes before figures that are not part of a word, as in COVID-19 or of a version, as in 1.2.3."""

PARTS = {"%": 100, "‰": 1000}

_CURRENCIES = {
    "USD": ("US$", "USD", "US dollar", "U.S. dollar", "美元", "美金"),
    "CNY": ("RMB", "CNY", "CN¥", "yuan", "renminbi", "元人民币", "人民币", "元"),
    "GBP": ("£", "GBP", "pound sterling", "pounds sterling", "pound", "英镑", "英鎊"),
    "EUR": ("€", "EUR", "euro", "欧元", "歐元"),
    "JPY": ("JPY", "JP¥", "yen", "日元", "日圆"),
    "HKD": ("HK$", "HKD", "Hong Kong dollar", "港元", "港币"),
    "AUD": ("A$", "AU$", "AUD", "Australian dollar", "澳元"),
    "CAD": ("C$", "CA$", "CAD", "Canadian dollar", "加元"),
    "SGD": ("S$", "SGD", "Singapore dollar", "新加坡元", "新元"),
    "CHF": ("CHF", "Swiss franc", "瑞士法郎"),
    "KRW": ("₩", "KRW", "South Korean won", "韩元"),
    "INR": ("₹", "INR", "rupee", "卢比"),
    "$": ("$", "dollar"),
    "¥": ("¥",),
}
# the signs $ and ¥ are of several currencies
_SEVERAL = {"$": frozenset(("USD", "HKD", "AUD", "CAD", "SGD")), "¥": frozenset(("CNY", "JPY"))}
_UNITS = {name.casefold(): unit for unit, names in _CURRENCIES.items() for name in names}


def _pattern(names: list[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s") for name in sorted(names, key=len, reverse=True))


_ALL = [name for names in _CURRENCIES.values() for name in names]
# 元 before a number is rather the end of another word
BEFORE = _pattern([name for name in _ALL if name == name.upper() and not name.startswith("元")])
"""The signs and names of currencies that may stand before a number."""

AFTER_ENGLISH = rf"(?:{_pattern([name for name in _ALL if name.isascii() and name[0].isalpha()])})s?(?![A-Za-z])"
"""The names of currencies that stand after a number in English."""

AFTER_CHINESE = _pattern([name for name in _ALL if not name.isascii() or name == name.upper()])
"""The names of currencies that stand after a number in Chinese."""

SIGNS = re.compile(r"(?<![\d–—/-])(?:(?:19|20)\d\d\s?[–—/-]\s?\d\d|\d{1,2}/\d{1,2})(?![\d/–—-])")
"""What `common_numbers` finds in figures."""

_SPAN = re.compile(r"(?<![\d–—/-])((?:19|20)\d\d)\s?[–—/-]\s?(\d\d)(?![\d/–—-])")
_SHARE = re.compile(r"(?<![\d–—/-])(\d{1,2})/(\d{1,2})(?![\d/–—-])")
_ROMAN = re.compile(r"(?<![A-Za-z])(?:III?|IV|VI{0,3}|IX|[\u2160-\u216b])(?![A-Za-z])")
_ROMANS = {"II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: `base` as it is written, times `scale` (a thousand, 亿, a hundredth for %), of a currency.

    A `firm` one surely counts something. Others may count or not, like both, 一, or digits inside a word: they answer
    to a firm one of the other text, and nothing need answer to them.
    """

    base: Fraction
    start: int
    end: int
    scale: Fraction = Fraction(1)
    unit: str = ""
    firm: bool = True

    @property
    def value(self) -> Fraction:
        """What is counted, in ones."""
        return self.base * self.scale


def soft(value: Fraction | int, start: int, end: int) -> Number:
    """A number that may be none."""
    return Number(Fraction(value), start, end, firm=False)


def agree(one: Number, other: Number) -> bool:
    """Whether two numbers may say the same."""
    return one.value == other.value and same_unit(one.unit, other.unit)


def same_unit(one: str, other: str) -> bool:
    """Whether two amounts may be of one currency; a text need not repeat it."""
    return not one or not other or one == other or other in _SEVERAL.get(one, ()) or one in _SEVERAL.get(other, ())


def unit_of(name: str | None) -> str:
    """The currency with this sign or name, in the singular or plural; empty for any other word."""
    folded = " ".join((name or "").split()).casefold()
    return _UNITS.get(folded) or _UNITS.get(folded.removesuffix("s"), "")


def figure(digits: str) -> Fraction:
    """The value of Arabic figures; of those that no one counts with, that of the first forty."""
    return Fraction(re.sub(r"[^\d.]", "", digits)[:40].rstrip("."))


def common_numbers(text: str) -> list[Number]:
    """What is written alike in all languages: the years of a span, as 2024–25, shares as 2/3, and Roman numerals."""
    found = []
    for match in _SPAN.finditer(text):
        years = (Fraction(match[1]), Fraction(match[1][:2] + match[2]))
        found += [Number(year, match.start(), match.end()) for year in years]
        found.append(soft(int(match[2]), match.start(2), match.end()))
    for match in _SHARE.finditer(text):
        above, below = int(match[1]), int(match[2])
        share = Fraction(above, below or 1)
        found += [soft(each, match.start(), match.end()) for each in (Fraction(above), Fraction(below), share)]
    for match in _ROMAN.finditer(text):
        value = _ROMANS.get(match[0], ord(match[0][0]) - 0x215F)
        found.append(soft(value, match.start(), match.end()))
    return found


def blanked(pattern: re.Pattern[str], text: str) -> str:
    """The text with spaces where the pattern matches."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def spread(numbers: list[Number], text: str, between: re.Pattern[str]) -> list[Number]:
    """The numbers in order, with the scale and the currency of one end of a range given to the other end too."""
    ordered = sorted(numbers, key=lambda each: each.start)
    for index in range(len(ordered) - 1):
        low, high = ordered[index : index + 2]
        if high.start < low.end or not between.fullmatch(text, low.end, high.start):
            continue
        scale = high.scale if low.scale == 1 and (low.base <= high.base or high.scale < 1) else low.scale
        ordered[index] = replace(low, unit=low.unit or high.unit, scale=scale)
        ordered[index + 1] = replace(high, unit=high.unit or low.unit)
    return ordered
