"""What of a Word file a text cannot hold: said, so that nothing is lost in silence."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from communique.importing.notes import Remark, brief, several
from communique.importing.word_package import Package, q
from communique.importing.word_review import text_of
from communique.importing.word_styles import value

_PAGE_NUMBER = re.compile(r"(?:page|seite|第)?\s*\d*\s*(?:页)?\s*(?:of|/|von|共)?\s*\d*\s*(?:页)?", re.IGNORECASE)
_NO_COLOUR = frozenset(("", "auto", "000000"))
_NO_FILL = frozenset(("", "auto", "FFFFFF"))
_FORMATTING = frozenset(q(name) for name in ("w:rPrChange", "w:pPrChange", "w:tblPrChange", "w:sectPrChange"))
_AS_PICTURE = "put it in as a picture with a description, or tell it in words"
_MARKED = "such colours often mean “to be checked”: ask, then carry on"
_SHOWN = 3


def losses(package: Package, trees: list[Element]) -> list[Remark]:
    """Remarks on what these simplified parts of a file hold, or the file beside them, that the draft will not."""
    found = [*_objects(trees), *_colours(trees), *_margins(package)]
    formats = sum(1 for tree in trees for element in tree.iter() if element.tag in _FORMATTING)
    if formats:
        message = f"{several(formats, 'change')} of formatting are still tracked; the new formatting is taken"
        found.append(Remark("review", message))
    if any(name.rpartition("/")[2].lower() == "vbaproject.bin" for name in package.parts):
        found.append(Remark("macros", "the file holds macros; they are ignored"))
    return found


def graphics(package: Package, trees: list[Element]) -> Iterator[Remark]:
    """Remarks on the charts and diagrams in parts of a file, which older forms in it may hide once it is simplified."""
    for tree in trees:
        for paragraph in tree.iter(q("w:p")):
            for data in paragraph.iter(q("a:graphicData")):
                kind = data.get("uri", "").rpartition("/")[2]
                where = text_of(paragraph).strip()
                if kind in ("chart", "chartex"):
                    yield Remark("chart", f"a chart is left out{_near(where)}", _AS_PICTURE, near=where)
                elif kind == "diagram":
                    says = brief(" ".join(_diagram_words(package)), 300)
                    message = f"a diagram (SmartArt) is left out{_near(where)}; its words: “{says}”"
                    yield Remark("diagram", message, _AS_PICTURE, near=where)


def _near(where: str) -> str:
    return f" near “{brief(where)}”" if where else ""


def _diagram_words(package: Package) -> Iterator[str]:
    for _, tree in package.trees("diagramData"):
        for text in tree.iter(q("a:t")):
            yield text.text or ""


def _objects(trees: list[Element]) -> Iterator[Remark]:
    for tree in trees:
        for holder in tree.iter(q("w:object")):
            program = next((inner.get("ProgID", "") for inner in holder.iter() if inner.get("ProgID")), "")
            message = f"an embedded object ({program or 'other'}) is left out; its picture stays if a page can show it"
            yield Remark("object", message, _AS_PICTURE)


def _colours(trees: list[Element]) -> Iterator[Remark]:
    coloured: list[str] = []
    marked: list[str] = []
    for tree in trees:
        for paragraph in tree.iter(q("w:p")):
            before = ""
            for run in paragraph.iter(q("w:r")):
                kind = _colour(run)
                text = text_of(run)
                # neighbouring runs of one kind are one passage
                passages = marked if kind == "marked" else coloured
                if kind and text.strip():
                    passages[-1:] = [passages[-1] + text] if kind == before and passages else [*passages[-1:], text]
                before = kind if text.strip() else before
    if marked:
        yield _passages("highlighted", marked)
    if coloured:
        yield _passages("coloured", coloured)


def _colour(run: Element) -> str:
    properties = run.find(q("w:rPr"))
    if properties is None:
        return ""
    shade = properties.find(q("w:shd"))
    fill = "" if shade is None else shade.get(q("w:fill"), "")
    if value(properties, "w:highlight") not in ("", "none") or fill.upper() not in {name.upper() for name in _NO_FILL}:
        return "marked"
    if value(properties, "w:color") in _NO_COLOUR or value(properties, "w:rStyle").lower() == "hyperlink":
        return ""
    return "coloured"


def _passages(how: str, passages: list[str]) -> Remark:
    shown = ", ".join(f"“{brief(passage, 40)}”" for passage in passages[:_SHOWN])
    more = f" and {len(passages) - _SHOWN} more" if len(passages) > _SHOWN else ""
    message = f"{several(len(passages), f'{how} passage')} became plain text: {shown}{more}"
    return Remark(how, message, _MARKED, near=passages[0].strip())


def _margins(package: Package) -> Iterator[Remark]:
    said = set()
    for kind in ("header", "footer"):
        for _, tree in package.trees(kind):
            lines = [" ".join(text_of(paragraph).split()) for paragraph in tree.iter(q("w:p"))]
            text = " / ".join(line for line in lines if line and not _PAGE_NUMBER.fullmatch(line))
            if text and text not in said:
                said.add(text)
                yield Remark(kind, f"the page {kind} is left out: “{brief(text, 200)}”", "type in what is needed of it")
