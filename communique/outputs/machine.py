"""Files for machines: sitemaps, robots.txt, llms.txt and the mark of the output folder."""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from communique.edition import MARKDOWN, Edition
from communique.output import Output, Page, Raw
from communique.problems import Place
from communique.site import NEWS_AGE
from communique.transcript import Transcriber
from communique.versions import Told, alternates, versions

SITEMAP_LIMIT = 50_000
# each language lengthens every entry, and a sitemap may have 50 MB
SITEMAP_LINKS = 150_000
NEWS_LIMIT = 1_000
MARK = b"Communique wrote this folder.\n"
_SITE = Place("site.yaml")
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XMLNS_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def machine_files(editions: Sequence[Edition], outputs: Iterable[Output]) -> Iterator[Output]:
    """The files for machines; `outputs` are all others, which the sitemap lists."""
    edition = editions[0]
    pages = [output for output in outputs if isinstance(output, Page)]
    told = versions(pages, editions)
    listed = sorted((page for page in pages if page.listed and page.own), key=lambda page: page.url)
    yield from _sitemaps(edition, listed, told)
    yield Raw("news-sitemap.xml", _news(editions), _SITE)
    sitemaps = "".join(f"Sitemap: {edition.absolute(name)}\n" for name in ("/sitemap.xml", "/news-sitemap.xml"))
    yield Raw("robots.txt", f"User-agent: *\nDisallow:\n\n{sitemaps}".encode(), _SITE)
    for each in editions:
        yield Raw(each.site.at("/llms.txt").lstrip("/"), _llms(each).encode(), _SITE)
    yield Raw(".nojekyll", MARK, _SITE)


def _xml(root: Element) -> bytes:
    return f'<?xml version="1.0" encoding="utf-8"?>\n{tostring(root, encoding="unicode")}\n'.encode()


def _sitemaps(edition: Edition, pages: list[Page], told: Told) -> Iterator[Raw]:
    limit = min(SITEMAP_LIMIT, SITEMAP_LINKS // len(edition.site.settings.languages))
    if len(pages) <= limit:
        yield Raw("sitemap.xml", _sitemap(edition, pages, told), _SITE)
        return
    index = Element("sitemapindex", {"xmlns": _XMLNS})
    for number, start in enumerate(range(0, len(pages), limit), 1):
        name = f"sitemap-{number}.xml"
        SubElement(SubElement(index, "sitemap"), "loc").text = edition.absolute(f"/{name}")
        yield Raw(name, _sitemap(edition, pages[start : start + limit], told), _SITE)
    yield Raw("sitemap.xml", _xml(index), _SITE)


def _sitemap(edition: Edition, pages: list[Page], told: Told) -> bytes:
    root = Element("urlset", {"xmlns": _XMLNS})
    if len(edition.site.settings.languages) > 1:
        root.set("xmlns:xhtml", "http://www.w3.org/1999/xhtml")
    for page in pages:
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = edition.absolute(page.url)
        if page.modified:
            SubElement(entry, "lastmod").text = page.modified
        for tag, address in alternates(told[page.url]):
            SubElement(entry, "xhtml:link", {"rel": "alternate", "hreflang": tag, "href": address})
    return _xml(root)


def _news(editions: Sequence[Edition]) -> bytes:
    root = Element("urlset", {"xmlns": _XMLNS, "xmlns:news": _XMLNS_NEWS})
    recent = [(edition, each) for edition in editions for each in edition.site.announcements.values()]
    for edition, each in recent:
        site = edition.site
        published = each.date.start(site.settings.zone)
        if site.withdrawn(each) or site.foreign(each.name) or not published <= site.now < published + NEWS_AGE:
            continue
        if len(root) >= NEWS_LIMIT:
            break
        entry = SubElement(root, "url")
        SubElement(entry, "loc").text = edition.absolute(site.url(each.name))
        news = SubElement(entry, "news:news")
        publication = SubElement(news, "news:publication")
        SubElement(publication, "news:name").text = edition.frame.title
        tag = edition.language.tag
        SubElement(publication, "news:language").text = "zh-cn" if tag == "zh-Hans" else tag.partition("-")[0]
        SubElement(news, "news:publication_date").text = published.isoformat()
        SubElement(news, "news:title").text = each.title
    return _xml(root)


def _llms(edition: Edition) -> str:
    site, word = edition.site, edition.word
    plain = Transcriber(marks=True, base="", here="")
    lines = [plain.heading(1, edition.frame.title), ""]
    if edition.frame.tagline:
        lines += [f"> {plain.words(edition.frame.tagline)}", ""]
    announcements = [
        (
            edition.title(each),
            edition.beside(each.name, MARKDOWN),
            f"{edition.cards.when(each).text}. {'' if each.withdrawn else each.summary}".strip(),
        )
        for each in site.announcements.values()
    ]
    partners = [
        (each.title, site.url(each.name), edition.cards.partners[each.name].kind) for each in site.partners.values()
    ]
    pages = [(each.title, site.url(each.name), "") for each in site.pages.values()]
    for heading, rows in (
        (word("announcements"), announcements),
        (word("partners"), partners),
        (word("this_site"), pages),
    ):
        if rows:
            lines += [
                f"## {heading}",
                "",
                *(_llms_line(plain, edition.absolute(url), title, says) for title, url, says in rows),
            ]
            lines.append("")
    return "\n".join(lines)


def _llms_line(plain: Transcriber, address: str, title: str, says: str) -> str:
    return f"- {plain.link(title, address)}" + (f": {plain.words(says)}" if says else "")
