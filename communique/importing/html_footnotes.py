"""Footnotes in HTML: a link to a place from which another link leads back."""

from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

# more references to places of the same document are not footnotes, and each costs a search
LIMIT_LINKS = 2_000

_BLOCKS = frozenset(("li", "p", "div", "aside", "dd", "section"))


class Footnotes(NamedTuple):
    """Footnotes by the identity of nodes: the label of each reference, the block of each label, the links back."""

    labels: dict[int, str]
    blocks: dict[str, LexborNode]
    back: frozenset[int]

    @property
    def places(self) -> frozenset[int]:
        """The blocks that hold footnotes."""
        return frozenset(node.mem_id for node in self.blocks.values())


def find_footnotes(tree: LexborHTMLParser) -> Footnotes:
    """The footnotes of a document, labelled 1, 2, 3 … in the order in which the text refers to them."""
    targets: dict[str, LexborNode] = {}
    for node in tree.css("[id], a[name]"):
        for key in ("id", "name"):
            if place := node.attributes.get(key):
                targets.setdefault(place, node)
    labels: dict[int, str] = {}
    blocks: dict[str, LexborNode] = {}
    label_of: dict[int, str] = {}
    back: set[int] = set()
    links_in: dict[int, list[LexborNode]] = {}
    for link in islice(tree.css('a[href^="#"]'), LIMIT_LINKS):
        target = targets.get((link.attributes.get("href") or "")[1:])
        if link.mem_id in back or target is None:
            continue
        if target.mem_id in label_of:
            labels[link.mem_id] = label_of[target.mem_id]
            continue
        here = _ids_around(link)
        block = _block(target)
        if not here or block is None or _inside(link, block):
            continue
        inside = links_in.setdefault(block.mem_id, block.css('a[href^="#"]')[:LIMIT_LINKS])
        returning = [a for a in inside if (a.attributes.get("href") or "")[1:] in here]
        if not returning:
            continue
        block = _widened(block, link)
        label = str(len(blocks) + 1)
        labels[link.mem_id] = label_of[target.mem_id] = label
        blocks[label] = block
        back.update(a.mem_id for a in returning)
    return Footnotes(labels, blocks, frozenset(back))


def _ids_around(link: LexborNode) -> set[str]:
    found: set[str] = set()
    nodes = [link, *link.css("[id]")]
    if link.parent is not None and link.parent.tag in ("sup", "span"):
        nodes.append(link.parent)
    for node in nodes:
        found.update(value for key in ("id", "name") if (value := node.attributes.get(key)))
    return found


def _block(target: LexborNode) -> LexborNode | None:
    node: LexborNode | None = target
    while node is not None and node.tag not in _BLOCKS:
        node = node.parent
    return node


def _widened(block: LexborNode, link: LexborNode) -> LexborNode:
    """The element around a paragraph that holds one footnote and nothing else."""
    around = block.parent
    if block.tag != "p" or around is None or around.tag not in ("div", "li", "aside") or _inside(link, around):
        return block
    returning = [a for a in around.css('a[href^="#"]') if a.attributes.get("id") or a.attributes.get("name")]
    first = around.css_first("p")
    return around if len(returning) == 1 and first is not None and first.mem_id == block.mem_id else block


def _inside(node: LexborNode, block: LexborNode) -> bool:
    above: LexborNode | None = node
    while above is not None:
        if above.mem_id == block.mem_id:
            return True
        above = above.parent
    return False
