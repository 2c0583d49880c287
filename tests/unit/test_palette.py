"""The colours that a site chooses: whatever they are, its pages can be read, on light paper and on dark."""

from itertools import product

import pytest
from support import built

from communique.palette import DARK_PAPERS, LEAST, LIGHT_PAPERS, contrast, in_the_dark, mended, readable

SITE = """\
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en]
timezone: Europe/London
partner_kinds: [university, company]
"""
ALL = ["#" + "".join(parts) for parts in product(("00", "55", "aa", "ff"), repeat=3)]


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ff0000", "#0000ff") == pytest.approx(2.15, abs=0.01)


@pytest.mark.parametrize("colour", ALL)
def test_any_colour_can_be_read_in_both_themes(colour: str) -> None:
    light = mended("accent", colour, {"accent": colour})
    assert min(contrast(light, paper) for paper in LIGHT_PAPERS.values()) >= LEAST
    dark = in_the_dark({"accent": light})["accent"]
    assert min(contrast(dark, paper) for paper in DARK_PAPERS) >= LEAST


@pytest.mark.parametrize(("ink", "paper"), list(zip(ALL, reversed(ALL), strict=True))[::3])
def test_any_ink_can_be_read_on_any_paper(ink: str, paper: str) -> None:
    chosen = {"ink": ink, "paper": paper, "shade": paper}
    chosen |= {name: mended(name, chosen[name], chosen) for name in ("paper", "shade")}
    assert contrast(mended("ink", ink, chosen), chosen["paper"]) >= LEAST


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("#0b5c5f", ["#ffffff"]) == "#0b5c5f"


def test_the_style_sheet_carries_the_colours_and_their_lighter_forms() -> None:
    sheet = built(SITE + "colours: {accent: '#7a2b4d', band: '#eeeeee'}\n").files["style.css"].decode()
    light, _, dark = sheet.rpartition("(prefers-color-scheme:dark)")
    assert "--accent:#7a2b4d" in light.rpartition("(prefers-color-scheme:light)")[2]
    assert f"--accent:{in_the_dark({'accent': '#7a2b4d'})['accent']}" in dark
    assert "--band:#eeeeee" in light
    assert "band" not in dark


def test_what_cannot_be_read_is_mended_and_told() -> None:
    whole = built(SITE + "colours:\n  accent: '#e8b923'\n")
    told = [problem for problem in whole.problems if problem.code == "W201"]
    assert [(problem.place.line, problem.place.column) for problem in told] == [(7, 11)]
    mended_colour = told[0].help.split("`")[1]
    assert contrast(mended_colour, "#ffffff") >= LEAST
    assert f"--accent:{mended_colour}" in whole.files["style.css"].decode()
