"""Prose: what Markdown becomes on a page, what is left out of it, and where faults in it are reported."""

import re

import pytest
from markup import Markup, read
from support import announcement, built, page, png, sections, sources

from communique.problems import Place
from communique.prose import Prose, parse_prose
from communique.prose_writer import anchor_of

ROOT = "../../"


def html(body: str, more: str = "") -> str:
    """The HTML of a body, as it stands on its page."""
    whole = page(announcement(body) + more)
    return whole.partition('<p class="dateline">')[2].partition("</p>")[2].partition('<p class="ends">')[0].strip()


def parse(text: str) -> Prose:
    """A body that begins on line 5 of its file."""
    return parse_prose(text, Place("content/announcements/bridge.md", 5, 1))


def found(text: str) -> list[tuple[str, int, int]]:
    """Code, line and column of each problem of a body."""
    return sorted((each.code, each.place.line, each.place.column) for each in parse(text).problems)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("One *two* **three** `four`", "<p>One <em>two</em> <strong>three</strong> <code>four</code></p>"),
        ("One\ntwo", "<p>One\ntwo</p>"),
        ("One  \ntwo", "<p>One<br>\ntwo</p>"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>"),
        ("3. one\n4. two", '<ol start="3">\n<li>one</li>\n<li>two</li>\n</ol>'),
        ("    code\n    more", "<pre><code>code\nmore\n</code></pre>"),
        ("    a <b> & c", "<pre><code>a &lt;b&gt; &amp; c\n</code></pre>"),
        ("`a <b> & c`", "<p><code>a &lt;b&gt; &amp; c</code></p>"),
        ("---", "<hr>"),
        ("a & b &amp; c &lt; d < e", "<p>a &amp; b &amp; c &lt; d &lt; e</p>"),
        ("&copy; &#233; &nosuch;", "<p>© é &amp;nosuch;</p>"),
        ("\\*not emphasis\\*", "<p>*not emphasis*</p>"),
        ("{{ 7 * 7 }} {% raw %}", "<p>{{ 7 * 7 }} {% raw %}</p>"),
        ("一行\n二行", "<p>一行\n二行</p>"),
    ],
)
def test_markdown_becomes_html(body: str, expected: str) -> None:
    assert _tidy(html(body)) == _tidy(expected)


def _tidy(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text.strip())


@pytest.mark.parametrize("body", ["# Opening times", "## Opening *times*", "Opening times\n---"])
def test_a_heading_has_its_words_as_id_and_leaves_the_first_level_to_the_title(body: str) -> None:
    (heading,) = read(html(body)).all("h2")
    assert heading.attributes == {"id": "opening-times"}


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Opening times", "opening-times"),
        ("  What’s new? ", "what-s-new"),
        ("R&D", "r-d"),
        ("研发 中心", "研发-中心"),
        ("ÉTÉ", "été"),
        ("ﬁrst", "first"),
        ("!!!", "section"),
        ("2025", "2025"),
    ],
)
def test_the_id_of_a_heading(heading: str, anchor: str) -> None:
    assert anchor_of(heading) == anchor


def test_headings_of_the_same_words_have_different_ids() -> None:
    page = read(html("## Plan\n\n## Plan\n\n## Plan 2\n\n## Plan"))
    assert page.ids == ["plan", "plan-2", "plan-2-2", "plan-3"]


def test_a_link_to_a_heading_leads_there() -> None:
    (link,) = read(html("See [times](#opening-times).\n\n## Opening times")).all("a")
    assert link.attributes["href"] == "#opening-times"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("../partners/delta.md", f"{ROOT}partners/delta/"),
        ("partner:delta", f"{ROOT}partners/delta/"),
        ("person:ada-byron", f"{ROOT}people/ada-byron/"),
        ("topic:bridges", f"{ROOT}topics/bridges/"),
        ("page:about", f"{ROOT}about/"),
        ("announcement:bridge", f"{ROOT}announcements/bridge/"),
        ("2025-10-27-bridge.md", f"{ROOT}announcements/bridge/"),
        ("/announcements/", f"{ROOT}announcements/"),
        ("mailto:press@example.org", "mailto:press@example.org"),
        ("https://example.org/?a=b&c=d", "https://example.org/?a=b&c=d"),
    ],
)
def test_links_lead_to_records_and_addresses(link: str, url: str) -> None:
    (anchor,) = read(html(f"[x]({link})")).all("a")
    assert anchor.attributes["href"] == url
    assert anchor.attributes.get("rel") == ("external" if "example.org/?" in url else None)


def test_a_title_of_a_link_is_kept() -> None:
    (link,) = read(html("[x](partner:delta 'a \"b\" <c>')")).all("a")
    assert link.attributes["title"] == 'a "b" <c>'


def test_links_by_label_and_bare_addresses_are_links() -> None:
    page = read(html("[x][label] and <https://example.org/a> and <press@example.org>\n\n[label]: partner:delta"))
    assert page.anchors == [f"{ROOT}partners/delta/", "https://example.org/a", "mailto:press@example.org"]


@pytest.mark.parametrize(
    "attribution",
    ["— Ada Byron", "-- Ada Byron", "—Ada Byron", "― Ada Byron", "– Ada Byron", "— ada-byron", "—  ada  byron "],
)
@pytest.mark.parametrize("gap", ["\n> ", "\n>\n> ", "  \n> "])
def test_a_quote_ends_with_its_speaker_however_the_line_is_set(attribution: str, gap: str) -> None:
    page = read(html(f"> It holds.{gap}{attribution}"))
    (figure,) = page.of_class("quote")
    assert figure.attributes == {"class": "quote", "id": "quote-ada-byron"}
    (link,) = page.all("a")
    assert (link.attributes["href"], link.text) == (f"{ROOT}people/ada-byron/", "Ada Byron, ")
    assert [role.text for role in page.of_class("role")] == ["Head of Bridges"]
    assert "It holds." in page.text
    assert "—" not in page.text
    assert "--" not in page.text


def test_two_quotes_in_a_row_stay_two() -> None:
    page = read(html("> It holds.\n> — Ada Byron\n\n> It does.\n> — Ada Byron"))
    assert [figure.attributes["id"] for figure in page.of_class("quote")] == ["quote-ada-byron", "quote-ada-byron-2"]
    assert page.text.index("It holds.") < page.text.index("It does.")


def test_a_quote_has_several_paragraphs_and_emphasis() -> None:
    page = read(html("> It *holds*.\n>\n> It **will**.\n> — Ada Byron"))
    assert len(page.of_class("quote")) == 1
    assert (len(page.all("em")), len(page.all("strong"))) == (1, 1)


@pytest.mark.parametrize(
    "body",
    [
        "> It holds.",
        "> Ada Byron",
        "> It holds. — Ada Byron",
        "> - one\n> - two",
        "> — Ada Byron",
        "> It holds.\n> —",
    ],
)
def test_a_block_quote_without_a_speaker_is_a_warning(body: str) -> None:
    assert found(f"One.\n\n{body}") == [("W301", 7, 1)]


def test_the_speakers_of_a_text_are_known_with_their_lines() -> None:
    speakers = parse("> One.\n> — Ada\n\nText.\n\n> Two.\n> -- Bo").speakers
    assert [(each.speaker, each.place.line, each.place.column) for each in speakers] == [("Ada", 6, 3), ("Bo", 11, 3)]


def test_a_footnote_leads_there_and_back() -> None:
    page = read(html("One.[^a] Two.[^b]\n\n[^a]: Note *one*.\n[^b]: Note two."))
    references = [link.attributes["href"].partition("#")[2] for link in page.of_class("footnote-ref")]
    back = [link.attributes["href"].partition("#")[2] for link in page.of_class("footnote-backref")]
    assert len(references) == len(back) == 2
    assert {*references, *back} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert "Note one." in page.text


def test_footnotes_of_different_texts_of_a_page_do_not_collide() -> None:
    files = built(announcement("One.[^1]\n\n[^1]: Note.", "notes: |\n  Two.[^1]\n\n  [^1]: Note.")).files
    page = read(files["announcements/bridge/index.html"])
    assert len(page.of_class("footnote-ref")) == 2
    assert len(page.ids) == len(set(page.ids))


def test_a_footnote_of_one_text_is_not_that_of_another() -> None:
    parse("One.[^1]\n\n[^1]: Secret note.\n[label]: https://example.org/secret")
    later = parse("Two.[^1] [label]")
    assert "Secret" not in later.plain
    assert "[^1]" in later.plain
    assert "[label]" in later.plain


def test_a_table_has_headed_columns_and_their_alignment() -> None:
    page = read(html("| Day | Hours |\n|:---|---:|\n| Mon | 8 |\n| Tue | **9** |"))
    assert [(head.text.strip(), head.attributes) for head in page.all("th")] == [
        ("Day", {"class": "left", "scope": "col"}),
        ("Hours", {"class": "right", "scope": "col"}),
    ]
    assert len(page.all("td")) == 4
    (region,) = page.of_class("table")
    assert region.attributes["aria-label"] == "Day, Hours"
    assert not [element for element in page.elements if "style" in element.attributes]


def test_an_image_has_its_size_its_text_and_its_place_beside_the_page() -> None:
    more = {"content/announcements/bridge.png": png(3, 2)}
    body = 'See ![the bridge](bridge.png) here.\n\n![The "bridge"](bridge.png "From the east")'
    given = sources(announcement(body))
    files = built({"site.yaml": given.settings or b"", **given.content, **more}).files
    page = read(files["announcements/bridge/index.html"])
    images = [each.attributes for each in page.all("img") if each.attributes.get("alt")]
    assert [(each["src"], each["alt"], each["width"], each["height"]) for each in images] == [
        ("../../announcements/bridge/bridge.png", "the bridge", "3", "2"),
        ("../../announcements/bridge/bridge.png", 'The "bridge"', "3", "2"),
    ]
    assert len(page.of_class("picture")) == 1
    assert "From the east" in page.text
    assert files["announcements/bridge/bridge.png"] == png(3, 2)


@pytest.mark.parametrize(
    "source", ["https://example.org/a.png", "//example.org/a.png", "/a.png", "data:image/png;base64,x"]
)
def test_an_image_from_elsewhere_is_an_error(source: str) -> None:
    assert found(f"![x]({source})") == [("E306", 5, 4)]


@pytest.mark.parametrize(
    ("body", "left"),
    [
        ("One <!-- a note --> two.", "One two."),
        ("<!-- a\nnote\n\nof paragraphs -->\nOne.", "One."),
        ("One <!-- a --> two <!-- b --> three.", "One two three."),
        ("`<!-- code -->` stays", "<!-- code --> stays"),
        # what looks like a note is never shown, also where four spaces would make it code
        ("    <!-- code -->\n\nOne.", "One."),
        ("One <!-- [x](javascript:y) <b> --> two.", "One two."),
    ],
)
def test_comments_among_writers_are_left_out(body: str, left: str) -> None:
    prose = parse(body)
    assert prose.plain == left
    assert prose.problems == ()


def test_comments_do_not_shift_lines() -> None:
    assert found("<!-- a\nnote -->\n\n[x](javascript:y)") == [("E305", 8, 3)]


@pytest.mark.parametrize(
    "tag",
    ["<b>", "</b>", "<br/>", "<img src=x onerror=y>", "<script>", "<!DOCTYPE html>", "<?php echo 1 ?>", '<a href="x">'],
)
def test_raw_html_is_shown_as_text_and_is_a_warning(tag: str) -> None:
    content = html(f"One {tag} two.")
    assert [element.tag for element in read(content).elements] == ["p"]
    assert read(content).text.strip() == f"One {tag} two."
    assert found(f"One {tag} two.") == [("W302", 5, 5)]


@pytest.mark.parametrize(
    "text",
    [
        "1 < 2 and 3 > 2",
        "a <- b",
        "`<b>`",
        "    <b>\n",
        "<https://example.org>",
        "\\<b>",
    ],
)
def test_signs_that_are_no_html_are_no_warning(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("[x](javascript:y)", (5, 3)),
        ("One\ntwo [x](javascript:y)", (6, 7)),
        ("- one\n- two\n\n  [x](javascript:y)", (8, 5)),
        ("> one [x](javascript:y)\n> — Ada", (5, 9)),
        ("| a |\n|---|\n| [x](javascript:y) |", (7, 5)),
        ("One[^1]\n\n[^1]: [x](javascript:y)", (7, 9)),
        ("# One\n\n## [x](javascript:y)", (7, 6)),
        ("北京 [x](javascript:y)", (5, 6)),
    ],
)
def test_a_link_is_reported_at_its_place(body: str, place: tuple[int, int]) -> None:
    assert found(body) == [("E305", *place)]


def test_the_same_dead_link_twice_is_reported_twice() -> None:
    assert found("[x](javascript:y)\n\n[x](javascript:y)\n[x](javascript:y)") == [
        ("E305", 5, 3),
        ("E305", 7, 3),
        ("E305", 8, 3),
    ]


def test_references_are_those_of_links_and_only_once_each_place() -> None:
    references = parse("[a](partner:delta)\n\n[b](../people/ada.md#x) ![c](d.png) [e](https://example.org)").references
    assert [(each.name.kind, each.name.slug, each.place.line) for each in references] == [
        ("partner", "delta", 5),
        ("person", "ada", 7),
    ]


def test_the_plain_text_is_the_words_alone() -> None:
    assert parse("## Plan\n\nOne *two* [three](page:about).\n\n- four\n- five & six").plain == (
        "Plan One two three. four five & six"
    )


def test_the_first_mention_of_a_name_becomes_a_link() -> None:
    page = read(html("Delta University works with Ada Byron. Ada Byron likes Delta University."))
    assert page.anchors == [f"{ROOT}partners/delta/", f"{ROOT}people/ada-byron/"]


@pytest.mark.parametrize(
    "body", ["## Delta University", "`Delta University`", "[Delta University](page:about)", "Delta Universityx"]
)
def test_names_in_headings_code_and_links_stay_as_they_are(body: str) -> None:
    assert f"{ROOT}partners/delta/" not in read(html(body)).anchors


def test_a_link_of_the_writer_counts_as_the_first_mention() -> None:
    page = read(html("[They](partner:delta) say that Delta University is open."))
    assert page.anchors == [f"{ROOT}partners/delta/"]


def test_names_are_not_linked_where_the_site_says_so() -> None:
    settings = (sections_of_base() + "link_names: false\n").replace("\n\n", "\n")
    assert read(html("Delta University", settings)).anchors == []


def sections_of_base() -> str:
    """The section of the base site's settings."""
    return "-- site.yaml --\n" + (sources().settings or b"").decode()


@pytest.mark.parametrize(
    "text", ["> " * 300 + "a", "- " * 300 + "a", "\n".join("  " * depth + "- a" for depth in range(300)), "x" * 600_000]
)
def test_what_is_too_deep_or_too_long_is_a_value_or_a_problem(text: str) -> None:
    prose = parse(text)
    assert prose.pieces or [each.code for each in prose.problems] == ["E106"]


def test_an_empty_text_is_no_text() -> None:
    assert not parse(" \n\t\n")
    assert isinstance(read(""), Markup)
    assert sections("nothing")[1] == {}
