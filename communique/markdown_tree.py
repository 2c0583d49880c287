"""Markdown to a tree of elements, by Python-Markdown with only the syntax that this site offers."""

from functools import cache
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from communique.blocks import Blocks
from communique.inline import Inline


class _Quotes(BlockQuoteProcessor):
    """Keeps block quotes apart that a blank line divides: each has a speaker of its own."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        if not blocks[0].lstrip(" ").startswith(">"):
            super().run(parent, blocks)
            return
        alone = Element("div")
        super().run(alone, blocks)
        parent.extend(alone)


@cache
def _reader() -> Markdown:
    footnotes = FootnoteExtension(SUPERSCRIPT_TEXT="{}")
    md = Markdown(
        extensions=[TableExtension(), footnotes, SaneListExtension()],
        output_format="html",
    )
    # raw HTML and entities stay text: the writer escapes all text, so no markup of the content reaches a page
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")
    md.parser.blockprocessors.register(_Quotes(md.parser), "quote", 20)
    md.parser = Blocks(md)
    footnotes.parser = md.parser
    md.treeprocessors.deregister("prettify")
    md.treeprocessors.register(Inline(md, footnotes), "inline", 20)
    return md


def read_tree(text: str) -> Element:
    """The tree of a Markdown text: a `div` with blocks, inline syntax resolved, raw HTML as text."""
    md = _reader()
    md.reset()
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    md.treeprocessors["inline"].source = "\n".join(lines)
    root = md.parser.parseDocument(lines).getroot()
    assert root is not None
    for treeprocessor in md.treeprocessors:
        changed = treeprocessor.run(root)
        if changed is not None:
            root = changed
    return root
