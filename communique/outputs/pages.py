"""The undated pages, and the page for a wrong address."""

from collections.abc import Iterator, Mapping
from functools import partial

from communique.edition import Edition
from communique.kinds import Page as TextPage
from communique.languages.excerpts import EXCERPT, excerpt
from communique.linked_data import breadcrumbs, script
from communique.output import Output, Page
from communique.outputs.announcements import images
from communique.problems import Place
from communique.views import Link


def text_pages(edition: Edition) -> Iterator[Output]:
    """A page for each text of content/pages, and 404.html."""
    for page in edition.site.pages.values():
        url = edition.site.url(page.name)
        own = not edition.site.foreign(page.name)
        key = edition.key(url, ())
        yield Page(url, "page.html", partial(_text, edition, page), Place(page.path), own=own, key=key)
        yield from images(edition, page)
    # a server gives this page at any address, so its links cannot be relative
    url = edition.site.at("/404.html")
    context = partial(_not_found, edition, url)
    key = edition.key(url, ())
    yield Page(url, "404.html", context, Place("site.yaml"), listed=False, absolute=True, key=key)


def _text(edition: Edition, page: TextPage) -> Mapping[str, object]:
    url = edition.site.url(page.name)
    data = script(breadcrumbs(edition, (Link(page.title, url),)))
    description = excerpt(page.body.plain, EXCERPT) or page.title
    head = edition.head(url, page.title, description, data=data, foreign=edition.site.foreign(page.name))
    return edition.context(url, head, title=page.title, body=edition.composer.compose(page.body, owner=page.name))


def _not_found(edition: Edition, url: str) -> Mapping[str, object]:
    title = edition.word("not_found")
    return edition.context(url, edition.head(url, title, title), title=title)
