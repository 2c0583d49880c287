"""The shipped content, read without the engine, and what a site must hold for it.

Each function looks at files by path and gives what is missing, so the tests hold for whatever is in content/.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote, urljoin

import yaml
from markup import Markup, read
from support import NOW, ROOT, built

SITE = "https://site.invalid/"


@dataclass(frozen=True)
class Written:
    """A record as it is written: its kind's folder, slug, language (empty for the default), fields and body. What a
    translation does not say is that of its original."""

    path: str
    folder: str
    slug: str
    language: str
    fields: Mapping[str, Any]
    body: str

    @property
    def url(self) -> str:
        """Where its page is to be, from the site's root."""
        return self.in_language(self.language)

    def in_language(self, language: str) -> str:
        """Where the page of the same record is in the edition of a language."""
        before = f"/{language}/" if language else "/"
        return f"{before}{self.slug}/" if self.folder == "pages" else f"{before}{self.folder}/{self.slug}/"

    @property
    def withheld(self) -> bool:
        """Whether it must not show at NOW."""
        until = self.fields.get("embargo")
        lifted = not until or datetime.fromisoformat(until) <= NOW
        return self.fields.get("draft") == "true" or bool(self.fields.get("questions")) or not lifted


@cache
def files() -> dict[str, bytes]:
    """The files of the shipped site, by path."""
    found = {"site.yaml": (ROOT / "site.yaml").read_bytes()}
    for name in ("content", "templates", "static"):
        for file in (ROOT / name).rglob("*"):
            if file.is_file() and not file.name.startswith("."):
                found[file.relative_to(ROOT).as_posix()] = file.read_bytes()
    return found


@cache
def site() -> Mapping[str, bytes]:
    """The finished files of the shipped site."""
    return built(files()).files


def records(given: Mapping[str, bytes]) -> list[Written]:
    """All records in the files of content/, except withheld ones."""
    found = []
    for path, data in given.items():
        where = re.fullmatch(r"content/(\w+)/(?:\d{4}-\d\d-\d\d-)?([^/.]+)(?:/index)?(?:\.([\w-]+))?\.md", path)
        if where:
            _, head, body = data.decode().split("---\n", 2)
            fields = yaml.load(head, yaml.BaseLoader) or {}
            found.append(Written(path, where[1], where[2], where[3] or "", fields, body))
    assert len(found) == sum(path.endswith(".md") for path in given)
    originals = {(each.folder, each.slug): each for each in found if not each.language}
    found = [_whole(each, originals[each.folder, each.slug]) for each in found]
    withheld = {(record.folder, record.slug) for record in found if record.withheld}
    return [record for record in found if (record.folder, record.slug) not in withheld]


def _whole(record: Written, original: Written) -> Written:
    """A record with what it leaves to its original."""
    body = record.body if record.body.strip() else original.body
    return replace(record, fields=_merged(original.fields, record.fields), body=body)


def _merged(shared: Any, own: Any) -> Any:
    if isinstance(shared, dict) and isinstance(own, dict):
        return shared | {key: _merged(shared.get(key), value) for key, value in own.items()}
    if isinstance(shared, list) and isinstance(own, list) and len(shared) == len(own):
        return [_merged(*pair) for pair in zip(shared, own, strict=True)]
    return own


def languages(given: Mapping[str, bytes]) -> list[str]:
    """The languages of the site, the default first."""
    found = yaml.load(given["site.yaml"], yaml.BaseLoader)["languages"]
    assert isinstance(found, list)
    return found


def file_of(url: str) -> str:
    """The file that a server gives for a URL."""
    path = unquote(url.partition("#")[0].partition("?")[0]).lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def pages_without(given: Mapping[str, bytes], finished: Mapping[str, bytes]) -> list[str]:
    """The records that have no page with their title in its heading."""
    missing = []
    for record in records(given):
        title = record.fields.get("title") or record.fields.get("name")
        page = read(finished.get(file_of(record.url), b""))
        if title and not any(title in " ".join(heading.text.split()) for heading in page.all("h1")):
            missing.append(record.path)
    return missing


def links_missing(given: Mapping[str, bytes], finished: Mapping[str, bytes]) -> list[str]:
    """Each record that a page does not link to although its record names it, or the other way round."""
    found = {record.path: record for record in records(given)}
    pages = {path: read(data) for path, data in finished.items() if path.endswith(".html")}
    missing = []
    for record in found.values():
        for other in _named(record, found):
            there = other.in_language(record.language)
            if not _leads(pages, record.url, there):
                missing.append(f"{record.url} -> {there}")
            back = record.folder == "announcements" and other.folder in ("partners", "topics", "people")
            if back and not _leads(pages, there, record.url):
                missing.append(f"{there} -> {record.url}")
    return missing


def unlisted(given: Mapping[str, bytes], finished: Mapping[str, bytes]) -> list[str]:
    """The records that no list of their kind leads to; for pages, the home page."""
    pages = {path: read(data) for path, data in finished.items() if path.endswith(".html")}
    missing = []
    for record in records(given):
        start = f"/{record.language}/" if record.language else "/"
        lists = [start]
        if record.folder != "pages":
            numbered = (f"/{path.removesuffix('index.html')}" for path in pages if "announcements/page/" in path)
            lists = [f"{start}{record.folder}/", *(numbered if record.folder == "announcements" else ())]
        if not any(_leads(pages, each, record.url) for each in lists):
            missing.append(record.path)
    return missing


def _named(record: Written, found: Mapping[str, Written]) -> Iterator[Written]:
    """The records that a record names in its fields, in its links and as speakers."""
    by_slug = {(each.folder, each.slug): each for each in found.values() if not each.language}
    people = {each.fields.get("name"): each for each in found.values() if each.folder == "people"}
    fields = record.fields
    slugs = [(folder, slug) for folder in ("partners", "topics") for slug in fields.get(folder, ())]
    slugs += [("people", slug) for slug in fields.get("contacts", ())]
    slugs += [("partners", role["partner"]) for role in fields.get("roles", ()) if "partner" in role]
    slugs += [("partners", fields["parent"])] if "parent" in fields else []
    yield from (by_slug[each] for each in slugs if each in by_slug)
    for link in re.findall(r"\]\(([^)#\s]+\.md)", record.body):
        path = normpath(f"{dirname(record.path)}/{link}")
        if path in found:
            yield found[path]
    for speaker in re.findall(r"^> (?:—|--) (.+)$", record.body, re.MULTILINE):
        yield people[speaker]


def _leads(pages: Mapping[str, Markup], here: str, there: str) -> bool:
    page = pages.get(file_of(here), Markup())
    return any(
        urljoin(SITE + here.lstrip("/"), url).partition("#")[0] == SITE + there.lstrip("/") for url in page.anchors
    )
