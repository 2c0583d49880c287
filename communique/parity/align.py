"""Alignment: which blocks of a translation say what which blocks of the original say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.parity.blocks import Block


@dataclass(frozen=True, slots=True)
class Group:
    """Blocks of an original, and the blocks of the translation that say the same."""

    original: tuple[Block, ...]
    translation: tuple[Block, ...]


def align(original: Sequence[Block], translation: Sequence[Block]) -> list[Group]:
    """Block by block where the two texts are built alike, else section by section, else the whole."""
    if _levels(original) != _levels(translation):
        return [Group(tuple(original), tuple(translation))]
    return [
        group
        for before, after in zip(sections(original), sections(translation), strict=True)
        for group in _within(before, after)
    ]


def _levels(blocks: Sequence[Block]) -> list[int]:
    return [block.level for block in blocks if block.kind == "heading"]


def sections(blocks: Sequence[Block]) -> list[list[Block]]:
    """The blocks before the first heading, and those from each heading to the next."""
    divided: list[list[Block]] = [[]]
    for block in blocks:
        if block.kind == "heading":
            divided.append([])
        divided[-1].append(block)
    return divided


def _within(before: list[Block], after: list[Block]) -> Iterator[Group]:
    if [block.kind for block in before] != [block.kind for block in after]:
        yield Group(tuple(before), tuple(after))
        return
    for one, other in zip(before, after, strict=True):
        if one.kind == "table" and one.cells == other.cells:
            yield from (Group((row,), (like,)) for row, like in zip(one.rows(), other.rows(), strict=True))
        else:
            yield Group((one,), (other,))
