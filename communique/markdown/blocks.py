"""Blocks: paragraphs, headings, lists, quotes, tables; a processor is asked only about blocks that it may know."""

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockQuoteProcessor, HashHeaderProcessor, HRProcessor
from markdown.extensions.tables import TableProcessor

from communique.markdown.burden import Burden
from communique.markdown.costs import (
    Cost,
    code_cost,
    footnote_cost,
    lines_cost,
    list_cost,
    quote_cost,
    reference_cost,
    row_cost,
)

# all but the paragraph processor know a block by how it, or a later line of it, begins; the header of a table has a bar
_BEGINS = re.compile(r"\n| {4}| {0,3}(?:[#>]|[*+-] |([-_*]) {0,2}\1|\d+\.|\[(?=\^|[^\[\]]*\]:))|\Z")
_GOES_ON = re.compile(r"\n {0,3}[#>\[*_=-]")
_RULE = re.compile(r" {0,3}([-_*]) {0,2}\1")
_LATER_RULE = re.compile(r"\n {0,3}([-_*]) {0,2}\1")


class _Gate(NamedTuple):
    """A processor, the sign that a block must hold for it, and what its work may cost beyond one look at the block."""

    name: str
    sign: str = ""
    cost: Cost | None = None


GATES = (
    _Gate("empty", cost=code_cost),
    _Gate("indent", cost=lines_cost),
    _Gate("code", cost=code_cost),
    _Gate("table", "|"),
    _Gate("hashheader", "#"),
    _Gate("setextheader", "\n", lines_cost),
    _Gate("hr"),
    _Gate("olist", cost=list_cost),
    _Gate("ulist", cost=list_cost),
    _Gate("quote", ">", quote_cost),
    _Gate("footnote", "[^", footnote_cost),
    _Gate("reference", "]:", reference_cost),
    _Gate("paragraph"),
)
"""In the order in which Python-Markdown asks."""


class Blocks(BlockParser):
    """Takes the place of the parser of `md`, with the same result: most blocks are known as paragraphs at one look."""

    def __init__(self, md: Markdown, burden: Burden) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        self.blockprocessors.register(_Tables(self, burden), "table", 75)
        self.blockprocessors.register(_Headings(self, burden), "hashheader", 70)
        self.blockprocessors.register(_Rules(self, burden), "hr", 50)
        self.blockprocessors.register(_Quotes(self, burden), "quote", 20)
        for processor in self.blockprocessors:
            processor.parser = self
        processors = [(gate, self.blockprocessors[gate.name]) for gate in GATES]
        self._gates = [(gate.sign, processor.test, gate.cost, processor.run) for gate, processor in processors]
        self._paragraph = self.blockprocessors["paragraph"].run
        self._burden = burden
        self._depth = 0

    def restart(self) -> None:
        """Forget where the last text was left; it may have been refused half-way."""
        self.state.clear()
        self._depth = 0

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802
        """Turn blocks into children of an element."""
        burden = self._burden
        self._depth += 1
        burden.enter(self._depth)
        while blocks:
            block = burden.piece = blocks[0]
            burden.spend(80 + (len(block) + len(blocks) >> 5))
            if not (_BEGINS.match(block) or ("\n" in block and ("|" in block or _GOES_ON.search(block)))):
                self._paragraph(parent, blocks)
                continue
            burden.spend(100)
            for sign, test, cost, run in self._gates:
                if sign in block and test(parent, block):
                    if cost:
                        burden.spend(cost(block, parent))
                    if run(parent, blocks) is not False:
                        break
        self._depth -= 1


class _Headings(HashHeaderProcessor):
    """Headings that begin with `#`."""

    def __init__(self, parser: BlockParser, burden: Burden) -> None:
        super().__init__(parser)
        self._burden = burden

    def test(self, parent: Element, block: str) -> bool:
        if not block.startswith("#") and "\n#" not in block:
            return False
        match = self.RE.search(block)
        self._burden.spend(16 * (match.end() if match else len(block)))
        return bool(match)


class _Rules(HRProcessor):
    """Horizontal rules."""

    def __init__(self, parser: BlockParser, burden: Burden) -> None:
        super().__init__(parser)
        self._burden = burden

    def test(self, parent: Element, block: str) -> bool:
        if not _RULE.match(block) and not _LATER_RULE.search(block):
            return False
        found = super().test(parent, block)
        self._burden.spend(4 * (self.match.end() if found else len(block)))
        return found


class _Quotes(BlockQuoteProcessor):
    """Block quotes. A blank line keeps them apart: each has a speaker of its own."""

    def __init__(self, parser: BlockParser, burden: Burden) -> None:
        super().__init__(parser)
        self._burden = burden

    def test(self, parent: Element, block: str) -> bool:
        # the depth is bounded, so the stack need not be measured
        match = self.RE.search(block)
        self._burden.spend((match.end() if match else len(block)) >> 1)
        return bool(match)

    def run(self, parent: Element, blocks: list[str]) -> None:
        if not blocks[0].lstrip(" ").startswith(">"):
            super().run(parent, blocks)
            return
        alone = Element("div")
        super().run(alone, blocks)
        parent.extend(alone)


class _Tables(TableProcessor):
    """Tables, whose cells are counted before they are made."""

    def __init__(self, parser: BlockParser, burden: Burden) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self._burden = burden

    def test(self, parent: Element, block: str) -> bool:
        header, _, rest = block.partition("\n")
        if "|" not in header:
            return False
        divider = rest.partition("\n")[0]
        self._burden.spend(len(block) + 40 * block.count("\n") + row_cost(header) + row_cost(divider))
        return super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows = blocks[0].split("\n")
        self._burden.spend(len(rows) * (200 + 60 * len(self.separator)) + sum(map(row_cost, rows)))
        super().run(parent, blocks)
