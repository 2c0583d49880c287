"""The skeleton of an original: what its translations share with it that says nothing in words.

A translation may show before its original; then only this of the original is used, and no word of it can show.
"""

import json
from typing import Any

from communique.frontmatter import Document, Mapping, Node, Sequence, Text

# shared as a whole
_WHOLE = frozenset(("date", "partners", "topics", "contacts", "embargo", "draft", "questions", "pinned", "was"))
# parts of an image, a fact, an event or a note that say nothing in words
_PARTS = frozenset(("file", "redistribute", "as_of", "date", "url"))
_REQUIRED = ("title", "summary")


def merge(shared: Mapping, own: Mapping) -> Mapping:
    """The fields of an original with those of its translation over them.

    Groups of fields are merged field by field, and lists of groups entry by entry where they are equally long.
    """
    theirs = {key.text: (key, node) for key, node in shared.fields}
    for key, node in own.fields:
        theirs[key.text] = (key, _merged(theirs[key.text][1], node) if key.text in theirs else node)
    return Mapping(tuple(theirs.values()), own.place)


def _merged(shared: Node, own: Node) -> Node:
    if isinstance(shared, Mapping) and isinstance(own, Mapping):
        return merge(shared, own)
    if isinstance(shared, Sequence) and isinstance(own, Sequence) and len(shared.items) == len(own.items):
        return Sequence(tuple(map(_merged, shared.items, own.items)), own.place)
    return own


def skeleton(original: Mapping, own: Mapping) -> Mapping | None:
    """The fields of an original that a translation with these fields of its own may share before the original shows;
    None where it cannot do without its words."""
    mine = {key.text for key, _ in own.fields}
    if any(key.text == "withdrawn" and key.text not in mine for key, _ in original.fields):
        # that it no longer stands must be said
        return None
    kept = [
        (key, node if key.text in _WHOLE else _bare(node))
        for key, node in original.fields
        if key.text in _WHOLE or (key.text in mine and not isinstance(node, Text))
    ]
    return Mapping(tuple(kept), original.place)


def _bare(node: Node) -> Node:
    match node:
        case Mapping(fields, place):
            return Mapping(tuple(pair for pair in fields if pair[0].text in _PARTS), place)
        case Sequence(items, place):
            return Sequence(tuple(map(_bare, items)), place)
        case _:
            return node


def skeleton_file(original: Document, own: Mapping) -> bytes:
    """A file with the skeleton of an original, and a sign in the place of all words: it stays as it stood."""
    mine = {key.text for key, _ in own.fields}
    fields = {
        key.text: _data(node, key.text in _WHOLE)
        for key, node in original.fields.fields
        if key.text in _WHOLE or key.text in _REQUIRED or (key.text in mine and not isinstance(node, Text))
    }
    # JSON is YAML
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(["---", *lines, "---", "", "x" if original.body.strip() else ""]).encode()


def _data(node: Node, whole: bool) -> Any:
    match node:
        case Mapping(fields):
            return {key.text: _data(value, whole or key.text in _PARTS) for key, value in fields}
        case Sequence(items):
            return [_data(item, whole) for item in items]
        case Text(text):
            return text if whole else "x"
