"""The standing of an announcement: draft, embargoed, public or withdrawn."""

from datetime import datetime
from typing import Literal

from communique.kinds import Announcement

Standing = Literal["draft", "embargoed", "public", "withdrawn"]
WITHHELD = frozenset(("draft", "embargoed"))


def standing_of(announcement: Announcement, now: datetime) -> Standing:
    """The standing at an instant. Draft and embargo come first: what is withheld is not withdrawn in public."""
    if announcement.draft or announcement.questions or announcement.awaiting:
        return "draft"
    if announcement.embargo is not None and now < announcement.embargo.instant:
        return "embargoed"
    if announcement.withdrawn is not None:
        return "withdrawn"
    return "public"
