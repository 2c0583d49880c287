"""Targets of links: what a link in content says before anybody knows what exists."""

import html
import posixpath
import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from communique.names import FOLDERS, ContentFile, Name, read_path
from communique.problems import Place

_ANYWHERE = Place("")
SCHEMES = ("http", "https", "mailto", "tel")

_SHORT = re.compile(r"(announcement|partner|person|topic|page):([^#/?]+)")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_INVISIBLE = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff\ufff0-\ufff8]"
)


class Reference(NamedTuple):
    """A mention of a record, with its place. `path` is the file it was named by, or empty; `name.kind` may be empty
    where the path is that of no record. `fragment` is a place on the record's page."""

    name: Name
    place: Place
    path: str = ""
    fragment: str = ""


class Address(NamedTuple):
    """A target outside the records: another site, a mail address, a path of this site, or a fragment of the page."""

    url: str
    place: Place


class Unsafe(NamedTuple):
    """A target that no page may hold."""

    scheme: str
    place: Place


Target = Reference | Address | Unsafe


def read_target(text: str, place: Place) -> Target:
    """What the target of a link means, in the file where it stands."""
    target = _target(text, place.path.rpartition("/")[0])
    if isinstance(target, Reference):
        return Reference(target.name, place, target.path, target.fragment)
    return target._replace(place=place)


# records are linked to again and again, from many files of one folder
@lru_cache(maxsize=4096)
def _target(text: str, folder: str) -> Target:
    """What the target of a link means in the files of a folder."""
    target = text.strip()
    bare = _INVISIBLE.sub("", html.unescape(html.unescape(target)))
    short = _SHORT.fullmatch(bare.partition("#")[0])
    if short:
        return Reference(Name(short[1], unquote(short[2])), _ANYWHERE, fragment=unquote(bare.partition("#")[2]))
    scheme = _SCHEME.match(bare)
    if scheme:
        if scheme[1].lower() in SCHEMES:
            return Address(bare, _ANYWHERE)
        return Unsafe(scheme[1], _ANYWHERE)
    if bare.startswith(("//", "\\", "/\\")):
        return Unsafe("//", _ANYWHERE)
    if bare.startswith("/") and ".." in bare.partition("?")[0].split("/"):
        return Unsafe("..", _ANYWHERE)
    if bare.startswith(("/", "#", "?")) or not bare:
        return Address(quote(bare, safe="/#?&=%:@!$'()*+,;~-._") if bare else "#", _ANYWHERE)
    path, _, fragment = target.partition("#")
    path = posixpath.normpath(posixpath.join(folder, unquote(path.partition("?")[0])))
    path = unicodedata.normalize("NFC", path)
    return Reference(_name(path), _ANYWHERE, path, unquote(fragment))


def _name(path: str) -> Name:
    if not path.startswith("content/") or not path.endswith(".md"):
        return Name("", path)
    content_file = read_path(path)
    return content_file.name if isinstance(content_file, ContentFile) else Name("", path)


def folder_of(kind: str) -> str:
    """The folder of content/ that holds a kind."""
    return next(folder for folder, of in FOLDERS.items() if of == kind)
