"""A line of the manuscript as Markdown, in which every sign of the original stays a sign."""

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from communique.importing.manuscript import Line, Mark, Picture, Run

# beyond so many the reader of Markdown, which copies the text for each escaped sign, gets slow
MANY_SIGNS = 1_000

_SIGNS = re.compile(r"[\\*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<(?![\d.,=]*\s)")
_ENTITY = re.compile(r"&#?\w+;?")
_START = re.compile(
    r"^(?:(?P<sign>[#>]|[-+](?=\s|$)|-(?=[-:| ]*$))|(?P<number>\d+)\.(?=\s|$)|(?P<rare>[=:|~]))", re.MULTILINE
)
_OUTER_SPACE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


def write_line(content: Line, *, marks: bool = True, styles: bool = True, cell: bool = False) -> str:
    """A line as Markdown. Without `marks` footnotes are not referred to; without `styles` there is neither bold nor
    italic; a `cell` of a table has no line breaks."""
    entities = sum(len(_SIGNS.findall(part.text)) for part in content if isinstance(part, Run)) > MANY_SIGNS
    parts = [part for part in content if marks or not isinstance(part, Mark)]
    if not styles:
        parts = [replace(part, strong=False, emphasis=False) if isinstance(part, Run) else part for part in parts]
    text = _joined(_spans(parts, ("link", "strong", "emphasis"), entities))
    if cell:
        return " ".join(text.replace("|", r"\|").split())
    text = _START.sub(_escaped_start, text.strip())
    # or a link at the beginning would be taken for the definition of one
    text = text.replace("\\]:", "&#93;:") if text.startswith("[") or "\n[" in text else text
    return re.sub(r" *\n", "  \n", text)


def _spans(parts: list[Run | Picture | Mark], keys: tuple[str, ...], entities: bool) -> Iterator[str]:
    if not keys:
        for part in parts:
            yield _written(part, entities)
        return
    key, *deeper = keys
    for value, group in groupby(parts, key=lambda part: getattr(part, key, "")):
        members = list(group)
        inner = _joined(_spans(members, tuple(deeper), entities))
        match = _OUTER_SPACE.fullmatch(inner)
        if not value or match is None or not match[2]:
            yield inner
        elif key == "link":
            yield match[1] + _link(match[2], str(value), members) + match[3]
        else:
            sign = "**" if key == "strong" else "*"
            yield f"{match[1]}{sign}{match[2]}{sign}{match[3]}"


def _joined(pieces: Iterator[str]) -> str:
    text = ""
    for piece in pieces:
        # or an exclamation mark before a link would make a picture of it
        text = text[:-1] + "\\!" if piece.startswith("[") and text.endswith("!") else text
        text += piece
    return text


def _written(part: Run | Picture | Mark, entities: bool) -> str:
    match part:
        case Run(text):
            return escape(text, entities=entities)
        case Mark(label):
            return f"[^{label}]"
        case Picture(file, alt):
            return f"![{escape(alt)}]({file})"


def escape(text: str, *, entities: bool = False) -> str:
    """Text in which no sign means anything to Markdown, the beginnings of lines aside."""
    text = _ENTITY.sub(_escaped_entity, text)
    text = _SIGNS.sub(lambda match: f"&#{ord(match.group())};" if entities else "\\" + match.group(), text)
    return _TAG.sub("&lt;", text).replace("`", "&#96;").replace("[^", "[&#94;")


def _escaped_entity(match: re.Match[str]) -> str:
    text = match.group()
    return text if html.unescape(text) == text else "&amp;" + text[1:]


def _escaped_start(match: re.Match[str]) -> str:
    if match["number"]:
        return f"{match['number']}\\."
    return "\\" + match["sign"] if match["sign"] else f"&#{ord(match['rare'])};"


def _link(text: str, url: str, members: list[Run | Picture | Mark]) -> str:
    shown = "".join(part.text for part in members if isinstance(part, Run)).strip()
    if shown == url and re.fullmatch(r"https?://[\w./?=%#~:@,;+-]+", url, re.ASCII):
        return f"<{url}>"
    return f"[{text}]({_target(url)})"


def _target(url: str) -> str:
    for sign in "\\ ()<>\"'`[]|*_":
        if sign not in "_*'" or url.count(sign) > 20:
            url = url.replace(sign, f"%{ord(sign):02X}")
    # the reader resolves entities in an address three times
    for _ in range(3):
        if html.unescape(url) == url:
            break
        url = url.replace("&", "&amp;")
    return url
