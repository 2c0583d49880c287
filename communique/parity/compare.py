"""Comparing a translation with its original: fields with fields, body with body."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from communique.comments import without_comments
from communique.parity.align import Group, align
from communique.parity.allowed import allowed_lines
from communique.parity.blocks import Block, plain_block, read_blocks
from communique.parity.differences import Difference
from communique.parity.figures import compare_figures
from communique.parity.structure import compare_structure
from communique.parity.text import LISTS, MARKDOWN, Field, Text

NOBODY: Mapping[str, str] = MappingProxyType({})

_DATES = frozenset(("as_of", "date", "from", "until"))


def compare(original: Text, translation: Text, people: Mapping[str, str] = NOBODY) -> tuple[Difference, ...]:
    """What a translation says otherwise than its original, by line; what it does not say at all it shares.

    `people` gives whose a speaker's name is, by names in small letters: two names of one person are no difference.
    """
    allowed, faults = allowed_lines(translation)
    found = set(faults)
    for each in (*_fields(original, translation, people), *_body(original, translation, people)):
        if each.line not in allowed:
            found.add(each)
    return tuple(sorted(found))


def _body(original: Text, translation: Text, people: Mapping[str, str]) -> Iterator[Difference]:
    if not without_comments(translation.body)[0].strip():
        return
    after = read_blocks(translation.body, translation.body_line)
    place = after[0].beginning if after else (translation.body_line, 1)
    before = read_blocks(original.body, original.body_line)
    yield from _markdown(original, translation, (before, after), people, place)


def _markdown(
    original: Text,
    translation: Text,
    blocks: tuple[Sequence[Block], Sequence[Block]],
    people: Mapping[str, str],
    place: tuple[int, int],
) -> Iterator[Difference]:
    yield from compare_structure(*blocks, original.path, people, place)
    yield from compare_figures(align(*blocks), original.language, translation.language, place)


def _fields(original: Text, translation: Text, people: Mapping[str, str]) -> Iterator[Difference]:
    theirs, ours = _by_field(original), _by_field(translation)
    for top, entries in ours.items():
        others = theirs.get(top, {})
        if top in LISTS:
            yield from _records(_all(others), _all(entries))
        elif len(entries) != len(others) and any("[" in entry for entry in entries):
            if any(field.spoken for field in _all(entries)):
                first = _all(entries)[0]
                message = f"`{top}` has {len(entries)} entries here, {len(others)} in the original"
                help = f"give `{top}` as many entries, in the same order, or leave it out to share the original's"
                yield Difference(first.line, first.column, "fields", message, help)
                yield from _plain(_all(others), _all(entries), original, translation)
        else:
            for entry, said in entries.items():
                like = {field.name: field for field in others.get(entry, ())}
                names = {field.name for field in said}
                yield from _plain([field for name, field in like.items() if name in names], said, original, translation)
                for field in said:
                    if field.last in MARKDOWN and field.name in like:
                        blocks = _blocks(like[field.name]), _blocks(field)
                        yield from _markdown(original, translation, blocks, people, (field.line, field.column))


def _by_field(text: Text) -> dict[str, dict[str, list[Field]]]:
    """The values by the field of the record and its entries."""
    fields: dict[str, dict[str, list[Field]]] = {}
    for field in text.fields:
        fields.setdefault(field.top, {}).setdefault(field.entry, []).append(field)
    return fields


def _all(entries: Mapping[str, list[Field]]) -> list[Field]:
    return [field for said in entries.values() for field in said]


def _plain(before: list[Field], after: list[Field], original: Text, translation: Text) -> Iterator[Difference]:
    """The differences of values without Markdown."""
    group = Group(_values(before), _values(after))
    if group.translation:
        place = group.translation[0].beginning
        yield from compare_figures([group], original.language, translation.language, place)


def _values(fields: list[Field]) -> tuple[Block, ...]:
    return tuple(
        plain_block(field.text, field.line, field.column)
        for field in fields
        if (field.spoken or field.last in _DATES) and field.last not in MARKDOWN
    )


def _blocks(field: Field) -> tuple[Block, ...]:
    return read_blocks(field.text, field.line, field.column)


def _records(before: list[Field], after: list[Field]) -> Iterator[Difference]:
    """A list of records that the translation gives again must be that of the original."""
    there, here = [_slug(field) for field in before], [_slug(field) for field in after]
    help = "leave the field out: a translation shares it with the original"
    for field, slug in zip(after, here, strict=True):
        if slug not in there:
            message = f"the original does not name `{slug}` in `{field.top}`"
            yield Difference(field.line, field.column, "links", message, help)
    for slug in there:
        if slug not in here:
            message = f"`{slug}` of the original's `{after[0].top}` is not here"
            yield Difference(after[0].line, after[0].column, "links", message, help)


def _slug(field: Field) -> str:
    return field.text.strip().rpartition(":")[2]
