"""Rewrites the tree of a Word part so that nothing in it is out of reach: boxes, formulas, fields, form elements."""

from xml.etree.ElementTree import Element

from communique.importing.notes import Refused, Remark, brief, several
from communique.importing.word_package import REPAIR, q
from communique.importing.word_review import text_of
from communique.importing.word_styles import Styles, is_on, value

LIMIT_FIELDS = 30

_UNWRAPPED = frozenset(q(name) for name in ("w:fldSimple", "w:bdo", "w:dir", "w:smartTag", "w:customXml"))
_MATHS = frozenset((q("m:oMath"), q("m:oMathPara")))
_SAME_AS = {q("w:cr"): q("w:br"), q("w:ptab"): q("w:tab")}
_QUIET_FIELDS = frozenset(("HYPERLINK", "TOC", "PAGE", "NUMPAGES", "SECTIONPAGES", "FORMCHECKBOX"))


class Shapes:
    """Simplifies trees, and gathers what the press officer must know of it."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.remarks: list[Remark] = []
        self._fields: dict[str, int] = {}
        self._open_fields = 0

    def simplify(self, tree: Element) -> None:
        """Rewrite a tree. Raises Refused."""
        self._children(tree, "")
        self._lift_boxes(tree)
        if self._fields:
            kinds = ", ".join(f"`{kind}`" for kind in self._fields)
            message = f"{several(sum(self._fields.values()), 'field')} ({kinds}) became the words last shown"
            self.remarks.append(Remark("field", message, "see whether dates and numbers among them are right"))
            self._fields = {}

    def _children(self, element: Element, paragraph_style: str) -> None:
        if element.tag == q("w:p"):
            properties = element.find(q("w:pPr"))
            paragraph_style = "" if properties is None else value(properties, "w:pStyle")
        children: list[Element] = []
        for child in element:
            self._children(child, paragraph_style)
            children += self._instead(child, paragraph_style)
        if len(children) != len(element) or any(a is not b for a, b in zip(children, element, strict=True)):
            element[:] = children

    def _instead(self, child: Element, paragraph_style: str) -> list[Element]:
        tag = child.tag
        if tag == q("w:r"):
            return [] if self._hidden(child, paragraph_style) else [child]
        if tag == q("mc:AlternateContent"):
            return _chosen(child)
        if tag in _UNWRAPPED:
            self._note_field(child.get(q("w:instr"), ""))
            return [inner for inner in child if not inner.tag.endswith("Pr")]
        if tag == q("w:fldChar"):
            self._count_fields(child.get(q("w:fldCharType"), ""))
        elif tag == q("w:instrText"):
            self._note_field(child.text or "")
        elif tag == q("w:sdt"):
            return self._form_element(child)
        elif tag in _MATHS:
            return self._formula(child)
        elif tag == q("w:ruby"):
            return self._ruby(child)
        elif tag in _SAME_AS:
            child.tag = _SAME_AS[tag]
        elif tag == q("w:dstrike"):
            child.tag = q("w:strike")
        elif tag == q("w:altChunk"):
            raise Refused(
                "part of the document is another file enclosed in it", "open it in Word, save it, and import it again"
            )
        return [child]

    def _hidden(self, run: Element, paragraph_style: str) -> bool:
        properties = run.find(q("w:rPr"))
        own = None if properties is None else properties.find(q("w:vanish"))
        by_style = {paragraph_style, "" if properties is None else value(properties, "w:rStyle")} & self._styles.hidden
        if not (is_on(own) if own is not None else by_style):
            return False
        text = text_of(run)
        if text.strip():
            help = "nobody sees it in Word; if it is needed, type it in"
            self.remarks.append(Remark("hidden", f"hidden text is left out: “{brief(text)}”", help))
        return bool(text)

    def _count_fields(self, kind: str) -> None:
        self._open_fields += {"begin": 1, "end": -1}.get(kind, 0)
        if self._open_fields > LIMIT_FIELDS:
            raise Refused("the Word file is damaged: fields in it do not end", REPAIR)

    def _note_field(self, instruction: str) -> None:
        kind = instruction.split()[0].upper() if instruction.split() else ""
        if kind.isalpha() and kind not in _QUIET_FIELDS:
            self._fields[kind] = self._fields.get(kind, 0) + 1

    def _form_element(self, form: Element) -> list[Element]:
        properties, content = form.find(q("w:sdtPr")), form.find(q("w:sdtContent"))
        if content is None:
            return []
        if properties is not None and is_on(properties.find(q("w:showingPlcHdr"))):
            message = f"an empty form field is left out: “{brief(text_of(content))}”"
            self.remarks.append(Remark("field", message, "fill in what belongs there"))
            return []
        return list(content)

    def _formula(self, formula: Element) -> list[Element]:
        text = "".join(text_of(formula).split())
        message = f"a formula became plain text: “{brief(text)}”"
        self.remarks.append(Remark("formula", message, "check it sign by sign, or put it in as a picture", near=text))
        run = Element(q("w:r"))
        said = Element(q("w:t"))
        said.text = text
        run.append(said)
        return [run]

    def _ruby(self, ruby: Element) -> list[Element]:
        above, base = ruby.find(q("w:rt")), ruby.find(q("w:rubyBase"))
        words = "" if above is None else text_of(above)
        self.remarks.append(Remark("left out", f"a reading above the line is left out: “{brief(words)}”"))
        # a ruby stands inside a run, as runs of its own
        return [] if base is None else [inner for run in base for inner in run if inner.tag != q("w:rPr")]

    def _lift_boxes(self, tree: Element) -> None:
        """Put the paragraphs of text boxes after the paragraph to which the box is tied."""
        for holder in list(tree.iter()):
            for paragraph in [child for child in holder if child.tag == q("w:p")]:
                boxes = [(inside, box) for inside in paragraph.iter() for box in inside.findall(q("w:txbxContent"))]
                for inside, box in boxes:
                    inside.remove(box)
                where = brief(text_of(paragraph)) if boxes else ""
                place = list(holder).index(paragraph) + 1 if boxes else 0
                for _, box in boxes:
                    text = brief(text_of(box))
                    if text:
                        message = f"the text box “{text}” now stands after “{where}”"
                        self.remarks.append(Remark("box", message, "move it where it belongs", near=text))
                    holder[place:place] = list(box)
                    place += len(box)


def _chosen(alternatives: Element) -> list[Element]:
    """What older programs are given, which is plainer; else the first choice."""
    fallback, choice = alternatives.find(q("mc:Fallback")), alternatives.find(q("mc:Choice"))
    if fallback is not None and len(fallback):
        return list(fallback)
    return [] if choice is None else list(choice)
