"""The partner: an organisation, office, campus or centre that takes part."""

from dataclasses import dataclass

from communique.fields import Many, Part, optional, required
from communique.kinds.parts import Image
from communique.links import Reference
from communique.names import Name
from communique.prose import Prose
from communique.values import Line, Located, Passage, Slug, Sort, Web


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """An organisation, office, campus or centre; the body is its profile."""

    name: Name
    path: str
    body: Prose

    title: str = required(Line(), "the name as the partner writes it", key="name")
    short: str = optional(Line(), "the short name", "")
    also: tuple[str, ...] = optional(Many(Line()), "variants of the name that people write")
    avoid: tuple[str, ...] = optional(Many(Line()), "variants of the name that are not to be used")
    kind: Located = required(Sort(), "what it is: one of `partner_kinds` in site.yaml")
    parent: Reference | None = optional(Slug("partner"), "the partner of which it is a part")
    country: str = optional(Line(), "the country", "")
    city: str = optional(Line(), "the city", "")
    website: str = optional(Web(), "its own website", "")
    logo: Image | None = optional(Part(Image), "its logo")
    boilerplate: Prose | None = optional(Passage(), "the standing paragraph “About …”, in Markdown")
    contacts: tuple[Reference, ...] = optional(Many(Slug("person")), "slugs of the people whom the press may ask")
