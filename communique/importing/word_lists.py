"""Lists of a Word file: what each paragraph counts as, and the number that it shows, which Word does not write down."""

import re
from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from communique.importing.word_package import Package, q
from communique.importing.word_styles import Styles, value

LEVELS = 9
_NAMED = re.compile(r"List(?:Bullet|Number)([2-5])")
BULLETS, NUMBERS = "1", "2"

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
# the only two numberings that mammoth is shown
NUMBERING = f"<w:numbering {_SPACE}>" + "".join(
    f'<w:abstractNum w:abstractNumId="{id}">'
    + "".join(f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/></w:lvl>' for level in range(LEVELS))
    + "</w:abstractNum>"
    for id, form in ((BULLETS, "bullet"), (NUMBERS, "decimal"))
)
NUMBERING += "".join(f'<w:num w:numId="{id}"><w:abstractNumId w:val="{id}"/></w:num>' for id in (BULLETS, NUMBERS))
NUMBERING += "</w:numbering>"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: how it writes numbers, the pattern around them, the first number, its style."""

    form: str
    pattern: str
    start: int
    style: str


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph that counts: how deep it stands, its level, its number."""

    depth: int
    level: Level
    number: int


class Numbering:
    """Counts paragraphs as Word does, in the order in which they are asked for."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, str] = {}
        self._links: dict[str, str] = {}
        self._levels: dict[str, dict[str, Level]] = {}
        self._starts: dict[str, dict[str, int]] = defaultdict(dict)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for _, tree in package.trees("numbering"):
            for each in tree.iter(q("w:abstractNum")):
                id = each.get(q("w:abstractNumId"), "")
                self._levels[id] = {level.get(q("w:ilvl"), "0"): _level(level) for level in each.iter(q("w:lvl"))}
                self._links[id] = value(each, "w:numStyleLink")
            for each in tree.iter(q("w:num")):
                self._abstract[each.get(q("w:numId"), "")] = value(each, "w:abstractNumId")
                for override in each.iter(q("w:lvlOverride")):
                    start = value(override, "w:startOverride")
                    if start:
                        self._starts[each.get(q("w:numId"), "")][override.get(q("w:ilvl"), "0")] = _whole(start, 1)

    def item(self, properties: Element | None) -> Item | None:
        """What a paragraph with these properties counts as; None where it belongs to no list."""
        num, depth = self._place(properties)
        level = self._levels_of(num).get(depth)
        at = _whole(depth, 0)
        if level is None or level.form == "none" or at >= LEVELS:
            return None
        shown = max(at, self._depth_by_name(properties))
        if level.form == "bullet":
            return Item(shown, level, 0)
        # lists over one abstract numbering count on together, unless one says where it starts
        own = self._starts.get(num, {})
        counts = self._counts[num if own else self._abstract[num]]
        counts[at] = counts[at] + 1 if at in counts else own.get(depth, level.start)
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        return Item(shown, level, counts[at])

    def _depth_by_name(self, properties: Element | None) -> int:
        """How deep the styles `List Bullet 2`, `List Number 3` … stand, each of which has a numbering of its own."""
        named = _NAMED.fullmatch(value(properties, "w:pStyle")) if properties is not None else None
        return int(named[1]) - 1 if named else 0

    def _levels_of(self, num: str) -> dict[str, Level]:
        abstract = self._abstract.get(num, "")
        linked = self._styles.numbering.get(self._links.get(abstract, ""), ("", ""))[0]
        return self._levels.get(self._abstract.get(linked, "") or abstract, {})

    def _place(self, properties: Element | None) -> tuple[str, str]:
        if properties is None:
            return "", ""
        style = value(properties, "w:pStyle")
        num, depth = self._styles.numbering.get(style, ("", "0"))
        depth = next((depth for depth, level in self._levels_of(num).items() if level.style == style != ""), depth)
        own = properties.find(q("w:numPr"))
        if own is None:
            return num, depth
        return value(own, "w:numId") or num, value(own, "w:ilvl") or depth


def _level(level: Element) -> Level:
    form, pattern = value(level, "w:numFmt"), value(level, "w:lvlText")
    return Level(form, pattern, _whole(value(level, "w:start"), 1), value(level, "w:pStyle"))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
