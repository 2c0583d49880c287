"""Redirects: old paths that lead to announcements, as pages and as files for servers that do it better."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from urllib.parse import quote, unquote, urlsplit

from communique.addresses import to_root
from communique.edition import Edition
from communique.kinds import Announcement
from communique.output import Output, Page, Raw
from communique.problems import Place

_SITE = Place("site.yaml")


def redirects(edition: Edition) -> Iterator[Output]:
    """A page for each old path."""
    moved = [
        (old_url(was.text), announcement, was.place)
        for announcement in edition.site.announcements.values()
        for was in announcement.was
        if was.place.path == announcement.path and not edition.site.foreign(announcement.name)
    ]
    for old, announcement, place in moved:
        yield Page(old, "redirect.html", partial(_moved, edition, announcement, old), place, listed=False)


def redirect_files(editions: Sequence[Edition], moved: Sequence[Page]) -> Iterator[Raw]:
    """The same for servers, as each of them reads it, where there is any page."""
    if not moved:
        return
    base = urlsplit(editions[0].site.settings.base_url).path
    pairs = [(base + page.url.lstrip("/"), base + str(page.context()["address"]).lstrip("/")) for page in moved]
    yield _lines("_redirects", (f"{old} {new} 301" for old, new in pairs))
    plain = [(unquote(old), new) for old, new in pairs]
    yield _lines(".htaccess", (f'RedirectMatch 301 "^{re.escape(old)}$" "{new}"' for old, new in plain))
    yield _lines(".redirects.nginx", (f'"{old}" "{new}";' for old, new in plain))
    # for Caddy these signs stand for something; the page redirects all the same
    simple = [pair for pair in plain if not re.search(r"[*{}%]", pair[0])]
    yield _lines(".redirects.caddy", (f'redir "{old}" "{new}" 301' for old, new in simple))


def _lines(path: str, lines: Iterable[str]) -> Raw:
    return Raw(path, "".join(f"{line}\n" for line in lines).encode(), _SITE)


def _moved(edition: Edition, announcement: Announcement, old: str) -> Mapping[str, object]:
    new = edition.site.url(announcement.name)
    head = edition.head(new, announcement.title, announcement.summary)
    target = to_root(old) + new.lstrip("/")
    return edition.context(old, head, target=target, title=announcement.title, address=new)


def old_url(was: str) -> str:
    """The URL of an old path: where its last part has no ending, it is that of a folder."""
    path = "/" + quote(unquote(was).lstrip("/"))
    return path if path.endswith((".html", ".htm", "/")) else f"{path}/"
