"""Groups of fields that several kinds share."""

from dataclasses import dataclass

from communique.fields import optional, required
from communique.moments import Moment
from communique.prose import Prose
from communique.values import Date, Line, Located, Passage, Spot, YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """An image beside the text, with what must be said of it."""

    file: Located = required(Spot(), "the name of the image file beside this one")
    alt: str = required(Line(), "what the image shows, for those who do not see it")
    caption: str = optional(Line(), "the line under the image", "")
    credit: str = optional(Line(), "who made the image", "")
    licence: str = optional(Line(), "the terms under which it may be used", "")
    redistribute: bool = optional(YesNo(), "whether media may pass it on", True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A dated public note."""

    noun = "a note"

    date: Moment = required(Date(), "the day of the note")
    note: Prose = required(Passage(), "what the public is told")
