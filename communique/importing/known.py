"""What a site knows of partners, people and topics, for the reading of a document."""

from collections.abc import Mapping

from communique.concordance import known_names
from communique.frontmatter import Fault, Text, parse
from communique.importing.notes import Known
from communique.kinds import Partner, Person, Topic
from communique.library import Library


def known_of(library: Library, content: Mapping[str, bytes]) -> Known:
    """The names by which the records of a library go, in all its languages."""
    partners: dict[str, tuple[str, ...]] = {}
    people: dict[str, tuple[str, ...]] = {}
    topics: dict[str, tuple[str, ...]] = {}
    for record in (entry.record for entry in library.all_entries):
        slug = record.name.slug
        match record:
            case Partner():
                partners[slug] = _joined(partners.get(slug, ()), known_names(record))
            case Person():
                people[slug] = _joined(people.get(slug, ()), known_names(record))
            case Topic():
                topics[slug] = _joined(topics.get(slug, ()), (record.title,))
    texts = {partner.name.slug: _boilerplate(content, partner.path) for partner in library.partners}
    return Known(partners, people, topics, {slug: text for slug, text in texts.items() if text})


def _joined(names: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, *more)))


def _boilerplate(content: Mapping[str, bytes], path: str) -> str:
    try:
        fields = parse(path, content[path]).fields.fields
    except Fault:
        return ""
    return next((value.text for key, value in fields if key.text == "boilerplate" and isinstance(value, Text)), "")
