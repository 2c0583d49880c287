"""The overview of translations: each record in each further language of the site, how it stands and how fresh it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from communique.kinds import Announcement
from communique.library import Library
from communique.names import Name
from communique.settings import Settings
from communique.standing import WITHHELD, standing_of
from communique.translations import staleness, tell, translations

State = Literal["missing", "stale", "unmarked", "current"]


@dataclass(frozen=True, slots=True)
class Version:
    """A record in a language. `changes` are those of the original since the translation was made from it, in words;
    where nobody noted from which text it was made, it is `unmarked`. `standing` is that of a translated announcement,
    and `ahead` says that it is public while its original is not."""

    name: Name
    language: str
    path: str
    state: State
    changes: tuple[str, ...] = ()
    standing: str = ""
    ahead: bool = False


def overview(content: Mapping[str, bytes], library: Library, settings: Settings, now: datetime) -> Iterator[Version]:
    """Each record in each language but the first."""
    pairs = {(pair.name, pair.language): pair for pair in translations(content, library, settings)}
    for name, entry in library.entries.items():
        for language in settings.languages[1:]:
            pair = pairs.get((name, language))
            if pair is None:
                yield Version(name, language, "", "missing")
                continue
            stale = staleness(pair)
            state: State = "unmarked" if stale is None else "stale" if stale else "current"
            standing, ahead = "", False
            made = library.translations[language][name]
            if isinstance(made.record, Announcement) and isinstance(entry.record, Announcement):
                standing = standing_of(made.record, now)
                ahead = (
                    standing not in WITHHELD and standing_of(entry.record, now) in WITHHELD and made.alone is not None
                )
            yield Version(name, language, pair.path, state, tuple(map(tell, stale or ())), standing, ahead)
