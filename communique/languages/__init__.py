"""The languages of the interface: words, dates and numbers, one module each."""

from collections.abc import Mapping
from dataclasses import dataclass

from communique.languages import en
from communique.moments import Moment
from communique.views import When


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the interface. `tag` is of BCP 47, `direction` is `ltr` or `rtl`."""

    tag: str
    direction: str
    words: Mapping[str, str]
    months: tuple[str, ...]

    def date(self, moment: Moment) -> str:
        """A date in words, as precise as it is known."""
        if not moment.month:
            return str(moment.year)
        month = self.months[moment.month - 1]
        return f"{moment.day} {month} {moment.year}" if moment.day else f"{month} {moment.year}"

    def when(self, moment: Moment) -> When:
        """A date in words and in ISO 8601."""
        return When(self.date(moment), moment.iso)

    def count(self, word: str, number: int) -> str:
        """A number of things in words: `announcement` and 2 give "2 announcements"."""
        form = "one" if number == 1 else "other"
        return self.words[f"{word}_{form}"].format(count=number)


def language(tag: str) -> Language:
    """The language of a tag, with English words where the engine does not know it."""
    return Language(tag, "ltr", en.WORDS, en.MONTHS)
