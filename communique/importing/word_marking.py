"""Writes at each paragraph of a Word part what its styles make of it: title, heading, item of a list."""

from xml.etree.ElementTree import Element

from communique.importing.notes import Remark, brief
from communique.importing.word_lists import BULLETS, NUMBERS, Item, Numbering
from communique.importing.word_package import q
from communique.importing.word_review import text_of
from communique.importing.word_styles import Styles, role_of


def mark_paragraphs(tree: Element, styles: Styles, numbering: Numbering) -> list[Remark]:
    """Give each paragraph its role as style, its list as one of two, its number as a bookmark; remarks on numbers that
    will look different."""
    remarks = []
    said = set()
    for paragraph in tree.iter(q("w:p")):
        properties = paragraph.find(q("w:pPr"))
        item = numbering.item(properties)
        role = role_of(properties, styles)
        if properties is not None:
            properties[:] = [_valued("w:pStyle", role)] if role else [_listed(item)] if item else []
        if item is None or item.level.form == "bullet":
            continue
        if not role:
            name = {q("w:name"): f"number-{item.number}", q("w:id"): "0"}
            paragraph.insert(0 if properties is None else 1, Element(q("w:bookmarkStart"), name))
        kind = _unlike(item, role)
        if kind and kind not in said:
            said.add(kind)
            words = brief(text_of(paragraph))
            remarks.append(Remark("list", f"{kind} (“{words}”)", "see whether the text refers to them", near=words))
    return remarks


def _unlike(item: Item, role: str) -> str:
    """In what the numbers of the draft will differ from those in Word."""
    if role:
        return "the numbers that Word put before headings are left out"
    if item.level.form != "decimal":
        return "a list with letters or other signs now has the numbers 1, 2, 3"
    return "a list of several steps, as 1.1, now has the numbers 1, 2, 3" if item.level.pattern.count("%") > 1 else ""


def _listed(item: Item) -> Element:
    properties = Element(q("w:numPr"))
    properties.append(_valued("w:ilvl", str(item.depth)))
    properties.append(_valued("w:numId", BULLETS if item.level.form == "bullet" else NUMBERS))
    return properties


def _valued(name: str, said: str) -> Element:
    return Element(q(name), {q("w:val"): said})
