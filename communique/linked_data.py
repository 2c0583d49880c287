"""Linked data: JSON-LD by the vocabulary of schema.org, for search engines and archives."""

import json
from collections.abc import Iterable
from typing import Any

from communique.edition import Edition
from communique.kinds import Announcement, Partner, Person
from communique.views import Link, QuoteCard

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
            "logo": edition.absolute(card.logo.url) if card.logo else None,
            "address": {"@type": "PostalAddress", **address} if address else None,
            "description": partner.boilerplate.plain if partner.boilerplate else partner.body.plain[:300],
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
            "description": who.body.plain[:300],
            "jobTitle": [role.title for role in who.roles if role.until is None],
            "image": edition.absolute(card.portrait.url) if card.portrait else None,
            "affiliation": [
                organisation(edition, each)
                for role in who.roles
                if role.partner and role.until is None
                for each in edition.site.of(edition.site.partners, (role.partner,))
            ],
        }
    return _filled(thing)


def news(edition: Edition, announcement: Announcement, quotes: Iterable[QuoteCard], updated: str) -> dict[str, Any]:
    """A NewsArticle."""
    site = edition.site
    card = edition.cards.announcement(announcement)
    partners = [organisation(edition, each) for each in site.of(site.partners, announcement.partners)]
    about = [each.title for each in site.of(site.topics, announcement.topics)]
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": edition.absolute(card.url),
            "mainEntityOfPage": edition.absolute(card.url),
            "headline": announcement.title,
            "alternativeHeadline": announcement.subtitle,
            "description": announcement.summary,
            "datePublished": announcement.date.start(site.settings.zone).isoformat(),
            "dateModified": updated,
            "inLanguage": edition.language.tag,
            "dateline": announcement.place,
            "publisher": {"@type": "Organization", "name": edition.frame.title, "url": edition.absolute("/")},
            "author": partners,
            "sourceOrganization": partners[0] if partners else None,
            "creativeWorkStatus": "Withdrawn" if announcement.withdrawn else None,
            "correction": [
                {
                    "@type": "CorrectionComment",
                    "text": note.note.plain,
                    "datePublished": note.date.start(site.settings.zone).isoformat(),
                }
                for note in (*announcement.corrections, *filter(None, [announcement.withdrawn]))
            ],
            "about": [{"@type": "Thing", "name": title} for title in about],
            "image": [edition.absolute(card.image.url)] if card.image else None,
            "hasPart": [
                {
                    "@type": "Quotation",
                    "@id": edition.absolute(quote.url),
                    "text": " ".join(quote.html.striptags().split()),
                    "spokenByCharacter": {
                        "@type": "Person",
                        "@id": edition.absolute(quote.speaker.url),
                        "name": quote.speaker.text,
                    },
                }
                for quote in quotes
            ],
        }
    )
