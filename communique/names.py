"""File names and slugs: which record a file of content/ belongs to."""

import re
import unicodedata
from typing import NamedTuple

from communique.problems import Place, Problem, did_you_mean

FOLDERS = {
    "announcements": "announcement",
    "partners": "partner",
    "people": "person",
    "topics": "topic",
    "pages": "page",
}
IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
# the sign-offs of an announcement lie beside its file
APPROVALS = ".approvals.yaml"
LIMIT_SLUG_BYTES = 120

_SLUG = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}-(?=.)")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?:\..*)?", re.IGNORECASE)


class Name(NamedTuple):
    """The name of a record: its kind and its slug."""

    kind: str
    slug: str


class ContentFile(NamedTuple):
    """What a path inside content/ says: the record, the language of a translation (or empty), its own folder or not."""

    name: Name
    language: str
    own_folder: bool


def reserved(name: str) -> bool:
    """Whether Windows keeps the name of a file or folder for itself, with any ending."""
    return _RESERVED.fullmatch(name) is not None


def slug_fault(slug: str) -> str:
    """Why a text cannot be a slug, or an empty text."""
    if not _SLUG.fullmatch(slug):
        return "a slug has letters, digits and hyphens only, and begins and ends with a letter or digit"
    if reserved(slug):
        return "Windows keeps this name for itself"
    if len(slug.encode()) > LIMIT_SLUG_BYTES:
        return f"a slug has at most {LIMIT_SLUG_BYTES} bytes"
    return ""


def read_path(path: str) -> ContentFile | Problem:
    """The record that a Markdown file of content/ belongs to, or the problem with its path."""
    parts = unicodedata.normalize("NFC", path).split("/")
    whole = Place(path)
    kinds = "its folder is one of " + ", ".join(f"content/{folder}/" for folder in FOLDERS)
    if len(parts) < 3:
        return Problem(whole, "E109", "a record stands in the folder of its kind", kinds)
    if parts[1] not in FOLDERS:
        return Problem(whole, "E109", f"`{parts[1]}` is no kind of record", did_you_mean(parts[1], FOLDERS, kinds))
    if len(parts) > 4 or (len(parts) == 4 and not re.fullmatch(r"index(\.[^.]+)?\.md", parts[3])):
        help = "a record is content/KIND/SLUG.md, or content/KIND/SLUG/index.md with its images beside it"
        return Problem(whole, "E109", "the file stands where no record is looked for", help)
    own_folder = len(parts) == 4
    stem = parts[3][:-3] if own_folder else parts[2][:-3]
    stem, dot, language = stem.partition(".")
    if dot and not _LANGUAGE.fullmatch(language):
        help = "before `.md` there may stand a language, as in `SLUG.zh-Hans.md`; a slug has no dots"
        return Problem(whole, "E108", f"`{language}` is not a language", help)
    slug = _DATED.sub("", parts[2] if own_folder else stem, count=1)
    fault = slug_fault(slug)
    if fault:
        return Problem(whole, "E108", f"`{slug}` cannot be a slug", f"{fault}; rename the file")
    return ContentFile(Name(FOLDERS[parts[1]], slug), language, own_folder)
