"""Promises of the shipped site to machines: feeds, sitemaps, linked data and the heads of pages."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
import shipped
from markup import Markup, read

ATOM = "{http://www.w3.org/2005/Atom}"
TITLES = {
    record.fields["title"]: record
    for record in shipped.records(shipped.files())
    if record.folder == "announcements" and not record.language
}


def linked_data(page: Markup) -> Iterator[dict[str, Any]]:
    """The things that a page describes."""
    for script in page.all("script"):
        if script.attributes.get("type") == "application/ld+json":
            document = json.loads(script.text)
            assert document["@context"] == "https://schema.org"
            yield from document.get("@graph", [document])


def _pages() -> dict[str, Markup]:
    return {path: read(data) for path, data in shipped.site().items() if path.endswith(".html")}


def test_atom_and_rss_and_json_feed_hold_the_announcements() -> None:
    files = shipped.site()
    atom = fromstring(files["feed.xml"])
    rss = fromstring(files["rss.xml"])
    feed = json.loads(files["feed.json"])
    assert atom.tag == f"{ATOM}feed"
    assert {entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")} == set(TITLES)
    assert {item.findtext("title") for item in rss.iter("item")} == set(TITLES)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert {item["title"] for item in feed["items"]} == set(TITLES)


def test_an_entry_of_a_feed_has_what_readers_need() -> None:
    for entry in fromstring(shipped.site()["feed.xml"]).iter(f"{ATOM}entry"):
        for tag in ("id", "title", "updated", "published", "summary", "content"):
            assert entry.findtext(f"{ATOM}{tag}")
        assert entry.find(f"{ATOM}link") is not None
        content = read(entry.findtext(f"{ATOM}content") or "")
        assert all(re.match(r"https?:|mailto:", url) for url in content.urls)


def test_each_partner_and_topic_has_a_feed_of_its_announcements() -> None:
    for record in shipped.records(shipped.files()):
        if record.folder in ("partners", "topics") and not record.language:
            feed = fromstring(shipped.site()[f"{record.folder}/{record.slug}/feed.xml"])
            found = {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")}
            assert found >= {
                title for title, each in TITLES.items() if record.slug in each.fields.get(record.folder, ())
            }


def test_ids_of_feed_entries_are_unique() -> None:
    ids = [entry.findtext(f"{ATOM}id") for entry in fromstring(shipped.site()["feed.xml"]).iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("title", TITLES)
def test_linked_data_of_an_announcement_has_headline_date_and_partners(title: str) -> None:
    record = TITLES[title]
    article = next(
        thing
        for thing in linked_data(read(shipped.site()[shipped.file_of(record.url)]))
        if thing["@type"] == "NewsArticle"
    )
    assert article["headline"] == title
    assert article["datePublished"].startswith(record.fields["date"][:10])
    assert article["mainEntityOfPage"].endswith(record.url)
    assert len(article["author"]) == len(record.fields["partners"])


def test_a_page_has_a_language_a_title_a_description_and_one_heading() -> None:
    for path, page in _pages().items():
        assert page.all("html")[0].attributes["lang"], path
        assert page.all("title")[0].text.strip(), path
        if not any(element.attributes.get("http-equiv") == "refresh" for element in page.all("meta")):
            assert len(page.all("h1")) == 1, path
            assert [meta for meta in page.all("meta") if meta.attributes.get("name") == "description"], path


def test_linked_data_of_every_page_is_json_that_says_what_it_is() -> None:
    things = [thing for page in _pages().values() for thing in linked_data(page)]
    assert {"NewsArticle", "Organization", "Person", "BreadcrumbList", "WebSite"} <= {each["@type"] for each in things}


def test_titles_of_pages_in_a_language_differ() -> None:
    for language in shipped.languages(shipped.files()):
        titles = [
            page.all("title")[0].text
            for page in _pages().values()
            if page.all("html")[0].attributes["lang"] == language and not page.of_class("redirect")
        ]
        assert len(titles) == len(set(titles))


def test_ids_on_a_page_differ() -> None:
    assert [path for path, page in _pages().items() if len(page.ids) != len(set(page.ids))] == []


def test_every_image_says_what_it_shows() -> None:
    assert all("alt" in image.attributes for page in _pages().values() for image in page.all("img"))


def test_robots_and_jekyll_are_told() -> None:
    files = shipped.site()
    assert b"Sitemap: " in files["robots.txt"]
    assert ".nojekyll" in files
    assert files["llms.txt"].startswith(b"# ")
