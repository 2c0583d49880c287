"""The timeline: what happened when, the latest first, and no more precise than it is known."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

import pytest
from markup import read
from support import NOW, built

SITE = """\
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en]
timezone: Europe/London
partner_kinds: [university, company]
-- content/announcements/2025-10-27-bridge.md --
---
title: A bridge opens
summary: The bridge between the two rivers is open.
date: 2025-10-27
partners: [delta]
events:
  - {date: 2025-10-25, what: The bridge is opened}
  - {date: 2025-10, what: Boats pass under it}
  - {date: 2025, what: A decade of plans ends}
  - {date: 2024-02-29, what: The first stone is laid}
  - {date: 2024, what: "The plan is made: <b>early</b> & late"}
---
-- content/announcements/bank.md --
---
title: A bank is moved
summary: One of the banks is moved.
date: 2025-10-27T09:00+08:00
partners: [delta]
---
-- content/announcements/new-year.md --
---
title: A new year
summary: It is still the old year elsewhere.
date: 2024-12-31T23:30-05:00
partners: [delta]
---
-- content/announcements/ferry.md --
---
title: A ferry ends
summary: The ferry has ended.
date: 2025-03-01
partners: [delta]
withdrawn: {date: 2025-03-02, note: It still runs.}
events:
  - {date: 2025-02, what: The last ferry leaves}
---
-- content/announcements/secret.md --
---
title: A dam
summary: A dam is built.
date: 2023-05-01
draft: true
partners: [delta]
events:
  - {date: 2022, what: Something hidden}
---
"""


@cache
def pages(given: str = SITE) -> dict[str, str]:
    """The pages of the timeline of a site that has no errors, by path."""
    whole = built(given)
    assert [problem for problem in whole.problems if problem.severity == "error"] == []
    return {path: data.decode() for path, data in whole.files.items() if path.startswith("timeline/")}


def front(given: str = SITE) -> str:
    """The first page of the timeline."""
    return pages(given)["timeline/index.html"]


def told(page: str) -> list[tuple[str, str, str, str]]:
    """What a page tells, in its order: the heading above, `datetime`, its text, and what happened."""
    found = []
    heading = ""
    for part in re.findall(r"<h3[^>]*>.*?</h3>|<li class=\"(?:event|statement)\">.*?</li>", page, re.DOTALL):
        if part.startswith("<h3"):
            heading = read(part).text
            continue
        [(iso, text)] = re.findall(r'<time datetime="([^"]*)">([^<]*)</time>', part)
        what = re.findall(r"<p>([^<]*)</p>", part) or re.findall(r"<a [^>]*>([^<]*)</a>", part)
        found.append((heading, iso, text, unescape(what[0])))
    return found


def test_everything_stands_in_its_order_under_what_is_known_of_its_date() -> None:
    assert told(front()) == [
        ("October 2025", "2025-10-27", "27 October 2025", "A bank is moved"),
        ("October 2025", "2025-10-27", "27 October 2025", "A bridge opens"),
        ("October 2025", "2025-10-25", "25 October 2025", "The bridge is opened"),
        ("In the course of October 2025", "2025-10", "October 2025", "Boats pass under it"),
        ("March 2025", "2025-03-01", "1 March 2025", "A ferry ends"),
        ("In the course of February 2025", "2025-02", "February 2025", "The last ferry leaves"),
        ("January 2025", "2025-01-01", "1 January 2025", "A new year"),
        ("In the course of 2025", "2025", "2025", "A decade of plans ends"),
        ("February 2024", "2024-02-29", "29 February 2024", "The first stone is laid"),
        ("In the course of 2024", "2024", "2024", "The plan is made: <b>early</b> & late"),
    ]


def test_text_and_datetime_are_equally_precise() -> None:
    for _, iso, text, _ in told(front()):
        assert len(iso.split("-")) == len(text.split())
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", iso)


def test_vague_dates_are_marked_as_such() -> None:
    lists = re.findall(r'<h3[^>]*>([^<]*)</h3>\s*<ol class="([^"]*)">', front())
    assert [name for name, kind in lists if "vague" in kind] == [
        name for name, _ in lists if name.startswith("In the course of")
    ]
    assert len(lists) == 8


def test_a_year_is_a_section_with_a_heading_that_can_be_jumped_to() -> None:
    page = read(front())
    assert [heading.attributes["id"] for heading in page.all("h2") if "id" in heading.attributes][:2] == [
        "year-2025",
        "year-2024",
    ]
    assert [section.attributes["aria-labelledby"] for section in page.of_class("year")] == ["year-2025", "year-2024"]
    assert [url for url in page.anchors if url.startswith("#year")] == ["#year-2025", "#year-2024"]
    assert [heading.text.strip() for heading in page.all("h1")] == ["Timeline"]


def test_an_event_leads_to_its_announcement() -> None:
    item = front().partition("The bridge is opened</p>")[2].partition("</li>")[0]
    assert '<a href="../announcements/bridge/">A bridge opens</a>' in item


def test_what_is_withdrawn_says_so() -> None:
    items = re.findall(r'<li class="(?:event|statement)">.*?</li>', front(), re.DOTALL)
    assert [told(item)[0][3] for item in items if "Withdrawn" in item] == ["A ferry ends", "The last ferry leaves"]


def test_what_is_withheld_changes_nothing() -> None:
    without = SITE.replace("-- content/announcements/secret.md --", "-- content/announcements/secret.md (absent) --")
    assert pages() == pages(without)
    assert "hidden" not in front()
    assert "2022" not in front()


def test_an_embargo_keeps_events_back_until_it_lifts() -> None:
    site = SITE.replace("draft: true", "embargo: 2025-11-03T12:00:01+00:00")
    before = built(site, now=NOW).files["timeline/index.html"].decode()
    after = built(site, now=NOW.replace(second=1)).files["timeline/index.html"].decode()
    assert before == front()
    assert ("In the course of 2022", "2022", "2022", "Something hidden") in told(after)


def test_a_site_without_announcements_says_so() -> None:
    empty = front("-- content/announcements/2025-10-27-bridge.md (absent) --\n")
    assert "There are no announcements yet." in empty
    assert told(empty) == []
    assert read(empty).of_class("year") == []


def test_one_year_needs_no_jumps() -> None:
    assert not [url for url in read(front("")).anchors if "year" in url]


def test_the_head_describes_the_page() -> None:
    page = read(front())
    named = {element.attributes.get("name"): element.attributes.get("content") for element in page.all("meta")}
    assert named["description"] == "What happened when, the latest first. Each date is as precise as it is known."
    assert [title.text.strip() for title in page.all("title")] == ["Timeline – Two Rivers"]


def test_events_of_one_day_in_one_announcement_stay_in_their_order() -> None:
    events = "".join(f"\n  - {{date: 2025-01-05, what: Step {number}}}" for number in range(12))
    site = SITE.replace("\n  - {date: 2025-02, what: The last ferry leaves}", events)
    steps = [what for _, _, _, what in told(front(site)) if what.startswith("Step")]
    assert steps == [f"Step {number}" for number in range(12)]


# a timeline that is too long for one page


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A limit that the site's two years exceed."""
    monkeypatch.setattr("communique.outputs.timeline.LIMIT", 9)
    pages.cache_clear()
    yield
    pages.cache_clear()


def test_a_timeline_that_fits_is_one_page() -> None:
    assert list(pages()) == ["timeline/index.html"]


@pytest.mark.usefixtures("short")
def test_a_long_timeline_gives_each_year_a_page() -> None:
    found = pages()
    assert sorted(found) == ["timeline/2024/index.html", "timeline/2025/index.html", "timeline/index.html"]
    years = told(found["timeline/2025/index.html"]) + told(found["timeline/2024/index.html"])
    assert len(set(years)) == len(years) == 10
    assert told(found["timeline/index.html"]) == told(found["timeline/2025/index.html"])


@pytest.mark.usefixtures("short")
def test_the_first_page_jumps_to_its_years_and_leads_to_the_others() -> None:
    page = read(front())
    assert [url for url in page.anchors if "202" in url] == ["#year-2025", "../timeline/2024/", "../timeline/2024/"]
    year = read(pages()["timeline/2024/index.html"])
    assert [url for url in year.anchors if "202" in url] == ["../../timeline/2025/", "../../timeline/2024/"]
    assert "../../timeline/" in year.anchors
    assert [heading.text.strip() for heading in year.all("h1")] == ["Timeline of 2024"]
    assert '<a href="../../timeline/2024/" aria-current="page">2024</a>' in pages()["timeline/2024/index.html"]


@pytest.mark.usefixtures("short")
def test_the_latest_year_shows_even_if_it_is_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.outputs.timeline.LIMIT", 1)
    assert len(told(front())) == 8


def test_many_entries_are_split_by_year() -> None:
    events = "".join(f"\n  - {{date: {2000 + number % 20}-01-02, what: Step {number}}}" for number in range(300))
    found = pages(SITE.replace("\n  - {date: 2025-02, what: The last ferry leaves}", events))
    assert len(found) == 1 + 22
    assert 185 < len(told(found["timeline/index.html"])) <= 200
    assert sum(len(told(page)) for path, page in found.items() if path != "timeline/index.html") == 309
