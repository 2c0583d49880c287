"""What a template sees: plain, finished values. Every `url` starts with `/` and means "from the site's root";
rendering makes it relative to the page. Text fields are plain text (Jinja escapes them); `html` fields are Markup."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A text that leads somewhere; `current` is true for the menu entry of the page itself, `language` is that of the
    text where it is not the page's."""

    text: str
    url: str
    current: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date as people read it and as machines do: `text` "25 October 2025", `iso` "2025-10-25"."""

    text: str
    iso: str


@dataclass(frozen=True, slots=True)
class Picture:
    """An image with its real size in pixels; `caption`, `credit` and `licence` may be empty, and so may `srcset`, the
    smaller files in WebP. `display_only` is true where media may not pass it on."""

    url: str
    alt: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""
    licence: str = ""
    srcset: str = ""
    display_only: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """The sign of a partner or person without a picture: one or two initials and a hue from 0 to 7."""

    initials: str
    hue: int


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one language: its tag, the language's own name, and where the page is; `own` where the
    text is in that language, not shown in another for want of a translation."""

    tag: str
    name: str
    url: str
    address: str
    current: bool
    own: bool


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A partner in a list; `language`, as in all cards, is that of its texts where it is not the page's.

    `kind` and `place` ("Cambridge, United Kingdom") may be empty.
    """

    name: str
    short: str
    url: str
    kind: str
    place: str
    mark: Mark
    logo: Picture | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class PersonCard:
    """A person in a list. `role` is the role held by the site's latest knowledge, or empty."""

    name: str
    url: str
    role: str
    partner: Link | None
    mark: Mark
    portrait: Picture | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncementCard:
    """An announcement in a list."""

    title: str
    url: str
    summary: str
    date: When
    place: str
    partners: tuple[Link, ...]
    topics: tuple[Link, ...]
    image: Picture | None
    withdrawn: bool
    pinned: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """Words of one person; `role` is the role held on that date (may be empty), `url` the quote's own anchor."""

    html: Markup
    speaker: Link
    role: str
    url: str
    announcement: AnnouncementCard


@dataclass(frozen=True, slots=True)
class FactRow:
    """A figure: value "US$2.5 billion", label "investment plan in China"; the rest may be empty."""

    value: str
    label: str
    as_of: When | None
    source: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """Something that happened, as precisely as is known."""

    date: When
    what: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A dated note: a correction or a withdrawal."""

    date: When
    html: Markup


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role of a person: title, partner, period in words ("since 2021", "2019 to 2024", or empty), its source."""

    title: str
    partner: Link | None
    period: str
    source: Link | None


@dataclass(frozen=True, slots=True)
class About:
    """The standing paragraph of a partner at the end of an announcement; `html` may be empty."""

    partner: PartnerCard
    html: Markup


@dataclass(frozen=True, slots=True)
class Pager:
    """Where one page of a list stands: number and count from 1; newer and older are neighbours or None."""

    number: int
    count: int
    text: str
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a page offers."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Contact:
    """The site's press contact, as site.yaml gives it; each text may be empty."""

    name: str
    email: str
    phone: str
    hours: str
    note: str


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of one language shares: names, menus, contact, the address of style sheet and script, and the
    policy of what browsers may load for it."""

    title: str
    tagline: str
    language: str
    direction: str
    home: str
    menu: tuple[Link, ...]
    feeds: tuple[Feed, ...]
    contact: Contact | None
    style: str
    script: str
    pages: tuple[Link, ...]
    policy: str


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one page. `canonical` is absolute; `graph` holds Open Graph pairs; `data` the JSON-LD text;
    `foreign` is the language of the text where it is not the page's."""

    title: str
    description: str
    canonical: str
    kind: str
    graph: tuple[tuple[str, str], ...]
    data: Markup
    feeds: tuple[Feed, ...]
    crumbs: tuple[Link, ...]
    foreign: str = ""


@dataclass(frozen=True, slots=True)
class TopicCard:
    """A topic in a list; `count` is in words ("2 announcements")."""

    name: str
    url: str
    count: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Partners under one heading."""

    title: str
    partners: tuple[PartnerCard, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Another partner and how often the two announced together, in words."""

    partner: PartnerCard
    count: str
