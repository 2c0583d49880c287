"""The typefaces that ship with the engine: which one draws a character, and how wide it is."""

import struct
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FONTS = Path(__file__).parent.parent / "fonts"
MEASURE = 256
IGNORABLE = ("Cc", "Cf", "Cs")
JOIN_CONTROLS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Face:
    """A font file, and the size of its letters beside those of the leading face."""

    file: str
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Voice:
    """How one part of a card speaks: its faces, the first choice first, and the distance of its lines in ems."""

    faces: tuple[Face, ...]
    leading: float


OTHERS = (Face("serif-greek-cyrillic.ttf"), Face("hebrew.ttf"), Face("arabic.ttf"))
SERIF = Voice((Face("serif.otf"), *OTHERS, Face("chinese.otf", 0.94), Face("sans.otf", 0.9)), 1.14)
SANS = Voice((Face("sans.otf"), Face("chinese.otf", 1.04), *OTHERS[1:], Face("serif.otf"), OTHERS[0]), 1.4)
CHINESE = Voice((Face("chinese.otf"), Face("sans.otf", 0.96), *OTHERS[1:], Face("serif.otf"), OTHERS[0]), 1.34)


def cleaned(text: str) -> str:
    """The text on one line, composed, without the characters that have neither ink nor width."""
    text = unicodedata.normalize("NFC", text)
    text = "".join(
        char
        for char in "".join(" " if char.isspace() and char != "\xa0" else char for char in text)
        if char in JOIN_CONTROLS or unicodedata.category(char) not in IGNORABLE and not "\ufe00" <= char <= "\ufe0f"
    )
    return " ".join(part for part in text.split(" ") if part)


def missing_glyphs(text: str) -> frozenset[str]:
    """The characters of a text that no face holds: a card shows a crossed box in their place."""
    held = frozenset().union(*(characters(face.file) for face in SERIF.faces))
    return frozenset(char for char in cleaned(text) if ord(char) not in held and char not in JOIN_CONTROLS)


@lru_cache(maxsize=None)
def characters(file: str) -> frozenset[int]:
    """The code points for which a font has a glyph, as its `cmap` table says."""
    data = (FONTS / file).read_bytes()
    tables = {data[at : at + 4]: struct.unpack_from(">L", data, at + 8)[0] for at in range(12, 12 + 16 * data[5], 16)}
    start = tables[b"cmap"]
    found: set[int] = set()
    for number in range(struct.unpack_from(">H", data, start + 2)[0]):
        at = start + struct.unpack_from(">L", data, start + 8 + 8 * number)[0]
        if struct.unpack_from(">H", data, at)[0] == 12:
            for group in range(struct.unpack_from(">L", data, at + 12)[0]):
                first, last = struct.unpack_from(">LL", data, at + 16 + 12 * group)
                found.update(range(first, last + 1))
        else:
            size = struct.unpack_from(">H", data, at + 6)[0]
            ends = struct.unpack_from(f">{size // 2}H", data, at + 14)
            starts = struct.unpack_from(f">{size // 2}H", data, at + 16 + size)
            for first, last in zip(starts, ends, strict=True):
                found.update(range(first, last + 1))
    return frozenset(found) - {0xFFFF}


@lru_cache(maxsize=None)
def font(file: str, size: int) -> "FreeTypeFont":
    """A font at a size in pixels. Plain layout: the same with and without the optional text engines."""
    from PIL import ImageFont

    return ImageFont.truetype(FONTS / file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8192)
def face_of(word: str, voice: Voice) -> Face | None:
    """The first face that holds all characters of a word."""
    for face in voice.faces:
        held = characters(face.file)
        if all(ord(char) in held for char in word):
            return face
    return None


@lru_cache(maxsize=8192)
def width(text: str, face: Face) -> float:
    """The width of a text in ems."""
    return font(face.file, MEASURE).getlength(text) / MEASURE * face.scale
