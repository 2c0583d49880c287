"""The outputs of the site, one family a file. To add a family: a file here, and a line in FAMILIES."""

from collections.abc import Callable, Iterator

from communique.edition import Edition
from communique.output import Output
from communique.outputs.announcements import announcement_pages
from communique.outputs.feeds import feeds
from communique.outputs.listings import listings
from communique.outputs.machine import machine_files
from communique.outputs.pages import text_pages
from communique.outputs.profiles import profiles
from communique.outputs.redirects import redirects

FAMILIES: tuple[Callable[[Edition], Iterator[Output]], ...] = (
    listings,
    announcement_pages,
    profiles,
    text_pages,
    feeds,
    redirects,
)


def plan(edition: Edition) -> list[Output]:
    """All outputs of an edition; the files for machines come last, since they list the others."""
    outputs = [output for family in FAMILIES for output in family(edition)]
    return [*outputs, *machine_files(edition, outputs)]
