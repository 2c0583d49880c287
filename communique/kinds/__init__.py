"""The kinds of records. To add a kind: a file here, a line in KINDS, a folder in names.FOLDERS."""

from communique.fields import Reading, read_fields
from communique.frontmatter import Document, Fault, parse
from communique.kinds.announcement import Announcement
from communique.kinds.page import Page
from communique.kinds.partner import Partner
from communique.kinds.person import Person
from communique.kinds.topic import Topic
from communique.links import Reference
from communique.names import ContentFile
from communique.problems import Place, Problem
from communique.prose import parse_prose

__all__ = ["KINDS", "Announcement", "Page", "Partner", "Person", "ReadRecord", "Record", "Topic", "read_record"]

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


def _record(document: Document, content_file: ContentFile) -> ReadRecord:
    reading = Reading()
    reading.problems.extend(document.problems)
    body = parse_prose(document.body, Place(document.path, document.body_line, 1))
    reading.problems.extend(body.problems)
    reading.references.extend(body.references)
    record = read_fields(
        KINDS[content_file.name.kind], document.fields, reading, name=content_file.name, path=document.path, body=body
    )
    failed = any(problem.severity == "error" for problem in reading.problems)
    return (None if failed else record), tuple(reading.references), tuple(reading.problems)
