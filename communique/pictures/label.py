"""What a picture says of itself: who made it, under which terms it may be used, and which way is up. Nothing else."""

import re
import struct
from dataclasses import dataclass
from html import escape

ORIENTATION, ARTIST, COPYRIGHT = 0x0112, 0x013B, 0x8298
SHORT, ASCII = 3, 2
LONGEST = 2000
# what XML 1.0 cannot hold
UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" \
xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/">{}\
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>"""
CREDIT = "<dc:creator><rdf:Seq><rdf:li>{0}</rdf:li></rdf:Seq></dc:creator><photoshop:Credit>{0}</photoshop:Credit>"
LICENCE = """<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{0}</rdf:li></rdf:Alt></dc:rights>\
<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">{0}</rdf:li></rdf:Alt></xmpRights:UsageTerms>"""
STATEMENT = "<xmpRights:WebStatement>{0}</xmpRights:WebStatement>"


@dataclass(frozen=True, slots=True)
class Label:
    """The credit and the licence of a picture."""

    credit: str = ""
    licence: str = ""

    def exif(self, orientation: int = 1) -> bytes:
        """The label as Exif (a TIFF directory), in UTF-8 as readers expect; empty if there is nothing to say."""
        entries: list[tuple[int, int, int, bytes]] = []
        if orientation != 1:
            entries.append((ORIENTATION, SHORT, 1, struct.pack(">H", orientation)))
        for tag, text in ((ARTIST, self.credit), (COPYRIGHT, self.licence)):
            if text:
                value = _plain(text).encode() + b"\0"
                entries.append((tag, ASCII, len(value), value))
        if not entries:
            return b""
        directory, values = struct.pack(">H", len(entries)), b""
        start = 8 + 2 + 12 * len(entries) + 4
        for tag, kind, count, value in entries:
            directory += struct.pack(">HHL", tag, kind, count)
            if len(value) <= 4:
                directory += value.ljust(4, b"\0")
            else:
                directory += struct.pack(">L", start + len(values))
                values += value + b"\0" * (len(value) % 2)
        return b"MM\0*\0\0\0\x08" + directory + b"\0\0\0\0" + values

    def xmp(self) -> bytes:
        """The label as XMP; empty if there is nothing to say."""
        said = ""
        if self.credit:
            said += CREDIT.format(escape(_plain(self.credit), quote=False))
        if self.licence:
            said += LICENCE.format(escape(_plain(self.licence), quote=False))
            address = re.search(r"https?://[^\s<>\"]+", _plain(self.licence))
            said += STATEMENT.format(escape(address[0], quote=False)) if address else ""
        return XMP.format(said).encode() if said else b""


def _plain(text: str) -> str:
    return UNSPEAKABLE.sub("", text)[:LONGEST]


def orientation_of(exif: bytes) -> int:
    """The orientation in an Exif block, 1 to 8; 1 where none can be read."""
    exif = exif.removeprefix(b"Exif\0\0")
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(exif[:4])
    if order is None or len(exif) < 8:
        return 1
    start = struct.unpack_from(f"{order}L", exif, 4)[0]
    if start + 2 > len(exif):
        return 1
    count = struct.unpack_from(f"{order}H", exif, start)[0]
    for place in range(start + 2, min(start + 2 + 12 * count, len(exif) - 11), 12):
        tag, kind = struct.unpack_from(f"{order}HH", exif, place)
        if (tag, kind) == (ORIENTATION, SHORT):
            value = int(struct.unpack_from(f"{order}H", exif, place + 8)[0])
            return value if 1 <= value <= 8 else 1
    return 1
