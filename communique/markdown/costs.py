"""What the work of a block processor may cost beyond one look at its block, in steps."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

Cost = Callable[[str, Element], int]
"""Of a block and the element that it becomes a child of."""

_DEFINITION = re.compile(r"^ {0,3}\[[^\[\]]*\]:", re.MULTILINE)
_NOTE = re.compile(r"^ {0,3}\[\^", re.MULTILINE)


def code_cost(block: str, parent: Element) -> int:
    """The lines are taken apart and put together again; each part of a code block is appended to those before it."""
    cost = lines_cost(block, parent)
    if len(parent) and parent[-1].tag == "pre" and len(parent[-1]):
        cost += len(parent[-1][0].text or "") >> 6
    return cost


def lines_cost(block: str, _: Element) -> int:
    """The lines are taken apart and put together again."""
    return 4 * block.count("\n") + (len(block) >> 5)


def list_cost(block: str, _: Element) -> int:
    """Each line is matched, and may be appended to an item that grows."""
    lines = block.count("\n") + 1
    return 40 * lines + (lines * len(block) >> 8)


def quote_cost(block: str, _: Element) -> int:
    """Each line is matched."""
    return 40 * (block.count("\n") + 1)


def footnote_cost(block: str, _: Element) -> int:
    """From each line that begins like a definition the next closing bracket is looked for."""
    parts = block.split("]")
    return (len(block) >> 2) + 10 * len(parts) + sum(len(_NOTE.findall(part)) * len(part) for part in parts) // 4


def reference_cost(block: str, _: Element) -> int:
    """Each quotation mark or parenthesis may begin a title that goes to the end of its line."""
    if not _DEFINITION.search(block):
        return len(block) >> 3
    titles = block.count('"') + block.count("'") + block.count("(")
    return (len(block) >> 2) + (titles * max(map(len, block.split("\n"))) >> 3 if titles else 0)


def row_cost(row: str) -> int:
    """The signs of a table row are gathered; for each run of backticks its partner is sought, and each bar in it."""
    ticks, bars = row.count("`"), row.count("|")
    return 20 * (ticks + bars + row.count("\\")) + (ticks * (ticks + bars) >> 1)
