"""The parts of a Word file, opened with care: it is a zip of XML, and may come from anybody."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from communique.importing.notes import Refused

LIMIT_ENTRIES = 3_000
LIMIT_BYTES = 200 * 1024 * 1024
LIMIT_XML_BYTES = 20 * 1024 * 1024
LIMIT_ELEMENTS = 200_000
LIMIT_DEPTH = 60

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
_ZIP = b"PK\x03\x04"
_SAVE = "open it in Word and save it as a Word document (.docx)"
REPAIR = "open it in Word, let it repair the file, save it"
_STRICT = "http://purl.oclc.org/ooxml/"
_TRANSITIONAL = {
    _STRICT + "wordprocessingml/main": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    _STRICT + "officeDocument/relationships": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    _STRICT + "officeDocument/math": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    _STRICT + "drawingml/main": "http://schemas.openxmlformats.org/drawingml/2006/main",
    _STRICT + "drawingml/picture": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    _STRICT + "drawingml/wordprocessingDrawing": (
        "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
    ),
}
_PREFIXES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "rels": "http://schemas.openxmlformats.org/package/2006/relationships",
    "types": "http://schemas.openxmlformats.org/package/2006/content-types",
}


def q(name: str) -> str:
    """A name with prefix, as `w:p`, in the form of ElementTree."""
    prefix, _, local = name.partition(":")
    return f"{{{_PREFIXES[prefix]}}}{local}"


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file: all parts by name, and the names of those that hold text. `related` gives the parts that the main
    document uses, by the last word of their type."""

    parts: Mapping[str, bytes]
    document: str
    related: Mapping[str, tuple[str, ...]]

    def trees(self, *kinds: str) -> Iterator[tuple[str, Element]]:
        """The related parts of these kinds, parsed."""
        for kind in kinds:
            for name in self.related.get(kind, ()):
                yield name, read_xml(self.parts[name])


def open_package(data: bytes) -> Package:
    """The parts of a Word file, unpacked within limits. Raises Refused."""
    if data.startswith(_OLE):
        if _PROTECTED in data:
            raise Refused("the file is protected by a password", "open it in Word, take the password away, save it")
        raise Refused("the file is of the old Word format (.doc)", _SAVE)
    if not data.startswith(_ZIP):
        raise Refused("the file is no Word document, whatever its name says", _SAVE)
    parts = _unpacked(data)
    for name in parts:
        if name.endswith((".xml", ".rels")) and len(parts[name]) > LIMIT_XML_BYTES:
            raise Refused(f"`{name}` in the file is larger than {LIMIT_XML_BYTES // 2**20} MB")
    document = next(iter(_related(parts, "", "_rels/.rels").get("officeDocument", ())), "word/document.xml")
    if document not in parts:
        raise Refused("the file is a zip, but no Word document", _SAVE)
    return Package(parts, document, _related(parts, posixpath.dirname(document), relations_of(document)))


def read_xml(data: bytes) -> Element:
    """An XML part; a part with entities of its own or beyond all measure is refused. Raises Refused."""
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(data)
        root: Element = parser.close()
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Refused(f"the Word file is damaged: {error}", REPAIR) from None
    return root


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree with the names of the common format, within limits."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.elements = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise Refused("the Word file declares entities of its own, which no Word does", _SAVE)

    def start(self, tag: Any, attrs: dict[Any, Any]) -> Element:
        self.depth += 1
        self.elements += 1
        if self.depth > LIMIT_DEPTH or self.elements > LIMIT_ELEMENTS:
            raise Refused("the Word file is built too large or too deep", "copy the text into a new Word document")
        if _STRICT in tag or any(_STRICT in key for key in attrs):
            return super().start(_common(tag), {_common(key): value for key, value in attrs.items()})
        return super().start(tag, attrs)

    def end(self, tag: Any) -> Element:
        self.depth -= 1
        return super().end(_common(tag) if _STRICT in tag else tag)


def _common(name: str) -> str:
    space, brace, local = name.rpartition("}")
    return f"{{{_TRANSITIONAL.get(space[1:], space[1:])}{brace}{local}" if brace else name


def _unpacked(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > LIMIT_ENTRIES or sum(entry.file_size for entry in entries) > LIMIT_BYTES:
                most = f"{LIMIT_BYTES // 2**20} MB or {LIMIT_ENTRIES:,} parts"
                raise Refused(f"the file unpacks to more than {most}", "make its pictures smaller, and save it again")
            if any(entry.flag_bits & 0x1 for entry in entries):
                raise Refused("the file is protected by a password", "take the password away and save it")
            parts: dict[str, bytes] = {}
            for entry in entries:
                if entry.filename in parts:
                    raise Refused(f"the Word file is damaged: it holds `{entry.filename}` twice", _SAVE)
                parts[entry.filename] = b"" if entry.is_dir() else archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError, ValueError) as error:
        raise Refused(f"the Word file is damaged: {error}", REPAIR) from None
    return parts


def relations_of(part: str) -> str:
    """The name of the part that holds the relations of a part."""
    return posixpath.join(posixpath.dirname(part), "_rels", posixpath.basename(part) + ".rels")


def _related(parts: Mapping[str, bytes], folder: str, name: str) -> dict[str, tuple[str, ...]]:
    """The parts that relations lead to, by the last word of their type."""
    found: dict[str, tuple[str, ...]] = {}
    if name not in parts:
        return found
    for relation in read_xml(parts[name]).iter(q("rels:Relationship")):
        kind = relation.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
        if relation.get("TargetMode") != "External" and target in parts:
            found[kind] = (*found.get(kind, ()), target)
    return found
