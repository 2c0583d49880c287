"""The map: who announces together with whom, as a drawing and as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from communique.edition import Edition
from communique.names import Name
from communique.output import Output, Page
from communique.problems import Place
from communique.views import PartnerCard

if TYPE_CHECKING:
    from communique.drawing.families import Member
    from communique.drawing.ties import Counts

# what a drawing can hold and still be read
DRAWN = 120


@dataclass(frozen=True, slots=True)
class Companions:
    """Partners with whom another one announced equally often, and how often in words."""

    count: str
    partners: tuple[PartnerCard, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A partner in the table: of which other one it is a part, in how many announcements it takes part, in words, and
    with whom. `more` says how many of those are left out, or is empty."""

    partner: PartnerCard
    parent: PartnerCard | None
    count: str
    companions: tuple[Companions, ...]
    more: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What a circle of the drawing stands for: where it leads, what it says, and the language of its label where that
    is not the page's."""

    url: str
    title: str
    language: str


def map_pages(edition: Edition) -> Iterator[Output]:
    """The page of the map."""
    url = edition.site.at("/map/")
    key = edition.face_key(url, edition.site.announcements.values())
    yield Page(url, "map.html", partial(_map, edition, url), Place("site.yaml"), key=key)


def _map(edition: Edition, url: str) -> Mapping[str, object]:
    from communique.drawing.families import families
    from communique.drawing.plan import narrow_plan, wide_plan
    from communique.drawing.ties import count

    site, word = edition.site, edition.word
    counts = count(
        [each.name.slug for each in announcement.partners if each.name in site.partners]
        for announcement in site.announcements.values()
    )
    cards = edition.cards.partners
    ordered = sorted(
        site.partners,
        key=lambda name: (-counts.alone.get(name.slug, 0), edition.language.order(cards[name].name), name.slug),
    )
    drawn = ordered[:DRAWN]
    trees = families(_member(edition, name, counts) for name in drawn)
    ties = counts.among(name.slug for name in drawn)
    return edition.context(
        url,
        edition.head(url, word("map"), word("list_of_map")),
        plans={"wide": wide_plan(trees, ties), "narrow": narrow_plan(trees, ties)} if drawn else {},
        signs={name.slug: _sign(edition, name, counts) for name in drawn},
        rows=_rows(edition, ordered, counts),
        selected=word("map_selected").format(count=DRAWN) if len(ordered) > DRAWN else "",
    )


def _member(edition: Edition, name: Name, counts: "Counts") -> "Member":
    from communique.drawing.families import Member

    partner = edition.site.partners[name]
    parent = partner.parent.name.slug if partner.parent else ""
    return Member(name.slug, partner.short or partner.title, counts.alone.get(name.slug, 0), parent)


def _sign(edition: Edition, name: Name, counts: "Counts") -> Sign:
    card = edition.cards.partners[name]
    full = f"{card.name} ({card.short})" if card.short else card.name
    count = _count(edition, counts.alone.get(name.slug, 0))
    return Sign(card.url, edition.word("map_sign").format(name=full, count=count), card.language)


def _count(edition: Edition, number: int) -> str:
    return edition.language.count("announcement", number)


def _rows(edition: Edition, ordered: list[Name], counts: "Counts") -> tuple[Row, ...]:
    cards = edition.cards.partners
    rank = {name.slug: number for number, name in enumerate(ordered)}
    others = counts.partners()
    rows = []
    for name in ordered:
        together = sorted(others.get(name.slug, ()), key=lambda other: (-other[1], rank[other[0]]))
        companions = tuple(
            Companions(_count(edition, weight), tuple(cards[ordered[rank[slug]]] for slug, _ in group))
            for weight, group in groupby(together[:DRAWN], key=lambda other: other[1])
        )
        left_out = len(together) - DRAWN
        more = edition.word("map_more").format(count=left_out) if left_out > 0 else ""
        above = edition.site.partners[name].parent
        parent = cards.get(above.name) if above else None
        rows.append(Row(cards[name], parent, _count(edition, counts.alone.get(name.slug, 0)), companions, more))
    return tuple(rows)
