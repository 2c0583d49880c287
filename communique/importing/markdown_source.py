"""From a Markdown file to a manuscript; its own front matter gives fields."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

from communique.frontmatter import Fault, Text, parse
from communique.importing.html_source import read_html
from communique.importing.manuscript import Manuscript
from communique.importing.notes import Refused, Remark
from communique.names import FOLDERS

LIMIT_CHARACTERS = 200_000
# Python-Markdown copies the paragraph for each sign that it finds there, and looks far ahead after a bracket
LIMIT_SIGNS = 1_500
LIMIT_BRACKETS = 4_000
# the parser of the standard library reads to the end after each `<` that opens nothing
LIMIT_TAGS = 2_000

_TAKEN = {
    "title": "title",
    "subtitle": "subtitle",
    "summary": "summary",
    "description": "summary",
    "date": "date",
    "place": "place",
}
_ATTRIBUTION = re.compile(r"^(>.*\S)[ ]*\n(>[ ]*(?:—|--|―|–))", re.MULTILINE)
_RECORD = re.compile(r"(?:[./]*/)?(" + "|".join(FOLDERS) + r")/(?:\d{4}-\d{2}-\d{2}-)?([\w-]+?)(?:/index)?\.md(?:#.*)?")


def read_markdown(text: str) -> Manuscript:
    """The manuscript in a Markdown text. Raises Refused."""
    fields, remarks, body = _front_matter(text)
    if len(body) > LIMIT_CHARACTERS:
        raise Refused(f"the text is longer than {LIMIT_CHARACTERS:,} characters", "divide it into several announcements")
    for sign, limit in (("[", LIMIT_BRACKETS), ("<", LIMIT_TAGS)):
        if body.count(sign) > limit:
            raise Refused(f"the text holds `{sign}` more than {limit:,} times", "import it as a .txt file")
    if any(len(re.findall(r"[*_\[\]`!<\\]", block)) > LIMIT_SIGNS for block in re.split(r"\n\s*\n", body)):
        raise Refused(f"a paragraph holds more than {LIMIT_SIGNS:,} signs of Markdown", "import it as a .txt file")
    manuscript = read_html(_as_html(body))
    return replace(manuscript, remarks=(*remarks, *manuscript.remarks), fields=fields)


def _front_matter(text: str) -> tuple[dict[str, str], list[Remark], str]:
    if not text.startswith("---\n"):
        return {}, [], text
    try:
        document = parse("", text.encode("utf-8", "surrogatepass"))
    except Fault as fault:
        # a rule at the top of a text is no front matter
        if fault.problem.code == "E102":
            return {}, [], text
        raise Refused(
            f"line {fault.problem.place.line}: {fault.problem.message}", fault.problem.help or "correct the front matter"
        ) from None
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


def _as_html(text: str) -> str:
    from markdown import Markdown
    from markdown.extensions.footnotes import FootnoteExtension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.treeprocessors import Treeprocessor

    class Records(Treeprocessor):
        """Links to files of records, in the short form that holds wherever the draft is put."""

        def run(self, root: Element) -> None:
            for link in root.iter("a"):
                match = _RECORD.fullmatch(link.get("href", ""))
                if match:
                    link.set("href", f"{FOLDERS[match[1]]}:{match[2]}")

    md = Markdown(extensions=[TableExtension(), FootnoteExtension(), SaneListExtension()], output_format="html")
    md.treeprocessors.register(Records(md), "records", 1)
    try:
        html = md.convert(_ATTRIBUTION.sub(r"\1  \n\2", text))
    except RecursionError:
        raise Refused("lists or block quotes stand too deeply inside each other", "make the text flatter") from None
    return html.replace('&#160;<a class="footnote-backref"', '<a class="footnote-backref"')
