"""Press kits: of each announcement an archive with its texts in every public language and its pictures."""

from collections.abc import Iterator, Sequence
from functools import partial
from hashlib import blake2b
from typing import NamedTuple

from communique.addresses import file_of
from communique.archive import archive
from communique.edition import KIT, Edition
from communique.images import readable
from communique.kinds import Announcement
from communique.kinds.parts import Image
from communique.output import Written
from communique.outputs.announcements import last_change
from communique.outputs.wording import spoken, wording
from communique.problems import Place
from communique.resolve import image_path, images_of

_NAMES = {"announcement.md": "kit_markdown", "announcement.txt": "kit_plain", "quotes.txt": "kit_quotes"}


class _Version(NamedTuple):
    """An announcement in one language."""

    edition: Edition
    announcement: Announcement

    @property
    def tag(self) -> str:
        return self.edition.language.tag


def kits(editions: Sequence[Edition]) -> Iterator[Written]:
    """The kit of each announcement beside its page, in each language in which it is written; all are alike."""
    for name in dict.fromkeys(name for edition in editions for name in edition.site.announcements):
        versions = [
            _Version(edition, edition.site.announcements[name])
            for edition in editions
            if name in edition.site.announcements and not edition.site.foreign(name)
        ]
        key = _key(versions)
        for edition, announcement in versions:
            path = file_of(edition.beside(name, KIT))
            yield Written(path, partial(_kit, versions), Place(announcement.path), key)


def _key(versions: Sequence[_Version]) -> bytes:
    digest = blake2b(b"kit", digest_size=16)
    for edition, announcement in versions:
        digest.update(edition.key(KIT, (announcement,)))
    return digest.digest()


def _kit(versions: Sequence[_Version]) -> bytes:
    """The bytes of a kit. That of a withdrawn announcement holds only what became of it."""
    edition, announcement = versions[0]
    texts: dict[str, bytes] = {}
    for version in versions:
        for marks, ending in ((True, "md"), (False, "txt")):
            text = wording(*version, marks=marks)
            texts[f"{version.tag}/announcement.{ending}"] = text.encode()
        if not announcement.withdrawn and (said := spoken(*version)):
            texts[f"{version.tag}/quotes.txt"] = said.encode()
    pictures = {} if announcement.withdrawn else dict(_pictures(edition, announcement))
    readme = "\n\n".join(_readme(version, texts) for version in versions)
    files = {"README.txt": (readme + "\n").encode(), **texts, **pictures}
    zone = edition.site.settings.zone
    day = last_change(announcement, zone).local(zone).first()
    return archive({f"{announcement.name.slug}/{path}": data for path, data in files.items()}, day)


def _pictures(edition: Edition, announcement: Announcement) -> Iterator[tuple[str, bytes]]:
    for image in images_of(announcement):
        data = edition.site.images.get(image_path(announcement, image))
        if image.redistribute and data is not None and readable(data):
            from communique.pictures import original

            yield _path(announcement, image), original(data, credit=image.credit, licence=image.licence)


def _path(announcement: Announcement, image: Image) -> str:
    return f"pictures/{image_path(announcement, image).rpartition('/')[2]}"


def _readme(version: _Version, texts: dict[str, bytes]) -> str:
    """What a kit holds and what it does not, in one language."""
    edition, announcement = version
    word, site = edition.word, edition.site
    lines = [
        word("kit_of").format(title=edition.title(announcement)),
        edition.language.date(announcement.date.local(site.settings.zone)),
        edition.absolute(site.url(announcement.name)),
        "",
        *(f"{path}: {word(_NAMES[path.rpartition('/')[2]])}" for path in texts if path.startswith(f"{version.tag}/")),
    ]
    kept = []
    for image in images_of(announcement) if not announcement.withdrawn else ():
        says = filter(None, (image.caption or image.alt, image.credit, image.licence))
        line = " · ".join(says)
        if image.redistribute:
            lines.append(f"{_path(announcement, image)}: {line}")
        else:
            kept.append(f"- {line}")
    if kept:
        lines += ["", word("kit_without"), *kept]
    return "\n".join(lines)
