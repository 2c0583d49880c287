"""URLs that were public and would be gone: readers, search engines and other newsrooms still point there."""

from collections.abc import Collection, Iterator
from datetime import datetime
from urllib.parse import unquote

from communique.addresses import file_of, url_of
from communique.library import Library
from communique.links import folder_of
from communique.names import FOLDERS, Name
from communique.problems import Place, Problem
from communique.standing import standing_of

_MADE = frozenset(("announcements", "partners", "people", "topics", "timeline", "map", "search"))


def vanishing(published: Collection[str], files: Collection[str], library: Library, now: datetime) -> Iterator[Problem]:
    """A warning for each page of a record that was published and would vanish without a redirect or a withdrawal.

    `published` are the paths of the last published output, `files` those that this build means to make.
    """
    paths = {name: path for path, name in library.files.items()}
    standings = {each.name: standing_of(each, now) for each in library.announcements}
    for path in sorted(set(published) - set(files)):
        name = _record(path)
        if name is None:
            continue
        source = paths.get(name, f"content/{folder_of(name.kind)}/{name.slug}.md")
        standing: str = standings.get(name, "") if name in paths else "no longer there"
        why = f"this {name.kind} is {standing}" if standing else f"nothing public leads to this {name.kind} any more"
        help = "a public statement keeps its URL: use `withdrawn`, or `was` in the announcement that replaces it"
        if name.kind != "announcement":
            help = "mention it again, or expect that links from elsewhere lead nowhere"
        yield Problem(Place(source), "W401", f"`{unquote(url_of(name))}` is public now and would vanish: {why}", help)


def _record(path: str) -> Name | None:
    """The record whose page a path of the output is."""
    parts = path.split("/")
    if parts[-1] != "index.html":
        return None
    if len(parts) == 3 and parts[0] in FOLDERS and not parts[1].isdigit():
        name = Name(FOLDERS[parts[0]], parts[1])
    elif len(parts) == 2 and parts[0] not in _MADE:
        name = Name("page", parts[0])
    else:
        return None
    return name if file_of(url_of(name)) == path else None
