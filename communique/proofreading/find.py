"""The find: what a rule of residue has found in a passage."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from communique.proofreading.passages import Passage


class Find(NamedTuple):
    """What a rule has found: where in a passage it stands, what it is, and what to do.

    It is nothing after all where one of the people whom readers know is named in the words beside it, or is the whole
    text that follows."""

    passage: Passage
    at: int
    message: str
    help: str
    beside: str = ""
    following: str = ""


Finds = Iterator[Find]


def every(passages: Iterable[Passage], pattern: re.Pattern[str], message: str, help: str) -> Finds:
    """Each match of a pattern; `{}` is what matched."""
    for passage in passages:
        for match in pattern.finditer(passage.text):
            yield Find(passage, match.start(), message.format(match[0].strip()), help)
