"""From HTML to a manuscript."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from communique.importing.album import Album
from communique.importing.html_footnotes import Footnotes, find_footnotes
from communique.importing.html_limits import refuse_excess
from communique.importing.html_tables import Cell, read_table
from communique.importing.manuscript import (
    Block,
    Heading,
    Line,
    Listing,
    Manuscript,
    Mark,
    Paragraph,
    Picture,
    Quotation,
    Run,
    plain,
    tidy,
    words,
)
from communique.importing.notes import Refused, Remark, brief, several
from communique.importing.signs import clean, collapse, harmless, shifted

LIMIT_NODES = 500_000

_LEFT_OUT = frozenset(
    "script style head template noscript svg button select input textarea iframe object embed video audio canvas nav "
    "map datalist".split()
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript"))
_STRONG = frozenset(("b", "strong"))
_EMPHASIS = frozenset(("i", "em", "cite", "dfn", "var"))
_PARAGRAPHS = frozenset(
    "p div section article main header footer aside figure figcaption address details summary dl dt dd form fieldset "
    "center body pre caption legend hr".split()
)
_ROLES = {
    "role-title": "title",
    "msotitle": "title",
    "role-subtitle": "subtitle",
    "msosubtitle": "subtitle",
    "role-abstract": "abstract",
    "role-contents": "contents",
    "role-quote": "quote",
    "msoquote": "quote",
    "msointensequote": "quote",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"(?:https?://|mailto:|tel:)\S", re.IGNORECASE)
_SHORT = re.compile(r"(?:partner|person|topic|announcement|page):\S+")
_NUMBERED = re.compile(r"number-(\d{1,9})")


class Style(NamedTuple):
    """What the elements around a text say of it."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""
    shift: str = ""
    kept: bool = False


def read_html(text: str, enclosed: Mapping[str, bytes] | None = None) -> Manuscript:
    """The manuscript in an HTML text; `enclosed` holds pictures by their `src`. Raises Refused."""
    refuse_excess(text)
    tree = LexborHTMLParser(text)
    reader = _Reader(find_footnotes(tree), Album(enclosed))
    try:
        blocks = reader.inside(reader.main(tree), Style())
        footnotes = {label: reader.inside(node, Style()) for label, node in reader.notes.blocks.items()}
    except RecursionError:
        raise Refused("the elements of the document stand too deeply inside each other") from None
    return Manuscript(blocks, footnotes, reader.album.files, (*reader.remarks(), *reader.album.remarks))


class _Reader:
    """Walks the nodes of a document once; gathers blocks, and within the current one the parts of a line."""

    def __init__(self, notes: Footnotes, album: Album) -> None:
        self.notes = notes
        self.places = notes.places
        self.album = album
        self.blocks: list[Block] = []
        self.line: list[Run | Picture | Mark] = []
        self.number = 0
        self.nodes = 0
        self.left_out: list[Remark] = []
        self.signs: Counter[str] = Counter()

    def main(self, tree: LexborHTMLParser) -> LexborNode:
        """The element that holds the announcement; a remark says what stands outside it."""
        body = tree.body or tree.root
        if body is None:
            raise Refused("the document is empty")
        for choice in ("main article", "article", "main"):
            found = tree.css(choice)
            if len(found) != 1:
                continue
            if found[0].css_first("h1") is None and len(outside := tree.css("h1")) == 1:
                self.flow(outside[0].parent if outside[0].parent is None else outside[0], Style())
                self.blocks.append(Heading(self.taken(), 1, self.next_number()))
            rest = len(body.text(separator=" ").split()) - len(found[0].text(separator=" ").split())
            if rest > 0:
                message = f"only the part marked as `<{found[0].tag}>` is taken; {several(rest, 'word')} around it are not"
                self.leave_out("page", message, "copy in what is missing")
            return found[0]
        return body

    def remarks(self) -> list[Remark]:
        """What was left out or changed."""
        found = list(self.left_out)
        if self.signs["no-break space"]:
            count = several(self.signs["no-break space"], "no-break space")
            found.append(Remark("spaces", f"{count} became ordinary spaces"))
        for sign in ("invisible sign", "control character"):
            if self.signs[sign]:
                found.append(Remark("signs", f"{several(self.signs[sign], sign)} taken out"))
        if self.signs["private sign"]:
            message = f"{several(self.signs['private sign'], 'sign')} of a special font may not show on the site"
            found.append(Remark("signs", message, "look for small boxes in the text and replace them"))
        if self.signs["struck"]:
            message = f"{several(self.signs['struck'], 'passage')} struck through in the original: the words are kept"
            found.append(Remark("struck", message, "delete them if they were meant to go"))
        return found

    def leave_out(self, code: str, message: str, help: str = "") -> None:
        self.left_out.append(Remark(code, message, help, self.number + 1))

    def next_number(self) -> int:
        self.number += 1
        return self.number

    def taken(self) -> Line:
        line, self.line = tidy(self.line), []
        return line

    def close(self, role: str = "") -> None:
        line = self.taken()
        if line:
            self.blocks.append(Paragraph(line, role, self.next_number()))

    def inside(self, node: LexborNode, style: Style) -> tuple[Block, ...]:
        """The blocks of an element."""
        blocks, line, self.line = self.blocks, self.line, []
        if self.number:
            self.blocks = []
        self.flow(node, style)
        self.close()
        found, self.blocks, self.line = tuple(self.blocks), blocks, line
        return found

    def flow(self, node: LexborNode, style: Style) -> None:
        for child in node.iter(include_text=True):
            self.nodes += 1
            if self.nodes > LIMIT_NODES:
                raise Refused("the document has too many elements", "import only the part with the announcement")
            if child.tag == "-text":
                self.say(child.text_content or "", style)
            elif child.mem_id not in self.places and child.mem_id not in self.notes.back:
                self.element(child, child.tag or "", style)

    def say(self, text: str, style: Style) -> None:
        text = clean(text, self.signs)
        text = text if style.kept else collapse(text)
        if style.shift:
            moved = shifted(text, up=style.shift == "up")
            if moved == text and text.strip() and not harmless(text):
                where = "raised" if style.shift == "up" else "lowered"
                self.leave_out("signs", f"“{brief(text)}” was {where} and now stands on the line", "see if it reads well")
            text = moved
        if text:
            self.line.append(Run(text, style.strong, style.emphasis, style.link))

    def element(self, node: LexborNode, tag: str, style: Style) -> None:
        attributes = node.attributes
        if tag in _LEFT_OUT:
            self.drop(node, tag)
        elif "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            if text := node.text(separator=" ", strip=True):
                self.leave_out("hidden", f"hidden text is left out: “{brief(text)}”", "if it is needed, type it in")
        elif tag == "br":
            self.line.append(Run("\n", link=style.link))
        elif tag == "img":
            picture = self.album.take(attributes.get("src") or "", attributes.get("alt") or "", self.number + 1)
            self.line += [picture] if picture else []
        elif tag == "a":
            self.anchor(node, style)
        elif tag in ("ul", "ol", "menu"):
            self.close()
            self.blocks += self.listing(node, style)
        elif tag == "table":
            self.close()
            self.blocks += self.table(node, style)
        elif tag == "blockquote":
            self.close()
            self.blocks += _quoted(self.inside(node, style))
        elif tag[0] == "h" and tag[1:].isdigit():
            self.close()
            self.flow(node, style._replace(strong=False))
            line = tuple(replace(part, strong=False) if isinstance(part, Run) else part for part in self.taken())
            if line:
                self.blocks.append(Heading(line, int(tag[1:]), self.next_number()))
        elif tag in _PARAGRAPHS:
            self.close()
            self.flow(node, style._replace(kept=style.kept or tag == "pre"))
            self.close(_ROLES.get((attributes.get("class") or "").lower(), "") if tag == "p" else "")
        else:
            self.flow(node, self.styled(tag, attributes.get("style") or "", style))

    def styled(self, tag: str, css: str, style: Style) -> Style:
        weight, slant = _WEIGHT.search(css), _SLANT.search(css)
        if tag in ("s", "strike", "del"):
            self.signs["struck"] += 1
        return style._replace(
            strong=weight[1][0] in "bB6789" if weight else style.strong or tag in _STRONG,
            emphasis=slant[1][0] in "iIoO" if slant else style.emphasis or tag in _EMPHASIS,
            shift="up" if tag == "sup" else "down" if tag == "sub" else style.shift,
        )

    def drop(self, node: LexborNode, tag: str) -> None:
        text = node.text(separator=" ", strip=True)
        if tag not in _SILENT and (text or tag in ("iframe", "object", "embed", "video", "audio", "canvas", "svg")):
            says = f", with the words “{brief(text)}”" if text else ""
            self.leave_out("left out", f"an element `<{tag}>` is left out{says}", "")

    def anchor(self, node: LexborNode, style: Style) -> None:
        label = self.notes.labels.get(node.mem_id)
        if label:
            self.line.append(Mark(label))
            return
        href = collapse((node.attributes.get("href") or "").strip())
        if _ABSOLUTE.match(href) or _SHORT.fullmatch(href):
            style = style._replace(link=href)
        elif href and not href.startswith("#"):
            text = brief(node.text(strip=True))
            message = f"the link from “{text}” to `{brief(href)}` is left out; the words are kept"
            self.leave_out("link", message, "links begin with https://, or lead to a record of this site")
        self.flow(node, style)

    def listing(self, node: LexborNode, style: Style) -> list[Block]:
        number, ordered = self.next_number(), node.tag == "ol"
        start = attribute if (attribute := _whole(node.attributes.get("start"))) is not None else 1
        lists: list[Listing] = []
        expected = None
        if ordered and (node.attributes.get("type") or "1") != "1":
            message = "a list with letters or Roman numerals now has the numbers 1, 2, 3"
            self.left_out.append(Remark("list", message, "see whether the text refers to its letters", number))
        for child in node.iter():
            blocks = self.inside(child, style) if child.tag == "li" else ()
            if child.tag in ("ul", "ol"):
                blocks = tuple(self.listing(child, style))
            alone = blocks and all(isinstance(block, Listing) for block in blocks)
            if alone and lists:
                lists[-1] = replace(lists[-1], items=(*lists[-1].items[:-1], (*lists[-1].items[-1], *blocks)))
            elif alone and child is not None and blocks:
                return [*blocks, *self._rest(node, child, style)]
            elif blocks:
                own = _own_number(child)
                first = own if own is not None else expected if expected is not None else start
                if not lists or (ordered and expected is not None and first != expected):
                    lists.append(Listing((), ordered, first if ordered else 1, number if not lists else self.number))
                lists[-1] = replace(lists[-1], items=(*lists[-1].items, blocks))
                expected = first + 1
        return list(lists)

    def table(self, node: LexborNode, style: Style) -> list[Block]:
        number = self.next_number()

        def cell(inner: LexborNode) -> Cell:
            return Cell(self.inside(inner, style._replace(strong=False)))

        blocks, remarks = read_table(node, cell, number)
        self.left_out += remarks
        return blocks


def _quoted(blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks of a block quote: its paragraphs become quotations, the rest stays."""
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Paragraph) and isinstance(last, Quotation):
            found[-1] = replace(last, paragraphs=(*last.paragraphs, block.content))
        elif isinstance(block, Paragraph):
            found.append(Quotation((block.content,), "", block.number))
        else:
            found.append(block)
    return found


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else None


def _own_number(item: LexborNode) -> int | None:
    """The number that a list item states itself, or that a bookmark from a Word file states at its beginning."""
    first = next(iter(item.iter()), None)
    match = _NUMBERED.fullmatch(first.attributes.get("id") or "") if first is not None and first.tag == "a" else None
    return int(match[1]) if match else _whole(item.attributes.get("value"))


__all__ = ["read_html", "plain", "words"]
