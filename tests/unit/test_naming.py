"""Names are asked about where a text writes them otherwise than their bearers do, and nowhere else."""

import pytest
from sitemaker import made, record, site
from support import built, files

from communique.kinds import Partner
from communique.memory import Memory
from communique.names import Name
from communique.problems import Place
from communique.proofreading.naming import Naming, naming
from communique.prose import Prose
from communique.values import Located


def partner(slug: str, title: str, also: tuple[str, ...] = (), avoid: tuple[str, ...] = ()) -> Partner:
    path = f"content/partners/{slug}.md"
    kind = Located("university", Place(path))
    return Partner(
        name=Name("partner", slug), path=path, body=Prose(Place(path)), title=title, also=also, avoid=avoid, kind=kind
    )


@pytest.fixture
def names() -> Naming:
    return naming(
        [
            partner(
                "delta", "Delta University", also=("University of Delta",), avoid=("Delta U", "Delta Uni", "三角大")
            ),
            partner("press", "Delta Uni Press"),
            partner("commission", "Beijing Municipal Science and Technology Commission"),
            partner("etown", "Beijing Economic-Technological Development Area Management Committee"),
            partner("beijing", "Beijing Global Strategic R&D Center"),
        ]
    )


def codes(names: Naming, text: str) -> list[str]:
    return [problem.code for problem in names.misnamed("content/pages/a.md", text)]


@pytest.mark.parametrize(
    "text",
    [
        "Delta University, the University of Delta, and Delta Uni Press agree.",
        "“Delta U agrees”, she said; 「三角大」.",
        '"Delta U agrees", she said.',
        "> Delta U agrees.\n> — Ada Byron",
        "`Delta U` and [it](delta-u.md) <!-- Delta U -->",
        "“Delta U\nis”",
        "Delta Unit and Delta-U-Boat",
        "The Shanghai Global Strategic R&D Center",
        "Beijing Development Area",
        "Science and Technology",
        "---\nslug: Delta U\nalso: [Delta U]\n---\n",
        "",
    ],
)
def test_a_right_name_a_quoted_one_and_another_one_are_not_asked_about(names: Naming, text: str) -> None:
    assert codes(names, text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Delta U agrees.", "W306"),
        ("来自三角大的学者", "W306"),
        ('---\ntitle: "Delta U agrees"\n---\n', "W306"),
        ("The Beijing Science and Technology Commission agrees.", "W307"),
        ("The Beijing Economic and Technological Development Area agrees.", "W307"),
        ("Beijing Municipal Science & Technology Commission", "W307"),
    ],
)
def test_a_form_to_avoid_and_a_near_miss_are_asked_about_at_their_place(names: Naming, text: str, code: str) -> None:
    (problem,) = names.misnamed("content/pages/a.md", text)
    assert problem.code == code
    line = text.split("\n")[problem.place.line - 1]
    said = problem.message.split("`")[1]
    assert line[problem.place.column - 1 :].startswith(said)
    assert problem.help


def test_a_known_form_is_no_near_miss() -> None:
    more = naming(
        [partner("etown", "Area Management Committee", also=("Economic and Technological Development Area",))]
    )
    assert codes(more, "The Economic and Technological Development Area agrees.") == []


def test_naming_changes_its_digest_with_its_forms() -> None:
    assert naming([partner("delta", "Delta University")]).digest != naming([partner("delta", "Delta School")]).digest


def test_a_profile_may_name_what_is_to_be_avoided() -> None:
    text = "-- content/partners/delta.md --\n---\nname: Delta University\navoid: [Delta U]\nkind: university\n---\n"
    assert built(files(text)).problems == ()


def test_of_a_file_with_another_name_nothing_is_remembered_but_by_that_name() -> None:
    delta = record({"name": "Delta University", "kind": "university", "avoid": ["Delta U"]})
    memory, text = Memory(None, b""), record({"title": "P"}, "Delta U agrees.")
    for path in ("content/pages/one.md", "content/pages/two.md"):
        problems = made(site({"content/partners/delta.md": delta, path: text}), memory=memory).problems
        assert [(each.code, each.place.path) for each in problems] == [("W306", path)]
