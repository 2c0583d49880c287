"""A text that is compared: the language, the fields and the body of one file, every word with its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from communique import frontmatter

MARKDOWN = frozenset(("boilerplate", "note", "notes"))
"""The fields that hold Markdown."""

LISTS = frozenset(("partners", "topics", "contacts"))
"""The fields that list records."""

SHARED = frozenset(
    (
        *("also", "ask", "avoid", "as_of", "date", "draft", "embargo", "file", "from", "kind", "made_from", "menu"),
        *("parent", "partner", "pinned", "redistribute", "until", "url", "was", "website"),
    )
)
"""The fields that say nothing in words, and those whose words are not translated."""

_RECORD = re.compile(r"(?:announcement|partner|person|topic|page):\S+")
_NAME = re.compile(r"(\w+)(?:\[\d+\])?")


@dataclass(frozen=True, slots=True)
class Field:
    """One value of the front matter, named as `title`, `image.alt` or `facts[0].label`. Its text begins at a line and
    column of the file; where it goes on, each line begins at that column."""

    name: str
    text: str
    line: int
    column: int

    @property
    def entry(self) -> str:
        """The field, or the entry of a list, of which this is a part: `facts[0]` of `facts[0].label`."""
        return self.name.partition(".")[0]

    @property
    def top(self) -> str:
        """The field of the record: `facts` of `facts[0].label`."""
        match = _NAME.match(self.name)
        return match[1] if match else self.name

    @property
    def last(self) -> str:
        """What kind of value it is: `label` of `facts[0].label`, `also` of `also[1]`."""
        return self.name.rpartition(".")[2].partition("[")[0]

    @property
    def spoken(self) -> bool:
        """Whether it says something in words, which a translation says in others."""
        return self.last not in SHARED and self.top not in LISTS and not _RECORD.fullmatch(self.text.strip())


@dataclass(frozen=True, slots=True)
class Text:
    """A file of content/ as far as translations are compared with originals.

    `header` is all that stands before the body, and `path` where the file stands, which says what its links mean.
    """

    language: str
    fields: tuple[Field, ...] = ()
    body: str = ""
    body_line: int = 1
    path: str = ""
    header: str = ""


def read_text(language: str, path: str, data: bytes) -> Text:
    """The Text in a file. Raises Fault."""
    document = frontmatter.parse(path, data)
    header = frontmatter.decode(path, data).split("\n")[: document.body_line - 1]
    fields = tuple(_flat(document.fields, ""))
    return Text(language, fields, document.body, document.body_line, path, "\n".join(header))


def _flat(node: frontmatter.Node, name: str) -> Iterator[Field]:
    match node:
        case frontmatter.Text(text, place, indent):
            if indent is None:
                yield Field(name, text, place.line, place.column)
            else:
                yield Field(name, text, place.line + 1, indent + 1)
        case frontmatter.Sequence(items):
            for number, item in enumerate(items):
                yield from _flat(item, f"{name}[{number}]")
        case frontmatter.Mapping(fields):
            for key, value in fields:
                yield from _flat(value, f"{name}.{key.text}" if name else key.text)
