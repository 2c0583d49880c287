"""Time zones: of a name, and of a country, by the packaged tz database, so that every machine reads the same rules."""

from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

# the names that partners write, beside those of ISO 3166 as the tz database spells them
_COUNTRIES = {
    "united kingdom": "GB",
    "uk": "GB",
    "great britain": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "northern ireland": "GB",
    "英国": "GB",
    "people's republic of china": "CN",
    "pr china": "CN",
    "prc": "CN",
    "中国": "CN",
    "中华人民共和国": "CN",
    "united states of america": "US",
    "usa": "US",
    "u.s.": "US",
    "us": "US",
    "美国": "US",
    "south korea": "KR",
    "republic of korea": "KR",
    "russian federation": "RU",
    "czechia": "CZ",
    "the netherlands": "NL",
    "hong kong sar": "HK",
    "macao": "MO",
}


@cache
def zone(name: str) -> tzinfo:
    """A zone by its name, as `Europe/London`. Raises OSError or ValueError."""
    with files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as stream:
        return ZoneInfo.from_file(stream, key=name)


def zone_of(country: str, city: str = "") -> str:
    """The zone of a country, or of a city in it, as `Asia/Shanghai`; empty where the country is not known.

    Where a country has several zones and none bears the name of the city, it is the one with the most people.
    """
    folded = country.strip().casefold().replace("’", "'")
    code = _COUNTRIES.get(folded) or _codes().get(folded, "")
    zones = _zones().get(code, ())
    wanted = city.strip().casefold().replace(" ", "_")
    return next((each for each in zones if each.casefold().endswith(f"/{wanted}")), zones[0] if zones else "")


@cache
def _codes() -> dict[str, str]:
    rows = (line.split("\t") for line in _table("iso3166.tab"))
    return {name.casefold(): code for code, name, *_ in rows}


@cache
def _zones() -> dict[str, tuple[str, ...]]:
    zones: dict[str, tuple[str, ...]] = {}
    for line in _table("zone.tab"):
        code, _, name, *_ = line.split("\t")
        zones[code] = (*zones.get(code, ()), name)
    return zones


def _table(name: str) -> list[str]:
    text = files("tzdata.zoneinfo").joinpath(name).read_text("utf-8")
    return [line for line in text.split("\n") if line and not line.startswith("#")]


def clock_change(instant: datetime, place: tzinfo) -> str:
    """Whether the time of day of an instant, as written, is one that a change of clocks in a zone skips or doubles:
    `skipped`, `doubled`, or empty. Only a zone whose offset the instant may have been written in is asked."""
    wall = instant.replace(tzinfo=None)
    early, late = (wall.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    offsets = (early.utcoffset(), late.utcoffset())
    if offsets[0] == offsets[1] or instant.utcoffset() not in offsets:
        return ""
    return "doubled" if (offsets[0] or timedelta()) > (offsets[1] or timedelta()) else "skipped"
