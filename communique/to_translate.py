"""What a translator starts from: a file with all that an original says in words, kept back until it is translated."""

from collections.abc import Iterator

from communique.frontmatter import Document, Mapping, Node, Sequence, Text
from communique.frontmatter_writer import passage, scalar
from communique.parity.text import MARKDOWN, Field


def starting_file(original: Document, language: str, *, kept_back: bool) -> str:
    """The text of a new translation, which says in the language of the original what is to be translated.

    An announcement is `kept_back` as a draft; all else is in comments, since it cannot be.
    """
    lines = [line for key, node in original.fields.fields for line in _field(key.text, node, key.text, "")]
    body = original.body.strip("\n")
    if kept_back:
        head = [f"# Write all this in the language {language}. Then take away this line and the next.", "draft: true"]
        return "\n".join(["---", *head, *lines, "---", "", body, ""])
    head = [f"# Write this in the language {language}, and take away the comment signs."]
    lines = [f"# {line}" for line in lines]
    body = body.replace("<!--", "<! --").replace("-->", "-- >")
    return "\n".join(["---", *head, *lines, "---", "", *(["<!--", body, "-->", ""] if body else [])])


def _field(key: str, node: Node, name: str, indent: str) -> Iterator[str]:
    """The lines of a field, as far as it says something in words."""
    match node:
        case Text(text, place, _) if Field(name, text, place.line, place.column).spoken:
            if key in MARKDOWN and ("\n" in text or len(text) > 80):
                yield from (indent + line for line in passage(key, text))
            else:
                yield f"{indent}{key}: {scalar(' '.join(text.split()))}"
        case Mapping(fields):
            lines = [line for each, value in fields for line in _field(each.text, value, f"{name}.{each.text}", "  ")]
            if lines:
                yield from (indent + line for line in (f"{key}:", *lines))
        case Sequence(items):
            entries = [
                list(_entry(item, f"{name}[{number}]"))
                for number, item in enumerate(items)
                if isinstance(item, Mapping)
            ]
            # lists are merged entry by entry: each entry keeps its place
            if any(entries):
                yield f"{indent}{key}:"
                for lines in entries:
                    yield from (f"{indent}  {line}" for line in lines or ["- {}"])


def _entry(item: Mapping, name: str) -> Iterator[str]:
    """The lines of an entry of a list."""
    lines = [line for key, value in item.fields for line in _field(key.text, value, f"{name}.{key.text}", "")]
    for number, line in enumerate(lines):
        yield f"{'- ' if number == 0 else '  '}{line}"
