"""Numbered lists of a Word file: the number that each paragraph shows, which Word does not write down."""

from collections import defaultdict
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from communique.importing.word_package import Package, q
from communique.importing.word_styles import Styles, value


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering: how it writes numbers, the pattern around them, the first number."""

    form: str
    pattern: str
    start: int


class Numbering:
    """Counts paragraphs as Word does, in the order in which they are asked for."""

    def __init__(self, package: Package, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, str] = {}
        self._levels: dict[str, dict[str, Level]] = {}
        self._starts: dict[str, dict[str, int]] = defaultdict(dict)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for _, tree in package.trees("numbering"):
            for each in tree.iter(q("w:abstractNum")):
                self._levels[each.get(q("w:abstractNumId"), "")] = {
                    level.get(q("w:ilvl"), "0"): _level(level) for level in each.iter(q("w:lvl"))
                }
            for each in tree.iter(q("w:num")):
                self._abstract[each.get(q("w:numId"), "")] = value(each, "w:abstractNumId")
                for override in each.iter(q("w:lvlOverride")):
                    start = value(override, "w:startOverride")
                    if start:
                        self._starts[each.get(q("w:numId"), "")][override.get(q("w:ilvl"), "0")] = _whole(start, 1)

    def number(self, properties: Element | None) -> tuple[Level, int] | None:
        """The level of a paragraph with these properties and its number; None where it has none."""
        num, depth = self._place(properties)
        level = self._levels.get(self._abstract.get(num, ""), {}).get(depth)
        if level is None or level.form in ("bullet", "none"):
            return None
        # lists over one abstract numbering count on together, unless one says where it starts
        own = self._starts.get(num, {})
        counts = self._counts[num if own else self._abstract[num]]
        at = _whole(depth, 0)
        counts[at] = counts[at] + 1 if at in counts else own.get(depth, level.start)
        for deeper in [other for other in counts if other > at]:
            del counts[deeper]
        return level, counts[at]

    def _place(self, properties: Element | None) -> tuple[str, str]:
        if properties is None:
            return "", ""
        by_style = self._styles.numbering.get(value(properties, "w:pStyle"), ("", "0"))
        own = properties.find(q("w:numPr"))
        if own is None:
            return by_style
        return value(own, "w:numId") or by_style[0], value(own, "w:ilvl") or by_style[1]


def _level(level: Element) -> Level:
    return Level(value(level, "w:numFmt"), value(level, "w:lvlText"), _whole(value(level, "w:start"), 1))


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else otherwise
