"""Colours: from whatever profile a picture has to sRGB, which is what a picture without a profile means."""

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

SPACES = {"L": "GRAY", "RGB": "RGB", "RGBA": "RGB", "CMYK": "CMYK"}


def in_srgb(image: "Image", profile: bytes) -> "Image":
    """The picture in sRGB as L, RGB or RGBA. A profile that is broken or of another kind of picture is passed over."""
    from PIL import ImageCms

    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            fits = own.profile.xcolor_space.strip() == SPACES[image.mode]
            if fits and "sRGB" not in (own.profile.profile_description or ""):
                return _transformed(image, own)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _transformed(image: "Image", profile: object) -> "Image":
    from PIL import ImageCms

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    plain = image.convert("RGB") if alpha else image
    converted = ImageCms.profileToProfile(
        plain,
        profile,  # type: ignore[arg-type]
        ImageCms.createProfile("sRGB"),
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        outputMode="RGB",
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    assert converted is not None
    if alpha:
        converted.putalpha(alpha)
    return converted
