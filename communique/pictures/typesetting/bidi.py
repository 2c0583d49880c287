"""Right-to-left text: from the order of reading to the order on the line.

This is the Unicode bidirectional algorithm for single lines without explicit controls, which are removed before.
"""

from itertools import groupby
from unicodedata import bidirectional, mirrored

MIRROR = dict(zip("()[]{}<>«»‹›（）《》「」", ")(][}{><»«›‹）（》《」「", strict=True))
CLOSERS = dict(zip("([{（《「", ")]}）》」", strict=True))
SETTLED = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
LEFTWARD = frozenset(("R", "AL", "AN"))
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def reads_leftwards(text: str) -> bool:
    """Whether the first letter with a direction goes from right to left."""
    return next((STRONG[kind] == "rtl" for kind in map(bidirectional, text) if kind in STRONG), False)


def visual(text: str, leftwards: bool) -> str:
    """One line of text in the order in which it is drawn, from left to right."""
    if not leftwards and LEFTWARD.isdisjoint(map(bidirectional, text)):
        return text
    levels = _levels(text, 1 if leftwards else 0)
    order = [
        (MIRROR.get(char, char) if level % 2 and mirrored(char) else char, level)
        for char, level in zip(text, levels, strict=True)
    ]
    for level in range(max(levels, default=0), 0, -1):
        order = _turned(order, level)
    return "".join(char for char, _ in order)


def _turned(order: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    turned: list[tuple[str, int]] = []
    for deep, group in groupby(order, lambda each: each[1] >= level):
        run = list(group)
        turned.extend(reversed(run) if deep else run)
    return turned


def _levels(text: str, base: int) -> list[int]:
    kinds = [bidirectional(char) or "L" for char in text]
    edge = "R" if base else "L"
    _resolve_numbers(kinds, edge)
    _resolve_brackets(text, kinds, edge)
    _resolve_neutrals(kinds, edge)
    deeper = {"L": base, "R": 1 - base, "EN": 2 - base, "AN": 2 - base}
    return [base + deeper[kind] for kind in kinds]


def _resolve_numbers(kinds: list[str], edge: str) -> None:
    strong = before = edge
    for place, kind in enumerate(kinds):
        if kind == "NSM":
            kinds[place] = kind = before
        elif kind == "EN" and strong == "AL":
            kinds[place] = kind = "AN"
        if kind in STRONG:
            strong = kind
        before = kind
    for place, kind in enumerate(kinds[1:-1], 1):
        around = {kinds[place - 1], kinds[place + 1]}
        if (kind in ("ES", "CS") and around == {"EN"}) or (kind == "CS" and around == {"AN"}):
            kinds[place] = kinds[place - 1]
    place = 0
    for kind, group in groupby(kinds[:]):
        size = sum(1 for _ in group)
        if kind == "ET" and "EN" in (kinds[max(place - 1, 0)], kinds[min(place + size, len(kinds) - 1)]):
            kinds[place : place + size] = ["EN"] * size
        place += size
    strong = edge
    for place, kind in enumerate(kinds):
        if kind in STRONG:
            strong = kinds[place] = "L" if kind == "L" else "R"
        elif kind == "EN" and strong == "L":
            kinds[place] = "L"


def _resolve_brackets(text: str, kinds: list[str], edge: str) -> None:
    """Both brackets of a pair go the way of the line if anything between them does, else that of what is before."""
    for opening, closing in _pairs(text, kinds):
        inside = {SETTLED[kind] for kind in kinds[opening:closing] if kind in SETTLED}
        if not inside:
            continue
        before = next((SETTLED[kind] for kind in reversed(kinds[:opening]) if kind in SETTLED), edge)
        kinds[opening] = kinds[closing] = edge if edge in inside else before


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    pairs = []
    waiting: list[tuple[str, int]] = []
    for place, char in enumerate(text):
        if kinds[place] != "ON":
            continue
        if char in CLOSERS:
            waiting.append((CLOSERS[char], place))
        elif any(closer == char for closer, _ in waiting):
            while waiting:
                closer, opening = waiting.pop()
                if closer == char:
                    pairs.append((opening, place))
                    break
    return sorted(pairs)


def _resolve_neutrals(kinds: list[str], edge: str) -> None:
    place = 0
    for neutral, group in groupby(kinds[:], lambda kind: kind not in SETTLED):
        size = sum(1 for _ in group)
        if neutral:
            before = SETTLED[kinds[place - 1]] if place else edge
            after = SETTLED[kinds[place + size]] if place + size < len(kinds) else edge
            kinds[place : place + size] = [before if before == after else edge] * size
        place += size
