"""From a Word file (.docx) to a manuscript, by way of HTML."""

import importlib
import io
import zipfile
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from communique.importing.html_source import read_html
from communique.importing.manuscript import Manuscript
from communique.importing.notes import Refused, Remark, brief
from communique.importing.word_lists import NUMBERING, Numbering
from communique.importing.word_losses import graphics, losses
from communique.importing.word_marking import mark_paragraphs
from communique.importing.word_package import REPAIR, Package, open_package, q, read_xml, relations_of
from communique.importing.word_review import refuse_review, text_of
from communique.importing.word_shapes import Shapes
from communique.importing.word_slim import slim
from communique.importing.word_styles import STYLE_MAP, read_styles

_NOT_FOUND = ("A w:sym element", "Could not find image file")
_LOST_SHOWN = 20


def read_word(data: bytes) -> Manuscript:
    """The manuscript in a Word file. Raises Refused."""
    mammoth = _mammoth()
    package = open_package(data)
    document = read_xml(package.parts[package.document])
    refuse_review(package, document)
    styles = read_styles(package)
    parts = {package.document: document, **dict(package.trees("footnotes", "endnotes"))}
    shapes = Shapes(styles)
    numbering = Numbering(package, styles)
    remarks = list(graphics(package, list(parts.values())))
    for tree in parts.values():
        shapes.simplify(tree)
    remarks += losses(package, list(parts.values()))
    slim(list(parts.values()), styles)
    for tree in parts.values():
        remarks += mark_paragraphs(tree, styles, numbering)
    remarks += shapes.remarks
    pictures: dict[str, bytes] = {}
    html, messages = _converted(mammoth, _packed(package, parts), pictures)
    remarks += [Remark("signs", message, "look at the place in Word and put it in") for message in messages]
    manuscript = read_html(html, pictures)
    remarks += _lost(list(parts.values()), html)
    return manuscript.with_remarks(remarks)


def _mammoth() -> Any:
    try:
        return importlib.import_module("mammoth")
    except ImportError:
        raise Refused(
            "Word files are read by mammoth, which is not installed",
            "install it (`pip install mammoth`), or save the document as .html or .txt and import that",
        ) from None


def _packed(package: Package, trees: dict[str, Element]) -> io.BytesIO:
    """A new Word file of the parts that are read, each of which has been parsed here."""
    out = io.BytesIO()
    needed = ["[Content_Types].xml", "_rels/.rels", *(relations_of(name) for name in trees)]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in package.parts.items():
            if name in trees:
                archive.writestr(name, ElementTree.tostring(trees[name], "utf-8"))
            elif name in needed:
                archive.writestr(name, ElementTree.tostring(_without_lists(read_xml(part)), "utf-8"))
            elif not name.endswith((".xml", ".rels")):
                archive.writestr(name, part)
        # where mammoth looks if no relation says otherwise
        archive.writestr("word/numbering.xml", NUMBERING)
    out.seek(0)
    return out


def _without_lists(relations: Element) -> Element:
    for relation in relations.findall(q("rels:Relationship")):
        if relation.get("Type", "").endswith(("/numbering", "/styles")):
            relations.remove(relation)
    return relations


def _converted(mammoth: Any, file: io.BytesIO, pictures: dict[str, bytes]) -> tuple[str, list[str]]:
    def keep(image: Any) -> dict[str, str]:
        name = f"word-picture:{len(pictures) + 1}"
        try:
            with image.open() as opened:
                pictures[name] = opened.read()
        except Exception:
            # a picture that is linked, not enclosed, or missing: the album says that it is left out
            return {"src": name}
        return {"src": name}

    try:
        result = mammoth.convert_to_html(
            file,
            style_map=STYLE_MAP,
            include_embedded_style_map=False,
            convert_image=mammoth.images.img_element(keep),
        )
    except RecursionError:
        raise Refused("the Word file is built too deep", "copy the text into a new Word document") from None
    except Exception as error:
        raise Refused(
            f"the Word file is damaged: {brief(str(error), 120) or type(error).__name__}",
            REPAIR,
        ) from error
    return result.value, [message.message for message in result.messages if message.message.startswith(_NOT_FOUND)]


def _lost(trees: list[Element], html: str) -> list[Remark]:
    """A remark on each paragraph whose words did not arrive."""
    from selectolax.lexbor import LexborHTMLParser

    page = LexborHTMLParser(html)
    for mark in page.css('a[href^="#footnote-"], a[href^="#endnote-"]'):
        mark.decompose()
    arrived = "".join(page.text(separator="").split())
    remarks: list[Remark] = []
    at = 0
    for tree in trees:
        for paragraph in tree.iter(q("w:p")):
            text = text_of(paragraph)
            squeezed = "".join(text.split())
            if not squeezed:
                continue
            found = arrived.find(squeezed, at)
            if found >= 0:
                at = found + len(squeezed)
            elif squeezed not in arrived and len(remarks) < _LOST_SHOWN:
                message = f"the words of “{brief(text)}” could not all be read"
                remarks.append(Remark("left out", message, "compare this paragraph with the original"))
    return remarks
