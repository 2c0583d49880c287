"""Pictures: the variants of photographs and drawings, and the social cards. Pillow is loaded when one is made."""

from communique.pictures.card import card
from communique.pictures.typesetting.faces import missing_glyphs
from communique.pictures.variants import Variant, Variants, original, scrub, variants

__all__ = ["Variant", "Variants", "card", "missing_glyphs", "original", "scrub", "variants"]
