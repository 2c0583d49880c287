"""The words that a reader or a machine finds in a file, whatever its format."""

import html
import json
import re
from collections.abc import Iterator
from urllib.parse import unquote

from communique.scripts import UNSPACED

# a large text is read in parts that overlap
WINDOW, OVERLAP = 1 << 18, 1 << 12
LIMIT_JSON = 8 * 1024 * 1024
_WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
# each ends at the next sign of its kind, so that no text is read more than twice
_TAGS = re.compile(r"<[^<>]*>")
_ATTRIBUTES = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
# in files of other formats: ASCII, UTF-16, and signs beyond ASCII in UTF-8
_PRINTED = re.compile(rb"[ -~]{6,}")
_WIDE = re.compile(rb"(?:[ -~]\0){6,}")
_SIGNS = re.compile(rb"(?:[\xe3-\xe9][\x80-\xbf]{2}){5,}")
_TEXTUAL = (
    ".html",
    ".htm",
    ".xml",
    ".json",
    ".txt",
    ".css",
    ".js",
    ".svg",
    ".md",
    ".csv",
    "_redirects",
    ".htaccess",
    ".yaml",
    ".yml",
    ".vtt",
    ".srt",
    ".ics",
    ".vcf",
    ".rtf",
    ".tsv",
    ".xhtml",
    ".webmanifest",
    ".opf",
    ".ncx",
    ".rels",
)


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters; among scripts without spaces every sign is a word."""
    return _WORDS.findall(text.casefold())


def texts_in(path: str, data: bytes) -> Iterator[str]:
    """The texts in a file: without tags, of attributes, decoded."""
    if not path.lower().endswith(_TEXTUAL):
        # words in the metadata of pictures and documents
        for start in _windows(len(data)):
            part = data[start : start + WINDOW]
            yield " ".join(each.decode("latin-1") for each in _PRINTED.findall(part))
            rest = [each.decode("utf-16-le") for each in _WIDE.findall(part)]
            rest += [each.decode("utf-8", "replace") for each in _SIGNS.findall(part)]
            if rest:
                yield "\n".join(rest)
        return
    text = _decoded(data)
    if path.lower().endswith(".json") and len(data) < LIMIT_JSON:
        try:
            yield from _parts(" ".join(_strings(json.loads(text))))
            return
        except (ValueError, RecursionError):
            pass
    for window in _parts(text):
        escaped = "\\u" in window
        words = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), window) if escaped else window
        yield html.unescape(html.unescape(_TAGS.sub(" ", words)))
        yield "\n".join(unquote(html.unescape(first or second)) for first, second in _ATTRIBUTES.findall(words))


def _windows(size: int) -> range:
    return range(0, max(size - OVERLAP, 1), WINDOW - OVERLAP)


def _parts(text: str) -> Iterator[str]:
    for start in _windows(len(text)):
        yield text[start : start + WINDOW]


def _decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in the encodings that older programs write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:400]:
        big = data[:400:2].count(0) > data[1:400:2].count(0)
        return data.decode("utf-16-be" if big else "utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _strings(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, each in value.items():
                yield str(key)
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case str():
            yield html.unescape(_TAGS.sub(" ", value))
