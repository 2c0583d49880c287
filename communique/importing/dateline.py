"""Dateline and date lines: where and when an announcement is made."""

import re
from collections.abc import Collection
from typing import NamedTuple

from communique.importing.dates import find_dates

# how far a dateline goes
REACH = 320

_DASH = r"\s*(?:/[^/\n]{2,30}/\s*)?(?:—+|–+|―|--+|-(?=\s))\s*"
_LATIN = r"[^\W\d_][\w.’' &/-]*(?:,\s*[^\W\d_][\w.’' &/-]*){0,4}"
_HAN = "[\u4e00-\u9fff]{2,10}"
_BEFORE = re.compile(rf"[（(]?(?P<place>{_LATIN}?|{_HAN})\s*[,，、|(（·–—-]?\s*")
_AFTER = re.compile(rf"\s*[)）]?(?:{_DASH}|\s*(?:讯|电)?\s*(?:——|—|：|:)\s*|\s*(?:讯|电)\s*)|\s*[)）]\s*")
_PLACE_AFTER = re.compile(rf"\s*[,，|]\s*(?P<place>{_LATIN}?|{_HAN})(?:{_DASH}|\s*[讯电]\s*)")
_ALONE = re.compile(r"(?P<place>[A-Z][A-Z.’' &/-]+(?:,\s*[A-Z][\w.’' &/-]*){0,3}?)\s*(?:—|–|--)\s*(?=\S)")
_LABEL = re.compile(r"(?:date[d]?|published(?: on)?|issued(?: on)?|日期|发布时间)\s*[:：]?\s*", re.IGNORECASE)
_ONLY = re.compile(
    rf"(?:(?P<before>{_LATIN}?|{_HAN})\s*[,，|–—-]?\s*)?\0(?:\s*[,，|–—-]\s*(?P<after>{_LATIN}?|{_HAN}))?\s*\.?"
)
_SMALL = frozenset(("and", "of", "de", "la", "the", "du", "am", "upon", "der"))
_NO_PLACE = re.compile(
    r"(?:on|in|at|from|since|by|until|till|between|after|before|the|a|an|as|updated|this|and)\b", re.I
)


class Dateline(NamedTuple):
    """A place and a day, either of which may be empty, and where in the text they end."""

    place: str
    day: str
    end: int


def read_dateline(text: str, names: Collection[str]) -> Dateline | None:
    """The dateline with which a text begins. A name in `names` is no place."""
    text = text[:REACH]
    said = next(iter(find_dates(text[: REACH // 2])), None)
    if said is None:
        alone = _ALONE.match(text[:80])
        if alone is None or alone["place"].strip().casefold() in names:
            return None
        return Dateline(_as_place(alone["place"]), "", alone.end())
    if not said.day:
        return None
    after = _AFTER.match(text, said.end)
    if text[: said.start] in ("", "(", "（"):
        behind = _PLACE_AFTER.match(text, said.end)
        if behind and _like_place(behind["place"]):
            return Dateline(_as_place(behind["place"]), said.day, behind.end())
        return Dateline("", said.day, after.end()) if after else None
    before = _BEFORE.fullmatch(text[: said.start])
    if before and after and _like_place(before["place"]):
        return Dateline(_as_place(before["place"]), said.day, after.end())
    return None


def read_date_line(text: str) -> Dateline | None:
    """Place and day of a line that says nothing else."""
    label = _LABEL.match(text)
    text = text[label.end() :] if label else text
    dates = [said for said in find_dates(text[:120]) if said.day]
    if len(text) > 100 or len(dates) != 1:
        return None
    match = _ONLY.fullmatch(text[: dates[0].start] + "\0" + text[dates[0].end :])
    places = [place for place in match.groups() if place] if match else []
    if match is None or len(places) > 1 or not all(_like_place(place) for place in places):
        return None
    place = places[0] if places else ""
    return Dateline(_as_place(place), dates[0].day, len(text))


def _like_place(text: str) -> bool:
    """Whether a text beside a date is a place, not the beginning of a sentence."""
    ordinary = [word for word in re.findall(r"[^\W\d_]+", text) if word.islower()]
    return 0 < len(text) <= 70 and not _NO_PLACE.match(text) and all(word in _SMALL for word in ordinary)


def _as_place(text: str) -> str:
    """A place in small letters; short words such as UK stay."""
    return re.sub(r"[A-Z][A-Z’']{3,}", lambda match: match.group().capitalize(), text.strip(" ,，、|-–—"))
