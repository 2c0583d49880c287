"""Targets of links: records, addresses, and what no page may hold."""

import pytest

from communique.links import Address, Reference, Unsafe, folder_of, read_target
from communique.names import FOLDERS, Name
from communique.problems import Place

HERE = Place("content/announcements/2025-10-27-bridge.md", 9, 1)


def test_a_link_to_a_file_is_a_reference_to_its_record() -> None:
    target = read_target("../partners/delta.md#history", HERE)
    assert target == Reference(Name("partner", "delta"), HERE, "content/partners/delta.md", "history")


@pytest.mark.parametrize(
    ("text", "name", "path"),
    [
        ("ferry.md", Name("announcement", "ferry"), "content/announcements/ferry.md"),
        ("./2025-11-01-ferry.md", Name("announcement", "ferry"), "content/announcements/2025-11-01-ferry.md"),
        ("../topics/caf%C3%A9.md", Name("topic", "café"), "content/topics/café.md"),
        ("../topics/x/../bridges.md", Name("topic", "bridges"), "content/topics/bridges.md"),
        ("../people/ada.md?x=1", Name("person", "ada"), "content/people/ada.md"),
        ("plan.pdf", Name("", "content/announcements/plan.pdf"), "content/announcements/plan.pdf"),
        ("../../site.yaml", Name("", "site.yaml"), "site.yaml"),
        ("../../../etc/passwd", Name("", "../etc/passwd"), "../etc/passwd"),
        ("../partners/", Name("", "content/partners"), "content/partners"),
    ],
)
def test_paths_are_seen_from_the_file(text: str, name: Name, path: str) -> None:
    assert read_target(text, HERE) == Reference(name, HERE, path)


@pytest.mark.parametrize("kind", FOLDERS.values())
def test_the_short_form_names_kind_and_slug(kind: str) -> None:
    assert read_target(f"{kind}:delta", HERE) == Reference(Name(kind, "delta"), HERE)
    assert read_target(f"{kind}:delta#a%20b", HERE) == Reference(Name(kind, "delta"), HERE, fragment="a b")
    assert FOLDERS[folder_of(kind)] == kind


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("mailto:press@example.org", "mailto:press@example.org"),
        ("tel:+441234", "tel:+441234"),
        ("/announcements/", "/announcements/"),
        ("/a b/é", "/ab/%C3%A9"),
        ("#section", "#section"),
        ("  https://example.org/  ", "https://example.org/"),
    ],
)
def test_web_mail_and_telephone_are_addresses(text: str, url: str) -> None:
    assert read_target(text, HERE) == Address(url, HERE)


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\u200bscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "&amp;#106;avascript:alert(1)",
        "java&Tab;script:alert(1)",
        "vbscript:x",
        "data:text/html,x",
        "file:///etc/passwd",
        "blob:x",
        "view-source:x",
        "ftp://example.org/",
        "partners:delta",
        "Announcement:bridge",
        "//example.org/",
        "\\\\example.org",
        "/\\example.org",
        "/\t/example.org",
    ],
)
def test_other_schemes_and_hidden_hosts_are_unsafe(text: str) -> None:
    assert isinstance(read_target(text, HERE), Unsafe)
