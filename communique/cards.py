"""Cards: records as templates show them in lists, each made once."""

import re
from collections.abc import Iterable
from functools import cached_property
from urllib.parse import quote
from zlib import crc32

from markupsafe import Markup

from communique.composer import Composer
from communique.images import readable
from communique.kinds import Announcement, Partner, Person, Record, Topic
from communique.kinds.parts import Image
from communique.languages import Language
from communique.links import Reference
from communique.names import Name
from communique.related import Related
from communique.resolve import image_path
from communique.site import Quote, Site
from communique.views import (
    About,
    AnnouncementCard,
    FactRow,
    Link,
    Mark,
    PartnerCard,
    PersonCard,
    Picture,
    QuoteCard,
    RoleRow,
    TopicCard,
    When,
)

# so many bodies are kept: what shows one is made soon after what shows it, too, and the feeds show some of the latest
BODIES = 256


class Cards:
    """The cards of one site in one language."""

    def __init__(self, site: Site, composer: Composer, language: Language) -> None:
        self.site = site
        self.composer = composer
        self.language = language
        self._announcements: dict[Name, AnnouncementCard] = {}
        self._bodies: dict[Name, Markup] = {}
        self._quotes: dict[Name, dict[int, QuoteCard]] = {}
        self._about: dict[Name, About] = {}

    @cached_property
    def partners(self) -> dict[Name, PartnerCard]:
        """A card for each partner, by name."""
        return {name: self._partner(partner) for name, partner in self.site.partners.items()}

    @cached_property
    def people(self) -> dict[Name, PersonCard]:
        """A card for each person, by name."""
        return {name: self._person(person) for name, person in self.site.people.items()}

    @cached_property
    def related(self) -> Related:
        """What is related to each announcement."""
        return Related(self.site)

    def quotes_of(self, name: Name) -> tuple[QuoteCard, ...]:
        """The quotes of a person, of those who spoke for a partner, or in an announcement."""
        return tuple(self._quotes_in(each.announcement)[each.number] for each in self.site.quotes_of(name))

    def announcement(self, announcement: Announcement) -> AnnouncementCard:
        """The card of an announcement."""
        card = self._announcements.get(announcement.name)
        if card is None:
            card = self._announcements[announcement.name] = self._announcement(announcement)
        return card

    def body(self, announcement: Announcement) -> Markup:
        """The body of an announcement as HTML."""
        body = self._bodies.get(announcement.name)
        if body is None:
            body = self.composer.compose(announcement.body, owner=announcement.name, date=announcement.date)
            if len(self._bodies) == BODIES:
                del self._bodies[next(iter(self._bodies))]
            self._bodies[announcement.name] = body
        return body

    def about(self, partner: Partner) -> About:
        """The standing paragraph of a partner, as it ends announcements."""
        made = self._about.get(partner.name)
        if made is None:
            prefix = f"about-{partner.name.slug}-"
            html = self.composer.compose(partner.boilerplate, owner=partner.name, prefix=prefix, names=False)
            made = self._about[partner.name] = About(self.partners[partner.name], html)
        return made

    def announcements(self, announcements: Iterable[Announcement]) -> tuple[AnnouncementCard, ...]:
        """The cards of announcements."""
        return tuple(self.announcement(each) for each in announcements)

    def mentioning(self, name: Name) -> tuple[AnnouncementCard, ...]:
        """The announcements that name a record."""
        return self.announcements(self.site.mentions.get(name, ()))

    def topic(self, topic: Topic) -> TopicCard:
        """The card of a topic."""
        count = len(self.site.mentions.get(topic.name, ()))
        told = self.language.count("announcement", count)
        return TopicCard(topic.title, self.site.url(topic.name), told, self.site.foreign(topic.name))

    def link(self, name: Name) -> Link:
        """A link to a public record by its title."""
        return Link(self.site.title(name), self.site.url(name), language=self.site.foreign(name))

    def link_to(self, reference: Reference | None) -> Link | None:
        """A link to a record that is referred to, if it is public."""
        return self.link(reference.name) if reference and self.site.holds(reference.name) else None

    def links(self, references: Iterable[Reference]) -> tuple[Link, ...]:
        """Links to the records that are referred to."""
        return tuple(self.link(each.name) for each in references if self.site.holds(each.name))

    def picture(self, record: Record, image: Image | None) -> Picture | None:
        """An image of a record."""
        if image is None:
            return None
        path = image_path(record, image)
        if not readable(self.site.images.get(path, b"")):
            return None
        shown = self.composer.album.print_of(record.name, path, self.site.images[path])
        return Picture(
            shown.url,
            image.alt,
            shown.width,
            shown.height,
            image.caption,
            image.credit,
            image.licence,
            shown.srcset,
            not image.redistribute,
        )

    def facts(self, announcement: Announcement) -> tuple[FactRow, ...]:
        """The facts of an announcement."""
        when = self.language.when
        return tuple(
            FactRow(fact.value, fact.label, when(fact.as_of) if fact.as_of else None, fact.source)
            for fact in announcement.facts
        )

    def roles(self, person: Person) -> tuple[RoleRow, ...]:
        """The roles of a person with their periods in words."""
        rows = []
        words = self.language.words
        for role in person.roles:
            start = self.language.date(role.from_) if role.from_ else ""
            end = self.language.date(role.until) if role.until else ""
            form = words["period"] if start and end else words["since"] if start else words["until"] if end else ""
            source = None
            if role.source is not None:
                source = self.link_to(role.source.reference) or Link(role.source.text, "")
            rows.append(RoleRow(role.title, self.link_to(role.partner), form.format(start=start, end=end), source))
        return tuple(rows)

    def when(self, announcement: Announcement) -> When:
        """The date of an announcement in the site's time zone."""
        return self.language.when(announcement.date.local(self.site.settings.zone))

    def _partner(self, partner: Partner) -> PartnerCard:
        kinds = self.site.settings.partner_kinds or {}
        label = kinds.get(partner.kind.text)
        return PartnerCard(
            name=partner.title,
            short=partner.short,
            url=self.site.url(partner.name),
            kind=label.in_language(self.language.tag, self.site.settings.language) if label else partner.kind.text,
            place=self.language.place(partner.city, partner.country),
            mark=mark_of(partner.short or partner.title, partner.name.slug),
            logo=self.picture(partner, partner.logo),
            language=self.site.foreign(partner.name),
        )

    def _person(self, person: Person) -> PersonCard:
        role = next((each for each in person.roles if each.until is None), None)
        return PersonCard(
            name=person.full_name,
            url=self.site.url(person.name),
            role=role.title if role else "",
            partner=self.link_to(role.partner) if role else None,
            mark=mark_of(person.title, person.name.slug),
            portrait=self.picture(person, person.portrait),
            language=self.site.foreign(person.name),
        )

    def _announcement(self, announcement: Announcement) -> AnnouncementCard:
        return AnnouncementCard(
            title=announcement.title,
            url=self.site.url(announcement.name),
            summary=announcement.summary,
            date=self.when(announcement),
            place=announcement.place,
            partners=self.links(announcement.partners),
            topics=self.links(announcement.topics),
            image=self.picture(announcement, announcement.image),
            withdrawn=self.site.withdrawn(announcement),
            pinned=announcement.pinned,
            language=self.site.foreign(announcement.name),
        )

    def _quotes_in(self, announcement: Announcement) -> dict[int, QuoteCard]:
        """The quotes in an announcement, by their numbers."""
        cards = self._quotes.get(announcement.name)
        if cards is None:
            composed = self.composer.quotes(announcement.body, announcement.name)
            said = self.site.quotes_of(announcement.name)
            cards = {each.number: self._quote(each, *composed[each.number]) for each in said}
            self._quotes[announcement.name] = cards
        return cards

    def _quote(self, said: Quote, anchor: str, words: Markup) -> QuoteCard:
        name = said.speaker.name
        return QuoteCard(
            html=words,
            speaker=Link(said.speaker.full_name, self.site.url(name), language=self.site.foreign(name)),
            role=said.role.title if said.role else "",
            url=f"{self.site.url(said.announcement.name)}#{quote(anchor)}",
            announcement=self.announcement(said.announcement),
        )


def mark_of(name: str, slug: str) -> Mark:
    """The drawn mark of a partner or person: initials, and a hue that the slug decides."""
    words = [word for word in re.findall(r"[\w’']+", name) if word[0].isupper() or not word[0].isascii()]
    initials = "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words))
    if len(words) == 1 and words[0].isupper():
        initials = words[0][:2]
    return Mark(initials or name[:1].upper(), crc32(slug.encode()) % 8)
