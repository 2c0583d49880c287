"""Related announcements: those that share topics and partners."""

from collections import Counter
from itertools import chain

from communique.kinds import Announcement
from communique.names import Name
from communique.site import Site

MOST = 3
# so many of the latest of each topic and partner are looked at: the work does not grow with the square of the site
LATEST = 24
TOPIC, PARTNER = 2, 1


class Related:
    """What is related to each announcement of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # announcements are counted by their places in the order of the site, which are compared and sorted soonest
        self._announcements = tuple(site.announcements.values())
        self._places = {each.name: place for place, each in enumerate(self._announcements)}
        self._latest: dict[Name, list[int]] = {}

    def of(self, announcement: Announcement) -> tuple[Announcement, ...]:
        """The announcements that share most with this one, the latest first among equals; withdrawn ones are no
        help."""
        worth = Counter(
            chain.from_iterable(
                self._latest_of(name) * value
                for references, value in ((announcement.topics, TOPIC), (announcement.partners, PARTNER))
                for name in dict.fromkeys(each.name for each in references)
            )
        )
        worth.pop(self._places[announcement.name], None)
        count = len(self._announcements)
        best = sorted(place - value * count for place, value in worth.items())[:MOST]
        return tuple(self._announcements[each % count] for each in best)

    def _latest_of(self, name: Name) -> list[int]:
        """The places of the latest announcements that mention a record."""
        found = self._latest.get(name)
        if found is None:
            latest = self._site.mentions.get(name, ())[:LATEST]
            found = self._latest[name] = [self._places[each.name] for each in latest if not self._site.withdrawn(each)]
        return found
