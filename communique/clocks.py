"""The clocks of those who announce together: one instant, told in the zone of the site and of each partner."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from communique.kinds import Announcement, Partner
from communique.links import Reference
from communique.names import Name
from communique.problems import Problem
from communique.settings import Settings
from communique.zones import clock_change, zone, zone_of

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Clock(NamedTuple):
    """A place whose clock somebody reads, and its zone."""

    place: str
    zone: str

    def tell(self, instant: datetime) -> str:
        """The instant on this clock, with its weekday: `Mon 27 Oct 2025 09:00 in Beijing`."""
        there = instant.astimezone(zone(self.zone))
        day = f"{_DAYS[there.weekday()]} {there.day} {_MONTHS[there.month - 1]} {there.year}"
        return f"{day} {there:%H:%M} in {self.place}"


def clocks(settings: Settings, partners: dict[Name, Partner], announcing: Iterable[Reference]) -> tuple[Clock, ...]:
    """The site's clock, and one for each further zone of the partners who announce."""
    found = {settings.timezone: Clock(settings.timezone.rpartition("/")[2].replace("_", " "), settings.timezone)}
    for reference in announcing:
        partner = partners.get(reference.name)
        where = _place(partner, partners)
        if where is not None:
            found.setdefault(where.zone, where)
    return tuple(found.values())


def _place(partner: Partner | None, partners: dict[Name, Partner]) -> Clock | None:
    """The clock of a partner, or of the organisation to which it belongs."""
    for _ in range(len(partners)):
        if partner is None:
            return None
        if partner.country:
            name = zone_of(partner.country, partner.city)
            return Clock(partner.city or partner.country, name) if name else None
        partner = partners.get(partner.parent.name) if partner.parent else None
    return None


def tell(instant: datetime, where: Iterable[Clock]) -> str:
    """The instant on several clocks, in one line."""
    return ", ".join(clock.tell(instant) for clock in where)


def check_embargoes(
    announcements: Iterable[Announcement], settings: Settings, partners: dict[Name, Partner]
) -> Iterator[Problem]:
    """A problem for each embargo whose time of day a change of clocks skips or doubles for one of those concerned."""
    for announcement in announcements:
        embargo = announcement.embargo
        if embargo is None or embargo.utc:
            continue
        for clock in clocks(settings, partners, announcement.partners):
            change = clock_change(embargo.instant, zone(clock.zone))
            if change:
                happens = {"skipped": "does not exist", "doubled": "happens twice"}[change]
                message = f"{embargo.instant:%H:%M} on that day {happens} in {clock.place}: the clocks change then"
                help = "choose a time at least an hour earlier or later, so that nobody can misread it"
                yield Problem(embargo.place, "E205", message, help)
                break
