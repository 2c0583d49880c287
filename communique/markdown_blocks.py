"""Blocks: paragraphs, headings, lists, quotes, tables; a processor is asked only about blocks that it may know."""

import re
from collections.abc import Callable
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockQuoteProcessor, HRProcessor
from markdown.extensions.tables import TableProcessor

from communique.markdown_burden import Burden

# all but the paragraph processor know a block by how it, or a later line of it, begins; the header of a table has a bar
_BEGINS = re.compile(r"\n| {4}| {0,3}(?:[#>\[*+_-]|\d+\.)|\Z")
_GOES_ON = re.compile(r"\n {0,3}[#>\[*_=-]")
_RULE = re.compile(r" {0,3}([-_*]) {0,2}\1")
_LATER_RULE = re.compile(r"\n {0,3}([-_*]) {0,2}\1")
_DEFINES = re.compile(r"^ {0,3}\[[^\[\]]*\]:", re.MULTILINE)

Cost = Callable[[Element, str], int]


def _code_cost(parent: Element, block: str) -> int:
    """Each part of a code block is appended to those before it."""
    if len(parent) and parent[-1].tag == "pre" and len(parent[-1]):
        return len(parent[-1][0].text or "") >> 6
    return 0


def _setext_cost(parent: Element, block: str) -> int:
    """The lines behind the heading are taken apart and put together again."""
    return len(block) >> 1


def _list_cost(parent: Element, block: str) -> int:
    """Lines are appended one by one to the item that they go on with."""
    lines = block.count("\n") + 1
    return 40 * lines + (lines * len(block) >> 8)


def _quote_cost(parent: Element, block: str) -> int:
    """Each line is matched."""
    return 40 * (block.count("\n") + 1)


def _footnote_cost(parent: Element, block: str) -> int:
    """Each opening sign is followed to the next closing bracket."""
    return (len(block) >> 3) + (block.count("[^") * max(map(len, block.split("]"))) >> 4)


def _reference_cost(parent: Element, block: str) -> int:
    """Each quotation mark or parenthesis may begin a title that goes to the end of the line."""
    if not _DEFINES.search(block):
        return 0
    titles = block.count('"') + block.count("'") + block.count("(")
    return titles and (len(block) >> 3) + (titles * max(map(len, block.split("\n"))) >> 3)


def _row_cost(row: str) -> int:
    """For each run of backticks its partner is looked for, and each bar is looked for among them."""
    ticks = row.count("`")
    return ticks * (ticks + row.count("|")) >> 1


class _Gate(NamedTuple):
    """A processor, the sign that a block must hold for it, and what its work may cost beyond one look at the block."""

    name: str
    sign: str = ""
    cost: Cost | None = None


GATES = (
    _Gate("empty", cost=_code_cost),
    _Gate("indent"),
    _Gate("code", cost=_code_cost),
    _Gate("table", "|"),
    _Gate("hashheader", "#"),
    _Gate("setextheader", "\n", _setext_cost),
    _Gate("hr"),
    _Gate("olist", cost=_list_cost),
    _Gate("ulist", cost=_list_cost),
    _Gate("quote", ">", _quote_cost),
    _Gate("footnote", "[^", _footnote_cost),
    _Gate("reference", "]:", _reference_cost),
    _Gate("paragraph"),
)
"""In the order in which Python-Markdown asks."""


class Blocks(BlockParser):
    """Takes the place of the parser of `md`, with the same result: most blocks are known as paragraphs at one look."""

    def __init__(self, md: Markdown, burden: Burden) -> None:
        super().__init__(md)
        self.blockprocessors = md.parser.blockprocessors
        self.blockprocessors.register(_Rules(self), "hr", 50)
        self.blockprocessors.register(_Quotes(self), "quote", 20)
        self.blockprocessors.register(_Tables(self, burden), "table", 75)
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
            burden.spend(100 + (len(block) >> 2))
            for sign, test, cost, run in self._gates:
                if sign in block and test(parent, block):
                    if cost:
                        burden.spend(cost(parent, block))
                    if run(parent, blocks) is not False:
                        break
        self._depth -= 1


class _Rules(HRProcessor):
    """Looks closer only at what begins like a rule."""

    def test(self, parent: Element, block: str) -> bool:
        return bool(_RULE.match(block) or _LATER_RULE.search(block)) and super().test(parent, block)


class _Quotes(BlockQuoteProcessor):
    """Keeps block quotes apart that a blank line divides: each has a speaker of its own."""

    def test(self, parent: Element, block: str) -> bool:
        # the depth is bounded, so the stack need not be measured
        return bool(self.RE.search(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        if not blocks[0].lstrip(" ").startswith(">"):
            super().run(parent, blocks)
            return
        alone = Element("div")
        super().run(alone, blocks)
        parent.extend(alone)


class _Tables(TableProcessor):
    """Counts the cells before it makes them."""

    def __init__(self, parser: BlockParser, burden: Burden) -> None:
        super().__init__(parser, {"use_align_attribute": False})
        self._burden = burden

    def test(self, parent: Element, block: str) -> bool:
        header, _, rest = block.partition("\n")
        divider = rest.partition("\n")[0]
        if "|" not in header:
            return False
        self._burden.spend(_row_cost(header) + _row_cost(divider))
        return super().test(parent, block)

    def run(self, parent: Element, blocks: list[str]) -> None:
        rows = blocks[0].split("\n")
        self._burden.spend(len(rows) * (200 + 60 * len(self.separator)) + sum(map(_row_cost, rows)))
        super().run(parent, blocks)
