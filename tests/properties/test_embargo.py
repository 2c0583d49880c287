"""A withheld announcement leaves nothing behind: the site is the same as if its files did not exist."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sitemaker import NOW, ROOT, announcement, at, errors, made, png, record, site, site_yaml, written

from communique.library import read_library
from communique.memory import Memory
from communique.pipeline import Built
from communique.sign_offs import file_of, sign, texts_to_sign, write_sign_offs

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
ALWAYS = datetime(1, 1, 2, tzinfo=UTC)
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
# embargoes stand around NOW, at round times, in the zones of those who announce together
INSTANTS = (
    "2025-10-26T01:30:00Z",
    "2025-11-01T09:00:00+08:00",
    "2025-11-03T11:59:59Z",
    "2025-11-03T20:00:00+08:00",
    "2025-11-03T12:00:01Z",
    "2025-11-04T00:00:00-03:30",
    "2026-01-01T00:00:00+08:00",
)
DATES = ("2024-02-29", "2025-10-27", "2025-11-02", "2025-11-03T09:00+08:00", "2025-11-04", "2027-01-01")
PARTNERS = ("Delta University", "Gamma Institute", "Omega", "三角洲大学")
PEOPLE = ("Ada Byron", "Carl Gauss", "Emmy Noether", "王小云")
TOPICS = ("Bridges", "Rivers", "Tunnels")
WORDS = ("river", "stone", "arch", "water", "boat", "mill", "trade", "bank")


class Made(NamedTuple):
    """A generated site: its files, and since when each announcement is public, by the prefix of its files. `alone` has
    the path of each translation that may show before its original, with that of the original and other words for it."""

    files: dict[str, bytes]
    opens: dict[str, datetime]
    alone: dict[str, tuple[str, bytes]]

    def without(self, withheld: Iterable[str]) -> dict[str, bytes]:
        """The files without those of some announcements; beside a translation that shows before its original, this has
        other words."""
        gone = tuple(withheld)
        kept = {path: data for path, data in self.files.items() if not path.startswith(gone)}
        for path, (original, other) in self.alone.items():
            if original.startswith(gone) and path not in gone:
                kept |= {path: self.files[path], original: other}
        return kept

    def withheld(self, now: datetime) -> list[str]:
        """The prefixes of the files of announcements that are withheld at an instant."""
        return [prefix for prefix, opens in self.opens.items() if now < opens]


def sentence(draw: st.DrawFn, owner: str) -> str:
    """Words that only this record says, with names in between that may become links."""
    chance = Random(draw(st.integers(0, 999)))
    words = [f"{chance.choice(WORDS)}{owner}" for _ in range(chance.randint(2, 9))]
    if chance.random() < 0.5:
        # two names side by side may stand so on a public page, too
        words.insert(chance.randint(1, len(words) - 1), chance.choice((*PARTNERS, *PEOPLE)))
    return " ".join(words)


def body(draw: st.DrawFn, owner: str, links: list[str], *, picture: str = "") -> str:
    """A text with all that a text may hold."""
    blocks = [sentence(draw, owner) + "."]
    for _ in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from(("link", "quote", "heading", "note", "list", "table", "comment")))
        words = sentence(draw, owner)
        match kind:
            case "link":
                blocks.append(f"{words} [{sentence(draw, owner)}]({draw(st.sampled_from(links))}).")
            case "quote":
                blocks.append(f"> {words}.\n> — {draw(st.sampled_from(PEOPLE))}")
            case "heading":
                blocks.append(f"## {words}")
            case "note":
                blocks.append(f"{words}[^n{len(blocks)}].\n\n[^n{len(blocks)}]: {sentence(draw, owner)}")
            case "list":
                blocks.append(f"- {words}\n- {sentence(draw, owner)}")
            case "table":
                blocks.append(f"| {words} | b |\n|---|---|\n| {sentence(draw, owner)} | d |")
            case _:
                blocks.append(f"<!-- {words} -->")
    if picture:
        blocks.append(f"![{sentence(draw, owner)}]({picture})")
    return "\n\n".join(blocks)


def some(draw: st.DrawFn, among: Iterable[str], least: int = 0) -> list[str]:
    return draw(st.lists(st.sampled_from(list(among)), min_size=least, max_size=3, unique=True))


def translation(
    draw: st.DrawFn, opens: datetime, owner: str, may_be_first: bool
) -> tuple[dict[str, object], datetime, bool]:
    """What a translation says of itself, since when it is public, and whether it may show before its original."""
    says: dict[str, object] = {"title": f"{sentence(draw, owner)} {owner}title", "summary": sentence(draw, owner)}
    if draw(st.booleans()):
        says["made_from"] = "title:0123456789 summary:9876543210 body/paragraph:0a1b2c3d4e"
    match draw(st.sampled_from(("as the original", "draft", "embargo", "first"))):
        case "first" if may_be_first:
            embargo = draw(st.sampled_from(INSTANTS))
            return {**says, "draft": False, "questions": [], "embargo": embargo}, at(embargo), True
        case "draft":
            return {**says, "draft": True}, NEVER, False
        case "embargo":
            later = [text for text in INSTANTS if at(text) >= opens]
            if later:
                says["embargo"] = draw(st.sampled_from(later))
                return says, at(str(says["embargo"])), False
    return says, opens, False


class Standings(NamedTuple):
    """The fields that decide how each announcement stands, and since when it is public; whether sign-offs are asked
    for, and of which announcements they lack."""

    fields: list[dict[str, object]]
    opens: list[datetime]
    signing: bool
    unsigned: set[str]

    def public_to(self, since: datetime) -> list[str]:
        """Links to the announcements that are public whenever something is that is public since then."""
        return [f"announcement:a{number}" for number, opens in enumerate(self.opens) if opens <= since]


def standings(draw: st.DrawFn, most: int) -> Standings:
    found = Standings([], [], draw(st.integers(0, 2)) == 0, set())
    for number in range(draw(st.integers(1, most))):
        standing = draw(st.sampled_from(("public", "embargo", "embargo", "draft", "questions", "both", "unsigned")))
        known: dict[str, object] = {"date": draw(st.sampled_from(DATES))}
        since = ALWAYS
        if standing in ("embargo", "both"):
            known["embargo"] = draw(st.sampled_from(INSTANTS))
            since = at(str(known["embargo"]))
        if standing in ("draft", "both"):
            known["draft"] = True
            since = NEVER
        if standing == "questions":
            known["questions"] = [{"ask": draw(st.sampled_from(slugs("p"))), "text": sentence(draw, f"a{number}")}]
            since = NEVER
        if standing == "unsigned" and found.signing:
            found.unsigned.add(f"a{number}")
            since = NEVER
        found.fields.append(known)
        found.opens.append(since)
    return found


def slugs(letter: str) -> list[str]:
    """The slugs of partners (p), people (h) or topics (t)."""
    return [f"{letter}{number}" for number in range(len({"p": PARTNERS, "h": PEOPLE, "t": TOPICS}[letter]))]


# links to all records but announcements and pages
SHORT = [
    f"{kind}:{slug}" for kind, letter in (("partner", "p"), ("person", "h"), ("topic", "t")) for slug in slugs(letter)
]


# what a translation that shows first has of its original
SHARED = ("date", "partners", "topics", "contacts", "embargo", "draft", "questions", "pinned", "was")


def one(draw: st.DrawFn, number: int, stands: Standings, chinese: bool) -> Made:
    """An announcement with its files, maybe with a translation."""
    own, opens = f"a{number}", stands.opens[number]
    folder = draw(st.booleans())
    prefix = f"content/announcements/{draw(st.sampled_from(('', '2025-11-01-')))}{own}"
    links = SHORT + stands.public_to(opens)
    known = stands.fields[number] | {
        "title": f"{sentence(draw, own)} {own}title",
        "summary": sentence(draw, own),
        "partners": some(draw, slugs("p"), 1),
        "topics": some(draw, slugs("t")),
        "contacts": some(draw, slugs("h")),
        "pinned": draw(st.booleans()),
    }
    files: dict[str, bytes] = {}
    if draw(st.booleans()):
        known["was"] = [f"/old/{own}/"]
    if draw(st.booleans()):
        known["notes"] = body(draw, own, links)
    if draw(st.booleans()):
        known["corrections"] = [{"date": draw(st.sampled_from(DATES)), "note": sentence(draw, own)}]
    if draw(st.integers(0, 4)) == 0:
        known["withdrawn"] = {"date": "2025-11-02", "note": sentence(draw, own)}
    if folder and draw(st.booleans()):
        known["image"] = {"file": "lead.png", "alt": sentence(draw, own), "redistribute": draw(st.booleans())}
        files[f"{prefix}/lead.png"] = png(number + 4, 3)
        known["gallery"] = [{"file": "more.png", "alt": sentence(draw, own), "credit": own, "redistribute": True}]
        files[f"{prefix}/more.png"] = png(number + 5, 9)
    if draw(st.booleans()):
        known["facts"] = [{"value": str(number), "label": sentence(draw, own)}]
        known["events"] = [{"date": draw(st.sampled_from(("2023", "2025-12"))), "what": sentence(draw, own)}]
    picture = "shown.png" if folder and draw(st.booleans()) else ""
    if picture:
        files[f"{prefix}/shown.png"] = png(number + 4, 5)
    path = f"{prefix}/index.md" if folder else f"{prefix}.md"
    files[path] = record(known, body(draw, own, links, picture=picture))
    since = {f"{prefix}/" if folder else f"{prefix}.": opens}
    alone = {}
    if chinese and draw(st.booleans()):
        original, path = path, path.replace(".md", ".zh-Hans.md")
        # what was signed holds the words of both languages
        may_be_first = "withdrawn" not in known and not stands.signing
        says, since[path], first = translation(draw, opens, f"{own}zh", may_be_first)
        text = ""
        if first or draw(st.booleans()):
            text = body(draw, f"{own}zh", SHORT + stands.public_to(since[path]))
        if first:
            shared = {key: value for key, value in known.items() if key in SHARED}
            alone[path] = original, record({**shared, "title": "Other", "summary": "Words"}, "of another text")
        files[path] = record(says, text)
    return Made(files, since, alone)


def others(draw: st.DrawFn, always: list[str], chinese: bool) -> dict[str, bytes]:
    """Partners, people, topics and pages, which point to what is always public."""
    links = SHORT + always
    files = {}
    for number, name in enumerate(PARTNERS):
        known: dict[str, object] = {
            "name": name,
            "kind": draw(st.sampled_from(("university", "company"))),
            "contacts": some(draw, slugs("h")),
            "boilerplate": sentence(draw, f"p{number}"),
        }
        if number and draw(st.booleans()):
            known["parent"] = f"p{draw(st.integers(0, number - 1))}"
        if draw(st.booleans()):
            known["logo"] = {"file": f"logo{number}.png", "alt": "logo"}
            files[f"content/partners/logo{number}.png"] = png(number + 30, 7)
        files[f"content/partners/p{number}.md"] = record(known, body(draw, f"p{number}", links))
    for number, name in enumerate(PEOPLE):
        role = {"title": f"Head of {sentence(draw, f'h{number}')}"}
        role |= dict(zip(["partner"], some(draw, slugs("p")), strict=False))
        role |= dict(zip(["source"], some(draw, always) if always else [], strict=False))
        files[f"content/people/h{number}.md"] = record({"name": name, "roles": [role]}, sentence(draw, f"h{number}"))
    for number, name in enumerate(TOPICS):
        files[f"content/topics/t{number}.md"] = record({"name": name}, body(draw, f"t{number}", links))
    for number in range(draw(st.integers(0, 2))):
        files[f"content/pages/g{number}.md"] = record({"title": f"Page g{number}"}, body(draw, f"g{number}", links))
    if chinese:
        files["content/partners/p0.zh-Hans.md"] = record({"name": "三角大学", "boilerplate": sentence(draw, "p0zh")})
        files["content/topics/t0.zh-Hans.md"] = record({"name": "桥"}, body(draw, "t0zh", links))
    return files


@st.composite
def sites(draw: st.DrawFn, most: int = 5) -> Made:
    """A legal site: what is public never points to what is withheld, all else points anywhere."""
    chinese = draw(st.booleans())
    stands = standings(draw, most)
    tags = ["en", "zh-Hans"] if chinese else ["en"]
    size = draw(st.integers(1, 3))
    whole = Made({}, {}, {})
    for number in range(len(stands.opens)):
        each = one(draw, number, stands, chinese)
        whole.files.update(each.files)
        whole.opens.update(each.opens)
        whole.alone.update(each.alone)
    whole.files.update(others(draw, stands.public_to(ALWAYS), chinese))
    whole.files.update(signatures(whole.files, tags, stands.unsigned) if stands.signing or draw(st.booleans()) else {})
    whole.files["site.yaml"] = site_yaml(
        languages=tags, per_page=size, link_names=size > 1, sign_off={"required": stands.signing}
    )
    return whole


def signatures(files: dict[str, bytes], tags: list[str], unsigned: set[str]) -> dict[str, bytes]:
    """The files in which all partners sign off what each announcement says in every language; of those without all
    sign-offs, one is by somebody who is no partner."""
    library = read_library(files, tuple(tags))
    found = {}
    for each in library.announcements:
        partners = [reference.name.slug for reference in each.partners]
        texts = texts_to_sign(each.name, library, files, tags[0])
        signing = partners if each.name.slug not in unsigned else ["nobody"]
        signed = [sign(partner, f"Who signs {each.name.slug}", NOW, partners, texts) for partner in signing]
        found[file_of(each.path)] = write_sign_offs(signed).encode()
    return found


# it comes to know the sites of all examples, at all clocks
MEMORY = Memory(None, b"tests")


def clean(files: Mapping[str, bytes], now: datetime, memory: Memory | None = None) -> Built:
    """The build of files that have no error."""
    whole = made(files, now, memory)
    assert errors(whole) == []
    return whole


def same(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> None:
    """Fails with the names of files that differ, since their bytes would fill the screen."""
    assert sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path)) == []


def moments(given: Made) -> list[datetime]:
    """All instants at which a site could change, with a second before and after each."""
    found = {at(text) for text in INSTANTS} | {opens for opens in given.opens.values() if ALWAYS < opens < NEVER}
    for text in DATES:
        start = at(text) if "T" in text else datetime.combine(at(text), datetime.min.time(), UTC)
        found |= {start, start + DAY, start + 2 * DAY}
    return sorted({each + step for each in found for step in (-SECOND, timedelta(), SECOND)})


@settings(max_examples=12, derandomize=True, phases=(Phase.generate,))
@given(data=st.data(), given_site=sites())
def test_the_output_is_the_same_as_if_the_files_of_the_withheld_did_not_exist_also_with_a_memory(
    data: st.DataObject, given_site: Made
) -> None:
    before, now = data.draw(st.lists(st.sampled_from([NOW, *moments(given_site)]), min_size=2, max_size=2))
    made(given_site.files, before, MEMORY)
    whole = clean(given_site.files, now, MEMORY)
    same(whole.files, clean(given_site.without(given_site.withheld(now)), now).files)


@settings(max_examples=5, derandomize=True, phases=(Phase.generate,))
@given(data=st.data(), given_site=sites(most=3))
def test_the_next_change_is_the_next_instant_at_which_the_output_changes(data: st.DataObject, given_site: Made) -> None:
    clocks = moments(given_site)
    now = data.draw(st.sampled_from([NOW, *clocks[::3]]))
    whole = clean(given_site.files, now)
    # in UTC, since instants of different zones in an hour that clocks double are never equal
    end = whole.next_change.astimezone(UTC) if whole.next_change else clocks[-1] + DAY
    assert end > now
    assert whole.next_change is None or end in clocks
    between = [clock for clock in clocks if now < clock < end]
    for clock in {*between[:2], *between[2::5], *between[-2:]}:
        same(whole.files, made(given_site.files, clock).files)
    assert whole.next_change is None or made(given_site.files, end).files != whole.files


@settings(max_examples=6, derandomize=True, phases=(Phase.generate,))
@given(data=st.data(), given_site=sites(most=3))
def test_two_clocks_between_the_same_two_changes_give_the_same_output(data: st.DataObject, given_site: Made) -> None:
    now = data.draw(st.sampled_from(moments(given_site)))
    whole = clean(given_site.files, now)
    end = whole.next_change or at("2031-05-06T07:08:09Z")
    part = data.draw(st.integers(0, 999))
    later = max(now, now + (end - now) * part / 1000)
    same(whole.files, made(given_site.files, later).files)
    same(whole.files, made(given_site.files, max(now, end - timedelta(microseconds=1))).files)


EMBARGO = at("2025-10-27T09:00:00+08:00")
SECRET = "content/announcements/tunnel.md"


def tunnel(**fields: object) -> dict[str, bytes]:
    """A site in which an announcement is under embargo until 9:00 in Beijing, alone with its topic and a person."""
    more = {"embargo": "2025-10-27T09:00:00+08:00", "topics": ["tunnels"], "contacts": ["carl-gauss"], **fields}
    return site(
        {
            SECRET: announcement("The tunnel of Vesuvius", "> Deep.\n> — Carl Gauss", **more),
            "content/people/carl-gauss.md": record({"name": "Carl Gauss"}),
            "content/topics/tunnels.md": record({"name": "Tunnels"}),
        }
    )


@pytest.mark.parametrize("early", [DAY, SECOND, timedelta(microseconds=1)], ids=["a day", "a second", "no time at all"])
def test_before_the_instant_nothing_shows_not_even_a_moment_before(early: timedelta) -> None:
    files = tunnel()
    withheld = {path: data for path, data in files.items() if path != SECRET}
    same(clean(files, EMBARGO - early).files, clean(withheld, EMBARGO - early).files)


@pytest.mark.parametrize("late", [timedelta(), SECOND, DAY], ids=["at once", "a second", "a day"])
def test_at_the_instant_all_shows_and_so_it_stays(late: timedelta) -> None:
    lifted = clean(tunnel(), EMBARGO + late).files
    assert b"Vesuvius" in lifted["announcements/tunnel/index.html"]
    assert b"Vesuvius" in lifted["feed.xml"]
    assert {"topics/tunnels/index.html", "people/carl-gauss/index.html"} <= lifted.keys()
    assert b"tunnel" in lifted["sitemap.xml"]


@pytest.mark.parametrize(
    "form", ["2025-10-27T01:00:00Z", "2025-10-26T21:00:00-04:00", "2025-10-27 09:00+0800", "2025-10-27t01:00z"]
)
def test_an_instant_is_the_same_in_whatever_offset_it_is_written(form: str) -> None:
    files = tunnel(embargo=form)
    assert "announcements/tunnel/index.html" not in clean(files, EMBARGO - SECOND).files
    assert "announcements/tunnel/index.html" in clean(files, EMBARGO).files


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "UTC", "America/St_Johns", "Europe/London"])
def test_the_clock_of_the_site_moves_no_embargo(zone: str) -> None:
    files = tunnel() | {"site.yaml": site_yaml(timezone=zone)}
    assert "announcements/tunnel/index.html" not in clean(files, EMBARGO - SECOND).files
    lifted = clean(files, EMBARGO)
    assert "announcements/tunnel/index.html" in lifted.files
    assert clean(files, EMBARGO - SECOND).next_change == EMBARGO


@pytest.mark.parametrize(
    "standing", [{"draft": True}, {"questions": [{"ask": "delta", "text": "Is it so?"}]}], ids=["draft", "questions"]
)
def test_a_draft_never_lifts_by_the_clock_also_with_an_embargo_that_is_over(standing: dict[str, object]) -> None:
    files = tunnel(**standing)
    withheld = {path: data for path, data in files.items() if path != SECRET}
    for now in (EMBARGO - SECOND, EMBARGO, at("2099-01-01T00:00Z")):
        same(clean(files, now).files, clean(withheld, now).files)
    assert clean(files, at("2025-11-20T00:00Z")).next_change is None


def test_what_is_withheld_is_not_withdrawn_in_public() -> None:
    files = tunnel(withdrawn={"date": "2025-10-26", "note": "It was wrong."})
    assert not any(b"It was wrong" in data for data in clean(files, EMBARGO - SECOND).files.values())
    assert b"It was wrong" in clean(files, EMBARGO).files["announcements/tunnel/index.html"]


def test_of_two_embargoes_in_an_hour_that_happens_twice_the_earlier_comes_first() -> None:
    late = announcement("Later", embargo="2025-10-26T09:15+08:00")  # 01:15 in London, for the second time
    early = announcement("Earlier", embargo="2025-10-26T08:45+08:00")  # 01:45 in London, for the first time
    whole = clean(
        site({"content/announcements/a.md": late, "content/announcements/b.md": early}), at("2025-10-25T12:00Z")
    )
    assert whole.next_change is not None
    assert whole.next_change.astimezone(UTC) == at("2025-10-26T00:45Z")


def test_a_fraction_of_a_second_is_kept_or_refused() -> None:
    whole = made(tunnel(embargo="2025-10-27T09:00:00.9+08:00"), EMBARGO)
    assert errors(whole) or "announcements/tunnel/index.html" not in whole.files


def test_a_withdrawn_announcement_announces_no_change() -> None:
    files = site({SECRET: announcement("A tunnel", date="2025-11-03", withdrawn={"date": "2025-11-03", "note": "No."})})
    assert clean(files, NOW).next_change is None


def test_the_last_instant_of_the_calendar_is_an_embargo_like_others() -> None:
    for zone in ("Europe/London", "Asia/Shanghai"):
        for instant in ("9999-12-31T23:59:59Z", "9999-12-31T00:00:00+08:00"):
            files = tunnel(embargo=instant) | {"site.yaml": site_yaml(timezone=zone)}
            whole = made(files, NOW)
            assert errors(whole) or "announcements/tunnel/index.html" not in whole.files


@pytest.mark.parametrize("path", ["deep.png", "pictures/deep.png"])
def test_a_picture_in_the_folder_of_a_withheld_announcement_is_withheld_with_it(path: str) -> None:
    about = f"![Deep](../announcements/tunnel/{path}) [a](person:ada-byron)"
    secret = {
        "content/announcements/tunnel/index.md": announcement("The tunnel", draft=True),
        f"content/announcements/tunnel/{path}": png(),
        "content/pages/about.md": record({"title": "About"}, about),
    }
    assert errors(made(site(secret)))


def test_a_link_from_the_public_to_the_withheld_stops_the_build_at_its_line() -> None:
    for link in ("announcement:tunnel", "../announcements/tunnel.md", "/announcements/tunnel/"):
        page = record({"title": "About"}, f"Words.\n\nSee [this]({link}). [Ada](person:ada-byron)")
        whole = made(tunnel() | {"content/pages/about.md": page}, EMBARGO - SECOND)
        assert any(each.startswith("content/pages/about.md:7:") for each in errors(whole)), link
        assert errors(made(tunnel() | {"content/pages/about.md": page}, EMBARGO)) == []


FAR = """
import hashlib, sys
from datetime import datetime
from communique.pipeline import build
from communique.disk import load
from communique.cli import instant
from pathlib import Path
folder, engine = Path(sys.argv[1]), Path(sys.argv[2])
for now in sys.argv[3:]:
    files = build(load(folder, engine), instant(now)).files
    digest = hashlib.sha256(b"".join(path.encode() + files[path] for path in sorted(files))).hexdigest()
    print(digest, "announcements/tunnel/index.html" in files)
ahead = build(load(folder, engine), instant(None))
pages = [path for path in ahead.files if path.startswith("announcements/s") and path.endswith(".html")]
print(*sorted(pages), ahead.next_change is None)
"""


def test_the_machine_s_time_zone_language_and_hash_seed_move_nothing(tmp_path: Path) -> None:
    real = datetime.now(UTC)
    hours = {
        f"content/announcements/s{number}.md": announcement(
            f"Hour {number}", embargo=(real + timedelta(hours=number)).isoformat("T", "seconds")
        )
        for number in (-1, 1)
    }
    written(tmp_path, tunnel() | hours)
    clocks = ["2025-10-27T00:59:59Z", "2025-10-27T09:00+08:00"]
    machines = [("Asia/Shanghai", "1", "C"), ("UTC", "2", "C.UTF-8"), ("America/St_Johns", "3", "C.UTF-8")]
    calls = [
        subprocess.Popen(
            [sys.executable, "-c", FAR, str(tmp_path), str(ROOT), *clocks],
            env={**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for zone, seed, locale in machines
    ]
    told = {call.communicate()[0] for call in calls}
    assert len(told) == 1
    before, at_once, ahead = told.pop().splitlines()
    assert before.endswith("False")
    assert at_once.endswith("True")
    assert ahead == "announcements/s-1/index.html False"
