"""The person: a human being named on the site, with roles over time."""

from dataclasses import dataclass

from communique.fields import Many, Part, optional, required
from communique.kinds.parts import Image
from communique.links import Reference
from communique.moments import Moment
from communique.names import Name
from communique.prose import Prose
from communique.values import Cited, Date, Line, Slug, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role that a person holds or held; without dates it is not known since when."""

    title: str = required(Line(), "the title as it is printed")
    partner: Reference | None = optional(Slug("partner"), "the partner where the role is held")
    from_: Moment | None = optional(Date(partial=True), "since when: a day, a month or a year")
    until: Moment | None = optional(Date(partial=True), "until when: a day, a month or a year")
    source: Cited | None = optional(Source(), "where the role is stated: words, or `announcement:SLUG`")

    def held(self, moment: Moment) -> bool:
        """Whether the role may have been held then."""
        return (self.from_ is None or self.from_.first() <= moment.last()) and (
            self.until is None or moment.first() <= self.until.last()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human being; the body is a short biography."""

    name: Name
    path: str
    body: Prose

    title: str = required(Line(), "the name without titles", key="name")
    also: tuple[str, ...] = optional(Many(Line()), "variants of the name that people write")
    honorific: str = optional(Line(), "a title before the name, as Professor or Dr", "")
    roles: tuple[Role, ...] = optional(Many(Part(Role)), "the roles over time")
    portrait: Image | None = optional(Part(Image), "a portrait")

    @property
    def full_name(self) -> str:
        """The name with the honorific."""
        return f"{self.honorific} {self.title}" if self.honorific else self.title

    def role_at(self, moment: Moment, announcement: Name) -> Role | None:
        """The role held at a moment, as an announcement shows it.

        A role whose source is that announcement comes first; then the one that began last; then the first undated one.
        """
        for role in self.roles:
            if role.source is not None and role.source.reference and role.source.reference.name == announcement:
                return role
        held = [role for role in self.roles if role.held(moment)]
        dated = [role for role in held if role.from_ is not None]
        if dated:
            return max(dated, key=lambda role: role.from_.first() if role.from_ else moment.first())
        return held[0] if held else None
