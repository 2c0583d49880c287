"""Twins of announcements: Markdown and ninjs 3.1 that say what the page says."""

import json
from typing import Any

import jsonschema
import shipped
from markup import read
from support import announcement, built

from communique.problems import Place
from communique.prose import parse_prose

TEXT = {"type": "string", "minLength": 1}
INSTANT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$"}
ADDRESS = {"type": "string", "pattern": "^https://"}


def closed(required: list[str], **properties: object) -> dict[str, object]:
    """The schema of an object with these properties and no others."""
    return {"type": "object", "required": required, "properties": properties, "additionalProperties": False}


def many(items: object) -> dict[str, object]:
    """The schema of a list that is left out rather than empty."""
    return {"type": "array", "items": items, "minItems": 1}


VALUE = closed(["value"], role=TEXT, contentType=TEXT, value=TEXT)
NAMED = closed(["name", "uri"], name=TEXT, rel=TEXT, uri=ADDRESS)
RENDITION = closed(["name", "href"], name=TEXT, href=ADDRESS, width={"type": "integer"}, height={"type": "integer"})
# of ninjs 3.1 what announcements use; it allows no property of another name
PICTURE = closed(
    ["name", "uri"],
    uri=ADDRESS,
    name=TEXT,
    rel=TEXT,
    type={"const": "picture"},
    by=TEXT,
    usageTerms=TEXT,
    descriptions=many(VALUE),
    renditions=many(RENDITION),
)
NINJS = closed(
    ["uri", "headlines", "bodies", "pubStatus", "versionCreated", "language", "organisations"],
    uri=ADDRESS,
    standard=closed(["name", "version", "schema"], name=TEXT, version={"const": "3.1"}, schema=ADDRESS),
    type={"const": "text"},
    representationType={"const": "full"},
    language=TEXT,
    firstCreated=INSTANT,
    versionCreated=INSTANT,
    contentCreated=INSTANT,
    pubStatus={"enum": ["usable", "canceled"]},
    title=TEXT,
    by=TEXT,
    located=TEXT,
    headlines=many(VALUE),
    descriptions=many(VALUE),
    bodies=many(VALUE),
    people=many(NAMED),
    organisations=many(NAMED),
    subjects=many(NAMED),
    infoSources=many(closed(["name"], name=TEXT, role=TEXT, uri=ADDRESS)),
    associations=many(PICTURE),
)


def item(given: str) -> Any:
    """The ninjs item of the announcement of a site."""
    return json.loads(built(given).files["announcements/bridge/ninjs.json"])


def test_every_announcement_has_an_item_of_ninjs_in_each_of_its_languages() -> None:
    site = shipped.site()
    found = {path for path in site if path.endswith("/ninjs.json")}
    wanted = [record for record in shipped.records(shipped.files()) if record.folder == "announcements"]
    assert found == {shipped.file_of(record.url).replace("index.html", "ninjs.json") for record in wanted}
    for record in wanted:
        made = json.loads(site[shipped.file_of(record.url).replace("index.html", "ninjs.json")])
        jsonschema.validate(made, NINJS)
        assert made["headlines"][0]["value"] == record.fields["title"]
        assert made["language"] == (record.language or "en")


def test_the_item_has_place_people_pictures_and_the_date_of_its_last_change() -> None:
    fields = ("place: Oxford", "corrections: [{date: 2025-10-30, note: It is longer.}]", "subtitle: At last")
    made = item(announcement("> “It stands.”\n> — Ada Byron\n", *fields))
    assert made["located"] == "Oxford"
    assert made["versionCreated"].startswith("2025-10-30")
    assert made["firstCreated"].startswith("2025-10-27")
    assert {(who["name"], who["rel"]) for who in made["people"]} == {("Ada Byron", "quoted"), ("Ada Byron", "contact")}
    assert made["organisations"][0]["uri"] == "https://rivers.example.org/partners/delta/"
    assert made["headlines"][1] == {"role": "subheadline", "value": "At last"}


def test_the_item_of_a_withdrawn_announcement_is_cancelled_and_says_why() -> None:
    made = item(announcement("The bridge is open.", "withdrawn: {date: 2025-11-01, note: The bridge is closed.}"))
    jsonschema.validate(made, NINJS | {"required": ["uri"]})
    assert made["pubStatus"] == "canceled"
    assert "The bridge is closed." in made["bodies"][0]["value"]
    assert "open." not in json.dumps(made["bodies"])


def test_the_markdown_twin_says_what_the_page_says() -> None:
    site = shipped.site()
    for record in shipped.records(shipped.files()):
        if record.folder == "announcements":
            path = shipped.file_of(record.url)
            twin = site[path.replace("index.html", "index.md")].decode()
            assert twin.startswith(f"# {record.fields['title']}")
            again = parse_prose(twin, Place("index.md"))
            assert again.problems == () or {problem.code for problem in again.problems} == {"W301"}
            page = " ".join(read(site[path]).text.split())
            for fact in record.fields.get("facts", ()):
                assert fact["value"] in again.plain
            assert record.fields["summary"] in again.plain
            headings = [line[3:] for line in record.body.split("\n") if line.startswith("## ")]
            assert headings
            assert all(heading in again.plain and heading in page for heading in headings)
            assert "](../" not in twin


def test_pages_lead_machines_to_the_twins() -> None:
    page = read(built().files["announcements/bridge/index.html"])
    found = {link.attributes.get("type"): link.attributes["href"] for link in page.all("link")}
    assert found["text/markdown"].endswith("/bridge/index.md")
    assert found["application/json"].endswith("/bridge/ninjs.json")
