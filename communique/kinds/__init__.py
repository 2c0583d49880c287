"""The kinds of records. To add a kind: a file here, a line in KINDS, a folder in names.FOLDERS."""

from typing import NamedTuple

from communique import made_from
from communique.comments import without_comments
from communique.fields import mend_fields
from communique.frontmatter import Document, Fault, Mapping, Text
from communique.kinds.announcement import Announcement
from communique.kinds.page import Page
from communique.kinds.partner import Partner
from communique.kinds.person import Person
from communique.kinds.topic import Topic
from communique.links import Reference
from communique.names import ContentFile
from communique.problems import Place, Problem
from communique.prose import parse_prose
from communique.skeleton import merge, skeleton, skeleton_file
from communique.values import Reading

__all__ = [
    "KINDS",
    "Alone",
    "Announcement",
    "Page",
    "Partner",
    "Person",
    "ReadRecord",
    "Record",
    "Topic",
    "read_alone",
    "read_record",
    "read_translation",
]

Record = Announcement | Partner | Person | Topic | Page

KINDS: dict[str, type[Record]] = {
    "announcement": Announcement,
    "partner": Partner,
    "person": Person,
    "topic": Topic,
    "page": Page,
}


# fields that decide since when something shows
_DECIDING = ("draft", "embargo", "questions")
UNREAD = "*"


class ReadRecord(NamedTuple):
    """What was read in a file: the record, unless it has an error; the references that it makes; its problems.

    Where it has an error, `mended` is the record with stand-ins for what is not sound, if there can be one, and
    `unsound` are the attributes concerned, with `UNREAD` where nobody knows which.
    """

    record: Record | None
    references: tuple[Reference, ...]
    problems: tuple[Problem, ...]
    mended: Record | None = None
    unsound: tuple[str, ...] = ()


def read_record(document: Document | Fault, content_file: ContentFile) -> ReadRecord:
    """The record in a file; none where it has an error."""
    return _unread(document, content_file) if isinstance(document, Fault) else _record(document, content_file)


def read_translation(document: Document | Fault, content_file: ContentFile, shared: Document | Fault) -> ReadRecord:
    """The record in a translation, with what it does not say taken from the original; only its own problems."""
    if isinstance(document, Fault):
        return _unread(document, content_file)
    own = _own(document)
    # the other is a file that says nothing yet
    if isinstance(shared, Fault) or (not own.fields and _blank(document)):
        return ReadRecord(None, (), document.problems)
    body = shared if _blank(document) else document
    whole = Document(document.path, merge(shared.fields, own), body.body, body.body_line, document.problems)
    read = _record(whole, content_file, body.path)
    # what the whole lacks, the original lacks
    mine = tuple(
        each
        for each in read.problems
        if each.place.path == document.path and (each.code != "E201" or each.place != own.place)
    )
    return read._replace(problems=mine)


class Alone(NamedTuple):
    """A translation without any word of its original; no record where it cannot do without. `confirmed` says that it is
    meant to show before it, `original` is the file of the original without its words."""

    record: Record | None
    references: tuple[Reference, ...]
    confirmed: bool
    original: bytes


def read_alone(document: Document, content_file: ContentFile, shared: Document) -> Alone | None:
    """What shows of a translation while its original is withheld; None where the two show at the same time."""
    own = _own(document)
    mine = {key.text: node for key, node in own.fields}
    if mine.keys().isdisjoint(_DECIDING):
        return None
    draft = mine.get("draft")
    confirmed = isinstance(draft, Text) and draft.text == "false"
    bare = skeleton(shared.fields, own)
    if bare is None or (_blank(document) and not _blank(shared)):
        return Alone(None, (), confirmed, b"")
    whole = Document(document.path, merge(bare, own), document.body, document.body_line, document.problems)
    read = _record(whole, content_file)
    return Alone(read.record, read.references, confirmed, skeleton_file(shared, own))


def _own(document: Document) -> Mapping:
    """What a translation says of itself."""
    fields = tuple(pair for pair in document.fields.fields if pair[0].text != made_from.FIELD)
    return Mapping(fields, document.fields.place)


def _blank(document: Document) -> bool:
    return not without_comments(document.body)[0].strip()


def _record(document: Document, content_file: ContentFile, body_path: str = "") -> ReadRecord:
    reading = Reading()
    reading.problems.extend(document.problems)
    body = parse_prose(document.body, Place(body_path or document.path, document.body_line, 1))
    reading.problems.extend(body.problems)
    reading.references.extend(body.references)
    kind = KINDS[content_file.name.kind]
    made, unsound = mend_fields(kind, document.fields, reading, name=content_file.name, path=document.path, body=body)
    if any(problem.severity == "error" for problem in document.problems):
        unsound += (UNREAD,)
    failed = any(problem.severity == "error" for problem in reading.problems)
    references, problems = tuple(reading.references), tuple(reading.problems)
    return ReadRecord(None if failed else made, references, problems, made if failed else None, unsound)


def _unread(fault: Fault, content_file: ContentFile) -> ReadRecord:
    """What can be said of a file whose front matter cannot be read: what is wrong with its text."""
    if fault.document is None:
        return ReadRecord(None, (), (fault.problem,))
    read = _record(fault.document, content_file)
    problems = (fault.problem, *(each for each in read.problems if each.code != "E201"))
    return ReadRecord(None, read.references, problems, read.mended, (UNREAD,))
