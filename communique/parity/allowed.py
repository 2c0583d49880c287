"""Allowing: comments that say why a translation differs from its original, and the lines for which they say so."""

import re
from collections.abc import Iterator, Sequence

from communique.parity.differences import Difference
from communique.parity.text import Text

_COMMENT = re.compile(r"<!--\s*allow\s+parity\b\s*:?(?P<reason>(?:[^-<]|-(?!->)|<(?!!--))*)-->")
# in front matter, outside a text of several lines, it is a comment of YAML
_YAML = re.compile(r"^[ \t]*#\s*allow\s+parity\b\s*:?(?P<reason>.*)$", re.MULTILINE)
_BLOCK = re.compile(r"[^:\n]*:[ \t]*[|>][-+\d]*[ \t]*")


def allowed_lines(text: Text) -> tuple[frozenset[int], tuple[Difference, ...]]:
    """The lines on which a translation may differ, and the comments that give no reason."""
    lines: set[int] = set()
    faults = []
    for source, first, patterns in ((text.header, 1, (_COMMENT, _YAML)), (text.body, text.body_line, (_COMMENT,))):
        typed = source.split("\n")
        for pattern in patterns:
            line, done = 0, 0
            for match in pattern.finditer(source):
                line += source.count("\n", done, match.start())
                done = match.start()
                if match["reason"].strip():
                    lines.update(first + number for number in _reach(typed, line, match[0].count("\n") + 1))
                else:
                    column = match.start() - source.rfind("\n", 0, match.start())
                    help = "write it as `<!-- allow parity: the partner wants it so -->`"
                    faults.append(Difference(first + line, column, "allow", "here is no reason to differ", help))
    return frozenset(lines), tuple(faults)


def _reach(typed: Sequence[str], line: int, length: int) -> Iterator[int]:
    """The lines of a comment and the next one that is not blank; where that is a field with its text below it, the
    text, too."""
    following = line + length
    while following < len(typed) and not typed[following].strip():
        following += 1
    yield from (*range(line, line + length), following)
    if following < len(typed) and _BLOCK.fullmatch(typed[following]):
        indent = _indent(typed[following])
        for number in range(following + 1, len(typed)):
            if typed[number].strip() and _indent(typed[number]) <= indent:
                return
            yield number


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
