"""Front matter: every value means what was typed, with its place, and what YAML would guess nobody guesses."""

import pytest

from communique.frontmatter import Fault, Mapping, Node, Sequence, Text, decode, parse, read_yaml
from communique.problems import Place

PATH = "content/pages/a.md"


def plain(node: Node) -> object:
    """A node as plain lists, dictionaries and texts."""
    match node:
        case Text(text):
            return text
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(fields):
            return {key.text: plain(value) for key, value in fields}


def fields(front: str) -> object:
    """The fields of a document with this front matter."""
    document = parse(PATH, f"---\n{front}\n---\n".encode())
    assert document.problems == ()
    return plain(document.fields)


def fault(data: bytes | str) -> tuple[str, int, int]:
    """Code, line and column of the fault that keeps a document from being read."""
    with pytest.raises(Fault) as raised:
        parse(PATH, data if isinstance(data, bytes) else data.encode())
    problem = raised.value.problem
    assert problem.place.path == PATH
    assert problem.message
    return problem.code, problem.place.line, problem.place.column


@pytest.mark.parametrize(
    "value",
    [
        "2025",
        "No",
        "yes",
        "on",
        "null",
        "~",
        "09:30",
        "12:30:45",
        "0123",
        "1e3",
        "0x1F",
        "2025-13-45",
        "3.10",
        "=",
        ".5",
    ],
)
def test_a_value_stays_the_text_that_was_typed(value: str) -> None:
    assert fields(f"title: {value}") == {"title": value}


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("", {}),
        ("# nothing but a comment", {}),
        ("a: 'it''s'", {"a": "it's"}),
        ('a: "x\\u00e9"', {"a": "xé"}),
        ("a: [b, 'c, d']", {"a": ["b", "c, d"]}),
        ("a:\n- b\n- c", {"a": ["b", "c"]}),
        ("a:\n  b: c\n  d: {e: f}", {"a": {"b": "c", "d": {"e": "f"}}}),
        ("a: |\n  one\n\n  two", {"a": "one\n\ntwo\n"}),
        ("a: >-\n  one\n  two", {"a": "one two"}),
        ("a:", {"a": ""}),
        ("标题: 北京", {"标题": "北京"}),
        ("a: b # a note", {"a": "b"}),
    ],
)
def test_lists_groups_and_blocks_are_read(front: str, expected: object) -> None:
    assert fields(front) == expected


def test_every_value_has_its_place() -> None:
    document = parse(PATH, b"---\ntitle: A\nfacts:\n  - value: 5\n    label: [b, c]\n---\n\nBody.\n")
    (_, title), (_, facts) = document.fields.fields
    assert isinstance(facts, Sequence)
    assert isinstance(facts.items[0], Mapping)
    key, label = facts.items[0].fields[1]
    assert title.place == Place(PATH, 2, 8)
    assert key.place == Place(PATH, 5, 5)
    assert label.place == Place(PATH, 5, 12)
    assert isinstance(label, Sequence)
    assert label.items[1].place == Place(PATH, 5, 16)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_byte_order_marks_and_line_ends_make_no_difference(ending: str, mark: bytes) -> None:
    document = parse(PATH, mark + f"---{ending}title: A{ending}---{ending}{ending}Body.{ending}".encode())
    assert plain(document.fields) == {"title": "A"}
    assert document.body.strip() == "Body."
    assert document.body_line == 4


def test_the_body_begins_after_the_second_line_of_dashes() -> None:
    document = parse(PATH, b"---\na: b\n---\nOne\n---\nTwo\n")
    assert (document.body, document.body_line) == ("One\n---\nTwo\n", 4)


def test_a_field_given_twice_keeps_the_first_and_says_where_it_stands() -> None:
    document = parse(PATH, b"---\ntitle: A\ndate: B\ntitle: C\n---\n")
    assert plain(document.fields) == {"title": "A", "date": "B"}
    (problem,) = document.problems
    assert (problem.code, problem.place) == ("E104", Place(PATH, 4, 1))
    assert "line 2" in problem.help


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("title: A\n", ("E102", 1, 1)),
        ("", ("E102", 1, 1)),
        ("---\ntitle: A\n", ("E102", 1, 1)),
        ("\n---\ntitle: A\n---\n", ("E102", 1, 1)),
        ("---\ntitle: a: b\n---\n", ("E103", 2, 9)),
        ("---\n- a\n---\n", ("E103", 2, 1)),
        ("---\njust words\n---\n", ("E103", 2, 1)),
        ("---\ntitle: [a\n---\n", ("E103", 3, 1)),
        ("---\n? [a]\n: b\n---\n", ("E103", 2, 3)),
        ("---\ntitle: &a b\n---\n", ("E105", 2, 8)),
        ("---\ntitle: *a\n---\n", ("E105", 2, 8)),
        ("---\ntitle: !!str a\n---\n", ("E105", 2, 8)),
        ("---\n<<: {a: b}\n---\n", ("E105", 2, 1)),
        ("---\ntitle: !!python/object/apply:os.system [ls]\n---\n", ("E105", 2, 8)),
        ("---\na: [[[[[[b]]]]]]\n---\n", ("E106", 2, 9)),
        ("---\ntitle: a\x00b\n---\n", ("E107", 2, 9)),
        ("---\ntitle: a\n---\n\nb\x1bc\n", ("E107", 5, 2)),
        ("---\ntitle: a\x85b\n---\n", ("E107", 2, 9)),
        (b"---\ntitle: caf\xe9\n---\n", ("E101", 2, 11)),
        ("---\ntitle: a\n---\n".encode("utf-16"), ("E101", 1, 1)),
        ("---\ntitle: 北京\n---\n".encode("gbk"), ("E101", 2, 8)),
    ],
)
def test_what_cannot_be_read_is_a_fault_with_its_place(data: bytes | str, expected: tuple[str, int, int]) -> None:
    assert fault(data) == expected


@pytest.mark.parametrize(
    "front",
    [
        "a: " + "x" * 70_000,
        "a: [" + ", ".join("b" * 1 for _ in range(3000)) + "]",
        "a: " + "[" * 5000,
        "a: " + "{a: " * 5000,
        "- " * 5000 + "a",
        "\n".join(f"{'  ' * depth}a:" for depth in range(100)),
    ],
)
def test_what_is_too_large_or_too_deep_is_refused_at_once(front: str) -> None:
    code, _, _ = fault(f"---\n{front}\n---\n")
    assert code in ("E103", "E106")


@pytest.mark.parametrize(
    ("front", "hint"),
    [
        ("name: A\ntitle\uff1aA", "full-width"),
        ("title\uff1aA", "full-width"),
        ("a:\n\tb: c", "tabs"),
        ("title: one: two", "quotation marks"),
        ("title: @home", "quotation marks"),
        ("title: 'one", "quotation"),
    ],
)
def test_the_help_says_what_writers_meet_daily(front: str, hint: str) -> None:
    with pytest.raises(Fault) as raised:
        parse(PATH, f"---\n{front}\n---\n".encode())
    assert hint in raised.value.problem.help


def test_decoding_leaves_ordinary_text_alone() -> None:
    text = "Tab\there, é, 北京, \u2028, \u200f, 😀\n"
    assert decode(PATH, text.encode()) == text


def test_a_file_of_settings_is_not_called_front_matter() -> None:
    with pytest.raises(Fault) as caught:
        read_yaml("site.yaml", "sign_off: {required: true}\n  required: false\n", 0)
    assert caught.value.problem.message.startswith("the file is not valid YAML: ")
