"""Whatever is read is a value or a problem, never an exception."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import announcement, built

from communique.addresses import file_of
from communique.fields import specs
from communique.frontmatter import Document, Fault, attempt, parse, read_yaml
from communique.kinds import KINDS, read_record
from communique.links import SCHEMES, Address, Reference, Unsafe, read_target
from communique.moments import Unclear, read_instant, read_moment
from communique.names import FOLDERS, ContentFile, Name, read_path, slug_fault
from communique.output import Raw, collisions
from communique.problems import Place, Problem
from communique.prose import Prose, parse_prose
from communique.settings import Settings, read_settings

MODEST = settings(max_examples=120, derandomize=True)
FEW = settings(max_examples=25, derandomize=True)

# fmt: off
YAML_SIGNS = (
    "title", "a", ": ", ":", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "'", '"', "|", ">-",
    "&a ", "*a", "!!str ", "<<: ", "# x", "\t", "true", "2025-10-27", "~", "? ", "---", "...", "%YAML 1.1", "\uff1a",
)
MARKDOWN_SIGNS = (
    "# ", "## ", "> ", ">\n", "- ", "1. ", "    ", "\n", "\n\n", "*", "**", "_", "`", "``", "[", "](", ")", "![",
    "[^1]", "[^1]: ", "| a | b |\n", "|---|---|\n", "---\n", "===\n", "<!-- ", " -->", "<b>", "</b>", "<a@b.c>", "<https://a.b>",
    "— Ada Byron", "-- ada", "partner:delta", "javascript:x", "../people/ada-byron.md", "#x", "&amp;", "&#12;", "\\",
    "Delta University", "a.png", "[x]: ", "{{ x }}", "  \n", "\x02", "\x03", "klzzwxh:0001", "京",
)
# fmt: on
SIGNS = st.sampled_from("abcXYZ019 \t\n\r:#-?,[]{}&*!|>'\"%@`~=.<>/\\()_$+;^\u2028\ufeffé京😀\u202e")
TEXTS = st.text(SIGNS, max_size=60) | st.text(max_size=40)
YAML = st.lists(st.sampled_from(YAML_SIGNS) | TEXTS, max_size=25).map("".join)
MARKDOWN = st.lists(st.sampled_from(MARKDOWN_SIGNS) | TEXTS, max_size=30).map("".join)


def read(data: bytes) -> Document | Fault:
    """A document, or why it is none."""
    try:
        return parse("content/pages/a.md", data)
    except Fault as fault:
        return fault


@MODEST
@given(st.binary(max_size=80))
def test_any_bytes_are_a_document_or_a_fault(data: bytes) -> None:
    for each in (data, b"---\n" + data, b"---\n" + data + b"\n---\n"):
        assert read(each)


@settings(MODEST, max_examples=300)
@given(YAML)
def test_any_front_matter_is_a_document_or_a_fault_inside_the_file(front: str) -> None:
    whole = f"---\n{front}\n---\nBody.\n"
    found = read(whole.encode("utf-8", "surrogatepass"))
    problems = (found.problem,) if isinstance(found, Fault) else found.problems
    for problem in problems:
        assert problem.severity == "error"
        assert 1 <= problem.place.line <= whole.count("\n") + whole.count("\r") + whole.count("\u2028") + 1
        assert problem.place.column >= 1


VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS
    | st.sampled_from(["true", "yes", "2025-10-27", "2025-13-45", "https://a.b/", "delta", "9999-12-31T23:59-14:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@MODEST
@given(st.sampled_from(sorted(KINDS)), st.data())
def test_any_fields_are_a_record_or_an_error(kind: str, data: st.DataObject) -> None:
    of: type = KINDS[kind]
    names = [spec.name for spec in specs(of)]
    chosen = data.draw(st.dictionaries(st.sampled_from(names) | TEXTS, VALUES, max_size=6))
    # JSON is YAML, so any value can be written down
    front = json.dumps(chosen, ensure_ascii=False)
    text = f"---\n{front}\n---\n{data.draw(MARKDOWN)}\n"
    where = ContentFile(Name(kind, "a"), "", False)
    document = attempt("content/pages/a.md", text.encode("utf-8", "surrogatepass"))
    record, references, problems, *_ = read_record(document, where)
    assert (record is None) == any(problem.severity == "error" for problem in problems)
    assert all(isinstance(each, Reference) for each in references)


@MODEST
@given(YAML)
def test_any_settings_are_settings_or_an_error(text: str) -> None:
    found, problems = read_settings(text.encode("utf-8", "surrogatepass"))
    assert isinstance(found, Settings) or any(problem.severity == "error" for problem in problems)


@MODEST
@given(st.sampled_from([*FOLDERS, "x", ""]), TEXTS)
def test_any_path_names_a_record_with_an_address_or_is_a_problem(folder: str, name: str) -> None:
    found = read_path(f"content/{folder}/{name}.md")
    if isinstance(found, Problem):
        assert found.code in ("E108", "E109")
        return
    assert slug_fault(found.name.slug) == ""
    path = file_of(f"/{found.name.slug}/")
    assert path == f"{found.name.slug}/index.html"
    assert not {"..", "."} & set(path.split("/"))


@MODEST
@given(TEXTS | MARKDOWN)
def test_any_target_is_a_record_a_safe_address_or_unsafe(text: str) -> None:
    target = read_target(text, Place("content/pages/a.md", 1, 1))
    assert isinstance(target, Reference | Address | Unsafe)
    if isinstance(target, Address):
        scheme, colon, _ = unquote(target.url).partition(":")
        assert not colon or scheme.lower() in SCHEMES or target.url[0] in "/#?"
        assert not target.url.startswith("//")


@settings(MODEST, max_examples=300)
@given(MARKDOWN)
def test_any_markdown_is_prose_with_problems_inside_it(text: str) -> None:
    prose = parse_prose(text, Place("content/pages/a.md", 5, 1))
    assert isinstance(prose, Prose)
    assert all(5 <= problem.place.line <= 5 + text.count("\n") for problem in prose.problems)
    assert parse_prose(text, prose.place) == prose


@MODEST
@given(TEXTS | st.from_regex(r"\d{1,5}-\d\d(-\d\d)?([T ]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?", fullmatch=True))
def test_any_text_is_a_moment_or_unclear(text: str) -> None:
    codes: set[str] = set()
    for read_one in (read_instant, read_moment, lambda each: read_moment(each, partial=True)):
        try:
            read_one(text)
        except Unclear as unclear:
            codes.add(unclear.code)
    assert codes <= {"E204", "E205"}


@MODEST
@given(st.lists(st.text("aAbBßé/.", min_size=1, max_size=6), max_size=6))
def test_outputs_that_a_disk_cannot_hold_together_are_always_found(paths: list[str]) -> None:
    outputs = [Raw(path, b"", Place(f"{number}")) for number, path in enumerate(paths)]
    folded = [path.casefold() for path in paths]
    clash = len(set(folded)) < len(folded) or any(one.startswith(f"{two}/") for one in folded for two in folded)
    assert bool(collisions(outputs)) >= clash


@FEW
@given(MARKDOWN.map(lambda text: text.replace("\x02", "").replace("\x03", "")), MARKDOWN)
def test_any_text_in_a_site_is_published_or_a_problem_of_the_content(body: str, notes: str) -> None:
    indented = notes.replace("\n", "\n  ")
    found = built(announcement(body, f"notes: |\n  x {indented}"))
    assert all(problem.place.path.startswith("content/") for problem in found.problems)


@pytest.mark.parametrize("text", ["", "\n", "# nothing", "{}"])
def test_nothing_is_no_fields(text: str) -> None:
    fields, problems = read_yaml("a.md", text, 0)
    assert (fields.fields, problems) == ((), ())
