"""The undated pages, and the page for a wrong address."""

from collections.abc import Iterator

from communique.edition import Edition
from communique.linked_data import breadcrumbs, script
from communique.output import Output, Page
from communique.outputs.announcements import images
from communique.problems import Place
from communique.views import Link


def text_pages(edition: Edition) -> Iterator[Output]:
    """A page for each text of content/pages, and 404.html."""
    for page in edition.site.pages.values():
        url = edition.site.url(page.name)
        data = script(breadcrumbs(edition, (Link(page.title, url),)))
        head = edition.head(url, page.title, page.body.plain[:200] or page.title, data=data)
        body = edition.composer.compose(page.body, owner=page.name)
        context = edition.context(url, head, title=page.title, body=body)
        yield Page(url, "page.html", context, Place(page.path))
        yield from images(edition, page)
    title = edition.word("not_found")
    url = "/404.html"
    context = edition.context(url, edition.head(url, title, title), title=title)
    # a server gives this page at any address, so its links cannot be relative
    yield Page(url, "404.html", context, Place("site.yaml"), listed=False, absolute=True)
