"""Related announcements: those that share topics and partners."""

from collections import Counter
from collections.abc import Mapping

from communique.kinds import Announcement
from communique.names import Name
from communique.site import Site

MOST = 3
# so many of the latest of each topic and partner are looked at: the work does not grow with the square of the site
LATEST = 24
TOPIC, PARTNER = 2, 1


def related(site: Site, announcement: Announcement, ranks: Mapping[Name, int]) -> tuple[Announcement, ...]:
    """The announcements that share most with this one, the latest first among equals; withdrawn ones are no help.
    `ranks` has the place of each announcement in the order of the site."""
    worth: Counter[Name] = Counter()
    for references, value in ((announcement.topics, TOPIC), (announcement.partners, PARTNER)):
        for reference in dict.fromkeys(each.name for each in references):
            for other in site.mentions.get(reference, ())[:LATEST]:
                worth[other.name] += value
    worth.pop(announcement.name, None)
    best = sorted(worth, key=lambda name: (-worth[name], ranks[name]))
    standing = (site.announcements[name] for name in best)
    return tuple(each for each in standing if not site.withdrawn(each))[:MOST]
