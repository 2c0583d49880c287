"""The concordance: where a text says the name of a partner or a person."""

import pytest
from support import built, sources

from communique.concordance import Concordance, concordance, known_names, shared_names
from communique.library import read_library
from communique.names import Name

NAMED = """\
-- content/partners/delta.md --
---
name: Delta
also: [C++]
kind: university
---
-- content/partners/delta-works.md --
---
name: Delta Works
also: [O’Neill & Co.]
kind: company
---
-- content/partners/beijing.md --
---
name: 北京大学
kind: university
---
"""
DELTA, WORKS, BEIJING = (Name("partner", slug) for slug in ("delta", "delta-works", "beijing"))
ADA = Name("person", "ada-byron")


def known(text: str) -> Concordance:
    """The concordance of the partners and people of a site."""
    library = read_library(sources(text).content, ("en",))
    return concordance([*library.partners, *library.people])


def mentions(text: str) -> list[tuple[str, Name]]:
    """The words of each mention, and whose name they are."""
    return [(text[start:end], name) for start, end, name in known(NAMED).find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("Nobody is named.", []),
        ("Delta opens.", [("Delta", DELTA)]),
        ("Delta Works opens.", [("Delta Works", WORKS)]),
        ("Delta, Delta Works and Ada Byron", [("Delta", DELTA), ("Delta Works", WORKS), ("Ada Byron", ADA)]),
        ("Delta Worksx", [("Delta", DELTA)]),
        ("xDelta Delta", [("Delta", DELTA)]),
        ("Delta Delta", [("Delta", DELTA), ("Delta", DELTA)]),
        ("(Delta)", [("Delta", DELTA)]),
        ("Delta’s", [("Delta", DELTA)]),
        ("Deltas", []),
        ("delta", []),
        ("SubDelta", []),
        ("Delta-Works", []),
        ("pre-Delta", []),
        ("Delta_x", []),
        ("Delta2", []),
        ("在北京大学工作", [("北京大学", BEIJING)]),
        ("北京大学Delta", [("北京大学", BEIJING), ("Delta", DELTA)]),
        ("O’Neill & Co. opens", [("O’Neill & Co.", WORKS)]),
        ("C++ opens", [("C++", DELTA)]),
    ],
)
def test_whole_names_are_found_the_longest_first(text: str, expected: list[tuple[str, Name]]) -> None:
    assert mentions(text) == expected


TWINS = """\
-- content/partners/delta.md --
---
name: Delta University
short: DU
also: [Delta, The Delta]
kind: university
---
-- content/partners/delta-works.md --
---
name: Delta Works
also: [Delta]
kind: company
---
"""


def test_a_record_is_known_by_its_name_its_short_form_and_its_variants_once_each() -> None:
    library = read_library(sources(TWINS.replace("The Delta", "DU")).content, ("en",))
    delta = next(each for each in library.partners if each.name == DELTA)
    assert known_names(delta) == ("Delta University", "DU", "Delta")


def test_a_name_of_two_records_is_nobodys_and_a_warning() -> None:
    library = read_library(sources(TWINS).content, ("en",))
    assert [name for _, _, name in known(TWINS).find("Delta and Delta Works")] == [WORKS]
    (problem,) = shared_names([*library.partners, *library.people])
    assert (problem.code, problem.severity) == ("W304", "warning")
    assert "`Delta`" in problem.message


def test_a_name_is_linked_only_where_its_record_is_public() -> None:
    lonely = "-- content/partners/ghost.md --\n---\nname: Bridges\nkind: company\n---\n"
    files = built(lonely).files
    assert not any("ghost" in path for path in files)
    assert not any(b"ghost" in data for data in files.values())
