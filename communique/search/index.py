"""The index: the items that each term leads to, and how much the term says of them."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import methodcaller

from communique.search.encoding import Steps
from communique.search.tokens import terms

# behind a term in the index: it stands in the headings, the summary, the names, the title; in the text without a mark
MARKS = ("", "+", ",", "-", ".")
# by these JavaScript compares strings
_UTF16 = methodcaller("encode", "utf-16-be")


@dataclass(frozen=True, slots=True)
class Item:
    """A page that can be found.

    `url` begins at the root of the language; `language` is that of the page where it is not the site's. `about` are the
    words beside its title in a list, `flag` a word of warning before them. `also` are other titles of it, `names` those
    of what it mentions; `text` is all the rest that it says, headings included.
    """

    url: str
    title: str
    language: str = ""
    about: tuple[str, ...] = ()
    flag: str = ""
    also: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    summary: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""


def marked_terms(item: Item) -> Iterator[str]:
    """The terms of an item, each once, with the mark of the best place where it stands."""
    above: set[str] = set()
    places = ((item.text, *item.about), item.headings, (item.summary,), item.names, (item.title, *item.also))
    for mark, texts in zip(reversed(MARKS), reversed(places), strict=True):
        found = terms("\n".join(texts))
        found -= above
        if mark:
            above |= found
            yield from [term + mark for term in found]
        else:
            yield from found


def index(items: Iterable[Item]) -> Iterator[tuple[str, str]]:
    """All marked terms, sorted, each with the numbers of the items that it leads to."""
    # 4 bytes a number: less than a list takes, and nothing that the garbage collector goes through
    rows: defaultdict[str, bytearray] = defaultdict(bytearray)
    count = 0
    for count, item in enumerate(items, 1):
        number = (count - 1).to_bytes(4, sys.byteorder)
        for term in marked_terms(item):
            rows[term] += number
    code = Steps(count).code
    for term in sorted(rows, key=_UTF16):
        yield term, code(memoryview(rows[term]).cast("I"))
