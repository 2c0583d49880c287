"""What others' programs say of the finished site: a checker of HTML, readers of linked data, feeds and sitemaps."""

import json
import re
import subprocess
import warnings
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from corner_site import corner_site
from lxml import etree
from node_tools import npm_file, program
from support import ROOT, built, written

from communique.disk import load

BASES = {"corners": "https://rivers.example.org/", "shipped": "https://partnership.example.org/"}
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
# what jsonfeed.org/version/1.1 asks for
JSON_FEED: dict[str, Any] = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "description": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "language": {"type": "string"},
        "authors": {"$ref": "#/$defs/authors"},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "additionalProperties": False,
    "$defs": {
        "authors": {
            "type": "array",
            "items": {"type": "object", "minProperties": 1, "properties": {"name": {"type": "string"}}},
        },
        "item": {
            "type": "object",
            "required": ["id", "url"],
            "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
            "properties": {
                "id": {"type": "string"},
                "url": {"type": "string", "format": "uri"},
                "title": {"type": "string"},
                "summary": {"type": "string"},
                "content_html": {"type": "string"},
                "image": {"type": "string", "format": "uri"},
                "date_published": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"},
                "date_modified": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$"},
                "language": {"type": "string"},
                "tags": {"type": "array", "items": {"type": "string"}},
                "authors": {"$ref": "#/$defs/authors"},
                "attachments": {"type": "array", "items": {"required": ["url", "mime_type"]}},
            },
            "additionalProperties": False,
        },
    },
}


@cache
def site(name: str) -> Mapping[str, bytes]:
    """The finished files of a site by path: of one with every corner, or of the one that ships with the engine."""
    whole = built(corner_site() if name == "corners" else load(ROOT, ROOT))
    assert [problem for problem in whole.problems if problem.severity == "error"] == []
    return whole.files


@pytest.fixture(params=sorted(BASES))
def name(request: pytest.FixtureRequest) -> str:
    """The name of a site."""
    chosen: str = request.param
    return chosen


def pages(name: str) -> Iterator[tuple[str, str]]:
    """The pages of a site, by path."""
    for path, data in site(name).items():
        if path.endswith(".html"):
            yield path, data.decode()


def test_the_checker_of_the_standard_finds_nothing_in_any_page(name: str, tmp_path: Path) -> None:
    java, checker = program("java"), npm_file("vnu-jar", "build/dist/vnu.jar")
    written(tmp_path, {path: page.encode() for path, page in pages(name)})
    command = [java, "-jar", str(checker), "--format", "json", "--skip-non-html", str(tmp_path)]
    told = subprocess.run(command, capture_output=True, text=True).stderr
    # on disk it holds what lies beside a page for another's, and data for scripts; and it guesses languages
    found = [
        (each["message"], each["url"], each.get("extract"))
        for each in json.loads(told)["messages"]
        if not re.search("violates Content Security Policy|appears to be written in", each["message"])
    ]
    assert found == []


@cache
def vocabulary() -> Mapping[str, frozenset[str]]:
    """The properties of each type of schema.org, its own and those of the types above it."""
    text = npm_file("schema-dts", "dist/schema.d.ts").read_text(encoding="utf-8")
    own: dict[str, tuple[list[str], set[str]]] = {}
    for match in re.finditer(r"^interface (\w+)Base extends ([^{]+) \{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        above = re.findall(r"(\w+)Base\b", match[2])
        own[match[1]] = (above, set(re.findall(r'^    "(\w+)"\?:', match[3], re.MULTILINE)))
    leaf = (
        r'^export (?:interface \w+Leaf extends (\w+)Base \{|type \w+Leaf<.*> = Omit<(\w+)Base.*)\n    "@type": "(\w+)"'
    )
    types = [(match[1] or match[2], match[3]) for match in re.finditer(leaf, text, re.MULTILINE)]

    def all_of(base: str) -> frozenset[str]:
        above, properties = own.get(base, ([], set()))
        return frozenset(properties).union(*map(all_of, above))

    return {type: all_of(base) for base, type in types}


def things(value: Any, where: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All things in linked data, however deep, each with the property under which it stands."""
    if isinstance(value, list):
        for each in value:
            yield from things(each, where)
    elif isinstance(value, dict):
        if "@type" in value:
            yield where, value
        for name, each in value.items():
            yield from things(each, name)


def linked_data(page: str) -> list[dict[str, Any]]:
    """The linked data of a page, as an independent reader finds it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from extruct.jsonld import JsonLdExtractor

        found: list[dict[str, Any]] = JsonLdExtractor().extract(page)
    return found


def test_linked_data_says_only_what_the_vocabulary_knows(name: str) -> None:
    known = vocabulary()
    assert {"headline", "dateline", "description"} <= known["NewsArticle"]
    seen: set[str] = set()
    for path, page in pages(name):
        for document in linked_data(page):
            assert document["@context"] == "https://schema.org"
            for where, thing in things(document):
                type, properties = thing["@type"], {key for key in thing if not key.startswith("@")}
                # a role stands between a thing and its property, and says the property again
                properties -= {where} if type.endswith("Role") else set()
                assert properties <= known[type], (path, type, properties - known[type])
                seen.add(type)
    assert {"NewsArticle", "Organization", "Person", "Quotation", "BreadcrumbList", "WebSite"} <= seen


def test_linked_data_of_an_announcement_is_what_the_page_says() -> None:
    page = dict(pages("corners"))["announcements/opening/index.html"]
    news = next(
        each for document in linked_data(page) for _, each in things(document) if each["@type"] == "NewsArticle"
    )
    assert news["headline"] == "A bridge and a research centre open"
    assert news["datePublished"] == "2025-10-27T01:00:00+00:00"
    assert news["dateModified"].startswith("2025-10-30")
    assert news["dateline"] == "Beijing"
    assert [quote["spokenByCharacter"]["name"] for quote in news["hasPart"]] == ["Ada Byron", "Li Wei"]
    assert news["correction"][0]["@type"] == "CorrectionComment"


def test_every_announcement_has_a_card_that_others_can_show(name: str) -> None:
    files = site(name)
    for path, page in pages(name):
        graph = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page))
        if graph.get("og:type") != "article" or "http-equiv" in page.partition("<body>")[0].partition("refresh")[1]:
            continue
        card = files[graph["og:image"].removeprefix(BASES[name])]
        assert card.startswith(b"\x89PNG")
        size = (int.from_bytes(card[16:20], "big"), int.from_bytes(card[20:24], "big"))
        assert size == (int(graph["og:image:width"]), int(graph["og:image:height"])) == (1200, 630), path
        assert graph["og:image:alt"]
        assert graph["twitter:card"] == "summary_large_image"


def test_feeds_are_read_by_a_reader_of_feeds(name: str) -> None:
    feeds = [path for path in site(name) if path.endswith(("feed.xml", "rss.xml"))]
    assert len(feeds) > 4
    for path in feeds:
        read = feedparser.parse(site(name)[path])
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.feed.title
        assert all(each.id and each.title and each.link.startswith(BASES[name]) for each in read.entries)
        assert all(each.get("published_parsed") for each in read.entries)
        # every address in a text is whole
        assert not re.search(r'(?:src|href)="(?!https?:|mailto:|tel:)|srcset="[^"]*, /', str(read.entries)), path


def test_json_feeds_are_as_their_specification_says(name: str) -> None:
    checker = jsonschema.Draft202012Validator(JSON_FEED)
    for path in (path for path in site(name) if path.endswith("feed.json")):
        feed = json.loads(site(name)[path])
        assert [error.message for error in checker.iter_errors(feed)] == []
        assert feed["items"]


def test_sitemaps_are_well_formed_and_name_pages_of_the_site(name: str) -> None:
    for path in ("sitemap.xml", "news-sitemap.xml"):
        root = etree.fromstring(site(name)[path])
        assert root.tag == f"{SITEMAP}urlset"
        for entry in root:
            assert entry.tag == f"{SITEMAP}url"
            address = entry.findtext(f"{SITEMAP}loc")
            assert address
            assert address.startswith(BASES[name])
            assert f"{address.removeprefix(BASES[name])}index.html" in site(name)
