"""Addresses: the URL of every record and the file that holds it. URLs here begin at the site's root."""

from functools import lru_cache
from urllib.parse import quote, unquote

from communique.links import folder_of
from communique.names import Name


@lru_cache(maxsize=1 << 16)
def url_of(name: Name) -> str:
    """The URL of a record, percent-encoded, with a slash at both ends."""
    if name.kind == "page":
        return f"/{quote(name.slug)}/"
    return f"/{folder_of(name.kind)}/{quote(name.slug)}/"


def file_of(url: str) -> str:
    """The path of the file in the output folder that a server gives for a URL of the site."""
    path = unquote(url.partition("#")[0].partition("?")[0]).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def to_root(url: str) -> str:
    """The relative way from a page to the site's root: `./`, `../`, `../../` …"""
    return "../" * (url.count("/") - 1) or "./"
