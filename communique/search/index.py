"""The index: the items that each term leads to, and how much the term says of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import methodcaller
from typing import NamedTuple

from communique.search.encoding import Steps, as_json
from communique.search.tokens import terms

# behind a term in the index: it stands in the headings, the summary, the names, the title; in the text without a mark
MARKS = ("", "+", ",", "-", ".")
EXCERPTS_SIGNS = 20_000
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


class Block(NamedTuple):
    """What some items that follow each other add to an index, in columns, which take little room and time.

    `terms` are its marked terms, a line each; of each, `firsts` and `lasts` have the first and the last of the items
    that it leads to, counted from 0 in the block, and `steps`, a line each, the steps to all after the first. `shown`
    is what a list of results shows of each item.
    """

    terms: str
    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    steps: str
    shown: tuple[bytes, ...]


def block(items: Sequence[Item]) -> Block:
    """The block of some items."""
    step = Steps(len(items)).step
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, item in enumerate(items):
        for term in marked_terms(item):
            found[term].append(number)
    rows = found.values()
    return Block(
        "\n".join(found),
        tuple([row[0] for row in rows]),
        tuple([row[-1] for row in rows]),
        "\n".join(["".join([step(after - before) for before, after in pairwise(row)]) for row in rows]),
        tuple(map(_shown, items)),
    )


def index(blocks: Iterable[Block]) -> Iterator[tuple[str, str]]:
    """All marked terms, sorted, each with the steps from one item that it leads to, to the next, beginning at -1."""
    blocks = list(blocks)
    step = Steps(sum(len(each.shown) for each in blocks)).step
    codes: defaultdict[str, str] = defaultdict(str)
    last: dict[str, int] = {}
    start = 0
    for each in blocks:
        for term, first, end, steps in zip(
            each.terms.split("\n"), each.firsts, each.lasts, each.steps.split("\n"), strict=False
        ):
            codes[term] += step(start + first - last.get(term, -1)) + steps
            last[term] = start + end
        start += len(each.shown)
    for term in sorted(codes, key=_UTF16):
        yield term, codes[term]


def _shown(item: Item) -> bytes:
    text = item.text[:EXCERPTS_SIGNS]
    return as_json([item.url, item.language, item.title, item.flag, item.about, item.summary, text])
