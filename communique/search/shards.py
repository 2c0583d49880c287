"""Shards: the index and the texts in files so small that a search loads little."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import chain
from typing import NamedTuple, TypeVar

from communique.search.encoding import Steps, as_json
from communique.search.index import Block, index

# changes with the way in which shards are written and read
FORMAT = 1
WORDS_BYTES = 16 * 1024
TEXTS_BYTES = 12 * 1024

Each = TypeVar("Each")


class Shards(NamedTuple):
    """The files of an index by their paths in its folder. `version` changes with their content."""

    files: dict[str, bytes]
    version: str


def shards(blocks: Sequence[Block]) -> Shards:
    """The files of the index of these blocks of items, of which the later come first among equals.

    Each file is one call of `searchPart` with what it holds: a script loads from disk, too.
    """
    files: dict[str, bytes] = {}
    first_terms: list[str] = []
    for words in _parts(index(blocks), WORDS_BYTES, lambda entry: len(entry[0].encode()) + len(entry[1]) + 2):
        files |= _file(f"words/{len(first_terms)}", as_json(" ".join(f"{term} {row}" for term, row in words)))
        first_terms.append(words[0][0])
    first_items: list[int] = []
    count = 0
    for texts in _parts(chain.from_iterable(block.shown for block in blocks), TEXTS_BYTES, len):
        files |= _file(f"texts/{len(first_items)}", b"[\n" + b",\n".join(texts) + b"\n]")
        first_items.append(count)
        count += len(texts)
    manifest = {"items": count, "words": first_terms, "texts": Steps(count).code(first_items)}
    files |= _file("index", as_json(manifest))
    digest = sha256(b"%d" % FORMAT)
    for data in files.values():
        digest.update(data)
    return Shards(files, digest.hexdigest()[:10])


def _parts(entries: Iterable[Each], limit: int, size: Callable[[Each], int]) -> Iterator[list[Each]]:
    """The entries in parts of a limited size, or of one entry."""
    part: list[Each] = []
    filled = 0
    for entry in entries:
        filled += size(entry)
        if filled > limit and part:
            yield part
            part, filled = [], size(entry)
        part.append(entry)
    if part:
        yield part


def _file(name: str, data: bytes) -> dict[str, bytes]:
    return {f"{name}.js": b"searchPart(" + data + b")\n"}
