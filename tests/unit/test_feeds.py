"""Feeds: what they carry is HTML that stands on its own."""

import json
from xml.etree.ElementTree import fromstring

from markup import read
from support import announcement, built


def test_the_content_of_feeds_is_html_with_whole_addresses() -> None:
    found = built(announcement("See [Delta](partner:delta) and [below](#below).\n\n## Below\n")).files
    atom = "{http://www.w3.org/2005/Atom}"
    contents = [entry.findtext(f"{atom}content") or "" for entry in fromstring(found["feed.xml"]).iter(f"{atom}entry")]
    contents += [item["content_html"] for item in json.loads(found["feed.json"])["items"]]
    assert len(contents) == 2
    for content in contents:
        page = read(content)
        assert [element.tag for element in page.elements][:2] == ["p", "a"]
        assert page.anchors == [
            "https://rivers.example.org/partners/delta/",
            "https://rivers.example.org/announcements/bridge/#below",
        ]
