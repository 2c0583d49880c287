"""Deep links: a link to a heading of an original leads to the same heading of its translation."""

import re
from collections.abc import Iterable, Mapping, Set

from communique.library import Entry
from communique.names import Name
from communique.prose import Anchor, Prose

_HEADING = re.compile(r'<h[1-6] id="$')


def deep_links(
    entries: Mapping[Name, Entry], originals: Mapping[Name, Entry], shared: Set[Name], files: Mapping[str, Name]
) -> dict[tuple[Name, str], str]:
    """For each place of an original that entries link to, and that their own text of the record does not have, the id
    of the heading that stands for it there. Only `shared` records are looked at, those that both languages show; and
    both texts must have the same number of headings."""
    found = {}
    asked = {
        (files.get(each.path, each.name), each.fragment)
        for entry in entries.values()
        for each in entry.references
        if each.fragment
    }
    for name, fragment in asked:
        if name in shared and entries[name] is not originals[name]:
            mine, theirs = (list(_headings(each[name].record.body)) for each in (entries, originals))
            if fragment not in mine and fragment in theirs and len(mine) == len(theirs):
                found[name, fragment] = mine[theirs.index(fragment)]
    return found


def _headings(text: Prose) -> Iterable[str]:
    """The ids of the headings of a text."""
    before: object = ""
    for piece in text.pieces:
        if isinstance(piece, Anchor) and isinstance(before, str) and _HEADING.search(before):
            yield piece.id
        before = piece
