"""The palette: colours of the design that a site may choose, and whether they can be read on its paper."""

import colorsys
from collections.abc import Iterable

ACCENT = "#0b5563"
# what the style sheet has where a site chooses nothing
LIGHT_PAPERS = {"paper": "#ffffff", "shade": "#f1f5f6"}
DARK_PAPERS = ("#11181d", "#1b252b")
LIGHT_INK = "#152028"
# what text needs by WCAG 2.2, with a little to spare for rounding
LEAST = 4.6
# light letters on dark paper look thinner
LEAST_IN_THE_DARK = 7.0
HUES = 8

_LETTERED = frozenset(("accent", "ink", "soft", "alert", "second", *(f"hue-{number}" for number in range(HUES))))
_STEPS = 200


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, papers: Iterable[str], least: float = LEAST) -> str:
    """The colour itself, or the nearest of its hue with enough contrast to all papers; black or white if there is
    none."""
    backgrounds = tuple(papers)
    if _fits(colour, backgrounds, least):
        return colour
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    for step in range(1, _STEPS + 1):
        for nearby in (lightness - step / _STEPS, lightness + step / _STEPS):
            if 0 <= nearby <= 1:
                tried = _written(colorsys.hls_to_rgb(hue, nearby, saturation))
                if _fits(tried, backgrounds, least):
                    return tried
    return max("#000000", "#ffffff", key=lambda each: min(contrast(each, paper) for paper in backgrounds))


def mended(name: str, colour: str, chosen: dict[str, str]) -> str:
    """The colour of this name, or the nearest that does what it is for beside the others that a site chose."""
    if name in LIGHT_PAPERS:
        return readable(colour, [chosen.get("ink", LIGHT_INK)])
    if name in _LETTERED:
        return readable(colour, [chosen.get(paper, usual) for paper, usual in LIGHT_PAPERS.items()])
    return colour


def in_the_dark(colours: dict[str, str]) -> dict[str, str]:
    """The colours of letters and signs for dark paper: those that a site chose, as light as they must be there."""
    named = {name: colour for name, colour in colours.items() if name in _LETTERED - {"ink", "soft"}}
    return {name: readable(_calmer(colour), DARK_PAPERS, LEAST_IN_THE_DARK) for name, colour in named.items()}


def _calmer(colour: str) -> str:
    """The colour with less of its hue: what is strong on white glares on black."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in _parts(colour)))
    return _written(colorsys.hls_to_rgb(hue, lightness, 0.6 * saturation))


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _fits(colour: str, papers: Iterable[str], least: float) -> bool:
    return all(contrast(colour, paper) >= least for paper in papers)


def _luminance(colour: str) -> float:
    red, green, blue = (
        part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in _parts(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
