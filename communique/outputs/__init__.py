"""The outputs of the site, one family a file. To add a family: a file here, and a line in FAMILIES."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from communique.edition import Edition
from communique.output import Output, Page, Raw
from communique.outputs.announcements import announcement_pages
from communique.outputs.feeds import feeds
from communique.outputs.kit import kits
from communique.outputs.listings import listings
from communique.outputs.machine import machine_files
from communique.outputs.pages import text_pages
from communique.outputs.partner_map import map_pages
from communique.outputs.profiles import profiles
from communique.outputs.redirects import redirect_files, redirects
from communique.outputs.search import search_files
from communique.outputs.social_cards import social_cards
from communique.outputs.timeline import timeline_pages
from communique.outputs.twins import twins
from communique.work import Work

FAMILIES: tuple[Callable[[Edition], Iterator[Output]], ...] = (
    listings,
    announcement_pages,
    twins,
    profiles,
    timeline_pages,
    map_pages,
    text_pages,
    social_cards,
    feeds,
    redirects,
)


def plan(editions: Sequence[Edition], work: Work) -> list[Output]:
    """All outputs of all editions; the files for machines come last, since they list the others."""
    outputs: list[Output] = []
    pictures: dict[str, bytes] = {}
    for edition in editions:
        for output in chain(*(family(edition) for family in FAMILIES), search_files(edition, work)):
            if isinstance(output, Page):
                outputs.append(replace(output, language=edition.language.tag))
                continue
            # a picture serves all languages
            sign = output.data if isinstance(output, Raw) else output.key
            if not sign or pictures.get(output.path) != sign:
                pictures[output.path] = sign
                outputs.append(output)
    outputs += kits(editions)
    moved = [output for output in outputs if isinstance(output, Page) and output.template == "redirect.html"]
    outputs += redirect_files(editions, moved)
    return [*outputs, *machine_files(editions, outputs)]
