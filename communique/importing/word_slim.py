"""Takes from a Word part what says nothing of the text, and joins what Word divides without need.

What is left is a fraction of the file, and mammoth takes about a tenth of a millisecond for each element of it.
"""

from xml.etree.ElementTree import Element

from communique.importing.notes import Refused
from communique.importing.word_package import q
from communique.importing.word_styles import Styles, value

LIMIT_ELEMENTS = 40_000

_NOISE = frozenset(
    q(name)
    for name in (
        "w:proofErr",
        "w:bookmarkEnd",
        "w:lastRenderedPageBreak",
        "w:permStart",
        "w:permEnd",
        "w:sectPr",
        "w:tblPr",
        "w:tblGrid",
    )
)
_KEPT = {
    q("w:pPr"): frozenset((q("w:pStyle"), q("w:numPr"))),
    q("w:rPr"): frozenset(q(name) for name in ("w:b", "w:i", "w:strike", "w:vertAlign")),
    q("w:trPr"): frozenset((q("w:tblHeader"),)),
    q("w:tcPr"): frozenset((q("w:gridSpan"), q("w:vMerge"))),
}
_WORDS = frozenset((q("w:t"), q("w:br"), q("w:tab"), q("w:rPr")))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def slim(trees: list[Element], styles: Styles) -> None:
    """Slim trees. Raises Refused where what is left is still too much."""
    for tree in trees:
        for paragraph in tree.iter(q("w:p")):
            _style_runs(paragraph, styles)
        for element in list(tree.iter()):
            _slim_children(element)
    if sum(1 for tree in trees for _ in tree.iter()) > LIMIT_ELEMENTS:
        raise Refused("the document is too long or too intricate", "import only the part with the announcement")


def _style_runs(paragraph: Element, styles: Styles) -> None:
    """Write the bold and italic of styles at each run."""
    properties = paragraph.find(q("w:pPr"))
    around = "" if properties is None else value(properties, "w:pStyle")
    for run in paragraph.findall(f".//{q('w:r')}"):
        own = run.find(q("w:rPr"))
        names = {around, "" if own is None else value(own, "w:rStyle")}
        for tag, styled in (("w:b", styles.bold), ("w:i", styles.italic)):
            if names & styled and (own is None or own.find(q(tag)) is None):
                if own is None:
                    own = Element(q("w:rPr"))
                    run.insert(0, own)
                own.append(Element(q(tag)))


def _slim_children(element: Element) -> None:
    kept: list[Element] = []
    only = _KEPT.get(element.tag)
    for child in element:
        if child.tag in _NOISE or (only is not None and child.tag not in only):
            continue
        if child.tag in _KEPT and not any(inner.tag in _KEPT[child.tag] for inner in child):
            continue
        if child.tag == q("w:p") and element.tag == q("w:body") and _is_empty(child):
            continue
        if child.tag == q("w:r") and kept and _alike(kept[-1], child):
            _join(kept[-1], child)
        else:
            kept.append(child)
    if len(kept) != len(element):
        element[:] = kept


def _is_empty(paragraph: Element) -> bool:
    return all(child.tag == q("w:pPr") for child in paragraph)


def _alike(one: Element, other: Element) -> bool:
    """Whether two neighbours are runs of words in one style."""
    if one.tag != other.tag or any(inner.tag not in _WORDS for run in (one, other) for inner in run):
        return False
    return _style(one) == _style(other)


def _style(run: Element) -> list[tuple[str, str]]:
    properties = run.find(q("w:rPr"))
    only = _KEPT[q("w:rPr")]
    return sorted((each.tag, each.get(q("w:val"), "")) for each in properties or () if each.tag in only)


def _join(run: Element, following: Element) -> None:
    for inner in following:
        last = run[-1] if len(run) else None
        if inner.tag == q("w:rPr"):
            continue
        if inner.tag == q("w:t") and last is not None and last.tag == q("w:t"):
            last.text = (last.text or "") + (inner.text or "")
            last.set(_SPACE, "preserve")
        else:
            run.append(inner)
