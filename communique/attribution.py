"""Attributions: the line that ends a block quote and names its speaker."""

import re
from xml.etree.ElementTree import Element

_ATTRIBUTION = re.compile(r"\s*(?:—|--|―|–)\s*(\S.*?)\s*")


def take_attribution(quote: Element) -> str:
    """The name in the last line of a block quote, which loses that line; empty where there is none."""
    if not len(quote) or quote[-1].tag != "p":
        return ""
    paragraph = quote[-1]
    last = paragraph[-1] if len(paragraph) else None
    text = (paragraph.text if last is None else last.tail) or ""
    before, newline, line = text.rstrip().rpartition("\n")
    match = _ATTRIBUTION.fullmatch(line)
    begins_line = newline or last is None or last.tag == "br"
    if not match or not begins_line:
        return ""
    if last is None:
        paragraph.text = before
        if not before.strip():
            quote.remove(paragraph)
    else:
        last.tail = before
        if last.tag == "br" and not before.strip():
            paragraph.remove(last)
    return match[1] if "".join(quote.itertext()).strip() else ""
