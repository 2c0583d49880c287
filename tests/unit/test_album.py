"""Pictures on pages: in sizes that fit, made once, with nothing in them but credit and licence."""

import io
import re
from collections.abc import Callable, Sequence
from functools import cache
from posixpath import dirname, join, normpath
from typing import Any
from unittest.mock import patch

from corner_site import corner_site, drawing, photograph
from PIL import Image
from support import NOW, built, files, page, sources

from communique.memory import Memory
from communique.pipeline import Built, build
from communique.work import Work
from communique.workforce import Workforce

PAGE = "announcements/opening/index.html"


@cache
def corners() -> Built:
    return built(corner_site())


def shown(path: str = PAGE) -> list[dict[str, str]]:
    """The attributes of each picture on a page, with those of its WebP source."""
    html = corners().files[path].decode()
    tags = re.finditer(r"(?:<picture><source ([^>]*)>\s*)?<img ([^>]*)>", html)
    return [dict(re.findall(r'([a-z]+)="([^"]*)"', f"{tag[1] or ''} {tag[2]}")) for tag in tags]


def test_every_picture_has_its_true_size_and_every_file_of_it_is_there() -> None:
    for path in (PAGE, "index.html", "zh-Hans/announcements/opening/index.html", "partners/delta/index.html"):
        assert shown(path)
        for picture in shown(path):
            listed = [each.split() for each in picture.get("srcset", "").split(", ") if each]
            for url, width in [(picture["src"], f"{picture['width']}w"), *listed]:
                data = corners().files[normpath(join(dirname(path), url))]
                with Image.open(io.BytesIO(data)) as image:
                    assert f"{image.width}w" == width
                    if url == picture["src"]:
                        assert str(image.height) == picture["height"]


def test_a_large_picture_comes_in_several_widths_and_a_small_one_in_one() -> None:
    pictures = {each["src"]: each for each in shown()}
    bridge = next(each for src, each in pictures.items() if src.endswith("bridge.jpg"))
    widths = re.findall(r" (\d+)w", bridge["srcset"])
    assert widths == ["480", "960", "1600"]
    small = next(each for src, each in pictures.items() if src.endswith("small.png"))
    assert "srcset" not in small


def test_only_what_is_seen_first_is_not_lazy() -> None:
    lazy = [each.get("loading") == "lazy" for each in shown() if "sign" not in each["src"]]
    eager = [each["src"] for each in shown() if each.get("loading") != "lazy"]
    assert len(eager) == 1
    assert eager[0].endswith("bridge.jpg")
    assert sum(lazy) >= 4


def test_nothing_is_written_in_a_picture_but_credit_and_licence() -> None:
    made = {path: data for path, data in corners().files.items() if path.endswith((".jpg", ".png", ".webp"))}
    assert not [path for path, data in made.items() if b"SECRET" in data]
    bridge = {path: data for path, data in made.items() if "/bridge" in path}
    assert len(bridge) == 4
    assert all(b"Ada Byron" in data and b"CC BY 4.0" in data for data in bridge.values())


def test_what_is_for_display_only_says_so_beside_it() -> None:
    html = corners().files[PAGE].decode()
    caption = html.partition('drawing.png"')[2].partition("</figure>")[0]
    assert "Shown here only; not to be passed on" in caption
    assert html.count("Shown here only") == 1


def test_a_picture_keeps_its_name_and_another_format_gets_its_own() -> None:
    file = io.BytesIO()
    Image.open(io.BytesIO(photograph(700, 400))).save(file, "WEBP")
    head = "title: A\nsummary: B.\ndate: 2025-10-27\npartners: [delta]\nimage: {file: a.webp, alt: A picture}\n"
    given = {
        **files(),
        "content/announcements/boats/index.md": f"---\n{head}---\n\n![Plan](plan.png)\n".encode(),
        "content/announcements/boats/a.webp": file.getvalue(),
        "content/announcements/boats/plan.png": drawing(300, 200),
    }
    made = {path for path in built(given).files if path.startswith("announcements/boats/")}
    named = {path.rpartition("/")[2] for path in made}
    assert "plan.png" in named
    assert named & {"a-700.jpg", "a-700.png"}
    assert "a.webp" not in named


class Counting(Work):
    """Work that counts what is developed."""

    def __init__(self, within: Work) -> None:
        self.within, self.count = within, 0

    def do(self, function: Callable[[Any], Any], items: Sequence[Any], key: Any = None, bulk: str = "") -> list[Any]:
        def counted(item: Any) -> Any:
            self.count += getattr(function, "__name__", "") == "_developed"
            return function(item)

        counted.__qualname__ = getattr(function, "__qualname__", "") or function.func.__qualname__  # type: ignore[attr-defined]
        return self.within.do(counted, items, key, bulk)


def test_a_picture_is_made_once_for_all_languages_and_then_remembered() -> None:
    given = sources(corner_site())
    memory = Memory(None, b"")
    before, after = Counting(Workforce(memory, 1)), Counting(Workforce(memory, 1))
    with patch("communique.pictures.card.card", return_value=b""):
        one = build(given, NOW, work=before).files
        other = build(given, NOW, work=after).files
    assert one == other
    assert (before.count, after.count) == (7, 0)


def test_social_cards_follow_title_language_and_colour() -> None:
    cards = {path: data for path, data in corners().files.items() if path.endswith("card.png")}
    assert len(set(cards.values())) == len(cards) == 16 + 2
    assert (
        '"https://rivers.example.org/announcements/bare/card.png"'
        in corners().files["zh-Hans/announcements/bare/index.html"].decode()
    )


def test_related_announcements_share_topics_and_partners() -> None:
    def announcement(slug: str, day: int, partners: str, topics: str, more: str = "") -> str:
        head = (
            f"title: {slug.title()}\nsummary: S.\ndate: 2025-09-{day:02}\npartners: [{partners}]\ntopics: [{topics}]\n"
        )
        return f"-- content/announcements/{slug}.md --\n---\n{head}{more}---\n\nText.\n"

    site = (
        "-- content/topics/water.md --\n---\nname: Water\n---\n"
        + "-- content/partners/works.md --\n---\nname: The Works\nkind: company\n---\n"
        + announcement("here", 10, "delta", "bridges")
        + announcement("topic", 1, "works", "bridges")
        + announcement("both", 2, "delta", "bridges")
        + announcement("partner", 3, "delta", "water")
        + announcement("gone", 4, "delta", "bridges", "withdrawn: {date: 2025-09-05, note: Wrong.}\n")
        + announcement("neither", 5, "works", "water")
    )
    html = page(site, "announcements/here/index.html")
    listed = re.findall(r"<h3[^>]*><a[^>]*>([^<]*)</a>", html.partition("Related announcements")[2])
    assert listed == ["A bridge opens", "Both", "Topic"]
