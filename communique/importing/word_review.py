"""What a review leaves in a Word file: tracked changes and comments, with which no draft is made."""

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from communique.importing.notes import Refused, brief, several
from communique.importing.word_package import Package, q

_KINDS = {
    "w:ins": "inserted",
    "w:del": "deleted",
    "w:moveFrom": "moved away",
    "w:moveTo": "moved here",
    "w:cellIns": "a cell inserted",
    "w:cellDel": "a cell deleted",
    "w:cellMerge": "cells merged",
}
_CHANGES = {q(name): says for name, says in _KINDS.items()}
_SHOWN = 3


class Change(NamedTuple):
    """A tracked change or comment: what it is, whose, and the first words of its paragraph."""

    what: str
    author: str
    where: str


def refuse_review(package: Package, document: Element) -> None:
    """Refuse a file with tracked changes or comments. Raises Refused, which says where they are."""
    trees = [("", document), *package.trees("footnotes", "endnotes", "header", "footer")]
    changes = [change for _, tree in trees for change in _changes(tree)]
    comments = list(_comments(package, document))
    if not changes and not comments:
        return
    says, helps = [], []
    if changes:
        says.append(f"{several(len(changes), 'tracked change')} ({_listed(changes)})")
        helps.append("accept or reject all changes (Review, Accept, Accept All Changes)")
    if comments:
        says.append(f"{several(len(comments), 'comment')} ({_listed(comments)})")
        helps.append("delete all comments (Review, Delete, Delete All Comments)")
    raise Refused(
        f"the document is still under review: it has {' and '.join(says)}",
        f"with those who approved it, {' and '.join(helps)}, save it, and import it again",
    )


def _listed(found: list[Change]) -> str:
    places = list(
        dict.fromkeys(f"{what} by {author or 'somebody unnamed'} in “{where}”" for what, author, where in found)
    )
    shown, rest = places[:_SHOWN], len(places) - _SHOWN
    return "; ".join(shown) + (f"; and {rest} more" if rest > 0 else "")


def _changes(tree: Element) -> Iterator[Change]:
    counted: set[int] = set()
    for paragraph in tree.iter(q("w:p")):
        where = brief(text_of(paragraph, deleted=True)) or "an empty paragraph"
        for element in paragraph.iter():
            what = _CHANGES.get(element.tag)
            # a deeper paragraph (in a text box) is met twice
            if what and id(element) not in counted:
                counted.add(id(element))
                yield Change(what, element.get(q("w:author"), ""), where)
    for row in tree.iter(q("w:tr")):
        for properties in (*row.iter(q("w:trPr")), *row.iter(q("w:tcPr"))):
            for element in properties:
                what = _CHANGES.get(element.tag)
                if what and id(element) not in counted:
                    counted.add(id(element))
                    yield Change(what, element.get(q("w:author"), ""), brief(text_of(row, deleted=True)) or "a table")


def _comments(package: Package, document: Element) -> Iterator[Change]:
    places: dict[str, str] = {}
    for paragraph in document.iter(q("w:p")):
        for name in ("w:commentRangeStart", "w:commentReference"):
            for element in paragraph.iter(q(name)):
                places.setdefault(element.get(q("w:id"), ""), brief(text_of(paragraph)))
    found: set[str] = set()
    for _, tree in package.trees("comments"):
        for comment in tree.iter(q("w:comment")):
            id = comment.get(q("w:id"), "")
            found.add(id)
            says = f"“{brief(text_of(comment), 40)}”"
            yield Change(says, comment.get(q("w:author"), ""), places.get(id, "…"))
    for id, where in places.items():
        if id not in found:
            yield Change("a comment", "", where)


def text_of(element: Element, *, deleted: bool = False) -> str:
    """The words in an element of a Word file, a space for each tab, break and paragraph."""
    pieces = []
    for inner in element.iter():
        if inner.tag == q("w:t") or inner.tag == q("m:t") or (deleted and inner.tag == q("w:delText")):
            pieces.append(inner.text or "")
        elif inner.tag == q("w:noBreakHyphen"):
            pieces.append("\u2011")
        elif inner.tag == q("w:softHyphen"):
            pieces.append("\u00ad")
        elif inner.tag in (q("w:tab"), q("w:br"), q("w:cr"), q("w:p")):
            pieces.append(" ")
    return "".join(pieces)
