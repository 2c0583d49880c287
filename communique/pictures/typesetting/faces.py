"""The typefaces that ship with the engine: which one draws a character, and how wide it is."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import as_file
from typing import TYPE_CHECKING

from communique.pictures.typesetting.tables import shipped, tables

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

MEASURE = 1000
IGNORABLE = ("Cc", "Cf", "Cs")
JOIN_CONTROLS = "\u200c\u200d"
# all but those that are surely kept: printable ASCII, what follows it in Unicode up to the marks, and Han
ODD = re.compile("[^ -~\xa0-\xac\xae-\u02ff\u4e00-\u9fff]")
VARIATION = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """A font file, and the size of its letters beside those of the leading face."""

    file: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Voice:
    """How one part of a card speaks: its faces, the first choice first, and the distance of its lines in ems.

    `tracking` is the space in ems that the letters of the first face get beside their own.
    """

    faces: tuple[Face, ...]
    leading: float
    tracking: float = 0.0


BOX = "chinese.otf"
OTHERS = (Face("serif-greek-cyrillic.ttf"), Face("hebrew.ttf", 0.94), Face("arabic.ttf"))
SERIF = Voice((Face("serif.otf"), *OTHERS, Face("chinese.otf", 0.92), Face("sans.otf", 0.9)), 1.14)
HEADLINE = replace(SERIF, tracking=-0.01)
SANS = Voice((Face("sans.otf"), Face("chinese.otf", 1.04), *OTHERS[1:], Face("serif.otf"), OTHERS[0]), 1.4)
CHINESE = Voice((Face("chinese.otf"), Face("sans.otf", 0.96), *OTHERS[1:], Face("serif.otf"), OTHERS[0]), 1.34)


def cleaned(text: str) -> str:
    """The text on one line, composed, without the characters that have neither ink nor width."""
    composed = ODD.sub(lambda odd: _kept(odd[0]), unicodedata.normalize("NFC", text))
    return re.sub("  +", " ", composed).strip(" ")


def _kept(char: str) -> str:
    if char.isspace():
        return " "
    ignored = char not in JOIN_CONTROLS and (unicodedata.category(char) in IGNORABLE or VARIATION.match(char))
    return "" if ignored else char


def missing_glyphs(text: str) -> frozenset[str]:
    """The characters of a text that no face holds: a card shows a crossed box in their place."""
    return frozenset(
        char
        for char in cleaned(text)
        if char not in JOIN_CONTROLS and not any(holds(face.file, char) for face in SERIF.faces)
    )


def holds(file: str, char: str) -> bool:
    """Whether a font has a glyph for a character."""
    return ord(char) in tables(file).glyphs


@cache
def font(file: str, size: int) -> "FreeTypeFont":
    """A font at a size in pixels. Plain layout: the same with and without the optional text engines."""
    from PIL import ImageFont

    with as_file(shipped("fonts", file)) as path:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def face_of(word: str, voice: Voice) -> Face | None:
    """The first face that holds all characters of a word."""
    codes = frozenset(map(ord, word))
    return next((face for face in voice.faces if codes <= tables(face.file).glyphs.keys()), None)


@lru_cache(maxsize=8192)
def width(char: str, face: Face) -> float:
    """The width of a character in ems."""
    return font(face.file, MEASURE).getlength(char) / MEASURE * face.scale
