"""Inline syntax: links, emphasis, code and the like inside the texts of a tree of blocks."""

from collections import deque
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_PREFIX, INLINE_PLACEHOLDER_RE, STX, AtomicString

# a pattern finds nothing in a text that holds none of its signs
_SIGNS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "em_strong": ("*", "_"),
}
_REFERRING = frozenset(("reference", "image_reference", "short_reference", "short_image_ref"))

Asked = dict[int, InlineProcessor]


class Inline(Treeprocessor):
    """Stands for Python-Markdown's own processor: the same tree, but a pattern is asked only where it can match."""

    md: Markdown

    def __init__(self, md: Markdown, footnotes: FootnoteExtension) -> None:
        super().__init__(md)
        self.source = ""
        self.stashed_nodes: dict[str, Element | str] = {}
        self._footnotes = footnotes
        self._signs: list[tuple[str, int, InlineProcessor]] = []

    def run(self, root: Element) -> None:
        self.stashed_nodes = {}
        self._signs = list(self._possible())
        queue = deque([root])
        while queue:
            element = queue.popleft()
            inner: list[tuple[Element, list[Element]]] = []
            # what is inserted behind a child is met by this very loop, as in the original
            for position, child in enumerate(element, 1):
                text = child.text
                if text and not isinstance(text, AtomicString):
                    asked = self._asked(text, 0)
                    if asked or STX in text:
                        child.text, nodes = self._resolve(self._apply(text, asked))
                        queue.extend(nodes)
                        inner.append((child, nodes))
                text = child.tail
                if text and not isinstance(text, AtomicString):
                    asked = self._asked(text, 0)
                    if asked or STX in text:
                        child.tail, nodes = self._resolve(self._apply(text, asked))
                        _insert(element, position, nodes)
                if len(child):
                    queue.append(child)
            for child, nodes in inner:
                _insert(child, 0, nodes)

    def _possible(self) -> Iterator[tuple[str, int, InlineProcessor]]:
        registry = self.md.inlinePatterns
        for name, signs in _SIGNS.items():
            if (name in _REFERRING and not self.md.references) or (
                name == "footnote" and not self._footnotes.footnotes
            ):
                continue
            for sign in signs:
                if sign in self.source:
                    yield sign, registry.get_index_for_name(name), registry[name]

    def _asked(self, text: str, first: int) -> Asked:
        return {index: pattern for sign, index, pattern in self._signs if sign in text and index >= first}

    def _apply(self, data: str, asked: Asked) -> str:
        """The text with a placeholder for each thing that the patterns find in it."""
        for index, pattern in asked.items():
            matches = pattern.getCompiledRegExp().finditer
            handle = pattern.handleMatch
            begin: int | None = 0
            while begin is not None:
                for match in matches(data, begin):
                    node, start, end = handle(match, data)
                    if start is not None and end is not None:
                        break
                else:
                    break
                begin = end
                if node is None:
                    continue
                if not isinstance(node, str) and not isinstance(node.text, AtomicString):
                    self._descend(node, index)
                key = f"{len(self.stashed_nodes):04d}"
                self.stashed_nodes[key] = node
                placeholder = INLINE_PLACEHOLDER % key
                data = f"{data[:start]}{placeholder}{data[end:]}"
                begin = start + len(placeholder)
        return data

    def _descend(self, node: Element, index: int) -> None:
        for child in [node, *node]:
            if child.text and not isinstance(child.text, AtomicString):
                child.text = self._apply(child.text, self._asked(child.text, index + 1))
            if child.tail and not isinstance(child.tail, AtomicString):
                child.tail = self._apply(child.tail, self._asked(child.tail, index))

    def _resolve(self, data: str) -> tuple[str | None, list[Element]]:
        """The text before the first element that a placeholder stands for, and all those elements with their tails."""
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
        while True:
            found = data.find(INLINE_PLACEHOLDER_PREFIX, begin)
            if found < 0:
                break
            if found > begin:
                pieces.append(data[begin:found])
            match = INLINE_PLACEHOLDER_RE.search(data, found)
            node = self.stashed_nodes.get(match[1]) if match else None
            if match is None or node is None:
                begin = found + len(INLINE_PLACEHOLDER_PREFIX)
                pieces.append(data[found:begin])
                continue
            begin = match.end()
            if isinstance(node, str):
                if node:
                    pieces.append(node)
                continue
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
        for child in [node, *node]:
            if child.tail and STX in child.tail:
                child.tail, nodes = self._resolve(child.tail)
                _insert(node, 0 if child is node else list(node).index(child) + 1, nodes)
            if child.text and STX in child.text:
                child.text, nodes = self._resolve(child.text)
                _insert(child, 0, nodes)


def _insert(parent: Element, position: int, nodes: list[Element]) -> None:
    for offset, node in enumerate(nodes, position):
        parent.insert(offset, node)
