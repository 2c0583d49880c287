"""What of the sources is withheld, and what is said in public anyway: the two sides of the second look."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from communique.kinds import Announcement
from communique.languages import language
from communique.library import Library
from communique.problems import Place, Problem
from communique.resolve import image_files
from communique.secret import Secret
from communique.site import Site
from communique.sources import Sources


def withheld(sources: Sources, library: Library, sites: Sequence[Site]) -> list[Secret]:
    """What must not show in the sites of any language: each withheld text of an announcement, and its pictures."""
    public = {entry.record.path: entry.record for site in sites for entry in site.entries.values()}
    paths = {path for record in public.values() for path in image_files(record)}
    shown = {library.others[path] for path in paths if path in library.others}
    names = {name for site in sites for name in site.standings}
    # of originals whose translation shows before them
    bare = {
        library.entries[name].record.path: entry.original
        for site in sites
        for name, entry in site.entries.items()
        if entry.original is not None
    }
    secrets = []
    for record in (entry.record for entry in library.all_entries):
        if not isinstance(record, Announcement) or record.path in public:
            continue
        images = {library.others[path] for path in image_files(record) if path in library.others}
        text = sources.content[record.path].decode()
        slug = "" if record.name in names else record.name.slug
        title = "" if "title" in library.unsound.get(record.name, ()) else record.title
        pictures = tuple(sorted(images - shown))
        secrets.append(Secret(record.path, slug, title, text, pictures, bare.get(record.path, b"")))
    return secrets


def public_texts(sources: Sources, library: Library, sites: Sequence[Site]) -> list[str]:
    """All that may be said in public: the files of public records, and the words of the interface."""
    paths = _public_paths(library, sites)
    words = [word for site in sites for word in language(site.language).words.values()]
    settings = sites[0].settings
    words += [text for local in (settings.title, settings.tagline) if local for text in local.texts.values()]
    return [*(sources.content[path].decode("utf-8", "replace") for path in sorted(paths)), *words]


def _public_paths(library: Library, sites: Sequence[Site]) -> set[str]:
    paths = {entry.record.path for site in sites for entry in site.entries.values()}
    # a translation takes from its original what it does not say itself, unless it shows before it
    return paths | {
        library.entries[name].record.path
        for site in sites
        for name, entry in site.entries.items()
        if entry.original is None
    }


def exposed(sources: Sources, library: Library, sites: Sequence[Site], secrets: Sequence[Secret]) -> Iterator[Problem]:
    """A problem for each place of a public text that names something withheld by its whole address on this site."""
    slugs = {secret.slug for secret in secrets if secret.slug}
    root = re.escape(sites[0].settings.base_url.partition("://")[2])
    address = re.compile(rf"(?<![\w.-]){root}(?:[\w-]+/)?announcements/([\w%-]+)", re.IGNORECASE)
    for path in sorted(_public_paths(library, sites)) if slugs else ():
        text = sources.content[path].decode("utf-8", "replace")
        for match in address.finditer(text):
            slug = unquote(match[1])
            if slug in slugs:
                start = match.start()
                place = Place(path, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start))
                message = f"this public text names the address of `{slug}`, which is withheld"
                yield Problem(place, "E309", message, "take the mention out until the announcement is public")


def without(sources: Sources, secrets: Sequence[Secret]) -> Sources:
    """The sources as if the files of the withheld did not exist; where a translation shows before its original, that
    stays without its words."""
    kept = {secret.path: secret for secret in secrets}
    bare = {path: secret.bare for path, secret in kept.items() if secret.bare}
    content = {path: data for path, data in sources.content.items() if path not in kept} | bare
    return replace(sources, content=dict(sorted(content.items())))
