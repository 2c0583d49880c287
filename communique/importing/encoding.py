"""The encoding of a text file: stated, certain, or guessed with a note."""

import codecs
import re

from communique.importing.notes import Refused, Remark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_STATED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_CHECK = "see whether all letters are right; if not, save the document as UTF-8 and import it again"


def read_text(data: bytes, *, html: bool = False) -> tuple[str, list[Remark]]:
    """The text of a file with plain line ends, and a remark where its encoding is a guess. Raises Refused."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            try:
                return _plain_ends(data.decode(codec)), []
            except UnicodeDecodeError:
                raise Refused(f"the file begins as {name} text but is damaged", "save it again as UTF-8") from None
    if b"\0" in data:
        raise Refused("the file is no text: it holds binary data", "save it as .docx, or as text with encoding UTF-8")
    try:
        return _plain_ends(data.decode("utf-8")), []
    except UnicodeDecodeError:
        pass
    stated = _STATED.search(data[:4096]) if html else None
    if stated:
        try:
            return _plain_ends(data.decode(codecs.lookup(stated[1].decode("ascii")).name)), []
        except (LookupError, UnicodeDecodeError, UnicodeEncodeError):
            pass
    text, name = _guessed(data)
    message = f"the file is not UTF-8; it was read as {name}, which is a guess"
    return _plain_ends(text), [Remark("encoding", message, _CHECK)]


def _guessed(data: bytes) -> tuple[str, str]:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    foreign = [sign for sign in text if sign > "\x7f"]
    # letters of Western Europe read as GB18030 give rare characters, which GB2312 does not have
    if foreign and sum(_common(sign) for sign in foreign) >= 0.95 * len(foreign):
        return text, "GB18030 (Chinese)"
    try:
        return data.decode("cp1252"), "Windows-1252 (Western European)"
    except UnicodeDecodeError:
        raise Refused(
            "the encoding of the file cannot be told", "open it in its program and save it with the encoding UTF-8"
        ) from None


def _common(sign: str) -> bool:
    try:
        return len(sign.encode("gb2312")) == 2
    except UnicodeEncodeError:
        return False


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
