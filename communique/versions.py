"""Versions: the same page in each language of the site."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from communique.edition import Edition
from communique.output import Page
from communique.views import Version

Told = Mapping[str, tuple[Version, ...]]


def versions(pages: Iterable[Page], editions: Sequence[Edition]) -> Told:
    """The versions of each page, by its URL, in the order of the site's languages.

    Where a language has no such page, its home page stands for it.
    """
    roots = {edition.language.tag: edition.site.root for edition in editions}
    found: dict[str, dict[str, Page]] = {}
    for page in pages:
        found.setdefault(page.url.removeprefix(roots[page.language]), {})[page.language] = page
    told = {}
    for by_language in found.values():
        for page in by_language.values():
            told[page.url] = tuple(_version(edition, by_language, page) for edition in editions)
    return told


def _version(edition: Edition, by_language: Mapping[str, Page], page: Page) -> Version:
    tag = edition.language.tag
    there = by_language.get(tag)
    url = there.url if there else edition.frame.home
    own = there is not None and there.own and page.own
    return Version(tag, edition.language.name, url, edition.absolute(url), there is page, own)


def alternates(told: Sequence[Version]) -> Iterator[tuple[str, str]]:
    """Language and address of each version that search engines are told of, with `x-default`; none for a lone one."""
    own = [version for version in told if version.own]
    if len(own) > 1:
        yield from ((version.tag, version.address) for version in own)
        yield "x-default", own[0].address
