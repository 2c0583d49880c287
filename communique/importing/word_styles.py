"""The styles of a Word file: what a paragraph is by its style, and whether a style hides text."""

import re
from dataclasses import dataclass
from itertools import islice
from xml.etree.ElementTree import Element

from communique.importing.word_package import Package, q

LIMIT_STYLES = 4_000

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
            f"p:{kind}-list({level}) => {'ul|ol > li > ' * (level - 1)}{tag} > li:fresh"
            for level in range(1, 10)
            for kind, tag in (("unordered", "ul"), ("ordered", "ol"))
        ),
        "strike => s",
        "comment-reference => sup",
    )
)


@dataclass(frozen=True, slots=True)
class Styles:
    """By the id of a style: the role that a paragraph has, the numbering that it brings, and whether the style hides
    text, makes it bold or italic."""

    roles: dict[str, str]
    numbering: dict[str, tuple[str, str]]
    hidden: frozenset[str]
    bold: frozenset[str]
    italic: frozenset[str]


def read_styles(package: Package) -> Styles:
    """The styles of a file; a style has what the one it is based on has."""
    styles = {
        style.get(q("w:styleId"), ""): style
        for _, tree in package.trees("styles")
        for style in islice(tree.iter(q("w:style")), LIMIT_STYLES)
    }
    roles: dict[str, str] = {}
    switched: dict[str, set[str]] = {"w:vanish": set(), "w:b": set(), "w:i": set()}
    numbering: dict[str, tuple[str, str]] = {}
    for id in styles:
        chain = _chain(id, styles)
        for style in chain:
            if role := _role(style):
                roles.setdefault(id, role)
            number = style.find(f"{q('w:pPr')}/{q('w:numPr')}")
            if number is not None:
                numbering.setdefault(id, (value(number, "w:numId"), value(number, "w:ilvl") or "0"))
        for name, ids in switched.items():
            said = (style.find(f"{q('w:rPr')}/{q(name)}") for style in chain)
            if is_on(next((element for element in said if element is not None), None)):
                ids.add(id)
    hidden, bold, italic = (frozenset(ids) for ids in switched.values())
    # what is a heading or title by its style is not bold beyond that
    return Styles(roles, numbering, hidden, bold - roles.keys(), italic - roles.keys())


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
