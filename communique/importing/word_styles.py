"""The styles of a Word file: what a paragraph is by its style, and whether a style hides text."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from communique.importing.word_package import Package, q

_ROLES = (
    (re.compile(r"title|headline|标题|press release title", re.IGNORECASE), "RoleTitle"),
    (re.compile(r"sub-?title|sub-?head(line)?|副标题", re.IGNORECASE), "RoleSubtitle"),
    (re.compile(r"(intense )?quote|block text|quotations", re.IGNORECASE), "RoleQuote"),
    (re.compile(r"abstract|summary|standfirst|摘要", re.IGNORECASE), "RoleAbstract"),
    (re.compile(r"toc( heading|\s*\d)|contents.*", re.IGNORECASE), "RoleContents"),
)
_HEADING = re.compile(r"heading ?([1-9])", re.IGNORECASE)

STYLE_MAP = "\n".join(
    (
        "p.RoleTitle => p.role-title:fresh",
        "p.RoleSubtitle => p.role-subtitle:fresh",
        "p.RoleAbstract => p.role-abstract:fresh",
        "p.RoleContents => p.role-contents:fresh",
        "p.RoleQuote => blockquote > p:fresh",
        *(f"p.RoleHeading{level} => h{min(level, 6)}:fresh" for level in range(1, 10)),
        *(
            f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{'ul' if kind == 'unordered' else 'ol'} > li:fresh"
            for level in range(1, 10)
            for kind in ("unordered", "ordered")
        ),
        "strike => s",
        "comment-reference => sup",
    )
)


@dataclass(frozen=True, slots=True)
class Styles:
    """By the id of a style: the role that a paragraph has, whether it hides text, the numbering that it brings."""

    roles: dict[str, str]
    hidden: frozenset[str]
    numbering: dict[str, tuple[str, str]]


def read_styles(package: Package) -> Styles:
    """The styles of a file; a style has what the one it is based on has."""
    styles = {
        style.get(q("w:styleId"), ""): style
        for _, tree in package.trees("styles")
        for style in tree.iter(q("w:style"))
    }
    roles, hidden, numbering = {}, set(), {}
    for id in styles:
        for style in _chain(id, styles):
            role = _role(style)
            if role:
                roles.setdefault(id, role)
            number = style.find(f"{q('w:pPr')}/{q('w:numPr')}")
            if number is not None:
                numbering.setdefault(id, (value(number, "w:numId"), value(number, "w:ilvl") or "0"))
            if is_on(style.find(f"{q('w:rPr')}/{q('w:vanish')}")):
                hidden.add(id)
    return Styles(roles, frozenset(hidden), numbering)


def _chain(id: str, styles: dict[str, Element]) -> list[Element]:
    chain: list[Element] = []
    while id in styles and styles[id] not in chain and len(chain) < 20:
        chain.append(styles[id])
        id = value(styles[id], "w:basedOn")
    return chain


def _role(style: Element) -> str:
    if style.get(q("w:type"), "paragraph") != "paragraph":
        return ""
    name = value(style, "w:name").strip()
    heading = _HEADING.fullmatch(name)
    if heading:
        return f"RoleHeading{heading[1]}"
    role = next((role for pattern, role in _ROLES if pattern.fullmatch(name)), "")
    outline = style.find(f"{q('w:pPr')}/{q('w:outlineLvl')}")
    return role or (_outlined(outline) if outline is not None else "")


def role_of(properties: Element | None, styles: Styles) -> str:
    """The role of a paragraph with these properties, or an empty text."""
    if properties is None:
        return ""
    role = styles.roles.get(value(properties, "w:pStyle"), "")
    outline = properties.find(q("w:outlineLvl"))
    return role or (_outlined(outline) if outline is not None else "")


def _outlined(outline: Element) -> str:
    level = outline.get(q("w:val"), "")
    return f"RoleHeading{int(level) + 1}" if level.isascii() and level.isdigit() and int(level) < 9 else ""


def value(element: Element, name: str) -> str:
    """The value of a child element, or an empty text."""
    child = element.find(q(name))
    return "" if child is None else child.get(q("w:val"), "")


def is_on(element: Element | None) -> bool:
    """Whether an element that switches something is there and says yes."""
    return element is not None and element.get(q("w:val"), "true") not in ("false", "0", "off")
