"""Finished pages as html.parser reads them: another parser than the engine's own, to judge its work."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_LINKS = ("href", "src", "poster", "data", "action", "formaction", "cite", "background", "manifest", "xlink:href")


@dataclass
class Element:
    """A start tag: its name, its attributes, and the text up to the next tag."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Markup:
    """What stands in a page."""

    elements: list[Element] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> list[Element]:
        """The elements of a name, in their order."""
        return [element for element in self.elements if element.tag == tag]

    def of_class(self, name: str) -> list[Element]:
        """The elements of a class."""
        return [element for element in self.elements if name in element.attributes.get("class", "").split()]

    @property
    def ids(self) -> list[str]:
        """All ids."""
        return [element.attributes["id"] for element in self.elements if "id" in element.attributes]

    @property
    def urls(self) -> list[str]:
        """All that leads or loads from somewhere."""
        found = [element.attributes[name] for element in self.elements for name in _LINKS if name in element.attributes]
        sets = [
            element.attributes[name] for element in self.elements for name in element.attributes if "srcset" in name
        ]
        return found + [part.split()[0] for each in sets for part in each.split(",") if part.split()]

    @property
    def anchors(self) -> list[str]:
        """Where the links that people click lead."""
        return [element.attributes["href"] for element in self.all("a") if "href" in element.attributes]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.markup = Markup()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.markup.elements.append(Element(tag, {name: value or "" for name, value in reversed(attrs)}))

    def handle_data(self, data: str) -> None:
        self.markup.text += data
        if self.markup.elements:
            self.markup.elements[-1].text += data


def read(page: bytes | str) -> Markup:
    """The markup of a page."""
    reader = _Reader()
    reader.feed(page if isinstance(page, str) else page.decode())
    reader.close()
    return reader.markup
