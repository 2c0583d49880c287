"""Why an announcement stands as it does."""

from communique.clocks import Clock, tell
from communique.kinds import Announcement


def why(announcement: Announcement, standing: str, told: tuple[Clock, ...]) -> str:
    """The reasons of a standing, in words; `told` are the clocks on which its embargo is told."""
    embargo = announcement.embargo
    reasons = []
    if announcement.draft:
        reasons.append("it says `draft: true`")
    if announcement.questions:
        count = len(announcement.questions)
        reasons.append(f"{count} question{'' if count == 1 else 's'} to partners {'is' if count == 1 else 'are'} open")
    if announcement.awaiting:
        reasons.append(f"it awaits the sign-off of {', '.join(partner.slug for partner in announcement.awaiting)}")
    if standing == "embargoed" and embargo is not None:
        reasons.append(f"nothing shows before {tell(embargo.instant, told)}")
    if standing == "public":
        reasons.append(f"embargo lifted {tell(embargo.instant, told)}" if embargo else "it has no embargo")
    if standing == "withdrawn" and announcement.withdrawn is not None:
        reasons.append(f"withdrawn on {announcement.withdrawn.date.iso}; its URL stays")
    return " and ".join(reasons)
