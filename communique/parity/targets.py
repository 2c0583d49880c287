"""Targets: where the links of two texts lead, and which images they show."""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from communique.links import Address, Reference, read_target
from communique.parity.blocks import Block, Link
from communique.parity.differences import LIMIT, Difference
from communique.problems import Place

_LANGUAGE = re.compile(r"\.[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?(?=\.\w+$)")
_HOST = re.compile(r"https?://([^/?#:]*)", re.IGNORECASE)
_ALLOW = "or write `<!-- allow parity: … -->` with the reason on the line before"

Spot = tuple[int, int]


def compare_targets(
    original: Sequence[Block], translation: Sequence[Block], path: str, place: Spot
) -> Iterator[Difference]:
    """The differences in links and images. `path` says what relative links mean; `place` is where something is said to
    be missing if no block of the translation corresponds."""
    blocks = (original, translation)
    links = _compare(
        blocks, "links", "link to", lambda block: block.links, lambda target: _meaning(target, path), place
    )
    yield from islice(links, LIMIT)
    images = _compare(blocks, "images", "image", lambda block: block.images, _picture, place)
    yield from islice(images, LIMIT)


def _compare(
    blocks: tuple[Sequence[Block], Sequence[Block]],
    code: str,
    word: str,
    targets: Callable[[Block], tuple[Link, ...]],
    meaning: Callable[[str], str],
    place: Spot,
) -> Iterator[Difference]:
    original, translation = blocks
    there = {
        meaning(link.target): (index, link.target) for index, block in enumerate(original) for link in targets(block)
    }
    here = {meaning(link.target): (block, link) for block in translation for link in targets(block)}
    missing, extra = there.keys() - here.keys(), here.keys() - there.keys()
    # an address of the same site may be that of its pages in another language
    sites = {_site(key) for key in missing} & {_site(key) for key in extra} - {""}
    for key, (block, link) in here.items():
        if key in extra and _site(key) not in sites:
            message = f"the original has no {word} `{link.target}`"
            yield Difference(*block.place(link.start), code, message, f"take it out or correct it, {_ALLOW}")
    for key, (index, target) in there.items():
        if key in missing and _site(key) not in sites:
            where = translation[index].beginning if len(original) == len(translation) else place
            message = f"the {word} `{target}` of the original is not here"
            yield Difference(*where, code, message, f"add it, {_ALLOW}")


def _meaning(text: str, path: str) -> str:
    """What a target means: a record, whichever way it is named, or an address."""
    target = read_target(text, Place(path))
    if isinstance(target, Reference):
        kind, slug = target.name
        return f"{kind}:{slug if kind else _LANGUAGE.sub('', slug)}{'#' if target.fragment else ''}"
    if isinstance(target, Address):
        # a fragment is made of the words of a heading
        return "#" if target.url.startswith("#") else target.url.rstrip("/")
    return text


def _picture(target: str) -> str:
    """The name of an image without the language, which an image with words in it has."""
    return _LANGUAGE.sub("", target)


def _site(address: str) -> str:
    """The longest word of a web address's host, which it shares with those for other languages."""
    host = _HOST.match(address)
    return max(host[1].casefold().split("."), key=len) if host else ""
