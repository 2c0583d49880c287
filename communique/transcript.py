"""The transcript: composed HTML as Markdown, or as plain text, for those who carry a text elsewhere."""

import html
import re
from functools import lru_cache
from typing import NamedTuple

_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_SPECIAL = re.compile(r"[\\`*_\[\]<>]|&(?=#?\w+;)|~~~")
# one set of signs is looked for much faster than several patterns
_SUSPECT = re.compile(r"[\\`*_\[\]<>&~]")
_BACKTICKS = re.compile("`+")
_OPENING = re.compile(r"[-+#]|\d+(?=[.)](?:\s|$))")
# not every reader of Markdown lets a backslash stand before these
_ENTITIES = {"&": "&amp;", "<": "&lt;", "~~~": "&#126;~~"}
_MARKED = {"strong": "**", "em": "*"}
_RULES = {"right": "---:", "center": ":---:"}
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | {"p", "ul", "ol", "li", "pre", "hr", "table", "blockquote", "figure", "figcaption", "div"}


class Transcriber(NamedTuple):
    """Writes texts of one page down: with `marks` as Markdown, else as plain text. `base` is the address of the site,
    `here` that of the page."""

    marks: bool
    base: str
    here: str

    def words(self, text: str) -> str:
        """Plain words, in which no sign is a mark."""
        return _escaped(text) if self.marks else text

    def strong(self, text: str) -> str:
        """Plain words with weight."""
        return f"**{_escaped(text)}**" if self.marks else text

    def heading(self, level: int, text: str) -> str:
        """A heading."""
        return f"{'#' * level} {_escaped(text)}" if self.marks else text

    def link(self, text: str, address: str) -> str:
        """A link to a whole address."""
        if not address:
            return self.words(text)
        return f"[{_escaped(text)}]({_rounded(address)})" if self.marks else f"{text} ({address})"

    def text(self, composed: str, notes: str = "") -> str:
        """A composed text, without an empty line at either end; `notes` keeps its footnotes apart from others."""
        return _written(self, composed, notes)

    def address(self, url: str) -> str:
        """The whole address of a URL from the site's root, of a fragment, or of a page elsewhere."""
        if url.startswith("/"):
            return self.base + url[1:]
        return self.here + url if url.startswith("#") else url


# the twins and the kit of an announcement say the same, and many announcements the boilerplate of one partner
@lru_cache(maxsize=512)
def _written(to: Transcriber, composed: str, notes: str) -> str:
    return _Hand(to, notes).write(composed)


def _escaped(text: str) -> str:
    if not _SUSPECT.search(text):
        return text
    return _SPECIAL.sub(lambda match: _ENTITIES.get(match[0]) or f"\\{match[0]}", text)


def _rounded(address: str) -> str:
    """An address as it can stand between round brackets."""
    return address.replace("(", "%28").replace(")", "%29").replace(" ", "%20")


def _fenced(code: str) -> str:
    """A piece of code between more backticks than it holds side by side, so that all of it stays code."""
    fence = "`" * (1 + max(map(len, _BACKTICKS.findall(code)), default=0))
    space = " " if "`" in (code[:1], code[-1:]) else ""
    return f"{fence}{space}{code}{space}{fence}"


class _Hand:
    """Writes one text. `leads` begin each line, `marker` stands in place of the last of them on the next line alone;
    `outer` is how many of them have stood since the last line."""

    def __init__(self, to: Transcriber, notes: str) -> None:
        self.to = to
        self.marks = to.marks
        self.notes = notes
        self.lines: list[str] = []
        self.line: list[str] = []
        self.leads: list[str] = []
        self.outer = 0
        self.marker = ""
        self.gap = False
        # of each list the number of its next item, 0 in one without numbers, and whether items stand close together
        self.lists: list[tuple[int, bool]] = []
        # of each link where it begins in the line, and its address
        self.links: list[tuple[int, str]] = []
        self.rows: list[list[str]] = []
        self.rules: list[str] = []
        self.last = ""
        # where a piece of code in a line begins
        self.opened = -1
        self.coded = self.quoted = self.noted = self.hidden = False

    def write(self, composed: str) -> str:
        # these signs stand only around tags; the parts are to be plain text, also where the whole is Markup
        first, *parts = str.split(composed, "<")
        line = self.line
        self.said(first)
        for part in parts:
            tag, _, text = part.partition(">")
            # half of all tags are these two
            if tag == "p":
                self.end()
            elif tag == "/p":
                self.end()
                self.last = "p"
            elif tag[:1] == "/":
                self.close(tag[1:])
            else:
                name, _, rest = tag.partition(" ")
                self.open(name, dict(_ATTRIBUTE.findall(rest)) if rest else {}, text)
            if text and (text != "\n" or line):
                self.said(text)
        self.end()
        return "\n".join(self.lines)

    def said(self, text: str) -> None:
        if self.hidden:
            return
        if "&" in text:
            text = html.unescape(text)
        if self.coded:
            self.line.append(text)
            return
        if "\n" in text:
            text = text.replace("\n", " ")
        self.line.append(_escaped(text) if self.marks else text)

    def open(self, tag: str, given: dict[str, str], text: str) -> None:
        """A tag with its attributes, and the text behind it."""
        if tag in _BLOCKS:
            self.block(tag, given, text)
        elif tag == "a":
            self.link(given)
        elif tag in _MARKED:
            self.line.append(_MARKED[tag] if self.marks else "")
        elif tag == "code":
            # in a block of code it stands for nothing
            self.opened = -1 if self.coded else len(self.line)
            self.coded = True
        elif tag == "br":
            self.line.append("  \n" if self.marks else "\n")
        elif tag == "img":
            alt = html.unescape(given.get("alt", ""))
            source = self.to.address(html.unescape(given.get("src", "")))
            self.line.append(f"![{_escaped(alt)}]({source})" if self.marks else f"[{alt}]")
        elif tag in ("td", "th"):
            self.line.clear()
            if tag == "th":
                self.rules.append(_RULES.get(given.get("class", ""), "---"))
        elif tag == "tr":
            self.rows.append([])

    def block(self, tag: str, given: dict[str, str], text: str) -> None:
        self.end()
        if tag == "figure":
            self.quoted = given.get("class") == "quote"
        elif tag == "blockquote":
            self.leads.append("> " if self.marks else "  ")
        elif tag == "figcaption" and self.quoted:
            self.gap = self.last != "p"
            self.line.append("— ")
        elif tag in ("ul", "ol"):
            close = bool(self.lists) and self.lists[-1][1]
            self.lists.append((int(given.get("start", "1")) if tag == "ol" else 0, close))
        elif tag == "li":
            self.item(bool(text.strip()))
        elif tag == "div":
            self.noted = given.get("class") == "footnotes"
        elif tag == "pre":
            self.coded = True
            self.leads.append("    ")
        elif tag == "hr":
            self.put(["* * *"])
        elif tag[0] == "h" and self.marks:
            self.line.append("#" * int(tag[1:]) + " ")

    def item(self, filled: bool) -> None:
        number, close = self.lists[-1]
        self.gap = self.gap and not (filled and close)
        self.lists[-1] = (number + (number > 0), filled)
        self.marker = f"{number}. " if number else "- "
        if self.noted:
            self.marker = f"[^{self.notes}{number}]: " if self.marks else f"[{number}] "
        self.leads.append("    " if self.noted else " " * len(self.marker))

    def link(self, given: dict[str, str]) -> None:
        kind = given.get("class", "")
        self.hidden = kind == "footnote-backref"
        if kind == "footnote-ref":
            self.line.append(f"[^{self.notes}" if self.marks else "[")
            self.links.append((-1, ""))
        else:
            self.links.append((len(self.line), self.to.address(html.unescape(given.get("href", "")))))

    def linked(self) -> None:
        start, address = self.links.pop()
        text = "".join(self.line[start:])
        if start < 0:
            self.line.append("]")
        elif self.hidden:
            self.hidden = False
        elif address.removeprefix("mailto:") == (bare := text.replace("\\", "")):
            self.line[start:] = [f"<{bare}>" if self.marks else bare]
        elif address and self.marks:
            self.line[start:] = [f"[{text}]({_rounded(address)})"]
        elif address and not address.startswith(self.to.base):
            self.line.append(f" ({address})")

    def close(self, tag: str) -> None:
        if tag == "a":
            self.linked()
        elif tag in _MARKED:
            self.line.append(_MARKED[tag] if self.marks else "")
        elif tag == "code":
            if self.opened >= 0:
                self.coded = False
                code = "".join(self.line[self.opened :])
                self.line[self.opened :] = [_fenced(code) if self.marks else code]
        elif tag in ("td", "th"):
            cell = "".join(self.line).strip()
            self.rows[-1].append(cell.replace("|", "\\|") if self.marks else cell)
            self.line.clear()
        elif tag == "table":
            self.table()
        elif tag == "pre":
            self.coded = False
            self.put("".join(self.line).strip("\n").split("\n"))
            self.line.clear()
            self.leave()
        elif tag in _BLOCKS:
            self.end()
            if tag != "blockquote":
                self.last = tag
            if tag == "li" or (tag == "blockquote" and not self.quoted):
                self.leave()
            elif tag == "figcaption" and self.quoted:
                self.quoted = False
                self.leave()
            elif tag in ("ul", "ol"):
                self.lists.pop()
            elif tag == "div":
                self.noted = False

    def table(self) -> None:
        rows = [" | ".join(row) for row in self.rows if row]
        if self.marks:
            rows = [f"| {row} |" for row in rows]
            rows.insert(1, f"| {' | '.join(self.rules)} |")
        self.put(rows)
        self.rows, self.rules = [], []

    def end(self) -> None:
        """End of a paragraph or of anything else that stands on lines of its own."""
        if not self.line:
            return
        text = "".join(self.line).strip()
        first = self.line[0]
        self.line.clear()
        if not text:
            return
        if self.marks and not (first.startswith("#") and first.endswith("# ")) and (found := _OPENING.match(text)):
            text = f"{text[: found.end()]}\\{text[found.end() :]}" if text[0].isdigit() else f"\\{text}"
        self.put(text.split("\n"))

    def put(self, lines: list[str]) -> None:
        if self.gap and self.lines:
            self.lines.append("".join(self.leads[: self.outer]).rstrip())
        rest = "".join(self.leads)
        lead = "".join(self.leads[:-1]) + self.marker if self.marker else rest
        for line in lines:
            self.lines.append(lead + line if line.strip() else (lead + line).rstrip())
            lead = rest
        self.marker = ""
        self.outer = len(self.leads)
        self.gap = True

    def leave(self) -> None:
        self.leads.pop()
        self.marker = ""
        self.outer = min(self.outer, len(self.leads))
