"""Dates and names of languages for which the engine has no words of its own, by Babel."""

from datetime import date as day

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton

from communique.moments import Moment


def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def date(moment: Moment, tag: str) -> str:
    """A date in words, as precise as it is known."""
    first: day = moment.first()
    locale = _locale(tag)
    if moment.day:
        return format_date(first, "long", locale)
    return format_skeleton("yMMMM" if moment.month else "y", first, locale=locale)


def name_of(tag: str) -> str:
    """What the speakers of a language call it; the tag where that is not known."""
    locale = _locale(tag)
    name = locale.get_display_name() if str(locale) != "en" or tag == "en" else None
    return name[:1].upper() + name[1:] if name else tag
