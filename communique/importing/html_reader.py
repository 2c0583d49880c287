"""The walk through an HTML tree that gathers blocks."""

import re
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from communique.importing.album import Album
from communique.importing.html_footnotes import Footnotes
from communique.importing.html_lists import read_list
from communique.importing.html_tables import one_line, read_table
from communique.importing.manuscript import Block, Heading, Line, Mark, Paragraph, Picture, Quotation, Run, tidy
from communique.importing.notes import Refused, Remark, brief
from communique.importing.signs import clean, collapse, harmless, shifted

LIMIT_NODES = 500_000

_SILENT = frozenset(("script", "style", "head", "template", "noscript", "colgroup"))
_SPEAKING = re.compile("svg|button|select|input|textarea|iframe|object|embed|video|audio|canvas|nav|map")
_SHOWING = frozenset(("iframe", "object", "embed", "video", "audio", "canvas", "svg"))
_STRONG = frozenset(("b", "strong"))
_EMPHASIS = frozenset(("i", "em", "cite", "dfn", "var"))
_PARAGRAPH = re.compile(
    "p|div|section|article|main|header|footer|aside|figure|figcaption|address|details|summary|dl|dt|dd|form|fieldset|"
    "center|body|pre|caption|legend|hr|li|tr"
)
_ROLES = {
    "role-title": "title",
    "msotitle": "title",
    "role-subtitle": "subtitle",
    "msosubtitle": "subtitle",
    "role-abstract": "abstract",
    "role-contents": "contents",
    "msotoc1": "contents",
    "msotoc2": "contents",
    "msotoc3": "contents",
    "msoquote": "quote",
    "msointensequote": "quote",
}
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)", re.IGNORECASE)
_SLANT = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_LINK = re.compile(r"(?:https?://|mailto:|tel:)\S+|(?:partner|person|topic|announcement|page):\S+", re.IGNORECASE)


class Style(NamedTuple):
    """What the elements around a text say of it."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""
    shift: str = ""
    kept: bool = False


class Reader:
    """Walks the nodes of a document; gathers blocks, and within the current one the parts of a line."""

    def __init__(self, notes: Footnotes, album: Album) -> None:
        self.skipped = notes.places | notes.back
        self.labels = notes.labels
        self.album = album
        self.blocks: list[Block] = []
        self.line: list[Run | Picture | Mark] = []
        self.number = 0
        self.nodes = 0
        self.remarks: list[Remark] = []
        self.signs: Counter[str] = Counter()

    def inside(self, node: LexborNode, style: Style | None = None) -> tuple[Block, ...]:
        """The blocks of an element."""
        if node.mem_id in self.skipped:
            return ()
        blocks, line = self.blocks, self.line
        self.blocks, self.line = [], []
        if node.tag in ("ul", "ol", "menu"):
            self._listing(node, style or Style())
        else:
            self._flow(node, style or Style())
        self._close()
        found = tuple(self.blocks)
        self.blocks, self.line = blocks, line
        return found

    def _remark(self, code: str, message: str, help: str = "") -> None:
        self.remarks.append(Remark(code, message, help, self.number + 1))

    def _next_number(self) -> int:
        self.number += 1
        return self.number

    def _taken(self) -> Line:
        line, self.line = tidy(self.line), []
        return line

    def _close(self, role: str = "") -> None:
        line = self._taken()
        if line and role == "quote":
            self.blocks += _quoted((Paragraph(line, "", self._next_number()),), self.blocks)
        elif line:
            self.blocks.append(Paragraph(line, role, self._next_number()))

    def _flow(self, node: LexborNode, style: Style) -> None:
        for child in node.iter(include_text=True):
            self.nodes += 1
            if self.nodes > LIMIT_NODES:
                raise Refused("the document has too many elements", "import only the part with the announcement")
            if child.tag == "-text":
                self._say(child.text_content or "", style)
            elif child.mem_id not in self.skipped:
                self._element(child, child.tag or "", style)

    def _say(self, text: str, style: Style) -> None:
        text = clean(text, self.signs)
        text = text if style.kept else collapse(text)
        if style.shift:
            moved = shifted(text, up=style.shift == "up")
            if moved == text and text.strip() and not harmless(text):
                where = "raised" if style.shift == "up" else "lowered"
                self._remark("signs", f"“{brief(text)}” was {where} and now stands on the line", "see if it reads well")
            text = moved
        if text:
            self.line.append(Run(text, style.strong, style.emphasis, style.link))

    def _element(self, node: LexborNode, tag: str, style: Style) -> None:
        attributes = node.attributes
        css = attributes.get("style") or ""
        if tag in _SILENT:
            return
        if _SPEAKING.fullmatch(tag):
            self._drop(node, tag)
        elif "hidden" in attributes or (css and _HIDDEN.search(css)):
            if text := node.text(separator=" ", strip=True):
                self._remark("hidden", f"hidden text is left out: “{brief(text)}”", "if it is needed, type it in")
        elif tag == "br":
            last = self.line[-1] if self.line else None
            if isinstance(last, Run) and last.text.endswith("\n") and not style.kept:
                # an empty line between two breaks parts paragraphs
                self._close()
            else:
                self.line.append(Run("\n", link=style.link))
        elif tag == "img":
            picture = self.album.take(attributes.get("src") or "", attributes.get("alt") or "", self.number + 1)
            self.line += [picture] if picture else []
        elif tag == "a":
            self._anchor(node, style)
        elif tag in ("ul", "ol", "menu"):
            self._close()
            self._listing(node, style)
        elif tag == "table":
            self._close()
            number = self._next_number()
            found, remarks = read_table(node, lambda cell: self.inside(cell, style), number)
            self.blocks += found
            self.remarks += remarks
        elif tag == "blockquote":
            self._close()
            self.blocks += _quoted(self.inside(node, style), [])
        elif tag[0] == "h" and tag[1:].isdigit():
            self._heading(node, int(tag[1:]), style)
        elif _PARAGRAPH.fullmatch(tag):
            self._close()
            self._flow(node, style._replace(kept=style.kept or tag == "pre"))
            self._close(_ROLES.get((attributes.get("class") or "").lower(), "") if tag == "p" else "")
        else:
            self._flow(node, self._styled(tag, css, style))

    def _styled(self, tag: str, css: str, style: Style) -> Style:
        weight, slant = _WEIGHT.search(css), _SLANT.search(css)
        if tag in ("s", "strike", "del"):
            self.signs["struck"] += 1
        return style._replace(
            strong=weight[1][0] in "bB6789" if weight else style.strong or tag in _STRONG,
            emphasis=slant[1][0] in "iIoO" if slant else style.emphasis or tag in _EMPHASIS,
            shift="up" if tag == "sup" else "down" if tag == "sub" else style.shift,
        )

    def _drop(self, node: LexborNode, tag: str) -> None:
        text = node.text(separator=" ", strip=True)
        if text or tag in _SHOWING:
            says = f", with the words “{brief(text)}”" if text else ""
            self._remark("left out", f"an element `<{tag}>` is left out{says}", "if it is needed, type it in")

    def _anchor(self, node: LexborNode, style: Style) -> None:
        label = self.labels.get(node.mem_id)
        if label:
            self.line.append(Mark(label))
            return
        href = collapse((node.attributes.get("href") or "").strip()).replace(" ", "%20")
        if _LINK.fullmatch(href):
            style = style._replace(link=href)
        elif href and not href.startswith("#"):
            text = brief(node.text(strip=True))
            message = f"the link from “{text}” to `{brief(href)}` is left out; the words are kept"
            self._remark("link", message, "links begin with https://, or lead to a record of this site")
        self._flow(node, self._styled("a", node.attributes.get("style") or "", style))

    def _listing(self, node: LexborNode, style: Style) -> None:
        found, remarks = read_list(node, lambda item: self.inside(item, style), self._next_number())
        self.blocks += found
        self.remarks += remarks

    def _heading(self, node: LexborNode, level: int, style: Style) -> None:
        self._close()
        line = one_line(self.inside(node, style))
        line = tuple(replace(part, strong=False) if isinstance(part, Run) else part for part in line)
        if line:
            self.blocks.append(Heading(line, level, self._next_number()))


def _quoted(blocks: tuple[Block, ...], before: list[Block]) -> list[Block]:
    """The blocks of a block quote: its paragraphs become quotations, the rest stays. A paragraph that continues the
    quotation at the end of `before` joins it."""
    found: list[Block] = [before.pop()] if before and isinstance(before[-1], Quotation) else []
    for block in blocks:
        last = found[-1] if found else None
        if isinstance(block, Paragraph) and isinstance(last, Quotation):
            found[-1] = replace(last, paragraphs=(*last.paragraphs, block.content))
        elif isinstance(block, Paragraph):
            found.append(Quotation((block.content,), "", block.number))
        else:
            found.append(block)
    return found
