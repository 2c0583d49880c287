"""Import: what becomes of a document, what the press officer is told, and what is refused."""

import html
import io
import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.frontmatter import attempt
from communique.importing import Draft, Known, Note, Refused, import_document
from communique.importing.manuscript import Block, Listing, Paragraph, Quotation, Run, plain, tidy, words
from communique.importing.markdown_blocks import Writer
from communique.kinds import Announcement, read_record
from communique.names import ContentFile, Name
from communique.problems import Place
from communique.prose import parse_prose

DOCUMENTS = Path(__file__).parent.parent / "documents"
TODAY = "2026-01-05"
KNOWN = Known(
    partners={
        "harbour": ("Harbour Institute", "Harbour"),
        "rivermouth": ("University of Rivermouth",),
        "delta": ("Delta Municipal Science and Technology Commission",),
        "zhong": ("河口大学",),
    },
    people={"ada-lund": ("Ada Lund", "阿达·伦德"), "tom-reed": ("Tom Reed",)},
    topics={"trials": ("Clinical trials",)},
    boilerplates={"harbour": "*Harbour Institute* studies harbours."},
)
LEAD = "Harbour Institute has opened a centre for everybody in the town of Rivermouth."


def draft(text: str, name: str = "a.txt", known: Known = KNOWN) -> Draft:
    return import_document(name, text.encode(), known, TODAY)


def with_lead(text: str) -> Draft:
    return draft(f"Title\n\n{LEAD}\n\n{text}")


def record(made: Draft) -> Announcement:
    """The draft as the engine reads it: without a fault, and a draft."""
    path = f"content/announcements/{made.slug}/index.md"
    document = attempt(path, made.text.encode())
    found, _, problems, *_ = read_record(document, ContentFile(Name("announcement", made.slug), "", True))
    assert [problem for problem in problems if problem.severity == "error"] == []
    assert isinstance(found, Announcement)
    assert found.draft
    return found


def body(made: Draft) -> str:
    return made.text.split("---\n", 2)[2].strip()


def rest(made: Draft) -> str:
    """The body after title and lead."""
    return body(made).removeprefix(LEAD).strip()


def notes(made: Draft, code: str) -> list[Note]:
    return [note for note in made.notes if note.code == code]


def said(made: Draft, code: str) -> str:
    return " / ".join(f"{note.message} — {note.help}" for note in notes(made, code))


def line_of(made: Draft, note: Note) -> str:
    return made.text.split("\n")[note.line - 1]


# --- Word files, made by hand -------------------------------------------------------------------------------------

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def relations(targets: Mapping[str, str]) -> str:
    inner = "".join(
        f'<Relationship Id="r{at}" Type="{RELATED}{kind}" Target="{target}"/>'
        for at, (kind, target) in enumerate(targets.items())
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'
    )


def word(content: str, parts: Mapping[str, str] | None = None, before: str = "") -> bytes:
    """A Word file with this content of its body; `parts` are further ones by their kind."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations({"officeDocument": "word/document.xml"}))
        archive.writestr("word/document.xml", f"{before}<w:document {SPACES}><w:body>{content}</w:body></w:document>")
        archive.writestr("word/_rels/document.xml.rels", relations({kind: f"{kind}.xml" for kind in parts or {}}))
        for kind, text in (parts or {}).items():
            archive.writestr(f"word/{kind}.xml", text)
    return out.getvalue()


def run(text: str, style: str = "") -> str:
    return f'<w:r><w:rPr>{style}</w:rPr><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def para(*runs: str, style: str = "") -> str:
    return f"<w:p><w:pPr>{style}</w:pPr>{''.join(runs)}</w:p>"


def of_word(*paragraphs: str, parts: Mapping[str, str] | None = None) -> Draft:
    pytest.importorskip("mammoth")
    head = para(run("Title")) + para(run(LEAD))
    return import_document("a.docx", word(head + "".join(paragraphs), parts), KNOWN, TODAY)


def refused(data: bytes, name: str = "a.docx") -> Refused:
    if name.endswith(".docx"):
        pytest.importorskip("mammoth")
    with pytest.raises(Refused) as caught:
        import_document(name, data, KNOWN, TODAY)
    assert caught.value.message[0].islower() or caught.value.message[0] in "`W"
    return caught.value


# --- whole documents ----------------------------------------------------------------------------------------------


def test_a_word_file_becomes_a_draft() -> None:
    pytest.importorskip("mammoth")
    made = import_document("approved.docx", (DOCUMENTS / "approved.docx").read_bytes(), KNOWN, TODAY)
    assert made.slug == "harbour-institute-opens-a-centre-in-beijing"
    assert list(made.images) == ["image-1.png"]
    assert (
        made.text
        == """\
---
title: Harbour Institute opens a centre in Beijing
subtitle: A new hub for *clinical* trials
summary: Harbour Institute has opened a centre with the University of Rivermouth. It has 10⁶ m² of large_and [wide] \
rooms, 5 * 3 `labs` and <b>no</b> & no walls.
date: 2025-10-27
place: Cambridge, UK
partners:
  - harbour
  - rivermouth
draft: true
notes: |
  The figures are of June 2025.
---

**Harbour Institute** has opened a centre with the University of Rivermouth. It has 10⁶ m² of large_and \\[wide\\] \
rooms, 5 \\* 3 &#96;labs&#96; and &lt;b>no&lt;/b> & no walls.

## What it does

It works on *trials* and data.

1. Find
2. Test

- Rooms
- Benches

### Details

| What | How many |
|---|---|
| Rooms | 5 |

![CHECK: say what this picture shows](image-1.png)

> “We can benefit patients worldwide. We begin now.”
> — Ada Lund

> Two leading innovation hubs.
> — Tom Reed

Visible.
"""
    )
    read = record(made)
    assert read.embargo is None
    assert [start.speaker for start in read.body.speakers] == ["Ada Lund", "Tom Reed"]
    assert {note.code for note in made.notes} >= {"footer", "hidden", "embargo", "highlighted", "table", "alt", "about"}
    assert "embargo: 2025-10-27T09:00+08:00" in said(made, "embargo")
    assert line_of(made, notes(made, "alt")[0]).startswith("![CHECK")
    assert line_of(made, notes(made, "highlighted")[0]) == "It works on *trials* and data."


def test_a_web_page_saved_by_word_becomes_a_draft() -> None:
    made = import_document("a.html", (DOCUMENTS / "saved-by-word.html").read_bytes(), KNOWN, TODAY)
    record(made)
    assert (
        body(made)
        == """\
The centre[^1] opens.

- Rooms
- Benches

## A bold line

Text **bold**plain bad [good](https://example.org/a_b?x=1&amp;amp;amp;copy=2)

| A | B |
|---|---|
| 1 x | 2 |
|  | 3 |

> “Two hubs.”
> — Tom Reed

5. five
    - deep
6. six

[^1]: A *note*."""
    )
    assert "`javascript:alert(1)`" in said(made, "link")
    assert "“A cat” is left out: its file `cat.jpg`" in said(made, "picture")
    assert "“Secret”" in said(made, "hidden")
    assert "“Home | News”" in said(made, "left out")
    assert "iframe" in said(made, "left out")
    assert "merged cells" in said(made, "table")


def test_markdown_keeps_its_fields_and_its_links_to_records() -> None:
    made = draft(
        "---\ntitle: One title\ndate: 2025-10-27T09:00\nplace: Delta\nlayout: post\n---\n"
        "Text [there](../partners/biopark.md) and [x](y.html), with `code_it` and a note.[^a] <br>\n\n"
        "> “Two hubs.”\n> — Tom Reed\n\n<!-- between us -->\n\n[^a]: The *note*.\n",
        "a.md",
    )
    read = record(made)
    assert (read.title, read.place, str(read.date.iso)) == ("One title", "Delta", "2025-10-27")
    assert body(made).startswith("Text [there](partner:biopark) and x, with code_it and a note.[^1] &lt;br>")
    assert "> “Two hubs.”\n> — Tom Reed" in body(made)
    assert body(made).endswith("[^1]: The *note*.")
    assert "`layout`" in said(made, "field")
    assert "comments" in said(made, "left out")


def test_plain_text_joins_broken_lines_and_sees_lists() -> None:
    made = draft(
        "A title\n=======\n\nHarbour Institute has opened a centre for everybody in\nthe town. See https://example.org/a_b.\n\n"
        "- one\n- two\n  more\n\n3. three\n4. four\n\n5 * 3 and 1. no list\nShort lines\nstay lines"
    )
    assert (
        body(made)
        == """\
Harbour Institute has opened a centre for everybody in the town. See <https://example.org/a_b>.

- one
- two  
    more

3. three
4. four

5 \\* 3 and 1. no list  
Short lines  
stay lines"""
    )


def test_the_main_part_of_a_page_is_taken() -> None:
    made = draft(
        f"<header><h1>Title</h1>Menu of the page</header><main><p>{LEAD}</p></main><footer>x</footer>", "a.html"
    )
    assert record(made).title == "Title"
    assert body(made) == LEAD
    assert "5 words around it are left out" in said(made, "left out")


# --- the opening --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "day", "begins"),
    [
        ("BEIJING, 27 October 2025 — The centre opens.", "Beijing", "2025-10-27", "The"),
        ("Beijing, China – October 27, 2025 – The centre opens.", "Beijing, China", "2025-10-27", "The"),
        (
            "CAMBRIDGE, UK and BEIJING, Oct. 27, 2025 /PRNewswire/ -- The.",
            "Cambridge, UK and Beijing",
            "2025-10-27",
            "The",
        ),
        ("LONDON (27 October 2025) – The centre opens.", "London", "2025-10-27", "The"),
        ("27 October 2025, Cambridge, UK – The centre opens.", "Cambridge, UK", "2025-10-27", "The"),
        ("北京，2025年10月27日——中心启用。", "北京", "2025-10-27", "中心"),
        ("（北京，2025年10月27日）中心启用。", "北京", "2025-10-27", "中心"),
        ("BEIJING — The centre opens.", "Beijing", TODAY, "The"),
        ("On 27 October 2025 – a Monday – the centre opens.", "", TODAY, "On 27"),
        ("The agreement of 27 October 2025 — it was signed.", "", TODAY, "The agreement"),
        ("Beijing, 27 October — The centre opens.", "", TODAY, "Beijing, 27"),
        ("HARBOUR — The institute opens.", "", TODAY, "HARBOUR"),
    ],
)
def test_a_dateline_becomes_place_and_date(text: str, place: str, day: str, begins: str) -> None:
    made = draft(f"Title\n\n{text}")
    read = record(made)
    assert (read.place, read.date.iso) == (place, day)
    assert body(made).startswith(begins)


@pytest.mark.parametrize(
    "line",
    ["27 October 2025", "Date: October 27th, 2025", "Beijing, Monday 27 Oct 2025", "2025-10-27", "2025年10月27日"],
)
def test_a_line_with_nothing_but_a_date_is_the_date(line: str) -> None:
    made = draft(f"{line}\n\nTitle\n\n{LEAD}")
    assert (record(made).date.iso, record(made).title, body(made)) == ("2025-10-27", "Title", LEAD)


def test_without_a_date_it_is_today_and_the_officer_is_told() -> None:
    made = with_lead("It was founded on 3 March 2021.")
    assert record(made).date.iso == TODAY
    assert "the text speaks of 2021-03-03" in said(made, "date")


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("EMBARGOED UNTIL 00:01 GMT on Monday 27 October 2025", "2025-10-27T00:01Z"),
        ("Embargoed until 9am Beijing time, 27 October 2025", "2025-10-27T09:00+08:00"),
        ("STRICT EMBARGO: 27 October 2025, 09:00 CST", "2025-10-27T09:00+??:??"),
        ("Embargo: 12 noon BST, Friday 3rd July 2026", "2026-07-03T12:00+01:00"),
        ("Under embargo until 10.30 p.m. (UTC+8), 2025-10-27", "2025-10-27T22:30+08:00"),
        ("2025年10月27日北京时间9时30分前不得发布", "2025-10-27T09:30+08:00"),
        ("Embargoed until Monday", "????-??-??T??:??+??:??"),
    ],
)
def test_an_embargo_line_is_told_and_never_guessed(line: str, written: str) -> None:
    made = draft(f"{line}\n\nTitle\n\n{LEAD}")
    assert record(made).embargo is None
    assert f"`embargo: {written}`" in said(made, "embargo")
    assert line not in made.text


def test_labels_leave_the_text_and_the_summary_is_the_documents_own() -> None:
    made = draft(f"For immediate release\n\nPRESS RELEASE\n\nTITLE IN CAPITALS\n\nSummary: It opens.\n\n{LEAD}")
    read = record(made)
    assert (read.title, read.summary, body(made)) == ("TITLE IN CAPITALS", "It opens.", LEAD)
    assert len(notes(made, "release")) == 2
    assert "all in capitals" in said(made, "title")


def test_a_long_lead_is_shortened_to_sentences() -> None:
    made = draft("Title\n\n" + "The centre opens its doors to everybody in the town today. " * 12)
    assert 200 < len(record(made).summary) <= 320
    assert record(made).summary.endswith("today.")


def test_a_document_without_title_or_sentence_says_so() -> None:
    assert "no title was found" in said(draft(LEAD * 4), "title")
    assert record(draft("Title")).summary.startswith("CHECK: ")
    assert record(draft("Embargoed until noon")).title.startswith("CHECK: ")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("A second R&D centre in the Côte d’Azur", "a-second-rd-centre-in-the-cote-dazur"),
        ("CON", "announcement-con"),
        ("2025", f"announcement-{TODAY}"),
        ("The long title of a thing and of another thing that goes on and on", None),
    ],
)
def test_the_slug_comes_from_the_title(title: str, slug: str | None) -> None:
    made = draft(f"{title}\n\n{LEAD}")
    assert made.slug == slug or (slug is None and len(made.slug) <= 70 and not made.slug.endswith("-"))


def test_a_chinese_title_is_spelled_or_numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    made = draft("中心启用\n\n中心今天在北京正式启用，面向所有市民开放，欢迎参观。")
    assert made.slug == f"announcement-{TODAY}"
    assert "pypinyin" in said(made, "slug")
    assert "Chinese" in said(made, "language")
    monkeypatch.undo()
    pytest.importorskip("pypinyin")
    assert draft(f"北京 R&D 中心\n\n{LEAD}").slug == "bei-jing-rd-zhong-xin"


# --- speech -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["李明主任表示：“我们期待合作。”", "“我们期待合作，”李明主任说。"])
def test_a_short_chinese_quotation_of_somebody_unknown_is_told(text: str) -> None:
    assert "“李明主任” speaks, whom the site does not know" in said(with_lead(text), "speaker")


def test_a_name_that_ends_in_that_of_a_known_person_is_somebody_else() -> None:
    made = with_lead("Mary-Ada Lund教授表示：“这是一个好日子。”")
    assert "这是一个好日子" in rest(made)
    assert not rest(made).startswith(">")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("“It is a good day,” said Ada Lund.", "“It is a good day.”"),
        ("“It is a good day!” said Professor Ada Lund, Dean of the School.", "“It is a good day!”"),
        ("“It is a day,” said Ada Lund. “We begin.”", "“It is a day. We begin.”"),
        ("“It is,” said Ada Lund, “a day.”", "“It is, a day.”"),
        ("“It is a day,” said Ada Lund. “We begin,” she added.", "“It is a day. We begin.”"),
        ("Ada Lund, Dean of the School, said: “It is a day.”", "“It is a day.”"),
        ("Ada Lund, Dean of the School: “It is a day.”", "“It is a day.”"),
        ('"It is a day," Dr Ada Lund commented.', '"It is a day."'),
        ("‘It’s a day,’ said Ada Lund.", "‘It’s a day.’"),
        ("阿达·伦德表示：“这是一个好日子。”", "“这是一个好日子。”"),
        ("河口大学院长阿达·伦德教授说：“这是一个好日子。”", "“这是一个好日子。”"),
        ("“我们期待合作，”阿达·伦德表示，“并造福患者。”", "“我们期待合作，并造福患者。”"),
        ("“这是一个好日子，”阿达·伦德说。", "“这是一个好日子。”"),
        ("Ada Lund教授表示：“这是一个好日子。”", "“这是一个好日子。”"),
        ("河口大学院长 Ada Lund 教授表示：“这是一个好日子。”", "“这是一个好日子。”"),
    ],
)
def test_words_of_a_known_person_become_a_quote(text: str, quote: str) -> None:
    made = with_lead(text)
    assert rest(made) == f"> {quote}\n> — Ada Lund"
    assert [start.speaker for start in record(made).body.speakers] == ["Ada Lund"]
    assert "the words of Ada Lund are a quote" in said(made, "quote")


@pytest.mark.parametrize(
    "text",
    [
        "Speaking at the ceremony, Ada Lund said: “It is a day for all of us.”",
        "“It is a day for us all,” said Ada Lund, Dean of the School, at the opening ceremony in Beijing.",
        "“It is a day for us all,” said Ada Lund. The centre then opened.",
        "“It is a day for us all,” said Jane Doe, Head of Things.",
        "The centre is “a good day for us all” said nobody.",
        "“It is a day for us all.”",
        "“It is a day,” said Ada Lund. “And mine,” said Tom Reed.",
        "“It is a day for us all, said Ada Lund.",
    ],
)
def test_what_says_more_than_who_speaks_stays(text: str) -> None:
    made = with_lead(text)
    assert rest(made) == text
    assert record(made).body.speakers == ()


def test_words_over_several_paragraphs_are_one_quote() -> None:
    made = with_lead("“It is a day.\n\n“We begin,” said Ada Lund.\n\nThen.")
    assert rest(made) == "> “It is a day.\n>\n> “We begin.”\n> — Ada Lund\n\nThen."


def test_unknown_speakers_are_named() -> None:
    made = with_lead("“It is a good day for us all,” said Jane Doe, Head of Things.")
    assert "“Jane Doe” speaks" in said(made, "speaker")
    made = with_lead("市长张三指出：“这是一个重要的里程碑，具有深远的意义，值得所有人庆祝。”")
    assert "“市长张三” speaks" in said(made, "speaker")


def test_a_surname_is_enough_once_the_name_was_said() -> None:
    made = with_lead("Ada Lund came.\n\n“It is a day,” said Professor Lund.")
    assert rest(made).endswith("> “It is a day.”\n> — Ada Lund")
    assert ">" not in rest(with_lead("“It is a day,” said Professor Lund.\n\nAda Lund came."))


def test_a_block_quote_without_a_known_speaker_is_valid() -> None:
    made = draft(f"<h1>T</h1><p>{LEAD}</p><blockquote>Words.<br>— Jane Doe</blockquote>", "a.html")
    assert rest(made) == "> Words.  \n> &#8212; Jane Doe"
    assert record(made).body.speakers == ()
    assert "no speaker" in said(made, "speaker")


# --- the ending, and who is named ---------------------------------------------------------------------------------


def test_the_ending_is_told_apart() -> None:
    made = with_lead(
        "-ENDS-\n\nNotes to editors\n\n1. First.\n\n2. Second.\n\nAbout Harbour Institute\n\nHarbour Institute studies "
        "harbours.\n\nAbout the University of Rivermouth\n\nIt is old.\n\nMedia contact: Ada Lund, press@example.org"
    )
    read = record(made)
    assert read.notes is not None
    assert read.notes.plain == "First. Second."
    assert rest(made) == (
        "## About the University of Rivermouth\n\nIt is old.\n\nMedia contact: Ada Lund, press@example.org"
    )
    assert "`harbour`, which the site adds" in said(made, "about")
    assert "there is no boilerplate of `rivermouth`" in said(made, "about")
    assert "contacts: [ada-lund]" in said(made, "contact")
    assert "-ENDS-" in said(made, "end")
    assert line_of(made, notes(made, "notes")[0]) == "notes: |"


def test_a_boilerplate_that_differs_stays() -> None:
    made = with_lead("About Harbour Institute\n\nHarbour Institute studies ships.")
    assert rest(made).endswith("studies ships.")
    assert "differs from the boilerplate of `harbour`" in said(made, "about")


@pytest.mark.parametrize("text", ["About 40 people came.", "We contacted them.", "###x", "The end of it all"])
def test_sentences_are_no_labels(text: str) -> None:
    assert words(tidy([Run(text)])) in parse_prose(rest(with_lead(text)), Place("content/pages/a.md", 1, 1)).plain


def test_partners_stand_in_the_order_in_which_they_are_named() -> None:
    made = draft("Title\n\nThe University of Rivermouth and Harbour Institute opened it, with 河口大学的学生.")
    assert [reference.name.slug for reference in record(made).partners] == ["rivermouth", "harbour", "zhong"]
    assert "`partners:` is empty" in said(draft("Title\n\nNobody is here."), "partners")


def test_names_that_are_nearly_known_are_asked_about() -> None:
    made = with_lead(
        "The Rivermouth University, the Delta Science & Technology Commission and Harber Institute came. Ada Lundt, "
        "the Shanghai Institute of Nutrition and Alpha Beta watched clinical trials."
    )
    near = said(made, "name")
    for name, slug in (
        ("Rivermouth University", "rivermouth"),
        ("Delta Science & Technology Commission", "delta"),
        ("Harber Institute", "harbour"),
        ("Ada Lundt", "ada-lund"),
    ):
        assert re.search(f"“{name}” is nearly “[^”]*”, a name of `{slug}`", near)
    assert said(made, "organisation").count("“") == 1
    assert "Shanghai Institute of Nutrition" in said(made, "organisation")
    assert "topics: [trials]" in said(made, "topic")


# --- Word files, in particular ------------------------------------------------------------------------------------


def test_footnotes_lists_and_styles_of_word_are_kept() -> None:
    numbering = (
        f"<w:numbering {SPACES}><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='3'/>"
        "<w:numFmt w:val='decimal'/></w:lvl><w:lvl w:ilvl='1'><w:numFmt w:val='lowerLetter'/></w:lvl></w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    )
    styles = (
        f"<w:styles {SPACES}><w:style w:type='paragraph' w:styleId='own'><w:name w:val='Own'/><w:basedOn w:val='h'/>"
        "</w:style><w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>"
        "<w:style w:type='character' w:styleId='loud'><w:name w:val='Loud'/><w:rPr><w:b/></w:rPr></w:style>"
        "<w:style w:type='character' w:styleId='gone'><w:name w:val='Gone'/><w:rPr><w:vanish/></w:rPr></w:style>"
        "</w:styles>"
    )
    note = f"<w:footnote w:id='2'>{para(run('The note.'))}{para(run('More.'))}</w:footnote>"

    def item(text: str, level: int) -> str:
        return para(run(text), style=f"<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>")

    made = of_word(
        para(run("Head"), style="<w:pStyle w:val='own'/>"),
        para(run("A"), "<w:r><w:footnoteReference w:id='2'/></w:r>", run(" loud", "<w:rStyle w:val='loud'/>")),
        para(run("Seen."), run(" Unseen.", "<w:rStyle w:val='gone'/>")),
        *(item("Three", 0), item("a", 1), item("b", 1), item("Four", 0), para(run("Between.")), item("Five", 0)),
        parts={"numbering": numbering, "styles": styles, "footnotes": f"<w:footnotes {SPACES}>{note}</w:footnotes>"},
    )
    record(made)
    assert rest(made) == (
        "## Head\n\nA[^1] **loud**\n\nSeen.\n\n3. Three\n    1. a\n    2. b\n4. Four\n\nBetween.\n\n5. Five\n\n"
        "[^1]: The note.\n\n    More."
    )
    assert "“Unseen.”" in said(made, "hidden")
    assert "letters or other signs" in said(made, "list")
    assert notes(made, "left out") == []


def test_a_list_whose_depth_is_in_the_name_of_its_style_alone_keeps_it() -> None:
    names = ("ListBullet", "ListBullet2", "ListBullet3")
    levels = "".join(
        f"<w:abstractNum w:abstractNumId='{at}'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/>"
        f"<w:pStyle w:val='{name}'/></w:lvl></w:abstractNum>"
        for at, name in enumerate(names)
    )
    nums = "".join(f"<w:num w:numId='{at + 1}'><w:abstractNumId w:val='{at}'/></w:num>" for at in range(3))
    styles = "".join(
        f"<w:style w:type='paragraph' w:styleId='{name}'><w:name w:val='{name}'/>"
        f"<w:pPr><w:numPr><w:numId w:val='{at + 1}'/></w:numPr></w:pPr></w:style>"
        for at, name in enumerate(names)
    )
    parts = {
        "numbering": f"<w:numbering {SPACES}>{levels}{nums}</w:numbering>",
        "styles": f"<w:styles {SPACES}>{styles}</w:styles>",
    }
    items = [("ListBullet", "one"), ("ListBullet2", "below"), ("ListBullet3", "deeper"), ("ListBullet", "two")]
    made = of_word(*(para(run(text), style=f"<w:pStyle w:val='{name}'/>") for name, text in items), parts=parts)
    assert "- one\n    - below\n        - deeper\n- two" in made.text


def test_what_a_text_cannot_hold_is_said() -> None:
    box = f"<w:drawing><w:txbxContent>{para(run('In the box.'))}</w:txbxContent></w:drawing>"
    chart = "<a:graphicData uri='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"
    begin, separate, end = (f"<w:r><w:fldChar w:fldCharType='{kind}'/></w:r>" for kind in ("begin", "separate", "end"))
    form = f"<w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{para(run('Click here.'))}</w:sdtContent>"
    header = f"<w:hdr {SPACES}>{para(run('Secret draft'))}{para(run('Page 1 of 2'))}</w:hdr>"
    made = of_word(
        para(run("Tied."), f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice></mc:AlternateContent></w:r>"),
        para(run("Chart."), f"<w:r><w:drawing>{chart}</w:drawing></w:r>"),
        para("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>"),
        para(begin, "<w:r><w:instrText> DATE </w:instrText></w:r>", separate, run("Now."), end),
        para(run("Red.", "<w:color w:val='FF0000'/>"), run("ab", "<w:vertAlign w:val='superscript'/>")),
        para(run("Struck.", "<w:strike/>"), "<w:r><w:object><o ProgID='Excel.Sheet'/></w:object></w:r>"),
        f"<w:sdt>{form}</w:sdt>",
        parts={"header": header},
    )
    assert rest(made) == "Tied.\n\nIn the box.\n\nChart.\n\nE=mc\n\nNow.\n\nRed.ab\n\nStruck."
    assert "stands after “Tied.”" in said(made, "box")
    assert line_of(made, notes(made, "box")[0]) == "In the box."
    assert "near “Chart.”" in said(made, "chart")
    assert "“E=mc”" in said(made, "formula")
    assert "`DATE`" in said(made, "field")
    assert "“Click here.”" in said(made, "field")
    assert "“Red.”" in said(made, "coloured")
    assert "“ab” was raised" in said(made, "signs")
    assert "Excel.Sheet" in said(made, "object")
    assert "“Secret draft”" in said(made, "header")
    assert notes(made, "struck")


def test_macros_are_ignored_and_said() -> None:
    pytest.importorskip("mammoth")
    data = io.BytesIO(word(para(run("Title")) + para(run(LEAD))))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", "macro")
    assert notes(import_document("a.docm", data.getvalue(), KNOWN, TODAY), "macros")


def test_tracked_changes_are_refused_with_their_place() -> None:
    inserted = f"<w:ins w:author='Jane Doe'>{run('not ')}</w:ins>"
    deleted = "<w:del w:author='Legal'><w:r><w:delText>soon </w:delText></w:r></w:del>"
    fault = refused(word(para(run("The centre will "), inserted, deleted, run("open."))))
    assert "inserted by Jane Doe in “The centre will not soon open.”" in fault.message
    assert "deleted by Legal" in fault.message
    assert "accept or reject" in fault.help
    for moved in ("moveFrom", "moveTo"):
        assert "moved" in refused(word(para(f"<w:{moved} w:author='X'>{run('x')}</w:{moved}>"))).message


def test_comments_are_refused_with_their_place() -> None:
    comments = (
        f"<w:comments {SPACES}><w:comment w:id='0' w:author='Legal'>{para(run('True?'))}</w:comment></w:comments>"
    )
    fault = refused(word(para("<w:commentRangeStart w:id='0'/>", run("It is big.")), {"comments": comments}))
    assert "1 comment (“True?” by Legal in “It is big.”)" in fault.message


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Word format"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.docx", b"Hello", "no Word document"),
        ("a.docx", word(para(run("x")))[:-40], "damaged"),
        ("a.docx", word("<w:p>"), "damaged"),
        ("a.docx", word(para(run("x")), before="<!DOCTYPE x [<!ENTITY a 'b'>]>"), "entities"),
        ("a.docx", word("<w:altChunk/>"), "another file"),
        ("a.docx", word("<w:p>" * 70 + "</w:p>" * 70), "too large or too deep"),
        ("a.docx", word("<w:p><w:r/></w:p>" * 160_000), "too large or too deep"),
        ("a.docx", word(""), "no text"),
        ("a.docx", word(" " * 21 * 2**20), "larger than 20 MB"),
        ("a.html", b"<p> </p>", "no text"),
        ("a.html", b"<div>" * 1000, "too deeply"),
        ("a.html", b"<b>" * 100 + b"x", "too deeply"),
        ("a.html", b"<p>" * 150_001, "tags"),
        ("a.html", b"<p " + b" ".join(b"a%d=1" % at for at in range(2000)) + b">x", "attributes"),
        ("a.md", b"> " * 200 + b"x", "too deeply"),
        ("a.md", b"---\ntitle: [\n---\nx", "YAML"),
        ("a.txt", b"x\n" * 2_000_000, "larger than 2 MB"),
        ("a.txt", b"xx\n\n" * 5000, "4,000 paragraphs"),
        ("a.txt", b"", "is empty"),
        ("a.txt", b"x\0y", "binary"),
        ("a.txt", b"\xff\xfe\x00", "damaged"),
        ("a.pdf", b"%PDF", "cannot be imported"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_refused(name: str, data: bytes, says: str) -> None:
    assert says in refused(data, name).message


def test_a_zip_that_is_no_word_file_or_a_bomb_is_refused() -> None:
    for entries, says in (({"a": b"b"}, "no Word document"), ({"word/a.png": b"\0" * 201 * 2**20}, "unpacks to more")):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name, data in entries.items():
                archive.writestr(name, data)
        assert says in refused(out.getvalue()).message


def test_without_mammoth_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "mammoth", None)
    with pytest.raises(Refused, match="mammoth, which is not installed"):
        import_document("a.docx", word(para(run("x"))), KNOWN, TODAY)


# --- encodings, pictures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "encoding", "told"),
    [
        ("Café\n\n" + LEAD, "utf-8", ""),
        ("Café\n\n" + LEAD, "utf-8-sig", ""),
        ("Café\n\n" + LEAD, "utf-16", ""),
        ("Café\n\nThe café in Zürich opens “today”, for everybody who is there.", "cp1252", "Windows-1252"),
        ("中心启用\n\n中心今天在北京正式启用，面向所有市民开放，欢迎参观。", "gb18030", "GB18030"),
    ],
)
def test_encodings_are_read_or_guessed_with_a_note(text: str, encoding: str, told: str) -> None:
    made = import_document("a.txt", text.encode(encoding), KNOWN, TODAY)
    assert (record(made).title, body(made)) == tuple(text.split("\n\n"))
    assert bool(notes(made, "encoding")) == bool(told)
    assert told in said(made, "encoding")


def test_invisible_signs_go_and_are_counted() -> None:
    made = draft(
        "Title\n\nA\u200bb c\u00a0d \x07e \ufeffand a family \U0001f468\u200d\U0001f469 of words that is long."
    )
    assert body(made) == "Ab c d e and a family \U0001f468\u200d\U0001f469 of words that is long."
    assert "2 invisible signs" in said(made, "signs")
    assert "1 no-break space" in said(made, "spaces")


PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def test_pictures_get_names_and_descriptions_are_asked_for() -> None:
    def picture(alt: str) -> str:
        return f"<p><img src='data:image/png;base64,{PNG}' alt='{alt}'></p>"

    machine = "A dog\n\nDescription automatically generated"
    pictures = (
        picture("A [cat]") + picture(machine) + picture("image1.png") + "<p><img src='data:image/png;base64,AAAA'></p>"
    )
    made = draft(f"<h1>T</h1><p>{LEAD}</p>{pictures}", "a.html")
    assert list(made.images) == ["image-1.png"]
    assert rest(made).split("\n\n") == [
        "![A \\[cat\\]](image-1.png)",
        "![A dog](image-1.png)",
        "![CHECK: say what this picture shows](image-1.png)",
    ]
    assert [image.alt for image in record(made).body.illustrations] == [
        "A [cat]",
        "A dog",
        "CHECK: say what this picture shows",
    ]
    assert "described by a machine" in said(made, "alt")
    assert "“image1.png” is no description" in said(made, "alt")
    assert "format" in said(made, "picture")


# --- nothing lost, nothing added ----------------------------------------------------------------------------------

SIGNS = (
    st.sampled_from([*"ab1 2.*_[]()<>!#-+=|~`\\&;:\n中文“”'\"^@/x{}$—‘’,"])
    | st.sampled_from(
        ["&lt;", "<b>", "<!--", "[^1]", "1. ", "- ", "---", "===", "``", " — ", "• ", "“Yes,” ", " said ", "Ada Lund"]
    )
    | st.sampled_from(
        ["27 October 2025", "ENDS", "About ", "Notes to editors ", "BEIJING", "Embargoed until ", "Contact: "]
    )
)
TEXT = st.lists(SIGNS, min_size=1, max_size=20).map("".join)
RUN = st.builds(Run, TEXT, st.booleans(), st.booleans(), st.sampled_from(["", "", "https://a.b/c_d?x=1&copy=2"]))
LINE = st.lists(RUN, min_size=1, max_size=3).map(tidy).filter(lambda line: bool(words(line).strip()))
PARAGRAPH = st.builds(Paragraph, LINE)
ITEM = st.tuples(PARAGRAPH) | st.tuples(PARAGRAPH, PARAGRAPH)
BLOCK = (
    PARAGRAPH
    | st.builds(Listing, st.lists(ITEM, min_size=1, max_size=3).map(tuple), st.booleans(), st.integers(1, 12))
    | st.builds(Quotation, st.lists(LINE, min_size=1, max_size=2).map(tuple))
)


@settings(max_examples=150)
@given(st.lists(BLOCK, min_size=1, max_size=3))
def test_every_sign_stays_a_sign(blocks: list[Block]) -> None:
    writer = Writer()
    writer.write(blocks, {})
    read = parse_prose(writer.text, Place("content/announcements/a/index.md", 1, 1))
    assert "".join(read.plain.split()) == "".join("".join(map(plain, blocks)).split())
    assert {problem.code for problem in read.problems} <= {"W301"}
    assert {remark.code for remark in writer.remarks} <= {"list"}


@settings(max_examples=150)
@given(st.lists(TEXT, min_size=1, max_size=6), st.sampled_from([".html", ".txt"]))
def test_no_word_gets_lost_between_document_and_draft(paragraphs: list[str], ending: str) -> None:
    text = (
        "".join(f"<p>{html.escape(each)}</p>" for each in paragraphs) if ending == ".html" else "\n\n".join(paragraphs)
    )
    try:
        made = draft(text, "a" + ending)
    except Refused:
        return
    record(made)
    assert [note for note in made.notes if note.code in ("left out", "style", "check")] == []
    assert all(0 <= note.line <= made.text.count("\n") for note in made.notes)


def test_footnotes_and_pictures_of_a_line_that_leaves_the_text_end_it() -> None:
    page = (
        "<h1>Title<a href='#n' id='r'>1</a></h1><h2>Press release "
        f"<img src='data:image/png;base64,{PNG}' alt='A cat'></h2><p>{LEAD}</p>"
        "<p id='n'><a href='#r'>1</a> The note.</p>"
    )
    made = draft(page.replace("h2>", "p>"), "a.html")
    assert record(made).title == "Title"
    assert rest(made) == "The note.\n\n![A cat](image-1.png)"
    assert line_of(made, notes(made, "loose end")[0]) == "The note."
