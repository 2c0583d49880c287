"""The announcement: one dated public statement with one URL for ever."""

from dataclasses import dataclass

from communique.fields import Many, Part, optional, required
from communique.kinds.parts import Image, Note
from communique.links import Reference
from communique.moments import Moment
from communique.names import Name
from communique.prose import Prose
from communique.values import At, Date, Instant, Line, Located, Passage, Slug, Spot, Web, YesNo


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure with its label, the date it was true, and where it is from."""

    value: str = required(Line(), "the figure, with its unit")
    label: str = required(Line(), "what the figure counts")
    as_of: Moment | None = optional(Date(partial=True), "when the figure was true: a day, a month or a year")
    source: str = optional(Line(), "where the figure is from", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened or will happen."""

    date: Moment = required(Date(partial=True), "when: a day, a month or a year")
    what: str = required(Line(), "what happened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The text on which the announcement rests."""

    noun = "a source"

    name: str = required(Line(), "who published it, and what it is")
    url: str = optional(Web(), "where it can be read", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An open question to a partner; while there is one, the announcement stays a draft."""

    ask: Reference = required(Slug("partner"), "the partner who can answer")
    text: str = required(Line(), "the question")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One dated public statement."""

    name: Name
    path: str
    body: Prose
    # the partners who have still to sign it off, where that is required
    awaiting: tuple[Name, ...] = ()

    title: str = required(Line(), "the headline")
    subtitle: str = optional(Line(), "a second line under the headline", "")
    summary: str = required(Line(), "the announcement in one or two sentences, for lists and search")
    date: Moment = required(Date(), "the day, or the instant with offset, on which it is made")
    place: str = optional(Line(), "where it is made; opens the text with the date", "")
    partners: tuple[Reference, ...] = required(Many(Slug("partner")), "slugs of the partners, the leading one first")
    topics: tuple[Reference, ...] = optional(Many(Slug("topic")), "slugs of the topics")
    contacts: tuple[Reference, ...] = optional(Many(Slug("person")), "slugs of the people whom the press may ask")
    image: Image | None = optional(Part(Image), "the leading image")
    gallery: tuple[Image, ...] = optional(Many(Part(Image)), "further images")
    facts: tuple[Fact, ...] = optional(Many(Part(Fact)), "key figures")
    events: tuple[Event, ...] = optional(Many(Part(Event)), "dates for the timeline")
    notes: Prose | None = optional(Passage(), "notes to editors, in Markdown")
    source: Origin | None = optional(Part(Origin), "the text on which this one rests")
    embargo: At | None = optional(Instant(), "the instant before which nothing shows")
    draft: bool = optional(YesNo(), "`true` while it must not show", False)
    pinned: bool = optional(YesNo(), "`true` to keep it on top of the home page", False)
    withdrawn: Note | None = optional(Part(Note), "the date and the public note of a withdrawal")
    corrections: tuple[Note, ...] = optional(Many(Part(Note)), "dated notes on what was wrong")
    was: tuple[Located, ...] = optional(Many(Spot()), "old paths that lead here")
    questions: tuple[Question, ...] = optional(Many(Part(Question)), "open questions to partners")
