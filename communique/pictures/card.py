"""The social card: what a chat or a timeline shows of an announcement. Type alone, in the manner of the site."""

from collections.abc import Sequence
from functools import lru_cache

from communique.pictures.typesetting.arabic import shape
from communique.pictures.typesetting.bidi import reads_leftwards
from communique.pictures.typesetting.breaking import Block, Column, fit, fit_whole
from communique.pictures.typesetting.faces import CHINESE, HEADLINE, SANS, SERIF, Voice, cleaned
from communique.pictures.typesetting.lines import Line, set_line
from communique.pictures.typesetting.sheet import Ink, Sheet

WIDTH, HEIGHT = 1200, 630
MARGIN = 80
MEASURE = WIDTH - 2 * MARGIN
BAR = 14
MASTHEAD = 96
DOUBLE_RULE = 126
FOOT = 574
HEADLINE_SIZES = (92, 84, 76, 68, 62, 56, 50, 44)
SITE_SIZES = (36, 33, 30)
DETAIL_SIZES = (28, 26)
DATE_SIZE = 26
LONGEST_DATE = MEASURE // 2
BREATH = 90
LONGEST = 400
MOST_NAMES = 12


class Card:
    """A card while it is drawn: the sheet, the voices of its language and the side where its lines begin."""

    def __init__(self, accent: str, language: str, leftwards: bool) -> None:
        chinese = language.split("-")[0].lower() in ("zh", "ja")
        self._name, self._headline, self._details = (CHINESE,) * 3 if chinese else (SERIF, HEADLINE, SANS)
        self._leftwards = leftwards
        inks = {"ink": Ink("#152028", 8), "soft": Ink("#4d5d67", 5), "line": Ink("#cfd8dc"), "accent": Ink(accent)}
        self._sheet = Sheet(WIDTH, HEIGHT, "#ffffff", inks)
        self._sheet.rule(0, 0, WIDTH, BAR, "accent")

    def masthead(self, site: str, date: str) -> None:
        """The name of the site and the date, over the double rule of the site."""
        day = fit(date, self._details, Column(LONGEST_DATE, 1, (DATE_SIZE,)))
        taken = 0.0
        for text in day.lines:
            line = self._line(text, self._details)
            self._write(line, MASTHEAD, DATE_SIZE, "soft", at_end=True)
            taken = line.width * DATE_SIZE + MARGIN / 2
        name = fit(site, self._name, Column(MEASURE - taken, 1, SITE_SIZES))
        for text in name.lines:
            self._write(self._line(text, self._name), MASTHEAD, name.size, "ink")
        self._sheet.rule(MARGIN, DOUBLE_RULE, MEASURE, 2, "line")
        self._sheet.rule(MARGIN, DOUBLE_RULE + 5, MEASURE, 2, "line")

    def partners(self, names: Sequence[str]) -> int:
        """The partners under a hairline at the foot; gives the height where they begin."""
        if not names:
            return HEIGHT - MARGIN // 2
        block = _joined(tuple(names), self._details)
        pitch = round(block.size * self._details.leading)
        first = FOOT - pitch * (len(block.lines) - 1)
        for number, line in enumerate(block.lines):
            self._write(self._line(line, self._details), first + number * pitch, block.size, "soft")
        self._sheet.rule(MARGIN, first - 54, MEASURE, 2, "line")
        return first - 54

    def headline(self, title: str, bottom: int, names: Sequence[str]) -> None:
        """The title between the rules, as large as they allow."""
        top = DOUBLE_RULE + 7
        voice = self._headline
        block = fit(title, voice, Column(MEASURE, bottom - top - BREATH, HEADLINE_SIZES), names)
        pitch = round(block.size * voice.leading)
        ascent = 0.72 * block.size
        free = bottom - top - ascent - pitch * (len(block.lines) - 1)
        first = round(top + free * 0.46 + ascent)
        for number, line in enumerate(block.lines):
            self._write(self._line(line, voice), first + number * pitch, block.size, "ink")

    def png(self) -> bytes:
        """The finished card."""
        return self._sheet.png()

    def _line(self, text: str, voice: Voice) -> Line:
        return set_line(text, voice, self._leftwards)

    def _write(self, line: Line, baseline: int, size: int, ink: str, at_end: bool = False) -> None:
        left = WIDTH - MARGIN - line.width * size if at_end != self._leftwards else MARGIN
        self._sheet.text(line, left, baseline, size, ink)


def card(title: str, partners: Sequence[str], site: str, date: str, *, accent: str, language: str) -> bytes:
    """A PNG of 1200 by 630 pixels. `accent` is `#rrggbb`; titles that read from the right are set from the right."""
    title, site, date = (_letters(text) for text in (title, site, date))
    names = [name for name in map(_letters, partners) if name]
    drawn = Card(accent, language, reads_leftwards(title))
    drawn.masthead(site, date)
    drawn.headline(title, drawn.partners(names), names)
    return drawn.png()


@lru_cache(maxsize=1024)
def _letters(text: str) -> str:
    return cleaned(shape(cleaned(text[:LONGEST])))


@lru_cache(maxsize=256)
def _joined(names: tuple[str, ...], voice: Voice) -> Block:
    """The names in two lines at most, unbroken; those for which there is no room are counted."""
    column = Column(MEASURE, 2 * DETAIL_SIZES[0] * voice.leading, DETAIL_SIZES)
    for shown in range(min(len(names), MOST_NAMES), 0, -1):
        rest = [f"+{len(names) - shown}"] if shown < len(names) else []
        text = "\xa0· ".join([*names[:shown], *rest])
        block = fit_whole(text, voice, column, names)
        if block:
            return block
    return fit(text, voice, column, names)
