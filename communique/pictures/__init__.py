"""Pictures: the variants of photographs and drawings, and the social cards. Pillow is loaded when one is made."""

from communique.pictures.card import card
from communique.pictures.typesetting.faces import missing_glyphs
from communique.pictures.variants import Variant, Variants, scrub, variants

__all__ = ["CARD_RECIPE", "RECIPE", "Variant", "Variants", "card", "missing_glyphs", "scrub", "variants"]

RECIPE: str
CARD_RECIPE: str


def __getattr__(name: str) -> str:
    """The recipes, made when they are asked for, since they need Pillow."""
    if name not in ("RECIPE", "CARD_RECIPE"):
        raise AttributeError(name)
    from communique.pictures.recipes import card_recipe, recipe

    return recipe() if name == "RECIPE" else card_recipe()
