"""The shape of a body: lists and headings that were only typed to look like some, heading levels under the title."""

import re
from collections.abc import Iterable
from dataclasses import replace

from communique.importing.manuscript import (
    Block,
    Heading,
    Listing,
    Paragraph,
    Run,
    cut,
    pictures_of,
    plain,
    uniform,
    words,
)
from communique.importing.notes import Remark, brief, several

_BULLET = re.compile(r"(?:[•▪◦‣●■□➢✓·\uf0a7\uf0b7\uf0d8]\s*|[-–*]\s+)(?=\S)")
_CERTAIN = re.compile(r"[•▪◦‣●■➢\uf0a7\uf0b7\uf0d8]")
_NUMBER = re.compile(r"(?:(?P<latin>\d{1,3})[.)]\s+|[（(](?P<round>\d{1,3})[)）]\s*|(?P<han>\d{1,3})、)(?=\S)")
_END = re.compile(r"[.。!！?？…;；,，]['”’\"）)]*$")

LONG_HEADING = 100
FIRST_LEVEL = 2
LAST_LEVEL = 6


def shape(blocks: Iterable[Block]) -> tuple[tuple[Block, ...], list[Remark]]:
    """The blocks with real lists and headings, and remarks on those that were a guess."""
    listed = _typed_lists(list(blocks))
    headed, remarks = _typed_headings(listed)
    return _levelled(headed), remarks


def _typed_lists(blocks: list[Block]) -> list[Block]:
    found: list[Block] = []
    for block in blocks:
        last = found[-1] if found else None
        number = _typed_number(block)
        if isinstance(block, Paragraph) and (match := _BULLET.match(words(block.content))):
            item = (replace(block, content=cut(block.content, match.end())),)
            if isinstance(last, Listing) and not last.ordered:
                found[-1] = replace(last, items=(*last.items, item))
                continue
            found.append(Listing((item,), number=block.number))
        elif number is not None and isinstance(block, Paragraph):
            item = (replace(block, content=cut(block.content, number[1])),)
            if isinstance(last, Listing) and last.ordered and last.start + len(last.items) == number[0]:
                found[-1] = replace(last, items=(*last.items, item))
                continue
            found.append(Listing((item,), True, number[0], block.number))
        else:
            found.append(block)
    originals = {block.number: block for block in blocks}
    # one line with a dash or a number in front is no list
    return [originals[block.number] if _lonely(block, originals) else block for block in found]


def _typed_number(block: Block) -> tuple[int, int] | None:
    match = _NUMBER.match(words(block.content)) if isinstance(block, Paragraph) else None
    return (int(match["latin"] or match["round"] or match["han"]), match.end()) if match else None


def _lonely(block: Block, originals: dict[int, Block]) -> bool:
    if not isinstance(block, Listing) or len(block.items) > 1:
        return False
    original = originals.get(block.number)
    return isinstance(original, Paragraph) and not _CERTAIN.match(words(original.content))


def _typed_headings(blocks: list[Block]) -> tuple[list[Block], list[Remark]]:
    level = max((block.level for block in blocks if isinstance(block, Heading)), default=0) + 1
    found: list[Block] = []
    made: list[Heading] = []
    for at, block in enumerate(blocks):
        followed = at + 1 < len(blocks) and not _like_heading(blocks[at + 1])
        if isinstance(block, Paragraph) and followed and _like_heading(block):
            content = tuple(replace(part, strong=False) if isinstance(part, Run) else part for part in block.content)
            made.append(Heading(content, level, block.number))
            block = made[-1]
        found.append(block)
    if not made:
        return found, []
    shown = ", ".join(f"“{brief(plain(heading), 40)}”" for heading in made[:4]) + (" …" if len(made) > 4 else "")
    message = f"{several(len(made), 'bold line')} became headings: {shown}"
    return found, [Remark("heading", message, "check them", made[0].number)]


def _like_heading(block: Block) -> bool:
    if not isinstance(block, Paragraph) or pictures_of(block):
        return False
    text = words(block.content)
    return len(text) <= LONG_HEADING and "\n" not in text and uniform(block.content, "strong") and not _END.search(text)


def _levelled(blocks: list[Block]) -> tuple[Block, ...]:
    """The blocks with heading levels that begin under the title and leave none out."""
    used = sorted({block.level for block in blocks if isinstance(block, Heading)})
    level_of = {level: min(at, LAST_LEVEL) for at, level in enumerate(used, FIRST_LEVEL)}
    return tuple(
        replace(block, level=level_of[block.level]) if isinstance(block, Heading) else block for block in blocks
    )
