"""The field `made_from` of a translation: which text of the original it was made from, part by part."""

import re
from collections import Counter
from collections.abc import Iterable

FIELD = "made_from"

_WIDTH = 100
_BLOCK = re.compile(r"(?:([\w ]+): )?(heading|paragraph|item|quote|table|footnote) \d+")
_PART = re.compile(r"([\w-]+)(?:/(heading|paragraph|item|quote|table|footnote))?:([0-9a-f]{10})")


def packed(fingerprint: Iterable[str]) -> str:
    """A fingerprint of parity in short: name and digest of each part, without its words."""
    parts = []
    for part in fingerprint:
        digest, _, label = part.partition(" ")
        block = _BLOCK.match(label)
        name = f"{block[1] or 'body'}/{block[2]}" if block else label
        parts.append(f"{name.replace(' ', '-')}:{digest}")
    return " ".join(parts)


def unpacked(text: str) -> tuple[str, ...] | None:
    """The fingerprint in the value of the field; None where it is none."""
    parts = []
    counted: Counter[tuple[str, str]] = Counter()
    for word in text.split():
        match = _PART.fullmatch(word)
        if match is None:
            return None
        field, kind, digest = match.groups()
        name = field.replace("-", " ")
        if kind:
            counted[field, kind] += 1
            name = f"{'' if field == 'body' else f'{name}: '}{kind} {counted[field, kind]}"
        parts.append(f"{digest} {name}")
    return tuple(parts)


def marked(text: str, fingerprint: Iterable[str]) -> str:
    """The text of a file, whose front matter says what it was made from; nothing else in it changes."""
    lines = text.split("\n")
    end = next(number for number, line in enumerate(lines) if number and line.rstrip() in ("---", "..."))
    kept: list[str] = []
    inside = False
    for line in lines[1:end]:
        inside = line.startswith(f"{FIELD}:") or (inside and (line.startswith((" ", "\t")) or not line.strip()))
        kept += [] if inside else [line]
    return "\n".join([lines[0], *kept, *_lines(packed(fingerprint)), *lines[end:]])


def _lines(value: str) -> list[str]:
    lines = [f"{FIELD}: >-"]
    line = " "
    for word in value.split():
        if len(line) + len(word) >= _WIDTH:
            lines.append(line)
            line = " "
        line += f" {word}"
    return [*lines, line] if line.strip() else lines
