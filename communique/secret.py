"""A secret: what of a withheld announcement must not be in any finished file."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Secret:
    """The file, slug, title and whole text of an announcement, and its pictures; the slug is empty where another
    language of it is public; `bare` is then what may be known of the file."""

    path: str
    slug: str
    title: str
    text: str
    images: tuple[bytes, ...]
    bare: bytes = b""
