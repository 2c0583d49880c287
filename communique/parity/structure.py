"""Structure: headings, quotes, links, images, tables and footnotes of two texts."""

import re
from collections.abc import Iterator, Mapping, Sequence

from communique.parity.align import sections
from communique.parity.blocks import Block
from communique.parity.differences import Difference
from communique.parity.targets import compare_targets

Blocks = Sequence[Block]
Spot = tuple[int, int]

_LATIN = re.compile(r"[A-Za-z]")
_ALLOW = "or write `<!-- allow parity: … -->` with the reason on the line before"


def compare_structure(
    original: Blocks, translation: Blocks, path: str, people: Mapping[str, str], place: Spot
) -> Iterator[Difference]:
    """The differences in how two texts are built. `path` says what relative links mean, `people` whose names the names
    of speakers are, and `place` where something is missing that has no neighbour."""
    yield from _headings(original, translation, place)
    yield from _quotes(original, translation, people, place)
    yield from compare_targets(original, translation, path, place)
    yield from _tables(original, translation, place)
    yield from _footnotes(original, translation, place)


def _headings(original: Blocks, translation: Blocks, place: Spot) -> Iterator[Difference]:
    before, after = _of("heading", original), _of("heading", translation)
    help = f"give the translation the headings of the original, {_ALLOW}"
    if len(before) != len(after):
        heads = [section[0] for section in sections(translation) if section]
        where = _first_change(_sections(original), _sections(translation), heads, place)
        yield Difference(*where, "headings", _counts(before, after, "heading"), help)
        return
    for one, other in zip(before, after, strict=True):
        if one.level != other.level:
            message = f"this heading is of level {other.level}, in the original of level {one.level}"
            yield Difference(*other.beginning, "headings", message, help)


def _quotes(original: Blocks, translation: Blocks, people: Mapping[str, str], place: Spot) -> Iterator[Difference]:
    before, after = _of("quote", original), _of("quote", translation)
    if len(before) != len(after):
        speakers, here = [_person(block, people) for block in before], [_person(block, people) for block in after]
        where = _first_change(speakers, here, after, place)
        help = f"translate each quote of the original as a quote, in its order, {_ALLOW}"
        yield Difference(*where, "quotes", _counts(before, after, "quote"), help)
        return
    for one, other in zip(before, after, strict=True):
        if not _one_person(one, other, people):
            speaker = f"`{one.speaker}`" if one.speaker else "nobody"
            message = f"this quote is of `{other.speaker}`" if other.speaker else "this quote has no speaker"
            help = f"end the quote with its speaker, as the original does, {_ALLOW}"
            yield Difference(*other.ending, "quotes", f"{message}, in the original of {speaker}", help)


def _person(block: Block, people: Mapping[str, str]) -> str:
    name = " ".join(block.speaker.split()).casefold()
    return people.get(name, name)


def _one_person(one: Block, other: Block, people: Mapping[str, str]) -> bool:
    names = _person(one, people), _person(other, people)
    if names[0] == names[1]:
        return True
    known = [" ".join(block.speaker.split()).casefold() in people for block in (one, other)]
    # a name in other letters may be the same person's
    return all(names) and not all(known) and bool(_LATIN.search(names[0])) != bool(_LATIN.search(names[1]))


def _tables(original: Blocks, translation: Blocks, place: Spot) -> Iterator[Difference]:
    before, after = _of("table", original), _of("table", translation)
    help = f"give the table the rows and columns of the original, {_ALLOW}"
    if len(before) != len(after):
        where = _first_change(_kinds(original), _kinds(translation), translation, place)
        yield Difference(*where, "tables", _counts(before, after, "table"), help)
        return
    for one, other in zip(before, after, strict=True):
        if one.cells != other.cells:
            shapes = [f"{len(block.cells)} rows and {max(block.cells)} columns" for block in (other, one)]
            message = f"this table has {shapes[0]}, that of the original {shapes[1]}"
            if shapes[0] == shapes[1]:
                message = "the rows of this table have other numbers of cells than those of the original"
            yield Difference(*other.beginning, "tables", message, help)


def _footnotes(original: Blocks, translation: Blocks, place: Spot) -> Iterator[Difference]:
    help = f"give the translation the footnotes of the original, {_ALLOW}"
    before, after = _of("footnote", original), _of("footnote", translation)
    if len(before) != len(after):
        where = _first_change(_kinds(original), _kinds(translation), translation, place)
        yield Difference(*where, "footnotes", _counts(before, after, "footnote"), help)
        return
    marks = [[block.marks for block in blocks] for blocks in (original, translation)]
    counts = [sum(each) for each in marks]
    if counts[0] != counts[1]:
        where = _first_change(marks[0], marks[1], translation, place) if len(original) == len(translation) else place
        message = f"the original marks {counts[0]} places for footnotes, the translation {counts[1] or 'none'}"
        yield Difference(*where, "footnotes", message, help)


def _of(kind: str, blocks: Blocks) -> list[Block]:
    return [block for block in blocks if block.kind == kind]


def _sections(blocks: Blocks) -> list[list[str]]:
    """How each section is built."""
    return [_kinds(section) for section in sections(blocks)]


def _kinds(blocks: Blocks) -> list[str]:
    return [block.kind for block in blocks]


def _counts(before: Blocks, after: Blocks, word: str) -> str:
    those = f"{len(before) or 'no'} {word}{'s' if len(before) != 1 else ''}"
    return f"the original has {those}, the translation {len(after) or 'none'}"


def _first_change(before: Sequence[object], after: Sequence[object], blocks: Sequence[Block], place: Spot) -> Spot:
    """Where in a translation a sequence first departs from that of the original."""
    if not blocks:
        return place
    same = next((index for index, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), None)
    index = min(len(before), len(after)) if same is None else same
    return blocks[min(index, len(blocks) - 1)].beginning
