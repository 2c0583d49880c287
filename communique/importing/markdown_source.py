"""From a Markdown file to a manuscript, read as this site reads Markdown; its own front matter gives fields."""

import html
import re
from dataclasses import replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markdown.extensions.footnotes import FN_BACKLINK_TEXT, NBSP_PLACEHOLDER
from markdown.util import AMP_SUBSTITUTE

from communique.comments import without_comments
from communique.frontmatter import Fault, Text, parse
from communique.importing.html_source import read_html
from communique.importing.manuscript import Block, Heading, Manuscript, Paragraph, Run, plain
from communique.importing.notes import Refused, Remark, brief
from communique.markdown.tree import Excess, read_tree
from communique.names import FOLDERS

LIMIT_CHARACTERS = 200_000

_TAKEN = {
    "title": "title",
    "subtitle": "subtitle",
    "summary": "summary",
    "description": "summary",
    "date": "date",
    "place": "place",
}
# a rule at the top of a text is no front matter
_NO_FIELDS = "E102"
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>")
_RECORD = re.compile(r"(?:[./]*/)?(" + "|".join(FOLDERS) + r")/(?:\d{4}-\d{2}-\d{2}-)?([\w-]+?)(?:/index)?\.md(?:#.*)?")


def read_markdown(text: str) -> Manuscript:
    """The manuscript in a Markdown text. Raises Refused."""
    fields, remarks, body = _front_matter(text)
    if len(body) > LIMIT_CHARACTERS:
        raise Refused(f"the text is longer than {LIMIT_CHARACTERS:,} characters", "divide it into several texts")
    bare, _ = without_comments(body)
    if bare.count("\n") != body.count("\n") or len(bare) < len(body):
        remarks.append(Remark("left out", "comments (`<!-- … -->`) in the original are left out"))
    tags = _TAG.findall(bare)
    if tags:
        message = f"HTML in the original, as `{brief(tags[0], 30)}`, is shown as text"
        remarks.append(Remark("left out", message, "write it as Markdown"))
    try:
        tree = read_tree(bare)
    except Excess as excess:
        raise Refused(f"line {excess.line} of the text: {excess.message}", "make the text simpler") from None
    for element in tree.iter():
        _resolve(element)
    manuscript = read_html(ElementTree.tostring(tree, "unicode", "html"))
    blocks = (*_opening(fields, manuscript.blocks), *manuscript.blocks)
    return replace(manuscript, blocks=blocks).with_remarks(remarks)


def _resolve(element: Element) -> None:
    """Put signs for the marks that the reader of Markdown left, and short forms for links to records."""
    element.text = _signs(element.text)
    element.tail = _signs(element.tail)
    for name in ("href", "src", "alt"):
        if name in element.attrib:
            element.set(name, _signs(element.get(name)) or "")
    match = _RECORD.fullmatch(element.get("href", ""))
    if match:
        element.set("href", f"{FOLDERS[match[1]]}:{match[2]}")


def _signs(text: str | None) -> str | None:
    if not text:
        return text
    text = text.replace(AMP_SUBSTITUTE, "&").replace(FN_BACKLINK_TEXT, "↩").replace(NBSP_PLACEHOLDER, " ")
    # the last line of a block quote may name its speaker, so it stays a line
    return re.sub(r"\n(?=(?:—|--|―|–) ?\S)", "\u2028", html.unescape(text))


def _front_matter(text: str) -> tuple[dict[str, str], list[Remark], str]:
    if not text.startswith("---\n"):
        return {}, [], text
    try:
        document = parse("", text.encode("utf-8", "surrogatepass"))
    except Fault as fault:
        if fault.problem.code == _NO_FIELDS:
            return {}, [], text
        message = f"line {fault.problem.place.line}: {fault.problem.message}"
        raise Refused(message, fault.problem.help or "correct the front matter") from None
    fields: dict[str, str] = {}
    remarks = []
    for key, value in document.fields.fields:
        field = _TAKEN.get(key.text.lower(), "")
        if field and isinstance(value, Text) and value.text.strip() and field not in fields:
            fields[field] = " ".join(value.text.split())
        else:
            help = "write it into the front matter of the draft, if it belongs there"
            remarks.append(Remark("field", f"the field `{key.text}` of the original is not taken", help))
    return fields, remarks, document.body


def _opening(fields: dict[str, str], blocks: tuple[Block, ...]) -> list[Paragraph]:
    """The fields as the lines that an announcement opens with."""
    date = fields.get("date", "")[:10]
    lines = {
        "title": fields.get("title", ""),
        "subtitle": fields.get("subtitle", ""),
        "": ", ".join(part for part in (fields.get("place", ""), date) if part) if date else "",
        "abstract": fields.get("summary", ""),
    }
    if blocks and isinstance(blocks[0], Heading) and plain(blocks[0]) == lines["title"]:
        del lines["title"]
    return [Paragraph((Run(text),), role) for role, text in lines.items() if text]
