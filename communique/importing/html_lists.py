"""Lists in HTML."""

import re
from collections.abc import Callable
from dataclasses import replace

from selectolax.lexbor import LexborNode

from communique.importing.manuscript import Block, Listing
from communique.importing.notes import Remark

_NUMBERED = re.compile(r"number-(\d{1,9})")


def read_list(
    node: LexborNode, inside: Callable[[LexborNode], tuple[Block, ...]], number: int
) -> tuple[list[Block], list[Remark]]:
    """The list in an element, as several where its numbers leap, and remarks."""
    ordered = node.tag == "ol"
    remarks = []
    if ordered and (node.attributes.get("type") or "1") != "1":
        message = "a list with letters or Roman numerals now has the numbers 1, 2, 3"
        remarks.append(Remark("list", message, "see whether the text refers to its letters", number))
    following = _whole(node.attributes.get("start")) or 1
    lists: list[Listing] = []
    for child in node.iter():
        blocks = inside(child)
        if not blocks:
            continue
        if all(isinstance(block, Listing) for block in blocks):
            # an item that holds nothing but a deeper list belongs to the item before it
            if not lists:
                return [*blocks, *lists], remarks
            last = lists[-1]
            lists[-1] = replace(last, items=(*last.items[:-1], (*last.items[-1], *blocks)))
            continue
        own = _own_number(child) if ordered else None
        if not lists or (own is not None and own != following):
            following = following if own is None else own
            lists.append(Listing((), ordered, following if ordered else 1, number))
        lists[-1] = replace(lists[-1], items=(*lists[-1].items, blocks))
        following += 1
    return list(lists), remarks


def _whole(text: str | None) -> int | None:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text) else None


def _own_number(item: LexborNode) -> int | None:
    """The number that an item states itself, or that a bookmark from a Word file states at its beginning."""
    first = next(iter(item.iter()), None)
    match = _NUMBERED.fullmatch(first.attributes.get("id") or "") if first is not None and first.tag == "a" else None
    return int(match[1]) if match else _whole(item.attributes.get("value"))
