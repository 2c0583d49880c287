"""Linked data: announcements, partners and people in the words of schema.org."""

import json
from typing import Any

from markup import read
from support import announcement, built, files, png

PEOPLE = """\
-- content/people/ada-byron.md --
---
name: Ada Byron
honorific: Professor
roles:
  - {title: Head of Bridges, partner: delta, from: 2021-03}
  - {title: Engineer, partner: delta, from: 2015, until: 2021-02}
portrait: {file: ada.png, alt: Ada Byron at a desk, credit: Ann Lee, licence: CC BY 4.0}
---
-- content/partners/works.md --
---
name: River Works
kind: company
---
"""
TEXT = "With [River Works](partner:works).\n\n> “It stands.”\n> — Ada Byron\n"
FIELDS = ("place: Oxford", "subtitle: At last", "corrections: [{date: 2025-10-30, note: It is longer.}]")
BRIDGE = "announcements/bridge/index.html"
AT = "https://rivers.example.org/"


def things(page: bytes) -> dict[str, Any]:
    """What a page describes, by type."""
    for script in read(page).all("script"):
        if script.attributes.get("type") == "application/ld+json":
            document = json.loads(script.text)
            return {each["@type"]: each for each in document.get("@graph", [document])}
    return {}


def site(*fields: str) -> dict[str, bytes]:
    return files(announcement(TEXT, *FIELDS, *fields) + PEOPLE) | {"content/people/ada.png": png(8, 8)}


def test_an_announcement_says_all_that_search_engines_ask_for() -> None:
    news = things(built(site()).files[BRIDGE])["NewsArticle"]
    assert news["headline"] == "A bridge opens"
    assert news["alternativeHeadline"] == "At last"
    assert news["description"].startswith("The bridge between")
    assert news["datePublished"] == "2025-10-27T00:00:00+00:00"
    assert news["dateModified"] == "2025-10-30T00:00:00+00:00"
    assert (news["inLanguage"], news["dateline"]) == ("en", "Oxford")
    assert news["identifier"] == "tag:rivers.example.org,2025-10-27:/announcements/bridge/"
    assert news["author"] == [news["sourceOrganization"]]
    assert news["sourceOrganization"]["@id"] == f"{AT}partners/delta/"
    assert news["about"] == [{"@type": "Thing", "name": "Bridges", "url": f"{AT}topics/bridges/"}]
    assert [each["name"] for each in news["mentions"]] == ["River Works", "Ada Byron"]
    comment = {"@type": "CorrectionComment", "text": "It is longer.", "datePublished": "2025-10-30T00:00:00+00:00"}
    assert news["correction"] == [comment]
    assert "translationOfWork" not in news


def test_a_quotation_has_its_speaker_with_the_role_of_that_day() -> None:
    (said,) = things(built(site()).files[BRIDGE])["NewsArticle"]["hasPart"]
    assert said["@type"] == "Quotation"
    assert said["text"] == "“It stands.”"
    assert said["@id"] == f"{AT}announcements/bridge/#quote-ada-byron"
    speaker = said["spokenByCharacter"]
    assert (speaker["name"], speaker["honorificPrefix"]) == ("Ada Byron", "Professor")
    assert speaker["jobTitle"] == "Head of Bridges"


def test_a_translation_names_its_original() -> None:
    given = site()
    given["site.yaml"] = given["site.yaml"].replace(b"[en]", b"[en, zh-Hans]")
    untranslated = things(built(given).files[f"zh-Hans/{BRIDGE}"])["NewsArticle"]
    assert untranslated["inLanguage"] == "en"
    assert "translationOfWork" not in untranslated
    path = "content/announcements/2025-10-27-bridge.zh-Hans.md"
    given[path] = "---\ntitle: 大桥通车\nsummary: 两河之间的大桥通车。\n---\n\n大桥通车。\n".encode()
    translated = things(built(given).files[f"zh-Hans/{BRIDGE}"])["NewsArticle"]
    assert translated["inLanguage"] == "zh-Hans"
    assert translated["translationOfWork"] == {
        "@type": "NewsArticle",
        "@id": f"{AT}announcements/bridge/",
        "inLanguage": "en",
    }
    # a translation may show before its original, and then names none
    original = announcement(TEXT, *FIELDS, "embargo: 2026-01-01T00:00Z").encode().split(b" --\n", 1)[1]
    given["content/announcements/2025-10-27-bridge.md"] = original
    given[path] = given[path].replace(b"summary:", b"embargo: 2025-10-01T00:00Z\ndraft: false\nsummary:")
    made = built(given).files
    assert BRIDGE not in made
    ahead = things(made[f"zh-Hans/{BRIDGE}"])["NewsArticle"]
    assert ahead["headline"] == "大桥通车"
    assert "translationOfWork" not in ahead


def test_a_picture_has_its_address_credit_and_licence() -> None:
    given = site("image: {file: span.png, alt: The span, credit: Ann Lee, licence: CC BY 4.0}")
    given["content/announcements/span.png"] = png(9, 9)
    made = built(given).files
    (image,) = things(made[BRIDGE])["NewsArticle"]["image"]
    assert image["contentUrl"] == f"{AT}announcements/bridge/span.png"
    assert (image["creditText"], image["copyrightNotice"]) == ("Ann Lee", "CC BY 4.0")
    portrait = things(made["people/ada-byron/index.html"])["Person"]["image"]
    assert portrait["@type"] == "ImageObject"
    assert portrait["contentUrl"] == f"{AT}people/ada-byron/ada.png"


def test_a_person_has_roles_with_their_time() -> None:
    who = things(built(site()).files["people/ada-byron/index.html"])["Person"]
    assert who["name"] == "Ada Byron"
    assert who["jobTitle"] == ["Head of Bridges"]
    roles = [(each["roleName"], each.get("startDate"), each.get("endDate")) for each in who["affiliation"]]
    assert roles == [("Head of Bridges", "2021-03", None), ("Engineer", "2015", "2021-02")]
    assert {each["@type"] for each in who["affiliation"]} == {"OrganizationRole"}
    assert {each["affiliation"]["name"] for each in who["affiliation"]} == {"Delta University"}


def test_nothing_withheld_is_mentioned() -> None:
    secret = "-- content/announcements/secret.md --\n---\ntitle: A dam\nsummary: It is.\ndate: 2026-01-01\n\
partners: [works]\nembargo: 2026-01-01T00:00Z\n---\n\nIt is.\n"
    with_secret = built(files(announcement("Open.") + PEOPLE.replace("portrait", "# portrait") + secret))
    assert "River Works" not in json.dumps(things(with_secret.files[BRIDGE]))
