"""Inline syntax: links, emphasis, code and the like in the texts of a tree of blocks."""

import re
from collections import deque
from typing import NamedTuple
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString

from communique.markdown.burden import Burden
from communique.markdown.patterns import Emphasis, Footnotes


class Sign(NamedTuple):
    """A pattern finds nothing in a text that does not hold this, and only what begins with `first`."""

    pattern: str
    held: str
    first: str = ""


SIGNS = (
    Sign("backtick", "`"),
    Sign("escape", "\\", "\\"),
    Sign("footnote", "[^", "[^"),
    Sign("reference", "[", "["),
    Sign("link", "](", "["),
    Sign("image_link", "![", "!["),
    Sign("image_reference", "![", "!["),
    Sign("short_reference", "[", "["),
    Sign("short_image_ref", "![", "!["),
    Sign("autolink", "<", "<"),
    Sign("automail", "<", "<"),
    Sign("linebreak", "  \n", "  \n"),
    Sign("em_strong", "*"),
    Sign("em_strong", "_"),
)
"""In the order in which Python-Markdown asks. Its placeholders hold none of these, so none comes up on the way."""

_REFERRING = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))


# a link whose text and target hold no other syntax, or emphasis of words alone: nearly all that texts hold
_SIMPLE = re.compile(r"""\[([^\[\]*]*)\]\(([^\s()<>'"*]*)\)|(?<!\*)(\*\*?)(?![\s*])([^*\[\]]*[^*\[\]\s])\3(?!\*)""")


class _Pattern(NamedTuple):
    held: str
    first: str
    order: int
    processor: InlineProcessor


class Inline(Treeprocessor):
    """Takes the place of Python-Markdown's processor, with the same tree; asks a pattern only where it can match."""

    md: Markdown

    def __init__(self, md: Markdown, footnotes: Footnotes, burden: Burden) -> None:
        super().__init__(md)
        self.stashed_nodes: dict[str, Element | str] = {}
        self._footnotes = footnotes
        self._burden = burden
        emphasis = md.inlinePatterns["em_strong"]
        assert isinstance(emphasis, Emphasis)
        self._emphasis = emphasis
        self._patterns: list[tuple[str, _Pattern]] = []
        for name, held, first in SIGNS:
            processor = md.inlinePatterns[name]
            assert isinstance(processor, InlineProcessor)
            order = md.inlinePatterns.get_index_for_name(name)
            self._patterns.append((name, _Pattern(held, first, order, processor)))
        simple = (md.inlinePatterns.get_index_for_name(name) for name in ("link", "em_strong"))
        self._simple_orders = frozenset(simple)
        self._possible: list[tuple[str, int, _Pattern]] = []

    def run(self, root: Element) -> None:
        """Resolve the inline syntax of a tree in place."""
        self.stashed_nodes = {}
        self._possible = [
            (each.held, each.order, each) for name, each in self._patterns if self._is_possible(name, each)
        ]
        burden = self._burden
        queue = deque([(root, 0)])
        while queue:
            element, depth = queue.popleft()
            burden.enter(depth)
            found: list[tuple[Element, list[Element]]] = []
            # what is put behind a child here is met by this very loop, as it is in Python-Markdown
            for position, child in enumerate(element, 1):
                if read := self._read(child.text):
                    child.text, nodes = read
                    queue.extend([(node, depth + 1) for node in nodes])
                    found.append((child, nodes))
                if read := self._read(child.tail):
                    child.tail, nodes = read
                    _insert(element, position, nodes)
                if len(child):
                    queue.append((child, depth + 1))
            for child, nodes in found:
                _insert(child, 0, nodes)

    def _read(self, text: str | None) -> tuple[str | None, list[Element]] | None:
        """The text before the first element in it, and all elements with their tails; None where there is nothing to
        resolve."""
        if not text or isinstance(text, AtomicString):
            return None
        asked = self._asked(text, 0)
        if not asked and STX not in text:
            return None
        self._burden.piece = text
        return self._simple(text, asked) or self._resolve(self._apply(text, asked))

    def _is_possible(self, name: str, pattern: _Pattern) -> bool:
        """Whether a pattern can match anywhere in the source."""
        if (name == "footnote" and not self._footnotes.footnotes) or (name in _REFERRING and not self.md.references):
            return False
        return pattern.held in self._burden.source

    def _asked(self, text: str, begin: int) -> dict[int, _Pattern]:
        """The patterns that can match in a text, from one of them on."""
        return {order: pattern for held, order, pattern in self._possible if held in text and order >= begin}

    def _simple(self, text: str, asked: dict[int, _Pattern]) -> tuple[str | None, list[Element]] | None:
        """As `_read`; None where there may be more in the text than simple links and emphasis."""
        if not asked.keys() <= self._simple_orders or "_" in text or STX in text:
            return None
        lead: str | None = text
        nodes: list[Element] = []
        links = stars = end = 0
        for match in _SIMPLE.finditer(text):
            words, href, run, stressed = match.groups()
            before = text[end : match.start()] or None
            if nodes:
                nodes[-1].tail = before
            else:
                lead = before
            if run is None:
                node = Element("a", {"href": href})
                node.text = words
                links += 1
            else:
                node = Element("strong" if len(run) == 2 else "em")
                node.text = stressed
                stars += 2 * len(run)
            nodes.append(node)
            end = match.end()
        self._burden.spend((len(text) >> 2) + 80 * len(nodes))
        if text.count("[") != links or text.count("]") != links or text.count("*") != stars:
            return None
        if nodes:
            nodes[-1].tail = text[end:] or None
        return lead, nodes

    def _apply(self, data: str, asked: dict[int, _Pattern]) -> str:
        """The text, with a placeholder for each thing that the patterns find in it."""
        if not asked:
            return data
        spend = self._burden.spend
        self._emphasis.forget()
        for _, first, order, processor in asked.values():
            compiled = processor.getCompiledRegExp()
            begin = 0
            while True:
                if first:
                    begin = data.find(first, begin)
                    if begin < 0:
                        break
                    match = compiled.match(data, begin)
                    if match is None:
                        spend(8 + (len(data) - begin >> 4))
                        begin += 1
                        continue
                else:
                    match = compiled.search(data, begin)
                    if match is None:
                        break
                spend(60)
                node, start, end = processor.handleMatch(match, data)
                if start is None or end is None:
                    begin = match.end()
                    continue
                if node is None:
                    begin = end
                    continue
                if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                    self._descend(node, order)
                key = f"{len(self.stashed_nodes):04d}"
                self.stashed_nodes[key] = node
                placeholder = INLINE_PLACEHOLDER % key
                spend(240 + (len(data) >> 5))
                data = f"{data[:start]}{placeholder}{data[end:]}"
                begin = start + len(placeholder)
        return data

    def _descend(self, node: Element, order: int) -> None:
        """Apply the patterns that come later to what one of them has found."""
        for child in [node, *node]:
            if child.text and not isinstance(child.text, AtomicString):
                child.text = self._apply(child.text, self._asked(child.text, order + 1))
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._apply(child.tail, self._asked(child.tail, order))

    def _resolve(self, data: str) -> tuple[str | None, list[Element]]:
        """The text before the first element that a placeholder stands for, and all these elements with their tails."""
        nodes: list[Element] = []
        lead: str | None = None
        pieces: list[str] = []

        def join() -> None:
            nonlocal lead
            text = pieces[0] if len(pieces) == 1 else "".join(pieces)
            pieces.clear()
            if nodes:
                nodes[-1].tail = nodes[-1].tail + text if nodes[-1].tail else text
            else:
                lead = text

        begin = 0
        while (found := data.find(INLINE_PLACEHOLDER_PREFIX, begin)) >= 0:
            if found > begin:
                pieces.append(data[begin:found])
            match = INLINE_PLACEHOLDER_RE.match(data, found)
            node = self.stashed_nodes.get(match[1]) if match else None
            begin = match.end() if match else found + len(INLINE_PLACEHOLDER_PREFIX)
            if node is None:
                pieces.append(data[found:begin])
            elif isinstance(node, str):
                pieces.append(node)
            else:
                if pieces:
                    join()
                self._settle(node)
                nodes.append(node)
        if begin < len(data):
            text = data[begin:]
            pieces.append(AtomicString(text) if isinstance(data, AtomicString) else text)
        if pieces:
            join()
        return lead, nodes

    def _settle(self, node: Element) -> None:
        """Resolve the placeholders inside an element for which one stood."""
        inside = list(node)
        if node.tail and STX in node.tail:
            node.tail, nodes = self._resolve(node.tail)
            _insert(node, 0, nodes)
        if node.text and STX in node.text:
            node.text, nodes = self._resolve(node.text)
            _insert(node, 0, nodes)
        position = len(node) - len(inside)
        for child in inside:
            position += 1
            if child.tail and STX in child.tail:
                child.tail, nodes = self._resolve(child.tail)
                _insert(node, position, nodes)
                position += len(nodes)
            if child.text and STX in child.text:
                child.text, nodes = self._resolve(child.text)
                _insert(child, 0, nodes)


def _insert(parent: Element, position: int, nodes: list[Element]) -> None:
    for offset, node in enumerate(nodes, position):
        parent.insert(offset, node)
