"""What of the sources is withheld, and what is said in public anyway: the two sides of the second look."""

from communique.languages import language
from communique.library import Library
from communique.resolve import image_files
from communique.secret import Secret
from communique.site import Site
from communique.sources import Sources


def withheld(sources: Sources, library: Library, site: Site) -> list[Secret]:
    """What must not show: each withheld announcement with its words, and the pictures that nothing public shows."""
    public = {path for name in site.standings for path in image_files(library.entries[name].record)}
    shown = {library.others[path] for path in public if path in library.others}
    secrets = []
    for announcement in library.announcements:
        if site.holds(announcement.name):
            continue
        images = {library.others[path] for path in image_files(announcement) if path in library.others}
        text = sources.content[announcement.path].decode()
        secrets.append(
            Secret(announcement.path, announcement.name.slug, announcement.title, text, tuple(sorted(images - shown)))
        )
    return secrets


def public_texts(sources: Sources, library: Library, site: Site) -> list[str]:
    """All that may be said in public: the files of public records, the settings, the templates and their words."""
    texts = [sources.content[library.entries[name].record.path] for name in site.standings]
    texts += [*sources.templates.values(), sources.settings or b""]
    words = language(site.settings.language).words
    return [*(text.decode("utf-8", "replace") for text in texts), *words.values()]
