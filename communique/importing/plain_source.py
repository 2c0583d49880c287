"""From plain text to a manuscript: paragraphs, lists and addresses as people type them."""

import re
from collections import Counter
from itertools import groupby

from communique.importing.html_source import remarks_on_signs
from communique.importing.manuscript import Block, Heading, Line, Manuscript, Paragraph, Run, tidy
from communique.importing.signs import clean, collapse

# a line that is at least so long was broken by a program, not by the writer
WRAPPED = 50

_BULLET = re.compile(r"\s*(?:[•▪◦‣●■·\uf0b7]\s*|[*–-]\s+)(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)|\s*(\d{1,3})、(?=\S)")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,}|~{3,})\s*")
_ADDRESS = re.compile(r"https?://[^\s<>\"“”‘’，。；：！？）】》、]+")
_HAN = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def read_plain(text: str) -> Manuscript:
    """The manuscript in a plain text."""
    signs: Counter[str] = Counter()
    lines = clean(text.replace("\f", "\n\n"), signs).split("\n")
    groups = [list(group) for filled, group in groupby(lines, key=lambda line: bool(line.strip())) if filled]
    if len(groups) <= 1 and groups and max(map(len, groups[0])) > 2 * WRAPPED:
        # no blank lines: each line is a paragraph
        groups = [[line] for line in groups[0]]
    blocks: list[Block] = []
    for group in groups:
        for piece in _pieces(group):
            blocks.append(_block(piece, len(blocks) + 1))
    return Manuscript(tuple(blocks), remarks=tuple(remarks_on_signs(signs)))


def _pieces(group: list[str]) -> list[list[str]]:
    """The lines between two blank ones, divided before each item of a list."""
    if len(group) > 1 and _UNDERLINE.fullmatch(group[1]):
        return [group[:2], *_pieces(group[2:])] if group[2:] else [group]
    pieces: list[list[str]] = []
    for line in group:
        if not pieces or _BULLET.match(line) or _NUMBER.match(line):
            pieces.append([line])
        else:
            pieces[-1].append(line)
    return pieces


def _block(lines: list[str], number: int) -> Block:
    if len(lines) == 2 and _UNDERLINE.fullmatch(lines[1]):
        return Heading(_line(lines[0]), 1 if "=" in lines[1] else 2, number)
    return Paragraph(_line(_joined(lines)), "", number)


def _joined(lines: list[str]) -> str:
    wrapped = all(len(line.strip()) + _HAN_WIDTH * len(_HAN.findall(line)) >= WRAPPED for line in lines[:-1])
    text = lines[0].strip()
    for line in (line.strip() for line in lines[1:]):
        if not wrapped:
            text += "\n" + line
        elif _HAN.match(text[-1]) and _HAN.match(line[0]):
            text += line
        else:
            text += " " + line
    return text


# a Chinese character is as wide as two letters
_HAN_WIDTH = 1


def _line(text: str) -> Line:
    parts = []
    done = 0
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(".,;:!?)'’")
        parts += [Run(text[done : match.start()]), Run(address, link=address)]
        done = match.start() + len(address)
    parts.append(Run(text[done:]))
    return tidy(Run("\n".join(collapse(piece) for piece in part.text.split("\n")), link=part.link) for part in parts)
