"""The pages of partners, people and topics, and the lists of them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from communique.edition import ATOM, Edition
from communique.kinds import Partner, Person, Topic
from communique.languages.excerpts import EXCERPT, excerpt
from communique.linked_data import breadcrumbs, organisation, person, script
from communique.names import Name
from communique.output import Output, Page
from communique.outputs.announcements import images
from communique.problems import Place
from communique.views import Feed, Group, Link, PartnerCard, Together

Context = Callable[[], Mapping[str, object]]

_SITE = Place("site.yaml")


def profiles(edition: Edition) -> Iterator[Output]:
    """A page for each partner, person and topic, and a list of each kind."""
    site = edition.site
    yield _list(edition, "partners", _partner_list)
    for partner in site.partners.values():
        yield _page(edition, partner, "partner.html", partial(_partner_page, edition, partner))
        yield from images(edition, partner)
    yield _list(edition, "people", _people_list)
    for who in site.people.values():
        yield _page(edition, who, "person.html", partial(_person_page, edition, who))
        yield from images(edition, who)
    yield _list(edition, "topics", _topic_list)
    for topic in site.topics.values():
        yield _page(edition, topic, "topic.html", partial(_topic_page, edition, topic))
        yield from images(edition, topic)


def feed_of(edition: Edition, record: Partner | Topic) -> Feed:
    """The feed of a partner or topic."""
    return Feed(edition.word("feed_of").format(name=record.title), f"{edition.site.url(record.name)}feed.xml", ATOM)


def _page(edition: Edition, record: Partner | Person | Topic, template: str, context: Context) -> Page:
    url = edition.site.url(record.name)
    quoted = (quote.announcement for quote in edition.site.quotes_of(record.name))
    key = edition.face_key(url, [*edition.site.mentions.get(record.name, ()), *quoted])
    return Page(url, template, context, Place(record.path), key=key, own=not edition.site.foreign(record.name))


def _list(edition: Edition, section: str, listed: Callable[[Edition], Mapping[str, object]]) -> Page:
    url = edition.site.at(f"/{section}/")

    def context() -> Mapping[str, object]:
        head = edition.head(url, edition.word(section), edition.word(f"list_of_{section}"))
        return edition.context(url, head, **listed(edition))

    counts = {name.slug: len(found) for name, found in edition.site.mentions.items() if name.kind == "topic"}
    return Page(url, f"{section}.html", context, _SITE, key=edition.face_key(url, (), str(sorted(counts.items()))))


def _partner_list(edition: Edition) -> Mapping[str, object]:
    cards = edition.cards.partners
    kinds = list(edition.site.settings.partner_kinds or ())
    by_kind: dict[str, list[PartnerCard]] = {}
    ordered = sorted(
        edition.site.partners.values(),
        key=lambda each: (
            kinds.index(each.kind.text) if each.kind.text in kinds else len(kinds),
            edition.language.order(each.title),
        ),
    )
    for partner in ordered:
        by_kind.setdefault(cards[partner.name].kind, []).append(cards[partner.name])
    groups = tuple(Group(kind[:1].upper() + kind[1:], tuple(listed)) for kind, listed in by_kind.items())
    return {"groups": groups}


def _people_list(edition: Edition) -> Mapping[str, object]:
    ordered = sorted(edition.site.people.values(), key=lambda each: edition.language.person_order(each.title))
    return {"people": tuple(edition.cards.people[each.name] for each in ordered)}


def _topic_list(edition: Edition) -> Mapping[str, object]:
    ordered = sorted(edition.site.topics.values(), key=lambda each: edition.language.order(each.title))
    return {"topics": tuple(edition.cards.topic(each) for each in ordered)}


def _partner_page(edition: Edition, partner: Partner) -> Mapping[str, object]:
    site, cards, compose = edition.site, edition.cards, edition.composer.compose
    card = cards.partners[partner.name]
    crumbs = (Link(edition.word("partners"), edition.site.at("/partners/")),)
    feed = feed_of(edition, partner)
    people = [
        who
        for who in site.people.values()
        if any(role.partner and role.partner.name == partner.name for role in who.roles)
    ]
    data = script(
        organisation(edition, partner, whole=True), breadcrumbs(edition, (*crumbs, Link(card.name, card.url)))
    )
    head = edition.head(
        card.url,
        partner.title,
        edition.word("profile_of").format(name=partner.title),
        kind="profile",
        data=data,
        feeds=(feed,),
        crumbs=crumbs,
        foreign=site.foreign(partner.name),
    )
    return edition.context(
        card.url,
        head,
        card=card,
        also=partner.also,
        parent=cards.partners.get(partner.parent.name) if partner.parent else None,
        website=partner.website,
        body=compose(partner.body, owner=partner.name),
        boilerplate=compose(partner.boilerplate, owner=partner.name, prefix="about-", names=False),
        parts=tuple(
            cards.partners[each.name]
            for each in site.partners.values()
            if each.parent and each.parent.name == partner.name
        ),
        people=tuple(cards.people[who.name] for who in people),
        contacts=tuple(cards.people[who.name] for who in site.of(site.people, partner.contacts)),
        announcements=cards.mentioning(partner.name),
        quotes=cards.quotes_of(partner.name),
        together=_together(edition, partner.name),
        feed=feed,
    )


def _together(edition: Edition, name: Name) -> tuple[Together, ...]:
    counts: Counter[Name] = Counter()
    for announcement in edition.site.mentions.get(name, ()):
        partners = dict.fromkeys(each.name for each in announcement.partners)
        if name in partners:
            counts.update(other for other in partners if other != name)
    cards = edition.cards.partners
    ordered = sorted(
        ((other, count) for other, count in counts.items() if other in cards),
        key=lambda item: (-item[1], cards[item[0]].name.casefold()),
    )
    return tuple(Together(cards[other], edition.language.count("announcement", count)) for other, count in ordered)


def _person_page(edition: Edition, who: Person) -> Mapping[str, object]:
    cards = edition.cards
    card = cards.people[who.name]
    crumbs = (Link(edition.word("people"), edition.site.at("/people/")),)
    head = edition.head(
        card.url,
        card.name,
        edition.word("profile_of").format(name=card.name),
        kind="profile",
        data=script(person(edition, who, whole=True), breadcrumbs(edition, (*crumbs, Link(card.name, card.url)))),
        crumbs=crumbs,
        foreign=edition.site.foreign(who.name),
    )
    return edition.context(
        card.url,
        head,
        card=card,
        also=who.also,
        roles=cards.roles(who),
        body=edition.composer.compose(who.body, owner=who.name),
        announcements=cards.mentioning(who.name),
        quotes=cards.quotes_of(who.name),
    )


def _topic_page(edition: Edition, topic: Topic) -> Mapping[str, object]:
    site, cards = edition.site, edition.cards
    url = edition.site.url(topic.name)
    crumbs = (Link(edition.word("topics"), edition.site.at("/topics/")),)
    feed = feed_of(edition, topic)
    partners = dict.fromkeys(
        reference.name for each in site.mentions.get(topic.name, ()) for reference in each.partners
    )
    head = edition.head(
        url,
        topic.title,
        excerpt(topic.body.plain, EXCERPT) or topic.title,
        data=script(breadcrumbs(edition, (*crumbs, Link(topic.title, url)))),
        feeds=(feed,),
        crumbs=crumbs,
        foreign=site.foreign(topic.name),
    )
    return edition.context(
        url,
        head,
        name=topic.title,
        body=edition.composer.compose(topic.body, owner=topic.name),
        announcements=cards.mentioning(topic.name),
        partners=tuple(cards.partners[name] for name in partners if name in cards.partners),
        feed=feed,
    )
