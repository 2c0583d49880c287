"""The map: who announces together with whom, drawn and as a table."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import combinations

import pytest
from markup import Markup, read
from support import NOW, ROOT, built

from communique.drawing.columns import column, radius
from communique.drawing.families import Member, families
from communique.drawing.lettering import width, wrap
from communique.drawing.plan import NARROW, WIDE, Plan, narrow_plan, wide_plan
from communique.drawing.sides import two_sides
from communique.drawing.ties import Counts, count

NAMES = (
    "University of Cambridge",
    "北京市科学技术委员会",
    "Beijing Economic-Technological Development Area Management Committee",
    "AstraZeneca",
    "Cambridge University Medical Education Group",
    "中关村科技园区管理委员会与北京经济技术开发区管理委员会联合办公室",
    "The Discovery Centre",
    "CUMEG",
    "Donaudampfschifffahrtsgesellschaftskapitänsausbildungszentrum",
)
SIZES = (1, 2, 9, 14, 40, 120)
Box = tuple[int, int, int, int]


def announcements(size: int) -> list[list[str]]:
    """Announcements of that many partners, some of whom make none."""
    makers = max(1, size * 4 // 5)
    return [[f"p{(step * step + place * 7) % makers:03}" for place in range(2 + step % 5)] for step in range(size)]


def members(size: int) -> list[Member]:
    """That many partners, a third of whom are parts of others, up to three deep."""
    counts = count(announcements(size))
    return [
        Member(
            f"p{number:03}",
            f"{NAMES[number % len(NAMES)]} {number}",
            counts.alone.get(f"p{number:03}", 0),
            f"p{number - 1 - number % 2:03}" if number % 3 == 2 else "",
        )
        for number in range(size)
    ]


@cache
def plans(size: int) -> dict[str, Plan]:
    """Both drawings of that many partners."""
    everybody = families(members(size))
    ties = count(announcements(size)).among(member.key for member in members(size))
    return {"wide": wide_plan(everybody, ties), "narrow": narrow_plan(everybody, ties)}


both = pytest.mark.parametrize("name", ["wide", "narrow"])
any_size = pytest.mark.parametrize("size", SIZES)


def label_boxes(plan: Plan) -> dict[str, Box]:
    """The rectangle of each label: left, top, right, bottom."""
    boxes = {}
    for node in plan.nodes:
        wide = max(width(line.text, plan.letters) for line in node.lines)
        left = node.label_x - wide if node.anchor == "end" else node.label_x
        top = node.lines[0].y - plan.letters * 8 // 10
        boxes[node.key] = (left, top, left + wide, node.lines[-1].y + plan.letters * 2 // 10)
    return boxes


def circle_boxes(plan: Plan) -> dict[str, Box]:
    """The rectangle around each circle."""
    return {
        node.key: (node.x - node.radius, node.y - node.radius, node.x + node.radius, node.y + node.radius)
        for node in plan.nodes
    }


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


# what is drawn


@both
@any_size
def test_every_partner_is_drawn_once_with_its_whole_name(size: int, name: str) -> None:
    nodes = plans(size)[name].nodes
    assert sorted(node.key for node in nodes) == [member.key for member in members(size)]
    names = {member.key: member.label for member in members(size)}
    for node in nodes:
        text = "".join(line.text for line in node.lines).replace(" ", "")
        assert text == names[node.key].replace(" ", "") or text.endswith("…")


@both
@any_size
def test_labels_meet_neither_each_other_nor_circles(size: int, name: str) -> None:
    plan = plans(size)[name]
    labels, circles = label_boxes(plan), circle_boxes(plan)
    assert not [pair for pair in combinations(labels, 2) if meet(labels[pair[0]], labels[pair[1]])]
    assert not [pair for pair in combinations(circles, 2) if meet(circles[pair[0]], circles[pair[1]])]
    assert not [(one, other) for one in labels for other in circles if meet(labels[one], circles[other])]


@both
@any_size
def test_all_is_within_the_drawing(size: int, name: str) -> None:
    plan = plans(size)[name]
    for left, top, right, bottom in [*label_boxes(plan).values(), *circle_boxes(plan).values()]:
        assert min(left, top) >= 0
        assert right <= plan.width
        assert bottom <= plan.height


@any_size
def test_drawings_fit_their_screens(size: int) -> None:
    assert plans(size)["narrow"].width == 320
    assert plans(size)["wide"].width <= 1120
    assert min(plan.letters for plan in plans(size).values()) >= 12


@both
@pytest.mark.parametrize("size", [2, 9, 14, 40])
def test_labels_meet_no_outline(size: int, name: str) -> None:
    plan = plans(size)[name]
    for outline in plan.outlines:
        start_x, start_y, handle_x, _, end_x, end_y = (int(number) for number in re.findall(r"-?\d+", outline.path))
        reach = outline.thickness // 2
        for step in range(0, 101, 5):
            x = (start_x * (100 - step) ** 2 + 2 * handle_x * step * (100 - step) + end_x * step**2) // 10_000
            y = (start_y * (100 - step) + end_y * step) // 100
            for key, (left, top, right, bottom) in label_boxes(plan).items():
                beside = max(left - x, 0, x - right) ** 2 + max(top - y, 0, y - bottom) ** 2
                assert beside >= reach**2, key


@both
def test_coordinates_are_whole_numbers(name: str) -> None:
    plan = plans(14)[name]
    assert set(map(type, numbers_and_texts(plan))) == {int, str}
    paths = [stroke.path for stroke in (*plan.outlines, *plan.ties)] + [node.ties for node in plan.nodes]
    assert not [path for path in paths if not re.fullmatch(r"[MCQ0-9 -]*", path)]


def numbers_and_texts(value: object) -> Iterator[object]:
    """All that stands in a value, at any depth."""
    if isinstance(value, tuple):
        for each in value:
            yield from numbers_and_texts(each)
    elif is_dataclass(value):
        for each in fields(value):
            yield from numbers_and_texts(getattr(value, each.name))
    else:
        yield value


@both
def test_circles_grow_with_the_number_of_announcements(name: str) -> None:
    nodes = sorted(plans(40)[name].nodes, key=lambda node: node.weight)
    assert [node.radius for node in nodes] == sorted(node.radius for node in nodes)
    assert nodes[0].weight == 0
    assert nodes[0].radius < nodes[-1].radius


def test_the_area_of_a_circle_is_its_number() -> None:
    assert radius(100, 100, WIDE) == 2 * radius(25, 100, WIDE) == WIDE.greatest
    assert radius(2, 2, WIDE) < WIDE.greatest
    assert radius(0, 0, WIDE) == radius(0, 9, WIDE) > 0


@both
def test_ties_thicken_with_the_number_of_common_announcements(name: str) -> None:
    shared = [["a", "b"]] * 20 + [["a", "c"]] * 10 + [["b", "c"]] * 9 + [["c", "d"]]
    counts = count(shared)
    everybody = families(Member(key, key, counts.alone[key]) for key in "abcd")
    plan = {"wide": wide_plan, "narrow": narrow_plan}[name](everybody, counts.ties)
    thickness = [tie.thickness for tie in plan.ties]
    assert thickness == sorted(thickness)
    assert (thickness[0], thickness[-1]) == (1, 7)


@both
def test_each_tie_leads_from_circle_to_circle(name: str) -> None:
    plan = plans(14)[name]
    places = {(node.x, node.y): node.key for node in plan.nodes}
    drawn = []
    for tie in plan.ties:
        numbers = [int(number) for number in re.findall(r"-?\d+", tie.path)]
        ends = places[numbers[0], numbers[1]], places[numbers[-2], numbers[-1]]
        drawn.append(tuple(sorted(ends)))
        for node in plan.nodes:
            assert (tie.path in node.ties) == (node.key in ends)
    assert sorted(drawn) == [(tie.one, tie.other) for tie in count(announcements(14)).ties]


# families


def test_parts_stand_inside_the_outline_of_their_organisation() -> None:
    family = [Member("u", "University", 5), Member("s", "School", 0, "u"), Member("g", "Group", 1, "s")]
    other = Member("c", "Company", 9)
    found = families([other, *family])
    assert [[member.key for member in each.members] for each in found] == [["c"], ["u", "s", "g"]]
    assert [(span.first, span.last, span.inside) for span in found[1].spans] == [(0, 2, 1), (1, 2, 0)]
    drawn = column(found, 9, WIDE)
    inside = [spot for spot in drawn.spots if spot.member.key != "c"]
    outer, inner = drawn.bands
    assert (outer.first, outer.last) == (inside[0].y, inside[2].y)
    assert (inner.first, inner.last) == (inside[1].y, inside[2].y)
    assert outer.reach > max(spot.radius for spot in inside)
    assert outer.reach > inner.reach > max(spot.radius for spot in inside[1:])


@any_size
def test_outlines_are_apart_or_one_in_the_other(size: int) -> None:
    drawn = column(families(members(size)), 9, NARROW)
    for one, other in combinations(drawn.bands, 2):
        apart = one.last + one.reach < other.first - other.reach or other.last + other.reach < one.first - one.reach
        within = one.first - one.reach < other.first - other.reach and other.last + other.reach < one.last + one.reach
        assert apart or within


def test_a_parent_that_is_not_drawn_leaves_its_part_alone() -> None:
    assert [each.spans for each in families([Member("a", "A", 1, "elsewhere")])] == [()]


def test_circles_and_long_chains_of_parents_end() -> None:
    circle = families([Member("a", "A", 1, "b"), Member("b", "B", 2, "a")])
    assert [[member.key for member in each.members] for each in circle] == [["b", "a"]]
    chain = families(Member(str(number), "A", 1, str(number - 1)) for number in range(5000))
    assert [len(each.members) for each in chain] == [5000]
    assert len(chain[0].spans) == 3


@any_size
def test_the_two_sides_are_about_equally_long(size: int) -> None:
    sides = two_sides(families(members(size)), count(announcements(size)).ties)
    left, right = (sum(len(family.members) for family in side) for side in sides)
    assert left + right == size
    assert abs(left - right) <= max(len(family.members) for side in sides for family in side) + 1


# lettering


@pytest.mark.parametrize(
    ("text", "measured"),
    [
        ("University of Cambridge", 12138),
        ("Beijing Economic-Technological Development Area Management Committee", 38002),
        ("WWWMMM@mw", 8347),
        ("北京市科学技术委员会", 10000),
        ("R&D – “AI”", 5267),
    ],
)
def test_no_text_is_wider_than_it_is_taken_for(text: str, measured: int) -> None:
    assert measured <= width(text, 1000) <= measured * 6 // 5 + 1000


@pytest.mark.parametrize("text", [*NAMES, "", " ", "a" * 200, "字" * 90, "a  b - c--d", "A’s, “B”。（C）"])
def test_lines_are_no_wider_than_asked(text: str) -> None:
    lines = wrap(text, 15, 150, 20)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(width(line, 15) for line in lines) <= 150


def test_lines_are_about_equally_wide() -> None:
    assert wrap("Zhongguancun Science Park Management Committee", 15, 250, 4) == (
        "Zhongguancun Science Park",
        "Management Committee",
    )


def test_a_line_of_chinese_does_not_begin_with_a_closing_sign() -> None:
    for limit in range(45, 200):
        assert not [line for line in wrap("甲乙，丙丁。戊己（庚）辛、壬癸", 15, limit, 20) if line[0] in "，。）、"]


def test_what_does_not_fit_ends_in_an_ellipsis() -> None:
    lines = wrap("word " * 50, 15, 120, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert width(lines[-1], 15) <= 120


# ties


def test_ties_are_symmetric() -> None:
    counts: Counts = count([["b", "a"], ["a", "b", "c"], ["c"], ["a", "a"]])
    assert counts.alone == {"a": 3, "b": 2, "c": 2}
    assert counts.ties == (("a", "b", 2), ("a", "c", 1), ("b", "c", 1))
    partners = counts.partners()
    assert all((one, weight) in partners[other] for one, found in partners.items() for other, weight in found)


# the page

SITE = """\
-- site.yaml --
title: Two Rivers
base_url: https://rivers.example.org/
languages: [en]
timezone: Europe/London
partner_kinds: [university, company]
-- content/announcements/tunnel.md --
---
title: A tunnel opens
summary: A tunnel between the two rivers is open.
date: 2025-10-20
partners: [delta, ford, 'mill']
---
-- content/announcements/ferry.md --
---
title: A ferry ends
summary: The ferry has ended.
date: 2025-10-21
partners: [ford, delta]
withdrawn: {date: 2025-10-30, note: It still runs.}
---
-- content/announcements/secret.md --
---
title: A dam
summary: A dam is built.
date: 2025-10-22
draft: true
partners: [delta, mill, hidden]
---
-- content/partners/ford.md --
---
name: Ford & Sons
kind: company
city: Oxford
---
-- content/partners/mill.md --
---
name: The Mill of Delta University
short: Mill
kind: company
parent: delta
---
-- content/partners/hidden.md --
---
name: Hidden Partner
kind: company
---
-- content/partners/quay.md --
---
name: Quay
kind: company
---
-- content/pages/quays.md --
---
title: Quays
---

[Quay](../partners/quay.md)
"""


@cache
def page_of(given: str = SITE) -> str:
    """The map of a site that has no errors."""
    whole = built(given)
    assert [problem for problem in whole.problems if problem.severity == "error"] == []
    return whole.files["map/index.html"].decode()


def table(page: str) -> dict[str, tuple[str, dict[str, str]]]:
    """The rows of the table: partner, its count, and with whom it announced how often."""
    rows = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page.partition("<tbody>")[2], re.DOTALL):
        head, cell = row.split("</th>")
        companions = {}
        for said, listed in re.findall(r'<p class="meta">([^<]*)</p>\s*<ul class="inline">(.*?)</ul>', cell, re.DOTALL):
            companions.update(dict.fromkeys(re.findall(r"<a [^>]*>([^<]*)</a>", listed), said))
        rows[re.findall(r"<a [^>]*>([^<]*)</a>", head)[0]] = (re.findall(r'"meta">([^<]*)<', head)[-1], companions)
    return rows


def drawing(page: str, name: str) -> Markup:
    """One of the two drawings."""
    return read(page.partition(f'<svg class="{name}"')[2].partition("</svg>")[0])


def test_the_table_says_who_announced_with_whom() -> None:
    assert table(page_of()) == {
        "Delta University": (
            "3 announcements",
            {"Ford &amp; Sons": "2 announcements", "The Mill of Delta University": "1 announcement"},
        ),
        "Ford &amp; Sons": (
            "2 announcements",
            {"Delta University": "2 announcements", "The Mill of Delta University": "1 announcement"},
        ),
        "The Mill of Delta University": (
            "1 announcement",
            {"Delta University": "1 announcement", "Ford &amp; Sons": "1 announcement"},
        ),
        "Quay": ("0 announcements", {}),
    }


def test_the_table_says_kind_place_and_parent() -> None:
    head = page_of().partition("<tbody>")[2]
    assert re.search(r'The Mill of.*?Part of <a href="../partners/delta/">Delta University</a>', head, re.DOTALL)
    assert head.count("Part of") == 1
    assert re.search(r"Ford &amp; Sons</a>.*?<span>company</span>\s*<span>Oxford</span>", head, re.DOTALL)


@both
def test_each_public_partner_is_a_link_in_each_drawing(name: str) -> None:
    found = drawing(page_of(), name)
    assert sorted(found.anchors) == [
        "../partners/delta/",
        "../partners/ford/",
        "../partners/mill/",
        "../partners/quay/",
    ]
    assert "Ford & Sons: 2 announcements" in found.text
    assert "The Mill of Delta University (Mill): 1 announcement" in found.text
    assert [text.text.strip() for text in found.all("text")].count("Mill") == 1
    assert len(found.of_class("empty")) == 1
    assert len(found.of_class("edge")) == len(found.of_class("within")) == 1


def test_what_is_withheld_changes_nothing() -> None:
    without = SITE.replace("-- content/announcements/secret.md --", "-- content/announcements/secret.md (absent) --")
    assert page_of() == page_of(without)
    assert "Hidden" not in page_of()


@both
def test_drawings_can_be_read_aloud_and_reached(name: str) -> None:
    page = read(page_of())
    [svg] = [element for element in page.all("svg") if element.attributes.get("class") == name]
    named = {element.attributes["id"]: element.text for element in page.elements if "id" in element.attributes}
    assert named[svg.attributes["aria-labelledby"]]
    assert named[svg.attributes["aria-describedby"]]
    assert svg.attributes["role"] == "group"
    assert not [element for element in page.elements if "style" in element.attributes]
    assert "#map-table" in page.anchors
    assert "map-table" in page.ids


def test_the_map_and_the_profiles_say_the_same() -> None:
    files = built(SITE).files
    for slug, name in (
        ("delta", "Delta University"),
        ("ford", "Ford &amp; Sons"),
        ("mill", "The Mill of Delta University"),
    ):
        profile = files[f"partners/{slug}/index.html"].decode().partition("Announced together with")[2]
        found = re.findall(r'<a href="[^"]*">([^<]*)</a>\s*<p class="meta">([^<]*)</p>', profile)
        assert dict(found) == table(files["map/index.html"].decode())[name][1]


def test_a_drawing_that_would_hold_too_many_shows_those_with_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.outputs.partner_map.DRAWN", 1)
    page = page_of.__wrapped__()
    assert drawing(page, "wide").anchors == drawing(page, "narrow").anchors == ["../partners/delta/"]
    assert list(table(page)) == ["Delta University", "Ford &amp; Sons", "The Mill of Delta University", "Quay"]
    assert table(page)["Delta University"][1] == {"Ford &amp; Sons": "2 announcements"}
    assert "The drawing shows the 1 partners" in page
    assert "and 1 more" in page


def test_a_site_without_partners_says_so() -> None:
    page = page_of(
        "-- content/announcements/2025-10-27-bridge.md (absent) --\n-- content/pages/about.md (absent) --\n"
        "-- content/pages/more.md --\n---\ntitle: More\n---\n\nText.\n"
    )
    assert "There are no partners yet." in page
    assert "<svg" not in page
    assert "<table" not in page


@both
def test_a_site_of_one_partner_is_drawn(name: str) -> None:
    assert drawing(page_of(""), name).anchors == ["../partners/delta/"]


def test_the_same_site_gives_the_same_map_in_every_run() -> None:
    code = "import test_map; print(test_map.page_of(), test_map.plans(40))"
    path = os.pathsep.join(str(ROOT / folder) for folder in (".", "tests", "tests/unit"))
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    elsewhere = subprocess.run(
        [sys.executable, "-B", "-c", code],
        capture_output=True,
        check=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )
    assert elsewhere.stdout == f"{page_of()} {plans(40)}\n"


def test_the_order_in_which_things_are_given_does_not_matter() -> None:
    everybody, made = members(40), announcements(40)
    one = wide_plan(families(everybody), count(made).ties)
    other = wide_plan(families(everybody[::-1]), count([each[::-1] for each in made[::-1]]).ties)
    assert one == other


def test_the_map_does_not_ask_the_clock() -> None:
    later = NOW.replace(year=2027)
    assert built(SITE).files["map/index.html"] == built(SITE, now=later).files["map/index.html"]
