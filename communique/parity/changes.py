"""Changes: what was said otherwise in an original when it was translated."""

import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import blake2b

from communique.parity.blocks import read_blocks
from communique.parity.text import MARKDOWN, Text

LIMIT_LABEL = 40
LIMIT_WORK = 250_000

_BLOCK = re.compile(r"((?:[\w ]+: )?(?:heading|paragraph|item|quote|table|footnote)) \d+")


@dataclass(frozen=True, slots=True)
class Change:
    """A field or a block of an original that has `changed`, or was `added` or `removed`. `label` says which; `line` is
    that of the original, 0 where it is gone."""

    what: str
    label: str
    line: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A field or a block with its digest."""

    digest: str
    label: str
    line: int


def fingerprint(text: Text) -> tuple[str, ...]:
    """A digest and a label for each field and block of an original that is translated, in their order.

    How lines are broken does not count, nor do comments.
    """
    return tuple(f"{part.digest} {part.label}" for part in _parts(text))


def changed(old: tuple[str, ...], text: Text) -> tuple[Change, ...]:
    """What has changed in an original since its fingerprint was taken."""
    before = [_Part(*each.partition(" ")[::2], 0) for each in old]
    after = list(_parts(text))
    begin = _alike(before, after)
    end = _alike(before[begin:][::-1], after[begin:][::-1])
    before, after = before[begin : len(before) - end], after[begin : len(after) - end]
    if len(before) * len(after) > LIMIT_WORK:
        return tuple(_changes(before, after))
    matcher = SequenceMatcher(None, [part.digest for part in before], [part.digest for part in after], autojunk=False)
    return tuple(
        change
        for what, low, high, first, last in matcher.get_opcodes()
        if what != "equal"
        for change in _changes(before[low:high], after[first:last])
    )


def _alike(before: list[_Part], after: list[_Part]) -> int:
    """With how many parts that have not changed two texts begin."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((index for index, (one, other) in pairs if one.digest != other.digest), min(len(before), len(after)))


def _changes(before: list[_Part], after: list[_Part]) -> Iterator[Change]:
    """What became of a run of parts: those of one kind took each other's place, in their order."""
    left: dict[str, deque[_Part]] = {}
    for part in before:
        left.setdefault(_kind(part), deque()).append(part)
    for part in after:
        old = left.get(_kind(part))
        yield Change("changed" if old else "added", part.label, part.line)
        if old:
            old.popleft()
    for gone in left.values():
        yield from (Change("removed", part.label, 0) for part in gone)


def _kind(part: _Part) -> str:
    """A field by its name, a block by what it is."""
    match = _BLOCK.match(part.label)
    return match[1] if match else part.label


def _parts(text: Text) -> Iterator[_Part]:
    for field in text.fields:
        name = re.sub(r"\[(\d+)\]", lambda match: f" {int(match[1]) + 1}", field.name).replace(".", " ")
        if field.last in MARKDOWN:
            yield from _blocks(field.text, field.line, f"{name}: ")
        elif field.spoken:
            yield _Part(_digest(field.text), name, field.line)
    yield from _blocks(text.body, text.body_line, "")


def _blocks(markdown: str, line: int, prefix: str) -> Iterator[_Part]:
    counted: dict[str, int] = {}
    for block in read_blocks(markdown, line):
        counted[block.kind] = counted.get(block.kind, 0) + 1
        label = f"{prefix}{block.kind} {counted[block.kind]} {_words(block.text)}".rstrip()
        yield _Part(_digest(f"{block.kind} {block.raw}"), label, block.line)


def _words(text: str) -> str:
    """The first words of a text."""
    label = ""
    for word in re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", text):
        if len(label) + len(word) >= LIMIT_LABEL:
            return label or word[:LIMIT_LABEL]
        label = f"{label} {word}".lstrip()
    return label


def _digest(text: str) -> str:
    return blake2b(" ".join(unicodedata.normalize("NFC", text).split()).encode(), digest_size=5).hexdigest()
