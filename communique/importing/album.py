"""The album: pictures found in a document, under the names that their files get."""

import base64
import binascii
import io
import re
import warnings
from collections.abc import Mapping
from urllib.parse import unquote_to_bytes

from communique.images import LIMIT_PIXELS, Unreadable, read_size
from communique.importing.manuscript import Picture
from communique.importing.notes import Remark, brief

CHECK_ALT = "CHECK: say what this picture shows"
LIMIT_PICTURES = 200

_ENDINGS = {
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"RIFF": "webp",
}
_DATA = re.compile(r"data:(?:[\w/+.-]*)(?:;[\w=.+-]+)*?(;base64)?,", re.IGNORECASE)
_MACHINE_ALT = re.compile(
    r"\s*(?:(?:AI-generated content|Description automatically generated)[^\n]*|图片包含[^\n]*|自动生成的说明[^\n]*)\s*",
    re.IGNORECASE,
)
_FILE_NAME_ALT = re.compile(
    r"\s*(?:(?:image|picture|grafik|图片|untitled|img)[ _-]?\d*|[\w -]+\.(?:png|jpe?g|gif|webp|tiff?|bmp|emf|wmf))\s*",
    re.IGNORECASE,
)
_DESCRIBE = "write between the square brackets what the picture shows, for those who do not see it"


class Album:
    """Takes pictures by their source and remembers what has to be said of them."""

    def __init__(self, enclosed: Mapping[str, bytes] | None = None) -> None:
        self.enclosed = dict(enclosed or {})
        self.files: dict[str, bytes] = {}
        self.remarks: list[Remark] = []

    def take(self, source: str, alt: str, block: int) -> Picture | None:
        """The picture of a source, or None after a remark that says why it is left out."""
        data = self._bytes(source)
        shown = brief(alt) or brief(source if len(source) < 200 else "inside the file")
        if data is None:
            self._leave_out(block, shown, f"its file `{brief(source)}` is not part of the document", "as `![…](name)`")
            return None
        if len(self.files) >= LIMIT_PICTURES:
            self._leave_out(block, shown, f"there are more than {LIMIT_PICTURES}", "")
            return None
        name = next((name for name, held in self.files.items() if held == data), "")
        if not name:
            data, ending = _publishable(data)
            if not ending:
                self._leave_out(block, shown, "its format cannot be shown on a page", "as PNG or JPEG")
                return None
            name = f"image-{len(self.files) + 1}.{ending}"
            self.files[name] = data
        return Picture(name, self._described(name, alt, block))

    def _bytes(self, source: str) -> bytes | None:
        if source in self.enclosed:
            return self.enclosed[source]
        match = _DATA.match(source)
        if not match:
            return None
        try:
            raw = unquote_to_bytes(source[match.end() :])
            return base64.b64decode(raw) if match[1] else raw
        except (binascii.Error, ValueError):
            return None

    def _leave_out(self, block: int, shown: str, why: str, how: str) -> None:
        help = f"put the picture beside the text and write it into the text {how}" if how else ""
        self.remarks.append(Remark("picture", f"the picture “{shown}” is left out: {why}", help, block))

    def _described(self, name: str, alt: str, block: int) -> str:
        own = " ".join(_MACHINE_ALT.sub(" ", alt).split())
        if not own or _FILE_NAME_ALT.fullmatch(own):
            was = f"; “{brief(own)}” is no description" if own else ""
            self.remarks.append(Remark("alt", f"`{name}` has no description{was}: `CHECK` marks it", _DESCRIBE, block))
            return CHECK_ALT
        if own != " ".join(alt.split()):
            message = f"`{name}` is described by a machine: “{brief(own)}”"
            self.remarks.append(Remark("alt", message, "see whether that is what the picture shows", block))
        return own


def _publishable(data: bytes) -> tuple[bytes, str]:
    """The bytes as a browser can show them, and the ending of their name; no ending where that is not possible."""
    ending = next((ending for start, ending in _ENDINGS.items() if data.startswith(start)), "")
    if not ending and data[4:12] in (b"ftypavif", b"ftypavis"):
        ending = "avif"
    if ending:
        try:
            read_size(data)
        except Unreadable:
            return data, ""
        return data, ending
    return _converted(data)


def _converted(data: bytes) -> tuple[bytes, str]:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=("TIFF", "BMP")) as image:
                if image.width * image.height > LIMIT_PIXELS // 4:
                    return data, ""
                out = io.BytesIO()
                image.convert("RGBA" if "A" in image.getbands() else "RGB").save(out, "PNG")
    except Exception:
        # Pillow raises whatever its decoders meet in a broken file
        return data, ""
    return out.getvalue(), "png"
