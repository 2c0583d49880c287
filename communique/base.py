"""The base of an edition: a digest of all that its pages depend on besides announcements."""

from hashlib import blake2b

from communique.site import Site
from communique.sources import Sources

_ANNOUNCEMENTS = "content/announcements/"


def base_of(sources: Sources, site: Site, extras: str) -> bytes:
    """The digest of settings, templates, all content that is no text of an announcement, what of it is public, and the
    announcements that it links to. `extras` is whatever else every page shows."""
    digest = blake2b(f"{site.settings.base_url}\n{site.language}\n{extras}\n".encode(), digest_size=16)
    digest.update(sources.settings or b"")
    for files in (sources.templates, sources.content):
        for path, data in files.items():
            if not (path.startswith(_ANNOUNCEMENTS) and path.endswith(".md")):
                digest.update(f"{len(path.encode())} {len(data)} {path}".encode())
                digest.update(data)
    for name in sorted(site.standings):
        if name.kind != "announcement":
            digest.update(f"{name.kind} {name.slug} {name in site.shared}\n".encode())
            for reference in site.entries[name].references:
                if reference.name.kind == "announcement":
                    slug, held = reference.name.slug, site.holds(reference.name)
                    digest.update(f"{slug} {held} {site.title(reference.name) if held else ''}\n".encode())
    digest.update(repr(sorted(site.deep.items())).encode())
    return digest.digest()
