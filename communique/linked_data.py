"""Linked data: JSON-LD by the vocabulary of schema.org, for search engines and archives."""

import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from typing import Any

from communique.addresses import url_of
from communique.edition import Edition
from communique.kinds import Announcement, Partner, Person
from communique.kinds.person import Role
from communique.languages.excerpts import excerpt
from communique.site import Quote
from communique.views import Link, Picture, QuoteCard

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def script(*things: dict[str, Any]) -> str:
    """Things as the text of a script element: no sign in it can end the element."""
    document: dict[str, Any] = {"@context": "https://schema.org"}
    filled = [_filled(thing) for thing in things]
    document.update(filled[0] if len(filled) == 1 else {"@graph": filled})
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _UNSAFE.items():
        text = text.replace(sign, escaped)
    return text


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in thing.items() if value not in ("", None, [], {}, ())}


def breadcrumbs(edition: Edition, crumbs: Iterable[Link]) -> dict[str, Any]:
    """A BreadcrumbList."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": link.text, "item": edition.absolute(link.url)}
            for position, link in enumerate(crumbs, 1)
        ],
    }


def website(edition: Edition) -> dict[str, Any]:
    """The WebSite itself."""
    return {
        "@type": "WebSite",
        "name": edition.frame.title,
        "description": edition.frame.tagline,
        "url": edition.absolute("/"),
        "inLanguage": edition.language.tag,
    }


def organisation(edition: Edition, partner: Partner, *, whole: bool = False) -> dict[str, Any]:
    """An Organization: short as others mention it, or whole as on its profile."""
    url = edition.absolute(edition.site.url(partner.name))
    thing: dict[str, Any] = {"@type": "Organization", "@id": url, "name": partner.title, "url": url}
    if whole:
        parent = edition.site.partners.get(partner.parent.name) if partner.parent else None
        card = edition.cards.partners[partner.name]
        address = _filled({"addressLocality": partner.city, "addressCountry": partner.country})
        thing |= {
            "alternateName": [each for each in (partner.short, *partner.also) if each],
            "parentOrganization": organisation(edition, parent) if parent else None,
            "sameAs": partner.website,
            "logo": _image(edition, card.logo) if card.logo else None,
            "address": {"@type": "PostalAddress", **address} if address else None,
            "description": partner.boilerplate.plain if partner.boilerplate else excerpt(partner.body.plain, 300),
        }
    return _filled(thing)


def person(edition: Edition, who: Person, *, whole: bool = False) -> dict[str, Any]:
    """A Person: short as others mention them, or whole as on their page."""
    url = edition.absolute(edition.site.url(who.name))
    thing: dict[str, Any] = {
        "@type": "Person",
        "@id": url,
        "name": who.title,
        "honorificPrefix": who.honorific,
        "url": url,
    }
    if whole:
        card = edition.cards.people[who.name]
        thing |= {
            "alternateName": list(who.also),
            "description": excerpt(who.body.plain, 300),
            "jobTitle": [role.title for role in who.roles if role.until is None],
            "image": _image(edition, card.portrait) if card.portrait else None,
            "affiliation": [
                _role(role, organisation(edition, each))
                for role in who.roles
                if role.partner
                for each in edition.site.of(edition.site.partners, (role.partner,))
            ],
        }
    return _filled(thing)


def _role(role: Role, where: dict[str, Any]) -> dict[str, Any]:
    """A role at an organisation, with the time for which it is known to have been held."""
    return _filled(
        {
            "@type": "OrganizationRole",
            "roleName": role.title,
            "startDate": role.from_.iso if role.from_ else None,
            "endDate": role.until.iso if role.until else None,
            "affiliation": where,
        }
    )


def _image(edition: Edition, picture: Picture) -> dict[str, Any]:
    """An ImageObject."""
    return _filled(
        {
            "@type": "ImageObject",
            "contentUrl": edition.absolute(picture.url),
            "width": picture.width,
            "height": picture.height,
            "caption": picture.caption or picture.alt,
            "creditText": picture.credit,
            "usageInfo": picture.licence if picture.licence.startswith("https://") else None,
            "copyrightNotice": picture.licence if not picture.licence.startswith("https://") else None,
        }
    )


def _quotation(edition: Edition, said: Quote, quote: QuoteCard) -> dict[str, Any]:
    """A Quotation with its speaker in the role held then."""
    return {
        "@type": "Quotation",
        "@id": edition.absolute(quote.url),
        "text": " ".join(quote.html.striptags().split()),
        "spokenByCharacter": _filled({**person(edition, said.speaker), "jobTitle": quote.role}),
    }


def _mentioned(edition: Edition, announcement: Announcement) -> Iterator[dict[str, Any]]:
    """The partners and people whom an announcement names, in its text or as contacts, besides those who announce."""
    site = edition.site
    named = dict.fromkeys(each.name for each in site.entries[announcement.name].references)
    for name in named.keys() - {each.name for each in announcement.partners}:
        if name in site.partners:
            yield organisation(edition, site.partners[name])
        elif name in site.people:
            yield person(edition, site.people[name])


def news(edition: Edition, announcement: Announcement, quotes: Iterable[QuoteCard], updated: str) -> dict[str, Any]:
    """A NewsArticle."""
    site, name = edition.site, announcement.name
    zone, foreign = site.settings.zone, site.foreign(announcement.name)
    card = edition.cards.announcement(announcement)
    partners = [organisation(edition, each) for each in site.of(site.partners, announcement.partners)]
    original = edition.absolute(url_of(name))
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": edition.absolute(card.url),
            "identifier": edition.identifier(announcement),
            "mainEntityOfPage": edition.absolute(card.url),
            "headline": announcement.title,
            "alternativeHeadline": announcement.subtitle,
            "description": announcement.summary,
            "datePublished": announcement.date.start(zone).isoformat(),
            "dateModified": updated,
            "inLanguage": foreign or edition.language.tag,
            "translationOfWork": {"@type": "NewsArticle", "@id": original, "inLanguage": site.settings.language}
            if announcement.name in site.shared and not foreign
            else None,
            "dateline": announcement.place,
            "publisher": {"@type": "Organization", "name": edition.frame.title, "url": edition.absolute("/")},
            "author": partners,
            "sourceOrganization": partners[0] if partners else None,
            "creativeWorkStatus": "Withdrawn" if announcement.withdrawn else None,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": note.note.plain,
                    "datePublished": note.date.start(zone).isoformat(),
                }
                for note in (*announcement.corrections, *filter(None, [announcement.withdrawn]))
            ],
            "about": [{"@type": "Thing", "name": each.text, "url": edition.absolute(each.url)} for each in card.topics],
            "mentions": sorted(_mentioned(edition, announcement), key=itemgetter("@id")),
            "image": [_image(edition, card.image)] if card.image else None,
            "hasPart": [
                _quotation(edition, said, quote) for said, quote in zip(site.quotes_of(name), quotes, strict=True)
            ],
        }
    )
