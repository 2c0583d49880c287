"""Markdown to a tree of elements, by Python-Markdown with only the syntax that this site offers."""

import re
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.util import ETX, STX

from communique.markdown.blocks import Blocks
from communique.markdown.burden import Burden, Excess
from communique.markdown.inline import Inline
from communique.markdown.patterns import Footnotes, register

__all__ = ["Excess", "read_tree"]

_BLANK = re.compile(r"\n +(?=\n)")


class _Reader:
    """Python-Markdown, set up once for all texts."""

    def __init__(self) -> None:
        self.burden = Burden()
        self._footnotes = Footnotes(self.burden)
        self._md = Markdown(extensions=[TableExtension(), self._footnotes, SaneListExtension()])
        # raw HTML and entities stay text: the writer escapes all text, so no markup of the content reaches a page
        self._md.inlinePatterns.deregister("html")
        self._md.inlinePatterns.deregister("entity")
        register(self._md, self.burden)
        self._blocks = Blocks(self._md, self.burden)
        self._footnotes.parser = self._blocks
        self._inline = Inline(self._md, self._footnotes, self.burden)
        self._md.treeprocessors.register(self._inline, "inline", 20)

    def read(self, text: str) -> Element:
        source = _normal(text)
        self.burden.start(source)
        self._md.reset()
        self._blocks.restart()
        root = Element("div")
        self._blocks.parseChunk(root, source)
        if self._footnotes.footnotes:
            self._md.treeprocessors["footnote"].run(root)
        self._inline.run(root)
        if self._footnotes.footnotes:
            self._md.treeprocessors["footnote-duplicate"].run(root)
        if "\\" in source:
            self._md.treeprocessors["unescape"].run(root)
        return root


@cache
def _reader() -> _Reader:
    return _Reader()


def _normal(text: str) -> str:
    """The text as blocks are made from it: one kind of line end, no tabs, no spaces alone, none of the own marks."""
    text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
    text = f"{text}\n\n"
    return _BLANK.sub("\n", text.expandtabs(4) if "\t" in text else text)


def read_tree(text: str) -> Element:
    """The tree of a Markdown text: a `div` with blocks, inline syntax resolved, raw HTML as text. May raise Excess."""
    reader = _reader()
    try:
        return reader.read(text)
    except RecursionError:
        raise reader.burden.too_deep() from None
