"""The kinds of records. To add a kind: a file here, a line in KINDS, a folder in names.FOLDERS."""

from communique import made_from
from communique.comments import without_comments
from communique.fields import read_fields
from communique.frontmatter import Document, Fault, Mapping, merge, parse
from communique.kinds.announcement import Announcement
from communique.kinds.page import Page
from communique.kinds.partner import Partner
from communique.kinds.person import Person
from communique.kinds.topic import Topic
from communique.links import Reference
from communique.names import ContentFile
from communique.problems import Place, Problem
from communique.prose import parse_prose
from communique.values import Reading

__all__ = [
    "KINDS",
    "Announcement",
    "Page",
    "Partner",
    "Person",
    "ReadRecord",
    "Record",
    "Topic",
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


ReadRecord = tuple[Record | None, tuple[Reference, ...], tuple[Problem, ...]]


def read_record(path: str, data: bytes, content_file: ContentFile) -> ReadRecord:
    """The record in a file, the references that it makes, and its problems; no record where it has an error."""
    try:
        document = parse(path, data)
    except Fault as fault:
        return None, (), (fault.problem,)
    return _record(document, content_file)


def read_translation(
    path: str, data: bytes, content_file: ContentFile, original_path: str, original: bytes
) -> ReadRecord:
    """The record in a translation, with what it does not say taken from the original; only its own problems."""
    try:
        document = parse(path, data)
    except Fault as fault:
        return None, (), (fault.problem,)
    try:
        shared = parse(original_path, original)
    except Fault:
        return None, (), document.problems
    own = Mapping(
        tuple(pair for pair in document.fields.fields if pair[0].text != made_from.FIELD), document.fields.place
    )
    spoken = bool(without_comments(document.body)[0].strip())
    if not own.fields and not spoken:
        # a file that says nothing yet
        return None, (), document.problems
    body = document if spoken else shared
    whole = Document(path, merge(shared.fields, own), body.body, body.body_line, document.problems)
    record, references, problems = _record(whole, content_file, body.path)
    # what the whole lacks, the original lacks
    mine = tuple(
        each for each in problems if each.place.path == path and (each.code != "E201" or each.place != own.place)
    )
    return record, references, mine


def _record(document: Document, content_file: ContentFile, body_path: str = "") -> ReadRecord:
    reading = Reading()
    reading.problems.extend(document.problems)
    body = parse_prose(document.body, Place(body_path or document.path, document.body_line, 1))
    reading.problems.extend(body.problems)
    reading.references.extend(body.references)
    record = read_fields(
        KINDS[content_file.name.kind], document.fields, reading, name=content_file.name, path=document.path, body=body
    )
    failed = any(problem.severity == "error" for problem in reading.problems)
    return (None if failed else record), tuple(reading.references), tuple(reading.problems)
