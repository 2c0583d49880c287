"""Feeds: what they carry is HTML that stands on its own, and readers of feeds find in them what was announced."""

import json
import re
import subprocess
import sys
from typing import Any
from xml.etree.ElementTree import fromstring

import jsonschema
import shipped
from markup import read
from support import announcement, built, files

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# in a process of its own: the library warns of what Python will drop
READ = """
import json, sys, feedparser
found = feedparser.parse(sys.stdin.buffer.read())
entries = [
    {
        "id": each.id, "title": each.title, "link": each.link,
        "published": each.get("published_parsed") and list(each.published_parsed[:5]),
        "updated": each.get("updated_parsed") and list(each.updated_parsed[:5]),
        "content": [[part.type, part.language] for part in each.get("content", ())],
        "enclosures": [link.href for link in each.links if link.rel == "enclosure"],
    }
    for each in found.entries
]
head = {"version": found.version, "language": found.feed.get("language"), "links": found.feed.links}
print(json.dumps({"bozo": bool(found.bozo), **head, "entries": entries}))
"""


def parsed(feed: bytes) -> Any:
    """A feed as feedparser reads it."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", READ], input=feed, capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_content_of_feeds_is_html_with_whole_addresses() -> None:
    found = built(announcement("See [Delta](partner:delta) and [below](#below).\n\n## Below\n")).files
    contents = [entry.findtext(f"{ATOM}content") or "" for entry in fromstring(found["feed.xml"]).iter(f"{ATOM}entry")]
    contents += [item["content_html"] for item in json.loads(found["feed.json"])["items"]]
    assert len(contents) == 2
    for content in contents:
        page = read(content)
        assert [element.tag for element in page.elements][:2] == ["p", "a"]
        assert page.anchors == [
            "https://rivers.example.org/partners/delta/",
            "https://rivers.example.org/announcements/bridge/#below",
        ]


def test_readers_of_feeds_find_the_announcements_of_each_language() -> None:
    site = shipped.site()
    for language, root in (("en", ""), ("zh-Hans", "zh-Hans/")):
        atom, rss = parsed(site[f"{root}feed.xml"]), parsed(site[f"{root}rss.xml"])
        assert (atom["version"], rss["version"]) == ("atom10", "rss20")
        for feed in (atom, rss):
            assert not feed["bozo"]
            assert feed["language"] == language
            assert len(feed["entries"]) > 1
            assert [entry["link"] for entry in feed["entries"]] == [entry["link"] for entry in atom["entries"]]
            assert all(root in entry["link"] and entry["published"] for entry in feed["entries"])
        assert {link["rel"] for link in atom["links"]} == {"self", "alternate"}
        for entry in atom["entries"]:
            assert entry["id"].startswith("tag:partnership.example.org,2025-10-")
            assert entry["content"] == [["text/html", language]]
            assert entry["enclosures"] == [f"{entry['link']}kit.zip"]
        assert [entry["id"] for entry in rss["entries"]] == [entry["link"] for entry in rss["entries"]]


def test_each_partner_and_topic_has_a_feed_that_its_page_tells_of() -> None:
    site = shipped.site()
    feeds = [path for path in site if re.search(r"(partners|topics)/[^/]+/feed\.xml$", path)]
    assert len(feeds) > 40
    for path in feeds:
        root = fromstring(site[path])
        assert root.get(LANG) == ("zh-Hans" if path.startswith("zh-Hans/") else "en")
        here = root.find(f"{ATOM}link[@rel='self']")
        assert here is not None
        assert here.get("href") == f"https://partnership.example.org/{path}"
        page = read(site[path.replace("feed.xml", "index.html")])
        offered = [link.attributes["href"] for link in page.all("link") if link.attributes.get("rel") == "alternate"]
        assert any(address.endswith(path.partition("zh-Hans/")[2] or path) for address in offered)


def test_the_home_page_tells_of_the_three_feeds_by_their_types() -> None:
    for path in ("index.html", "zh-Hans/index.html"):
        page = read(shipped.site()[path])
        offered = {link.attributes["type"] for link in page.all("link") if "type" in link.attributes}
        assert {"application/atom+xml", "application/rss+xml", "application/feed+json"} <= offered


def test_a_withdrawn_announcement_leaves_a_tombstone_under_the_id_of_its_entry() -> None:
    standing = fromstring(built(announcement("Open.")).files["feed.xml"])
    gone = fromstring(
        built(announcement("Open.", "withdrawn: {date: 2025-11-01, note: The bridge is closed.}")).files["feed.xml"]
    )
    stone = gone.find(f"{GONE}deleted-entry")
    assert stone is not None
    assert stone.get("ref") == standing.findtext(f"{ATOM}entry/{ATOM}id")
    assert stone.get("when", "").startswith("2025-11-01")
    assert stone.findtext(f"{GONE}comment") == "The bridge is closed."
    assert gone.find(f"{ATOM}entry") is None


def test_an_entry_in_another_language_than_its_feed_says_so() -> None:
    found = files()
    found["site.yaml"] = found["site.yaml"].replace(b"[en]", b"[en, zh-Hans]")
    made = built(found).files
    entry = fromstring(made["zh-Hans/feed.xml"]).find(f"{ATOM}entry")
    assert entry is not None
    assert entry.get(LANG) == "en"
    assert json.loads(made["zh-Hans/feed.json"])["items"][0]["language"] == "en"


def test_the_json_feed_is_one_of_version_1_1() -> None:
    address = {"type": "string", "pattern": "^https://"}
    text = {"type": "string", "minLength": 1}
    instant = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
    attachment = {"type": "object", "required": ["url", "mime_type"], "properties": {"url": address, "mime_type": text}}
    item = {
        "type": "object",
        "required": ["id", "url", "content_html", "date_published", "language", "attachments"],
        "properties": {
            **dict.fromkeys(("id", "url", "image"), address),
            **dict.fromkeys(("title", "summary", "content_html", "language"), text),
            **dict.fromkeys(("date_published", "date_modified"), instant),
            "authors": {"type": "array", "items": {"type": "object", "properties": {"name": text, "url": address}}},
            "tags": {"type": "array", "items": text},
            "attachments": {"type": "array", "items": attachment, "minItems": 1},
        },
        "additionalProperties": False,
    }
    schema = {
        "type": "object",
        "required": ["version", "title", "items", "feed_url", "home_page_url", "language"],
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            **dict.fromkeys(("home_page_url", "feed_url"), address),
            **dict.fromkeys(("title", "description", "language"), text),
            "items": {"type": "array", "items": item, "minItems": 1},
        },
        "additionalProperties": False,
    }
    for path in ("feed.json", "zh-Hans/feed.json"):
        jsonschema.validate(json.loads(shipped.site()[path]), schema)
