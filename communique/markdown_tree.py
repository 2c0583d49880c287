"""Markdown to a tree of elements, by Python-Markdown with only the syntax that this site offers."""

import re
from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.util import ETX, STX

from communique.markdown_blocks import Blocks
from communique.markdown_burden import Burden, Excess
from communique.markdown_inline import Inline
from communique.markdown_patterns import Footnotes, register

__all__ = ["Excess", "read_tree"]

_BLANK = re.compile(r"\n +(?=\n)")


class _Reader:
    """Python-Markdown, set up once for all texts."""

    def __init__(self) -> None:
        self.burden = Burden()
        self.footnotes = Footnotes(self.burden)
        md = Markdown(extensions=[TableExtension(), self.footnotes, SaneListExtension()])
        # raw HTML and entities stay text: the writer escapes all text, so no markup of the content reaches a page
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.deregister("entity")
        register(md, self.burden)
        self.blocks = Blocks(md, self.burden)
        self.footnotes.parser = self.blocks
        self.inline = Inline(md, self.footnotes, self.burden)
        md.treeprocessors.register(self.inline, "inline", 20)
        self.md = md

    def read(self, text: str) -> Element:
        source = _normal(text)
        self.burden.start(source)
        self.md.reset()
        self.blocks.restart()
        root = Element("div")
        self.blocks.parseChunk(root, source)
        processors = self.md.treeprocessors
        if self.footnotes.footnotes:
            processors["footnote"].run(root)
        self.inline.run(root)
        if self.footnotes.footnotes:
            processors["footnote-duplicate"].run(root)
        if "\\" in source:
            processors["unescape"].run(root)
        return root


_reader = cache(_Reader)


def _normal(text: str) -> str:
    """The text as the block parser wants it: no marks of its own, one kind of line end, no tabs, no spaces alone."""
    text = text.replace(STX, "").replace(ETX, "").replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK.sub("\n", f"{text}\n\n".expandtabs(4))


def read_tree(text: str) -> Element:
    """The tree of a Markdown text: a `div` with blocks, inline syntax resolved, raw HTML as text. May raise Excess."""
    reader = _reader()
    try:
        return reader.read(text)
    except RecursionError:
        raise reader.burden.excess("lists, block quotes or emphasis stand too deeply inside each other") from None
