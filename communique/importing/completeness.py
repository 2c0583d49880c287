"""Whether all words of a manuscript are in its draft, or in a note that says that they were taken out."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from communique.importing.manuscript import Block, Listing, plain
from communique.importing.notes import Remark, brief
from communique.scripts import UNSPACED

_WORD = re.compile(f"[{UNSPACED}]|[^\\W_{UNSPACED}]+")


def remark_on_lost_words(before: Iterable[Block], after: Iterable[Block], fields: Iterable[str]) -> list[Remark]:
    """A remark on the words of the blocks `before` that are neither in those `after` nor in texts beside them."""
    left = Counter(word for text in fields for word in _WORD.findall(text))
    left.update(word for block in after for word in _words(block))
    lost = []
    for block in before:
        for word in _words(block):
            if left[word]:
                left[word] -= 1
            else:
                lost.append(word)
    if not lost:
        return []
    message = f"these words of the original did not find a place: “{brief(' '.join(lost), 200)}”"
    return [Remark("left out", message, "compare the draft with the original")]


def _words(block: Block) -> Iterator[str]:
    yield from _WORD.findall(plain(block))
    # a number typed before a line counts the line of a list
    if isinstance(block, Listing) and block.ordered:
        yield from (str(number) for number in range(block.start, block.start + len(block.items)))
