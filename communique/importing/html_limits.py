"""What an HTML text may cost: parsers of HTML are slow where many elements are left open."""

import re
from collections import Counter

from communique.importing.notes import Refused

LIMIT_TAGS = 150_000
LIMIT_OPEN = 150
LIMIT_OPEN_STYLES = 16
LIMIT_ATTRIBUTES = 1_000

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,30})((?:\"[^\"]*\"|'[^']*'|[^>\"'])*)")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_STYLES = frozenset(("b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
# void, or closed by what follows
_CLOSING_THEMSELVES = re.compile(
    "area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|html|head|body|p|li|dt|dd|tr|td|th|thead|"
    "tbody|tfoot|option|optgroup|colgroup|a"
)


def refuse_excess(text: str) -> None:
    """Refuse a text that would cost more than seconds to read. Raises Refused."""
    if text.count("<") > LIMIT_TAGS:
        raise Refused(f"the document has more than {LIMIT_TAGS:,} tags", "import only the part with the announcement")
    still_open: Counter[str] = Counter()
    depth = styles = 0
    for match in _TAG.finditer(text):
        closing, name, attributes = match[1], match[2].lower(), match[3]
        if len(attributes) > LIMIT_ATTRIBUTES and len(_QUOTED.sub("", attributes).split()) > LIMIT_ATTRIBUTES:
            raise Refused("an element of the document has too many attributes")
        if _CLOSING_THEMSELVES.fullmatch(name) or attributes.endswith("/") or ":" in name:
            continue
        step = 1 if not closing else -1 if still_open[name] else 0
        still_open[name] += step
        depth += step
        styles += step if name in _STYLES else 0
        if depth > LIMIT_OPEN or styles > LIMIT_OPEN_STYLES:
            raise Refused(
                f"the elements of the document stand too deeply inside each other (`<{name}>`)",
                "open it in a browser, copy the announcement, and import it as a Word or text file",
            )
