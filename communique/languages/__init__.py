"""The languages of the interface: words, dates and order, one module each; others by the data of CLDR."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from unicodedata import combining, normalize

from communique.languages import en, zh_hans
from communique.moments import Moment
from communique.views import When

_RIGHT_TO_LEFT = frozenset(("ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"))
_WORDS = {"en": MappingProxyType(en.WORDS), "zh-Hans": MappingProxyType(zh_hans.WORDS)}
_NAMES = {"en": "English", "zh-Hans": "简体中文"}


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface. `tag` is of BCP 47, `name` is what its speakers call it, `direction` is `ltr` or
    `rtl`."""

    tag: str
    name: str
    direction: str
    words: Mapping[str, str]

    def date(self, moment: Moment) -> str:
        """A date in words, as precise as it is known."""
        if self.tag == "zh-Hans":
            return zh_hans.date(moment)
        if self.tag == "en":
            return en.date(moment)
        from communique.languages.cldr import date

        return date(moment, self.tag)

    def when(self, moment: Moment) -> When:
        """A date in words and in ISO 8601."""
        return When(self.date(moment), moment.iso)

    def count(self, word: str, number: int) -> str:
        """A number of things in words: `announcement` and 2 give "2 announcements"."""
        form = "one" if number == 1 else "other"
        return self.words[f"{word}_{form}"].format(count=number)

    def place(self, city: str, country: str) -> str:
        """A city in its country."""
        return self.words["place"].format(city=city, country=country) if city and country else city or country

    def order(self, title: str) -> tuple[str, str]:
        """The key by which titles stand in a list: by letters, in Chinese by pinyin."""
        return (zh_hans.pinyin(title) if self.tag.startswith("zh") else _letters(title), title)

    def person_order(self, name: str) -> tuple[str, str]:
        """The key by which people stand in a list: by the last word of the name, in Chinese by its first sign."""
        if self.tag.startswith("zh"):
            return self.order(name)
        return (_letters(name.rpartition(" ")[2]), name)


def _letters(text: str) -> str:
    """The letters and digits of a text without case and accents: how dictionaries order words at first sight."""
    bare = (sign for sign in normalize("NFKD", text.casefold()) if not combining(sign))
    return " ".join(re.findall(r"[^\W_]+", "".join(bare).replace("'", "").replace("’", "")))


@cache
def language(tag: str) -> Language:
    """The language of a tag, with English words where the engine knows none of its own."""
    main = tag.partition("-")[0]
    direction = "rtl" if main in _RIGHT_TO_LEFT else "ltr"
    known = tag if tag in _WORDS else "zh-Hans" if tag in ("zh", "zh-CN", "zh-SG") else main if main in _WORDS else "en"
    if tag in _NAMES:
        name = _NAMES[tag]
    else:
        from communique.languages.cldr import name_of

        name = name_of(tag)
    return Language(tag, name, direction, _WORDS[known])
