"""Numbers in Chinese texts: Arabic figures with 万 and 亿, and numerals from 一 to 万亿."""

import re
from collections.abc import Iterator
from fractions import Fraction
from math import prod

from communique.parity.numbers import (
    AFTER_CHINESE,
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

LIMIT_SIGNS = 24

_ONES = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SCALES = _TENS | _MYRIADS
_ONE, _SCALE, _MYRIAD = "".join(_ONES), "".join(_SCALES), "".join(_MYRIADS)
_NUMERAL = rf"[{_ONE}{_SCALE}]{{1,{LIMIT_SIGNS}}}(?:点[{_ONE}]{{1,9}}[{_MYRIAD}]{{0,3}})?"
_SCALED = rf"{DIGITS}\s?[{_SCALE}]{{0,3}}"
_UNIT = rf"(?:\s?[多余餘]?\s?(?P<unit>{AFTER_CHINESE}))?"
_POINTS = "个百分点|個百分點"

_TIME = re.compile(r"(\d{1,2})(?:\s*[时時点點](?:\s*(\d{1,2})\s*分)?|:(\d\d)(?!\d))")
_PART = re.compile(
    rf"(?P<of>{_NUMERAL}|\d{{1,6}})分之(?P<first>{_SCALED}|{_NUMERAL})(?:[至到—–-](?P<last>{DIGITS}|{_NUMERAL}))?"
)
_FIGURE = re.compile(
    rf"(?:(?P<sign>{BEFORE})\s?)?(?P<within>{WITHIN})?(?P<number>{_SCALED}(?:(?<=[{_SCALE}]){_SCALED})*)"
    rf"(?:\s?(?P<part>[%‰]|{_POINTS}))?(?P<era>年代)?{_UNIT}(?P<word>[A-Za-z])?"
)
_WORD = re.compile(rf"(?P<some>[数數几幾上近成多第])?(?P<number>{_NUMERAL})(?P<part>成|几|幾|{_POINTS}|年代)?{_UNIT}")
# what stands before one of these is counted; before other words 三, 五 or 九 may be part of a name
_MEASURE = "个個家名位项項种種次年天日周国國省市州所座款份条條件届期轮輪大方人篇章类類层層支台间間组組批场場门門票代"
_SOFT: dict[str, Fraction | int] = {"双": 2, "雙": 2, "俩": 2, "另": 2, "世纪": 100, "周": 7, "星期": 7}
_SOFT["半"] = Fraction(1, 2)
_SOFTLY = re.compile("|".join(_SOFT))
# half a year may be six months, a year and a half eighteen, and two weeks fourteen days
_PERIOD = re.compile(rf"({_NUMERAL}|\d{{1,3}})\s?(?:年半|周|個?个?星期)|半年")
_RANGE = re.compile(r"\s*(?:至|到|-|–|—|~|～)\s*")


def chinese_numbers(text: str) -> list[Number]:
    """The numbers of a Chinese text, whose dates have been taken out."""
    found = common_numbers(text)
    for match in _TIME.finditer(text):
        hour, minute = int(match[1]), int(match[2] or match[3] or 0)
        found += [soft(each, match.start(), match.end()) for each in (hour, hour - 12, hour + 12, minute)]
    rest = blanked(SIGNS, blanked(_TIME, text))
    for pattern, read in ((_PART, _parts), (_FIGURE, _figures)):
        for match in pattern.finditer(rest):
            found += read(match)
        rest = blanked(pattern, rest)
    for match in _WORD.finditer(rest):
        found += _words(match, rest)
    found += [soft(_SOFT[match[0]], match.start(), match.end()) for match in _SOFTLY.finditer(text)]
    for match in _PERIOD.finditer(text):
        count = _either(match[1]) or 0 if match[1] else 0
        found.append(soft(12 * count + 6 if "年" in match[0] else 7 * count, match.start(), match.end()))
    return spread(found, text, _RANGE)


def numeral(text: str) -> Fraction | None:
    """The value of a numeral in Chinese signs; None where it is none, as 五六 (five or six)."""
    if len(text) > LIMIT_SIGNS:
        return None
    whole, _, decimals = text.partition("点")
    if decimals:
        value, ones = numeral(whole), decimals.rstrip(_MYRIAD)
        scale = prod(_MYRIADS[sign] for sign in decimals[len(ones) :])
        return None if value is None else scale * (value + Fraction(int(_digits(ones)), 10 ** len(ones)))
    if all(sign in _ONES for sign in whole):
        one_by_one = len(whole) == 1 or len(whole) == 4 or "〇" in whole or "零" in whole
        return Fraction(int(_digits(whole))) if one_by_one else None
    return _positional(whole)


def _digits(signs: str) -> str:
    return "".join(str(_ONES[sign]) for sign in signs)


def _positional(signs: str) -> Fraction | None:
    total = section = pending = 0
    last = 1
    largest = 10**16
    for position, sign in enumerate(signs):
        if sign in _ONES:
            if pending:
                return None
            pending = _ONES[sign]
            last = 1 if sign in "零〇" else last
        elif sign in _TENS:
            section += (pending or 1) * _TENS[sign]
            pending, last = 0, _TENS[sign]
        else:
            scale = _MYRIADS[sign]
            if scale < largest:
                total += (section + pending or (0 if position else 1)) * scale
            else:
                total = (total + section + pending) * scale
            section, pending, last, largest = 0, 0, scale, scale
    # 三万五 is 35,000
    tail = pending * last // 10 if last >= 100 else pending
    return Fraction(total + section + tail)


def _parts(match: re.Match[str]) -> Iterator[Number]:
    below = figure(match["of"]) if match["of"].isdecimal() else numeral(match["of"])
    for key in ("first", "last"):
        base = _either(match[key]) if match[key] else None
        if base is not None and below:
            yield Number(base, match.start(), match.end(), 1 / below)
            # 五分之一 may be one in five
            yield from (soft(each, match.start(), match.end()) for each in (base, below))


def _either(text: str) -> Fraction | None:
    return _scaled(text)[0] * _scaled(text)[1] if text[0].isdecimal() else numeral(text)


def _scaled(text: str) -> tuple[Fraction, Fraction]:
    """Base and scale of figures with Chinese scales; 1亿2000万 is 1.2 times 亿."""
    total, first = Fraction(0), Fraction(0)
    for digits, signs in re.findall(rf"({DIGITS})\s?([{_SCALE}]*)", text):
        scale = Fraction(prod(_SCALES[sign] for sign in signs))
        first = first or scale
        total += figure(digits) * scale
    return total / first, first


def _figures(match: re.Match[str]) -> Iterator[Number]:
    base, scale = _scaled(match["number"])
    unit = unit_of(match["sign"]) or unit_of(match["unit"])
    if match["part"]:
        scale /= PARTS.get(match["part"], 100)
    apart = match["within"] is not None and not match["word"] and not match["era"]
    firm = bool(unit or match["part"] or scale != 1 or (apart and base != 1))
    yield Number(base, match.start(), match.end("unit") if match["unit"] else _end(match), scale, unit, firm)


def _end(match: re.Match[str]) -> int:
    return match.end("part") if match["part"] else match.end("number")


def _words(match: re.Match[str], text: str) -> Iterator[Number]:
    signs, unit = match["number"], unit_of(match["unit"])
    bare = signs[0] in _SCALES
    value = numeral(signs)
    start, end = match.start("number"), match.end("unit") if match["unit"] else match.end("number")
    ordinal = match["some"] == "第"
    if value is None:
        yield from (soft(_ONES[sign], start, end) for sign in signs if sign in _ONES)
        # 十四五 are the years of the fourteenth plan
        yield soft(numeral(signs[:2]) or 0, start, end)
        return
    if match["some"] and not ordinal and bare:
        return
    if match["part"] in ("成", "几", "幾", "年代"):
        yield soft(value / 10 if match["part"] == "成" else value, start, end)
        return
    scale = Fraction(1, 100) if match["part"] else Fraction(1)
    following = text[match.end() : match.end() + 1]
    counted = bool(unit or match["part"]) or (following != "" and following in _MEASURE)
    if ordinal:
        firm = value > 2 or (value == 2 and counted)
    elif len(signs) == 1 or signs == "十一":
        firm = counted and value > 2 and (not bare or signs[0] == "十")
    else:
        firm = not bare or (signs[0] == "十" and (counted or signs[1] in _ONES))
    yield Number(value, match.start() if ordinal else start, end, scale, unit, firm)
