"""The benchmarks time nothing that did less than it was asked for, and say with what each tool is compared."""

import io
import json
import shutil
from argparse import ArgumentTypeError
from collections import namedtuple
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PIL import Image

from benchmarks import alone, command, table
from benchmarks.alone import Grown, NoRoom
from benchmarks.corpus import FIRST_DAY, Corpus
from benchmarks.table import Row
from benchmarks.timing import SCENARIOS, Measure, Pair, Workplace
from benchmarks.tools import Tool, communique
from benchmarks.verify import Expected, Made, Unequal, expect, verify

CORPUS = Corpus(1, 8)
FREE = namedtuple("FREE", "free")


@pytest.fixture(scope="module")
def expected() -> Expected:
    return expect(CORPUS)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What Communiqué makes of a small corpus."""
    place = Workplace(communique(), CORPUS, tmp_path_factory.mktemp("benchmark") / "site")
    place.build("cold")
    return place.output


def picture(width: int, height: int) -> bytes:
    """A white PNG."""
    file = io.BytesIO()
    Image.new("RGB", (width, height)).save(file, "PNG")
    return file.getvalue()


def test_what_is_made_passes(expected: Expected, output: Path) -> None:
    made = verify(expected, output, companions=True)
    assert made.files == sum(path.is_file() for path in output.rglob("*"))


class Crowded(Corpus):
    """A corpus in which four announcements share a day."""

    def day(self, number: int) -> date:
        return FIRST_DAY + timedelta(days=number // 4)


def test_announcements_of_one_day_stand_in_any_order_and_others_in_theirs(tmp_path: Path) -> None:
    corpus = Crowded(1, 24)
    place, wanted = Workplace(communique(), corpus, tmp_path / "site"), expect(corpus)
    place.build("cold")
    verify(wanted, place.output, companions=True)
    here, there = (place.output / "announcements" / path for path in ("index.html", "page/2/index.html"))
    moved = wanted.slugs[7]
    there.write_text(there.read_text().replace("</main>", f'<a href="../../../announcements/{moved}/"></a></main>'))
    with pytest.raises(Unequal, match=r"/page/2/.* leads to 1 "):
        verify(wanted, place.output, companions=True)
    here.write_text(here.read_text().replace(moved, wanted.slugs[6]))
    with pytest.raises(Unequal, match=r"/announcements/.* lacks 1 "):
        verify(wanted, place.output, companions=True)


@pytest.mark.parametrize(
    ("name", "damage", "said"),
    [
        ("card.png", lambda _: picture(600, 315), "is not a PNG of 1200 by 630"),
        ("card.png", lambda _: b"no picture", "is not a PNG"),
        ("card.png", None, "there is no"),
        ("index.html", lambda page: page.replace(b"card.png", b"other.png"), "does not name its card"),
        ("ninjs.json", lambda news: news[:-3], "is not JSON"),
        ("ninjs.json", lambda news: news.replace(b'"by"', b'"of"'), "has other fields: by, of"),
        ("ninjs.json", lambda news: json.dumps({**json.loads(news), "title": "Another"}).encode(), "does not say"),
        ("index.md", lambda text: text.partition(b"##")[0], "does not say"),
        ("index.md", None, "there is no"),
    ],
)
def test_what_is_lacking_beside_a_page_is_found(
    name: str, damage: Callable[[bytes], bytes] | None, said: str, expected: Expected, output: Path
) -> None:
    file = output / "announcements" / expected.slugs[0] / name
    whole = file.read_bytes()
    try:
        if damage:
            file.write_bytes(damage(whole))
        else:
            file.unlink()
        with pytest.raises(Unequal, match=said):
            verify(expected, output, companions=True)
        if name != "index.html":
            verify(expected, output, companions=False)
    finally:
        file.write_bytes(whole)


def tool(name: str, note: str = "") -> Tool:
    """A tool that is never called."""
    return Tool(name, "1.0", communique().dialect, (), note=note)


def measured(wall: float) -> Measure:
    return Measure(wall, 2 * wall, 3_000_000)


def test_a_row_tells_with_what_it_is_compared() -> None:
    base, fuller, own = tool("Base"), tool("Base", ", fuller"), tool("Own")
    made = Made(9, 3, 5_000_000)

    def row(other: Tool | None, took: float) -> Row:
        pairs = [Pair(measured(3), measured(took))]
        return Row(own, made, dict.fromkeys(SCENARIOS, pairs), other)

    lines = table.peers([row(None, 3), row(base, 1), row(fuller, 6)], [], 60, base).splitlines()
    assert lines[2].startswith("| Own 1.0 | 9 (3) | 5.0 MB | 3.00 s | 3.00 s | 3.00 s |")
    assert lines[3].startswith("| Own 1.0 | 9 (3) | 5.0 MB | 3.00 s = 3.0 × (3.0–3.0) |")
    assert lines[4].startswith("| Own 1.0, in pairs with Base 1.0, fuller | 9 (3) | 5.0 MB | 3.00 s = 0.50 × ")


def test_growth_is_told_for_one_announcement() -> None:
    few = Grown(60, Made(600, 200, 10_000_000), Measure(2, 4, 80_000_000), 20_000_000)
    many = Grown(600, Made(6000, 2000, 100_000_000), Measure(30, 20, 90_000_000), 200_000_000)
    lines = table.growth([few, many]).splitlines()
    assert lines[2] == "| 60 announcements | 600 | 10.0 MB | 2.00 s | 4.00 | 80 MB |  |  |"
    assert lines[3] == "| 600 announcements | 6,000 | 100.0 MB | 30.00 s | 20.00 | 90 MB | 1.50 × | 0.50 × |"


def test_nothing_is_built_where_there_is_no_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = Grown(60, Made(600, 200, 10_000_000), Measure(2, 4, 80_000_000), 20_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: FREE(2_400_000_000))
    with pytest.raises(NoRoom, match=r"need some 2\.5 GB, and 2\.4 GB are free"):
        alone.grow(communique(), Corpus(1, 6000), tmp_path, few)
    assert list(tmp_path.iterdir()) == []


def test_where_one_size_finds_no_room_the_smaller_ones_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: FREE(0))
    grown = command._grow(communique(), [8, 16, 32], tmp_path)
    assert [each.size for each in grown] == [8]
    assert grown[0].made.bytes < grown[0].disk
    assert "16 announcements: they need some" in capsys.readouterr().err


def test_factors_of_growth() -> None:
    assert command._factors("100,10") == [10, 100]
    assert command._factors("") == []
    with pytest.raises(ArgumentTypeError, match="2 or more"):
        command._factors("1,10")
