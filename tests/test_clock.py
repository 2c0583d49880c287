"""What the clock changes, as press officers and readers see it; withdrawals, corrections, redirects."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import quote, urljoin
from xml.etree.ElementTree import Element, fromstring

import pytest
from sitemaker import announcement, at, folder, made, published, record, run, site, site_yaml, tree, written

SATURDAY, MONDAY = "2025-10-25T09:00+08:00", "2025-10-27T09:00+08:00"
FRIDAY = "2025-10-24T12:00Z"


def office() -> dict[str, bytes]:
    """A site of partners in Cambridge and Beijing, with an announcement of every standing."""
    files = site(
        {
            "content/partners/delta.md": partner("Delta University", "university", "United Kingdom", "Cambridge"),
            "content/partners/etown.md": partner("E-Town", "company", "China", "Beijing"),
            "content/announcements/first.md": announcement(
                "First light", date="2025-10-25", partners=["delta", "etown"], embargo=SATURDAY
            ),
            "content/announcements/second.md": announcement(
                "Second wind", date="2025-10-27", partners=["etown"], embargo=MONDAY
            ),
            "content/announcements/asked.md": announcement(
                "Asked for",
                questions=[{"ask": "etown", "text": "Who opens it?"}, {"ask": "delta", "text": "Who pays?"}],
                embargo=MONDAY,
            ),
            "content/announcements/draft.md": announcement("In draft", draft=True),
        }
    )
    bridge = "content/announcements/2025-10-27-bridge.md"
    return files | {bridge: announcement("A bridge opens", date="2025-10-01", topics=["bridges"])}


def partner(name: str, kind: str, country: str, city: str) -> bytes:
    return record({"name": name, "kind": kind, "country": country, "city": city})


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with that site in it."""
    with folder(tmp_path_factory) as place:
        yield written(place, office())


def test_status_tells_each_standing_and_why_on_the_clock_of_each_partner(home: Path) -> None:
    told = run(home, "status", now=FRIDAY).out
    assert "nothing shows before Sat 25 Oct 2025 02:00 in London, Sat 25 Oct 2025 09:00 in Beijing" in told
    # that night the clocks of London have gone back
    assert "nothing shows before Mon 27 Oct 2025 01:00 in London, Mon 27 Oct 2025 09:00 in Beijing" in told
    assert paragraph(told, "second").startswith("embargoed")
    assert paragraph(told, "draft").startswith("draft")
    assert "`draft: true`" in paragraph(told, "draft")
    assert "2 questions to partners are open" in paragraph(told, "asked")
    assert "ask E-Town: Who opens it?" in paragraph(told, "asked")
    assert "then under embargo until Mon 27 Oct 2025 01:00 in London" in paragraph(told, "asked")
    assert paragraph(told, "bridge").startswith("public")
    assert "it has no embargo" in paragraph(told, "bridge")
    assert told.rstrip().endswith(
        "changes next at Sat 25 Oct 2025 02:00 in London, Sat 25 Oct 2025 09:00 in Beijing; build it then."
    )


def paragraph(told: str, slug: str) -> str:
    """What status says of one announcement."""
    return next(each for each in told.split("\n\n") if re.match(rf"\w+ +{slug} ", each))


def test_status_tells_the_same_in_json(home: Path) -> None:
    document = run(home, "status", "--format", "json", now=FRIDAY).json
    rows = {row["slug"]: row for row in document["announcements"]}
    assert {slug: row["standing"] for slug, row in rows.items()} == {
        "first": "embargoed",
        "second": "embargoed",
        "asked": "draft",
        "draft": "draft",
        "bridge": "public",
    }
    assert rows["first"]["clocks"] == ["Sat 25 Oct 2025 02:00 in London", "Sat 25 Oct 2025 09:00 in Beijing"]
    assert rows["second"]["clocks"] == ["Mon 27 Oct 2025 01:00 in London", "Mon 27 Oct 2025 09:00 in Beijing"]
    assert at(rows["second"]["embargo"]) == at(MONDAY)
    assert rows["asked"]["questions"][0] == {"ask": "etown", "name": "E-Town", "text": "Who opens it?"}
    assert at(document["next_change"]) == at(SATURDAY)
    assert document["errors"] == 0
    assert at(document["now"]) == at(FRIDAY)


def test_status_follows_the_clock(home: Path) -> None:
    def standings(now: str) -> dict[str, str]:
        return {
            row["slug"]: row["standing"]
            for row in run(home, "status", "--format", "json", now=now).json["announcements"]
        }

    assert standings("2025-10-25T00:59:59Z")["first"] == "embargoed"
    assert standings("2025-10-25T01:00:00Z")["first"] == "public"
    assert standings("2025-10-27T00:59:59Z")["second"] == "embargoed"
    assert standings("2025-10-27T01:00:00Z")["second"] == "public"
    assert standings("2035-10-27T01:00:00Z")["asked"] == "draft"
    assert "embargo lifted Sat 25 Oct 2025 02:00 in London" in run(home, "status", now=MONDAY).out
    assert "changes only when the content does" in run(home, "status", now="2035-01-01T00:00Z").out


def test_status_tells_the_clock_of_the_partner_who_is_asked(home: Path) -> None:
    assert "Mon 27 Oct 2025 09:00 in Beijing" in paragraph(run(home, "status", now=FRIDAY).out, "asked")


def test_status_writes_nothing(home: Path) -> None:
    before = tree(home)
    for command in ("status", "diff", "check"):
        assert run(home, command, now=FRIDAY).status == 0
    assert tree(home) == before


def test_diff_tells_what_becomes_public_by_url_for_any_instant(home: Path) -> None:
    published(home, {}, now=FRIDAY)
    assert run(home, "diff", now=FRIDAY).out == "A build would change nothing.\n"
    told = run(home, "diff", now=SATURDAY).out
    assert "+ /announcements/first/\n" in told
    assert "+ /partners/etown/\n" in told
    assert "~ /announcements/\n" in told
    assert "    + First light\n" in told
    assert "second" not in told
    assert "Second wind" not in told
    assert re.search(r"^URLs: \d+ become public, \d+ change\.$", told, re.MULTILINE)
    changes = changed(home, MONDAY)
    assert changes["/announcements/first/"]["what"] == changes["/announcements/second/"]["what"] == "public"
    assert "Second wind" in changes["/announcements/second/"]["added"]
    assert changes["/announcements/"]["what"] == "changed"
    assert "First light" in changes["/announcements/"]["added"]
    assert changes["/feed.xml"]["what"] == "changed"


def changed(home: Path, now: str) -> dict[str, dict[str, Any]]:
    """The changes that diff tells in JSON, by URL."""
    return {each["url"]: each for each in run(home, "diff", "--format", "json", now=now).json["changes"]}


def test_diff_tells_what_goes(home: Path) -> None:
    published(home, {}, now=MONDAY)
    written(home, {"content/announcements/first.md": announcement("First light", draft=True)})
    told = run(home, "diff", now=MONDAY).out
    assert "- /announcements/first/\n" in told
    assert "    - First light\n" in told
    assert changed(home, MONDAY)["/announcements/first/"]["what"] == "gone"


def test_diff_tells_just_what_the_build_then_does(home: Path) -> None:
    before = published(home, {}, now=FRIDAY)
    changes = changed(home, MONDAY)
    after = published(home, {}, now=MONDAY)
    what = {
        path: "public" if path not in before else "gone" if path not in after else "changed"
        for path in before.keys() | after.keys()
        if before.get(path) != after.get(path)
    }
    assert {url: each["what"] for url, each in changes.items()} == {
        "/" + re.sub(r"(^|/)index\.html$", r"\1", path): how for path, how in what.items()
    }


def test_diff_of_a_site_that_cannot_be_built_is_its_problems(home: Path) -> None:
    published(home, {}, now=FRIDAY)
    written(home, {"content/announcements/first.md": announcement("First light", embargo="soon")})
    done = run(home, "diff", now=MONDAY)
    assert done.status == 1
    assert "content/announcements/first.md:6:10: error[E205]" in done.err
    assert "a build would publish nothing" in done.err


def test_the_build_says_when_the_site_changes_next(home: Path) -> None:
    def next_change(now: str) -> str | None:
        return run(home, "build", "--format", "json", now=now).json["next_change"]  # type: ignore[no-any-return]

    assert at(next_change(FRIDAY) or "") == at(SATURDAY)
    assert at(next_change("2025-10-26T00:00+01:00") or "") == at("2025-10-27T00:00+00:00")  # leaves the news sitemap
    assert next_change("2035-01-01T00:00Z") is None


@pytest.mark.parametrize(
    "now", ["2025-10-27T09:00", "2025-10-27", "tomorrow", "2025-10-27T09:00 am +08:00", "2025-02-29T09:00Z", ""]
)
def test_a_clock_that_cannot_be_understood_publishes_nothing(home: Path, now: str) -> None:
    done = run(home, "build", now=now)
    assert done.status == 2
    assert "--now" in done.err
    assert not (home / "public").exists()


# withdrawals and corrections

WRONG = "It was *not* true."


def told(**fields: object) -> Mapping[str, bytes]:
    """The output of a site with one more announcement."""
    text = announcement("The ferry sails", "It sails daily.", date="2025-10-20", topics=["bridges"], **fields)
    return made(site({"content/announcements/ferry.md": text})).files


@pytest.fixture(scope="module")
def withdrawn() -> Mapping[str, bytes]:
    return told(withdrawn={"date": "2025-10-24", "note": WRONG}, was=["/old/ferry/"])


def linked_data(page: bytes) -> dict[str, Any]:
    """The NewsArticle of a page."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.decode(), re.DOTALL)
    assert found
    document = json.loads(found[1])
    return next(each for each in document.get("@graph", [document]) if each.get("@type") == "NewsArticle")


def test_a_withdrawn_announcement_keeps_its_url_and_says_so(withdrawn: Mapping[str, bytes]) -> None:
    page = withdrawn["announcements/ferry/index.html"].decode()
    assert page.index("Withdrawn") < page.index("<h1>")
    assert "<p>It was <em>not</em> true.</p>" in page
    assert '<time datetime="2025-10-24">24 October 2025</time>' in page
    assert "It sails daily." in page
    assert "old/ferry/index.html" in withdrawn
    assert b"Withdrawn" in withdrawn["announcements/index.html"]


def test_a_withdrawn_announcement_is_never_the_lead_and_no_news(withdrawn: Mapping[str, bytes]) -> None:
    lead = withdrawn["index.html"].decode().split('class="lead')[1].split("</article>")[0]
    assert "The ferry sails" not in lead
    pinned = told(withdrawn={"date": "2025-10-24", "note": WRONG}, pinned=True)["index.html"].decode()
    assert "The ferry sails" not in pinned.split('class="lead')[1].split("</article>")[0]
    news = made(
        site(
            {
                "content/announcements/ferry.md": announcement(
                    "F", date="2025-11-03", withdrawn={"date": "2025-11-03", "note": "No."}
                )
            }
        )
    ).files["news-sitemap.xml"]
    assert b"ferry" not in news
    assert b"announcements/ferry/" in withdrawn["sitemap.xml"]


ATOM, TOMBSTONE = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


def test_atom_says_that_a_withdrawn_announcement_was_deleted(withdrawn: Mapping[str, bytes]) -> None:
    ids = {identity(entry) for entry in fromstring(told()["feed.xml"]).iter(f"{ATOM}entry")}
    for path in ("feed.xml", "partners/delta/feed.xml", "topics/bridges/feed.xml"):
        feed = fromstring(withdrawn[path])
        stone = feed.find(f"{TOMBSTONE}deleted-entry")
        assert stone is not None
        assert stone.get("ref") in ids
        assert at(stone.get("when") or "") == at("2025-10-24T00:00+01:00")
        assert stone.findtext(f"{TOMBSTONE}comment") == "It was not true."
        assert stone.get("ref") not in {identity(entry) for entry in feed.iter(f"{ATOM}entry")}
    assert b"tombstones" not in told()["feed.xml"]


def identity(entry: Element) -> str | None:
    return entry.findtext(f"{ATOM}id")


def test_the_other_feeds_say_so_in_the_title(withdrawn: Mapping[str, bytes]) -> None:
    items = {item.findtext("link"): item for item in fromstring(withdrawn["rss.xml"]).iter("item")}
    item = items["https://rivers.example.org/announcements/ferry/"]
    assert item.findtext("title") == "Withdrawn: The ferry sails"
    assert item.findtext("description") == "It was not true."
    entries = {entry["url"]: entry for entry in json.loads(withdrawn["feed.json"])["items"]}
    entry = entries["https://rivers.example.org/announcements/ferry/"]
    assert entry["title"] == "Withdrawn: The ferry sails"
    assert entry["summary"] == "It was not true."
    assert at(entry["date_modified"]) == at("2025-10-24T00:00+01:00")


def test_what_was_withdrawn_is_nowhere_told_without_saying_so(withdrawn: Mapping[str, bytes]) -> None:
    entries = {entry["url"]: entry for entry in json.loads(withdrawn["feed.json"])["items"]}
    content = entries["https://rivers.example.org/announcements/ferry/"]["content_html"]
    assert "It sails daily." not in content or "not</em> true" in content
    page = withdrawn["announcements/ferry/index.html"].decode()
    assert 'property="og:title" content="Withdrawn' in page


def test_linked_data_says_that_it_was_withdrawn_and_why(withdrawn: Mapping[str, bytes]) -> None:
    article = linked_data(withdrawn["announcements/ferry/index.html"])
    assert article["creativeWorkStatus"] == "Withdrawn"
    assert article["correction"][0]["text"] == "It was not true."
    assert at(article["dateModified"]) == at("2025-10-24T00:00+01:00")
    assert "creativeWorkStatus" not in linked_data(told()["announcements/ferry/index.html"])


def test_corrections_stand_with_their_dates_on_the_page_and_in_the_feeds() -> None:
    notes = [
        {"date": "2025-10-23", "note": "Not ten but *nine*."},
        {"date": "2025-10-25T09:00+08:00", "note": "Nor nine."},
    ]
    files = told(corrections=notes)
    page = files["announcements/ferry/index.html"].decode()
    assert page.count("Correction") >= 2
    assert "<p>Not ten but <em>nine</em>.</p>" in page
    assert "25 October 2025" in page
    assert "Updated" in page
    article = linked_data(files["announcements/ferry/index.html"])
    assert [note["text"] for note in article["correction"]] == ["Not ten but nine.", "Nor nine."]
    assert at(article["dateModified"]) == at("2025-10-25T02:00+01:00")
    for path in ("feed.xml", "feed.json"):
        assert "Correction, 23 October 2025" in files[path].decode()
        assert "Nor nine." in files[path].decode()
    feed = fromstring(files["feed.xml"])
    entry = next(each for each in feed.iter(f"{ATOM}entry") if "ferry" in (identity(each) or ""))
    assert at(entry.findtext(f"{ATOM}updated") or "") == at("2025-10-25T02:00+01:00")
    assert at(entry.findtext(f"{ATOM}published") or "") == at("2025-10-20T00:00+01:00")
    assert b"Correction" not in told()["announcements/ferry/index.html"]


# redirects


@contextmanager
def served(output: Path) -> Iterator[HTTPConnection]:
    """A connection to a plain server of a folder."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        thread = Thread(target=partial(server.serve_forever, poll_interval=0.01))
        thread.start()
        connection = HTTPConnection("127.0.0.1", server.server_port, timeout=5)
        try:
            yield connection
        finally:
            connection.close()
            server.shutdown()
            thread.join()


def fetched(connection: HTTPConnection, url: str) -> str:
    """The page that a server gives for a URL, after redirects of the server's own."""
    for _ in range(3):
        connection.request("GET", url)
        answer = connection.getresponse()
        data = answer.read()
        if answer.status == 200:
            return data.decode()
        assert answer.status in (301, 302), f"{url}: {answer.status}"
        url = urljoin(url, answer.getheader("Location") or "")
    raise AssertionError(f"{url} redirects for ever")


OLD = ["/old/ferry/", "/old/ferry.html", "/news/2025/10", "/老/渡轮/"]


@pytest.mark.parametrize("base", ["https://rivers.example.org/", "https://rivers.example.org/press/site/"])
def test_an_old_path_leads_to_the_announcement_on_a_plain_server(home: Path, base: str) -> None:
    text = announcement("The ferry sails", "It sails daily.", date="2025-10-20", was=OLD)
    published(home, {"content/announcements/ferry.md": text, "site.yaml": site_yaml(base_url=base)}, now=FRIDAY)
    with served(home / "public") as connection:
        for path in OLD:
            url = quote(path)
            page = fetched(connection, url)
            target = re.search(r'http-equiv="refresh" content="0; url=([^"]*)"', page)
            assert target, path
            there = urljoin(url if url.endswith((".html", "/")) else f"{url}/", target[1])
            assert there == "/announcements/ferry/"
            assert "It sails daily." in fetched(connection, there)
            assert f'rel="canonical" href="{base}announcements/ferry/"' in page
            assert 'content="noindex"' in page


@pytest.mark.parametrize(
    ("base", "root"), [("https://rivers.example.org/", "/"), ("https://rivers.example.org/press/site/", "/press/site/")]
)
def test_an_old_path_is_a_permanent_redirect_where_the_server_can(base: str, root: str) -> None:
    text = announcement("The ferry sails", was=["/old/ferry/", "/old/ferry.html", "/老/渡轮/", "/a.b+c/"])
    files = made(site({"content/announcements/ferry.md": text, "site.yaml": site_yaml(base_url=base)})).files
    lines = [line.split(" ") for line in files["_redirects"].decode().splitlines()]
    assert [f"{root}old/ferry/", f"{root}announcements/ferry/", "301"] in lines
    assert [quote(f"{root}老/渡轮/"), f"{root}announcements/ferry/", "301"] in lines
    rules = re.findall(r'^RedirectMatch 301 "(\^.*\$)" "([^"]*)"$', files[".htaccess"].decode(), re.MULTILINE)
    assert len(rules) == 4
    for path in ("old/ferry/", "old/ferry.html", "老/渡轮/", "a.b+c/"):
        assert [target for pattern, target in rules if re.match(pattern, root + path)] == [
            f"{root}announcements/ferry/"
        ]
    assert not any(re.match(pattern, f"{root}old/ferryXhtml") for pattern, _ in rules)


def test_without_old_paths_there_are_no_files_for_redirects() -> None:
    assert not {"_redirects", ".htaccess"} & made(site()).files.keys()


def test_the_old_paths_of_the_withheld_do_not_redirect() -> None:
    files = told(draft=True, was=["/old/ferry/"])
    assert not {"_redirects", ".htaccess", "old/ferry/index.html"} & files.keys()


# public URLs that would vanish


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"draft": True}, "this announcement is draft"),
        ({"embargo": "2026-01-01T09:00Z"}, "this announcement is embargoed"),
        (None, "this announcement is no longer there"),
    ],
    ids=["draft", "embargo", "deleted"],
)
def test_a_public_url_that_would_vanish_is_a_warning_and_with_strict_an_error(
    home: Path, change: dict[str, object] | None, told: str
) -> None:
    path = "content/announcements/2025-10-27-bridge.md"
    before = published(
        home,
        {"content/pages/about.md": record({"title": "About"}, "[A](person:ada-byron) [b](topic:bridges)")},
        now=FRIDAY,
    )
    if change is None:
        (home / path).unlink()
    else:
        written(home, {path: announcement("A bridge opens", topics=["bridges"], **change)})
    strict = run(home, "build", "--strict", now=FRIDAY)
    assert strict.status == 1
    assert "warning[W401]: `/announcements/bridge/` is public now and would vanish: " in strict.err
    assert told in strict.err
    assert strict.err.endswith("the published site was not changed\n")
    assert tree(home / "public") == before
    done = run(home, now=FRIDAY)
    assert done.status == 0
    assert "W401" in done.err
    assert not (home / "public/announcements/bridge").exists()
    assert "W401" not in run(home, "build", "--strict", now=FRIDAY).told


def test_no_public_url_vanishes_when_it_is_withdrawn_or_has_a_redirect(home: Path) -> None:
    path = "content/announcements/2025-10-27-bridge.md"
    published(home, {}, now=FRIDAY)
    note = {"date": "2025-10-24", "note": "No."}
    assert (
        "W401"
        not in run(
            written(
                home, {path: announcement("A bridge opens", date="2025-10-01", topics=["bridges"], withdrawn=note)}
            ),
            now=FRIDAY,
        ).told
    )
    (home / path).unlink()
    moved = {
        "content/announcements/river.md": announcement(
            "A river", date="2025-10-01", topics=["bridges"], was=["/announcements/bridge/"]
        )
    }
    assert "W401" not in run(written(home, moved), now=FRIDAY).told
    assert "url=../../announcements/river/" in (home / "public/announcements/bridge/index.html").read_text()


def test_a_partner_that_nothing_public_mentions_any_more_is_told_too(home: Path) -> None:
    published(home, {}, now=MONDAY)
    gone = announcement("Second wind", date="2025-10-27", embargo=MONDAY)
    written(home, {"content/announcements/second.md": gone, "content/announcements/first.md": gone})
    done = run(home, now=MONDAY)
    assert (
        "`/partners/etown/` is public now and would vanish: nothing public leads to this partner any more" in done.err
    )
