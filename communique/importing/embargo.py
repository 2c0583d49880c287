"""Embargo lines: never applied, always told, with what to write."""

import re
from datetime import datetime

from communique.importing.dates import find_dates
from communique.importing.notes import Remark, brief

_EMBARGO = re.compile(
    r"[\s*–—-]*(?:(?:press|media|news) (?:release|statement)[\s:|–—-]*)?(?:strict(?:ly)?\s+|under\s+|press\s+)*"
    r"embargo(?:ed)?\b.*|[^。]{0,40}(?:禁发|前不得发布|前请勿发布|前不得报道|发布禁令|保密期至).*|"
    r"not (?:for (?:release|publication|use)|to be (?:published|released)) (?:before|until)\b.*",
    re.IGNORECASE | re.DOTALL,
)
_TIMES = (
    re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})[:.：](?P<minute>[0-5]\d)(?!\d)\s*(?P<half>[ap]\.?m\b)?", re.IGNORECASE),
    re.compile(r"(?<![\d:.])(?P<hour>\d{1,2})(?P<minute>)\s*(?P<half>[ap]\.?m\b)", re.IGNORECASE),
    re.compile(r"(?<![\d:.])(?P<hour>\d{2})(?P<minute>[0-5]\d)(?P<half>)\s*(?:h\b|hrs|hours|(?=[A-Z]{3,4}\b))"),
    re.compile(r"(?<!\d)(?P<hour>\d{1,2})\s*[时点](?:(?P<minute>[0-5]?\d)分)?(?P<half>)"),
)
_ZONES = (
    (re.compile(r"\b(?:GMT|UTC|Z)\b(?!\s*[+-])"), "Z"),
    (re.compile(r"北京时间|\b(?:Beijing|China|Hong Kong) (?:standard )?time\b", re.IGNORECASE), "+08:00"),
    (re.compile(r"\b(?:BST|British Summer Time)\b"), "+01:00"),
    (re.compile(r"\bCEST\b"), "+02:00"),
    (re.compile(r"\bCET\b"), "+01:00"),
    (re.compile(r"\bEDT\b"), "-04:00"),
    (re.compile(r"\b(?:EST)\b"), "-05:00"),
)
_OFFSET = re.compile(r"\b(?:GMT|UTC)\s*([+-])(\d{1,2})(?::?(\d{2}))?\b")


def is_embargo(text: str) -> bool:
    """Whether a line says when a text may be used."""
    return len(text) < 300 and _EMBARGO.fullmatch(text) is not None


def embargo_remark(text: str) -> Remark:
    """What to write for an embargo line. It is left to a human, who knows whose clock was meant."""
    message = f"the line “{brief(text, 160)}” is left out: the draft has no `embargo:`"
    written = _written(text)
    if "?" in written:
        help = f"complete `embargo: {written}` and add it to the fields; the end says whose clock, +08:00 is Beijing"
    else:
        help = f"if that is what the line says, add `embargo: {written}` to the fields"
    return Remark("embargo", message, help, field="date", taken=text)


def _written(text: str) -> str:
    days = [said for said in find_dates(text) if said.day]
    day = days[0].day if len(days) == 1 else "????-??-??"
    # the figures of the date are no time
    rest = text
    for said in reversed(find_dates(text)):
        rest = rest[: said.start] + " · " + rest[said.end :]
    offset = _offset(rest)
    bare = _OFFSET.sub(" ", rest)
    times = {match.start(): match for form in _TIMES for match in form.finditer(bare)}
    time = _time(next(iter(times.values()))) if len(times) == 1 else ""
    if not time and re.search(r"\b(?:12\s*)?noon\b", rest, re.IGNORECASE):
        time = "12:00"
    return f"{day}T{time or '??:??'}{offset or '+??:??'}"


def _offset(text: str) -> str:
    match = _OFFSET.search(text)
    if match:
        return f"{match[1]}{int(match[2]):02}:{match[3] or '00'}"
    found = {offset for pattern, offset in _ZONES if pattern.search(text)}
    return found.pop() if len(found) == 1 else ""


def _time(match: re.Match[str]) -> str:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half = (match["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        return ""
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return datetime(2024, 1, 1, hour, minute).strftime("%H:%M")
    except ValueError:
        return ""
