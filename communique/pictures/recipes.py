"""What the bytes of pictures depend on beside what goes in: part of the key of any cache of them."""

from functools import lru_cache
from zlib import crc32

from communique.pictures.typesetting.faces import CHINESE
from communique.pictures.typesetting.tables import shipped

VARIANTS_EDITION = 1
CARD_EDITION = 1


@lru_cache(maxsize=1)
def recipe() -> str:
    """The edition of the variants, and of the libraries that read and write pictures."""
    libraries = ("libjpeg_turbo", "jpg", "webp", "avif", "zlib_ng", "zlib", "littlecms2")
    return f"variants {VARIANTS_EDITION}, {_versions(*libraries)}"


@lru_cache(maxsize=1)
def card_recipe() -> str:
    """The edition of the card, of the libraries that draw it, and of its fonts and words."""
    digest = 0
    fonts = [shipped("fonts", file) for file in sorted(face.file for face in CHINESE.faces)]
    for file in (*fonts, shipped("words", "chinese.txt")):
        digest = crc32(file.read_bytes(), digest)
    return f"card {CARD_EDITION}, {_versions('freetype2', 'zlib_ng', 'zlib')}, fonts {digest:08x}"


def _versions(*names: str) -> str:
    import PIL
    from PIL import features

    # Pillow knows libjpeg-turbo and zlib-ng as features, and what they stand in for as codecs
    versions = {name: features.version(name) for name in names}
    return ", ".join((f"pillow {PIL.__version__}", *(f"{name} {version}" for name, version in versions.items())))
