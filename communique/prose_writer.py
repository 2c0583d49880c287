"""From a Markdown tree to the pieces of Prose: only known elements and attributes, all text escaped."""

import html
import re
import unicodedata
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE

from communique.attribution import take_attribution
from communique.comments import without_comments
from communique.finder import Finder
from communique.links import Reference, Target, Unsafe, read_target
from communique.markdown.tree import read_tree
from communique.problems import Place, Problem
from communique.prose import (
    Anchor,
    Illustration,
    LinkStart,
    Piece,
    Prose,
    QuoteEnd,
    QuoteStart,
    Words,
    escape,
    prose_of,
)
from communique.scripts import joined

_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?:\s[^<>]*)?/?>|<[!?][a-zA-Z\[][^<>]*>")
_NOTE = re.compile(r"\[\^[^\]\s]+\]")
_BLOCKS = frozenset(("p", "ul", "ol", "li", "pre", "hr", "table", "thead", "tbody", "tr", "th", "td", "blockquote"))
_PLAIN = _BLOCKS | {"strong", "em", "code", "br"}
# between signs of scripts without spaces a line break is no space either
_VOID = frozenset(("br", "hr"))
_OWN_LINE = re.compile(r"\n?(ul|ol|pre|table|thead|tbody|tr|blockquote)")


def write_prose(text: str, place: Place) -> Prose:
    """The Prose of a Markdown text. Comments (`<!-- … -->`) are left out: they are notes among writers."""
    source, open_comment = without_comments(text)
    writer = _Writer(source, place)
    if open_comment is not None:
        line, column = text.count("\n", 0, open_comment), open_comment - text.rfind("\n", 0, open_comment)
        where = place._replace(line=place.line + line, column=column)
        help = "end it with `-->`; all that follows it would be left out"
        writer.problems.append(Problem(where, "E311", "a comment does not end", help))
    root = read_tree(writer.source)
    writer.children(root, True)
    plain = " ".join("".join(writer.plain).split())
    return prose_of(place, writer.finished(), plain, writer.references, writer.problems)


def anchor_of(heading: str) -> str:
    """The id of a heading with this text."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKC", heading).casefold())
    return "-".join(words) or "section"


class _Writer:
    """Walks a tree once and collects pieces, references and problems."""

    def __init__(self, source: str, place: Place) -> None:
        self.source = source
        self.start = place
        self.finder = Finder(source, place)
        self.pieces: list[Piece] = []
        self.buffer: list[str] = []
        self.plain: list[str] = []
        self.references: list[Reference] = []
        self.problems: list[Problem] = []
        self.anchors: set[str] = set()
        self.marks: set[str] = set()
        self.quoting = False

    def finished(self) -> tuple[Piece, ...]:
        return (*self.pieces, "".join(self.buffer)) if self.buffer else tuple(self.pieces)

    def hole(self, piece: Piece) -> None:
        if self.buffer:
            self.pieces.append("".join(self.buffer))
            self.buffer.clear()
        self.pieces.append(piece)

    def text(self, text: str, linkable: bool, parent: str) -> None:
        if "\x02" in text:
            text = text.replace(AMP_SUBSTITUTE, "&").replace(FN_BACKLINK_TEXT, "↩").replace(NBSP_PLACEHOLDER, "\xa0")
        if parent == "code":
            # Python-Markdown has escaped it already
            text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            self.plain.append(text)
            self.buffer.append(escape(text))
            return
        if "<" in text:
            self.raw_html(text)
        for mark in _NOTE.findall(text) if "[^" in text else ():
            help = f"add a line `{mark}: …`, or write a backslash before the bracket"
            place = self.finder.place_of((mark,))
            self.problems.append(Problem(place, "W305", f"the footnote `{mark}` has no text", help))
        if "&" in text:
            text = html.unescape(text)
            if "\x00" in text:
                text = text.replace("\x00", "\ufffd")
        if "\n" in text:
            text = joined(text)
        self.plain.append(text)
        if linkable and not text.isspace():
            self.hole(Words(text))
        else:
            self.buffer.append(escape(text))

    def raw_html(self, text: str) -> None:
        for tag in _TAG.findall(text):
            if f"\\{tag}" in self.source:
                continue
            message = f"`{tag[:40]}` is shown as text: raw HTML is not used here"
            help = "use Markdown, or write a backslash before `<` where the sign itself is meant"
            self.problems.append(Problem(self.finder.place_of((tag,)), "W302", message, help))

    def children(self, element: Element, linkable: bool) -> None:
        if element.text:
            self.text(element.text, linkable, element.tag)
        for child in element:
            self.element(child, linkable)
            if child.tail:
                self.text(child.tail, linkable, element.tag)

    def element(self, element: Element, linkable: bool) -> None:
        tag = element.tag
        if tag == "a":
            self.link(element)
        elif tag == "img":
            self.image(element, alone=False)
        elif tag == "p" and _only_image(element):
            self.image(element[0], alone=True)
        elif tag == "blockquote":
            self.quote(element)
        elif tag[0] == "h" and tag[1:].isdigit():
            self.heading(element)
        elif tag == "table":
            columns = ", ".join("".join(cell.itertext()).strip() for cell in element.iter("th"))
            self.buffer.append(f'<div class="table" role="region" tabindex="0" aria-label="{escape(columns)}">')
            self.plain_element(element, linkable)
            self.buffer.append("</div>\n")
        elif tag == "sup":
            self.buffer.append('<sup class="footnote" id="')
            mark = _id(element.get("id", ""))
            self.marks.add(mark)
            self.hole(Anchor(mark))
            self.buffer.append('">')
            self.children(element, False)
            self.buffer.append("</sup>")
        elif tag == "div":
            self.buffer.append('<div class="footnotes">')
            for child in element:
                if child.tag == "ol":
                    self.plain_element(child, linkable)
            self.buffer.append("</div>\n")
        elif tag in _PLAIN:
            self.plain_element(element, linkable)
        else:
            self.children(element, linkable)

    def plain_element(self, element: Element, linkable: bool) -> None:
        tag = element.tag
        self.buffer.append(f"<{tag}")
        if tag in ("td", "th"):
            style = element.get("style", "")
            if style:
                self.buffer.append(f' class="{style.removeprefix("text-align: ").rstrip(";")}"')
            if tag == "th":
                self.buffer.append(' scope="col"')
        elif tag == "ol" and element.get("start", "1").isdigit() and element.get("start", "1") != "1":
            self.buffer.append(f' start="{element.get("start")}"')
        elif tag == "li" and element.get("id"):
            self.buffer.append(' id="')
            self.hole(Anchor(_id(element.get("id", ""))))
            self.buffer.append('"')
        self.buffer.append(">")
        if tag in _VOID:
            self.plain.append("\n")
            return
        self.children(element, linkable and tag != "code" and tag != "th")
        self.buffer.append(f"</{tag}>\n" if tag in _BLOCKS else f"</{tag}>")
        if tag in _BLOCKS:
            self.plain.append("\n")

    def heading(self, element: Element) -> None:
        words = anchor_of("".join(element.itertext()))
        anchor, number = words, 1
        while anchor in self.anchors:
            number += 1
            anchor = f"{words}-{number}"
        self.anchors.add(anchor)
        tag = "h2" if element.tag == "h1" else element.tag
        self.buffer.append(f'<{tag} id="')
        self.hole(Anchor(anchor))
        self.buffer.append('">')
        self.children(element, False)
        self.buffer.append(f"</{tag}>\n")
        self.plain.append("\n")

    def link(self, element: Element) -> None:
        href = html.unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&"))
        kind = element.get("class")
        if kind == "footnote-backref" and _id(href[1:]) not in self.marks:
            # a note that nothing leads to leads back to nothing
            return
        if kind in ("footnote-ref", "footnote-backref"):
            self.buffer.append(f'<a class="{kind}" href="#')
            self.hole(Anchor(_id(href[1:])))
            self.buffer.append('">')
            self.children(element, False)
            self.buffer.append("</a>")
            return
        place = self.finder.place_of(_forms(element, href))
        if not href.strip():
            help = "write where it leads between the round brackets"
            self.problems.append(Problem(place, "E302", "the link leads nowhere", help))
        target: Target = read_target(href, place)
        if isinstance(target, Unsafe):
            self.problems.append(
                Problem(
                    place,
                    "E305",
                    f"a link cannot begin with `{target.scheme[:20]}{':' if target.scheme.isalnum() else ''}`",
                    "links lead to records, or begin with https://, http://, mailto: or tel:",
                )
            )
            self.children(element, False)
            return
        if isinstance(target, Reference):
            self.references.append(target)
        self.hole(LinkStart(target, html.unescape(element.get("title", ""))))
        self.children(element, False)
        self.buffer.append("</a>")

    def image(self, element: Element, *, alone: bool) -> None:
        source = html.unescape(element.get("src", ""))
        place = self.finder.place_of((f"]({source}", f"](<{source}", source))
        alt = html.unescape(element.get("alt", "")).strip()
        if not alt:
            help = "write what the image shows between the square brackets: `![…](file)`"
            self.problems.append(Problem(place, "E307", f"the image `{source}` has no alternative text", help))
        target = read_target(source, place)
        if not isinstance(target, Reference) or not target.path:
            help = "put the image beside the text and name its file; nothing is loaded from elsewhere"
            self.problems.append(Problem(place, "E306", f"`{source}` is no image of this site", help))
            return
        self.hole(Illustration(target.path, alt, html.unescape(element.get("title", "")), alone, place))
        self.plain.append(" ")

    def quote(self, element: Element) -> None:
        if self.quoting:
            # what a speaker quotes is a part of the quote
            self.buffer.append("<blockquote>\n")
            self.children(element, False)
            self.buffer.append("</blockquote>\n")
            return
        first = next((text for text in element.itertext() if text.strip()), "").strip().partition("\n")[0]
        speaker = take_attribution(element)
        if not speaker:
            place = self.finder.line_of(first)
            help = "end it with a line `> — Name`, with the name of a person of content/people/"
            self.problems.append(Problem(place, "W301", "a block quote has no speaker", help))
            self.buffer.append("<blockquote>\n")
            self.children(element, False)
            self.buffer.append("</blockquote>\n")
            return
        self.hole(QuoteStart(speaker, self.finder.place_of((f"— {speaker}", f"-- {speaker}", speaker))))
        self.quoting = True
        self.children(element, False)
        self.quoting = False
        self.hole(QuoteEnd())


def _forms(link: Element, href: str) -> Iterator[str]:
    """How a link may stand in the source."""
    yield f"]({href}"
    yield f"](<{href}"
    yield f"<{href.removeprefix('mailto:')}"
    yield href
    yield f"[{''.join(link.itertext())}]"


def _id(text: str) -> str:
    return re.sub(r"[^\w]+", "-", text).strip("-") or "note"


def _only_image(paragraph: Element) -> bool:
    if len(paragraph) != 1 or paragraph[0].tag != "img":
        return False
    return not (paragraph.text or "").strip() and not (paragraph[0].tail or "").strip()
