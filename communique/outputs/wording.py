"""The wording of an announcement: all that its page says, as Markdown or as plain text."""

from collections.abc import Iterator

from communique.edition import Edition
from communique.kinds import Announcement
from communique.outputs.announcements import last_change
from communique.transcript import Transcriber
from communique.views import PersonCard


def wording(edition: Edition, announcement: Announcement, *, marks: bool) -> str:
    """The text of an announcement, as Markdown with `marks`. Of a withdrawn one only what became of it."""
    here = edition.absolute(edition.site.url(announcement.name))
    to = Transcriber(marks=marks, base=edition.site.settings.base_url, here=here)
    parts = [to.heading(1, edition.title(announcement))]
    parts += _withdrawal(edition, announcement, to) if announcement.withdrawn else _parts(edition, announcement, to)
    parts.append(f"{to.words(edition.word('printed_from'))} {f'<{here}>' if marks else here}")
    return "\n\n".join(part for part in parts if part) + "\n"


def spoken(edition: Edition, announcement: Announcement) -> str:
    """The quotes of an announcement as plain text, each with its speaker; empty where nobody is quoted."""
    here = edition.absolute(edition.site.url(announcement.name))
    to = Transcriber(marks=False, base=edition.site.settings.base_url, here=here)
    said = edition.cards.quotes_of(announcement.name)
    return "\n".join(
        f"{to.text(quote.html)}\n— {', '.join(filter(None, (quote.speaker.text, quote.role)))}\n"
        f"{edition.absolute(quote.url)}\n"
        for quote in said
    )


def _withdrawal(edition: Edition, announcement: Announcement, to: Transcriber) -> Iterator[str]:
    assert announcement.withdrawn
    date = edition.language.date(announcement.withdrawn.date.local(edition.site.settings.zone))
    yield f"{to.strong(edition.word('withdrawn'))} {to.words(date)}"
    yield to.text(edition.composer.compose(announcement.withdrawn.note, owner=announcement.name))
    yield to.words(edition.word("withdrawn_means"))


def _parts(edition: Edition, announcement: Announcement, to: Transcriber) -> Iterator[str]:
    site, cards, language, word = edition.site, edition.cards, edition.language, edition.word
    zone, name = site.settings.zone, announcement.name
    yield to.strong(announcement.subtitle) if announcement.subtitle else ""
    date = language.date(announcement.date.local(zone))
    changed = last_change(announcement, zone)
    updated = f"{word('updated')} {language.date(changed.local(zone))}" if changed is not announcement.date else ""
    yield to.words(" · ".join(filter(None, (date, announcement.place, updated))))
    partners = site.of(site.partners, announcement.partners)
    yield to.words(" · ".join(partner.title for partner in partners))
    for number, note in enumerate(announcement.corrections, 1):
        yield f"{to.strong(word('correction'))} {to.words(language.date(note.date.local(zone)))}"
        yield to.text(edition.composer.compose(note.note, owner=name), f"correction-{number}-")
    yield to.words(announcement.summary)
    place = f"{announcement.place}{word('dateline_comma')}" if announcement.place else ""
    dateline = to.words(f"{place}{date}{word('dateline_dash')}")
    body = cards.body(announcement)
    yield dateline + to.text(body) if body.startswith("<p>") else f"{dateline.rstrip()}\n\n{to.text(body)}"
    yield to.words(word("ends"))
    yield from _facts(edition, announcement, to)
    if announcement.events:
        yield to.heading(2, word("events"))
        yield "\n".join(f"- {to.words(f'{language.date(each.date)}: {each.what}')}" for each in announcement.events)
    if announcement.notes:
        yield to.heading(2, word("notes"))
        yield to.text(edition.composer.compose(announcement.notes, owner=name, date=announcement.date), "notes-")
    described = [(partner, html) for partner in partners if (html := cards.about(partner).html)]
    if described:
        yield to.heading(2, word("about"))
    for partner, html in described:
        yield to.heading(3, partner.title)
        there = to._replace(here=edition.absolute(site.url(partner.name)))
        yield there.text(html, f"about-{partner.name.slug}-")
    yield from _contacts(edition, announcement, to)
    if announcement.source:
        yield to.heading(2, word("source"))
        yield to.link(announcement.source.name, announcement.source.url)


def _facts(edition: Edition, announcement: Announcement, to: Transcriber) -> Iterator[str]:
    if not announcement.facts:
        return
    yield to.heading(2, edition.word("facts"))
    lines = []
    for fact in announcement.facts:
        as_of = f"{edition.word('as_of')} {edition.language.date(fact.as_of)}" if fact.as_of else ""
        more = "; ".join(filter(None, (as_of, fact.source)))
        lines.append(f"- {to.strong(fact.value)} {to.words(fact.label + (f' ({more})' if more else ''))}")
    yield "\n".join(lines)


def _contacts(edition: Edition, announcement: Announcement, to: Transcriber) -> Iterator[str]:
    site, office = edition.site, edition.frame.contact
    lines = [_person(edition.cards.people[who.name]) for who in site.of(site.people, announcement.contacts)]
    if office:
        lines.append(", ".join(filter(None, (office.name, office.email, office.phone, office.hours, office.note))))
    if lines:
        yield to.heading(2, edition.word("press_contact"))
        yield "\n".join(f"- {to.words(line)}" for line in lines)


def _person(card: PersonCard) -> str:
    return ", ".join(filter(None, (card.name, card.role, card.partner.text if card.partner else "")))
