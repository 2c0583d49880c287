"""Press kits: the same bytes everywhere, what they hold, and what they leave out."""

import io
import zipfile
from dataclasses import replace

from support import announcement, built, files, png, sources

from communique.images import read_size

KIT = "announcements/bridge/kit.zip"
FOLDER = "content/announcements/2025-10-27-bridge"
PICTURES = """\
place: Oxford
image: {file: span.png, alt: A span, caption: The span in May, credit: Ann Lee, licence: CC BY 4.0, redistribute: true}
gallery:
  - {file: crane.png, alt: A crane, credit: Picture desk, redistribute: false}"""
QUOTE = "It holds.\n\n> “It stands.”\n> — Ada Byron\n"
CHINESE = "---\ntitle: 大桥通车\nsummary: 两河之间的大桥通车。\n---\n\n大桥通车。\n"


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of an archive, by path in its one folder."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name.removeprefix("bridge/"): archive.read(name) for name in archive.namelist()}


def bridge(*fields: str) -> dict[str, bytes]:
    """The base site with pictures and a quote in its announcement, in two languages."""
    found = files(announcement(QUOTE, *fields))
    path = f"{FOLDER}.md"
    found[f"{FOLDER}/index.md"] = found.pop(path)
    found[f"{FOLDER}/index.zh-Hans.md"] = CHINESE.encode()
    found["site.yaml"] = found["site.yaml"].replace(b"[en]", b"[en, zh-Hans]")
    return found | {f"{FOLDER}/span.png": png(9, 9), f"{FOLDER}/crane.png": png(8, 8)}


def test_a_kit_holds_texts_in_every_language_quotes_and_free_pictures() -> None:
    made = built(bridge(PICTURES))
    assert [problem.code for problem in made.problems if problem.severity == "error"] == []
    kit = unpacked(made.files[KIT])
    assert list(kit) == [
        "README.txt",
        "en/announcement.md",
        "en/announcement.txt",
        "en/quotes.txt",
        "zh-Hans/announcement.md",
        "zh-Hans/announcement.txt",
        "pictures/span.png",
    ]
    assert kit["en/announcement.txt"].startswith(b"A bridge opens\n\n27 October 2025 \xc2\xb7 Oxford\n")
    assert b"Ada Byron, Head of Bridges" in kit["en/quotes.txt"]
    assert kit["zh-Hans/announcement.md"].startswith("# 大桥通车\n".encode())
    assert b"Ann Lee" in kit["pictures/span.png"]
    assert read_size(kit["pictures/span.png"]) == (9, 9)


def test_a_kit_says_where_it_is_from_and_what_it_leaves_out() -> None:
    readme = unpacked(built(bridge(PICTURES)).files[KIT])["README.txt"].decode()
    assert "https://rivers.example.org/announcements/bridge/" in readme
    assert "27 October 2025" in readme
    assert "pictures/span.png: The span in May · Ann Lee · CC BY 4.0" in readme
    assert "may not be passed on" in readme
    assert "- A crane · Picture desk" in readme
    assert "新闻资料包：大桥通车" in readme
    assert "crane.png" not in readme


def test_the_kit_is_the_same_in_every_language_and_each_page_leads_to_it() -> None:
    made = built(bridge(PICTURES)).files
    assert made[KIT] == made[f"zh-Hans/{KIT}"]
    assert b'href="../../announcements/bridge/kit.zip"' in made["announcements/bridge/index.html"]
    untranslated = {path: data for path, data in bridge(PICTURES).items() if "zh-Hans" not in path}
    made = built(untranslated).files
    assert f"zh-Hans/{KIT}" not in made
    assert b'href="../../../announcements/bridge/kit.zip"' in made["zh-Hans/announcements/bridge/index.html"]


def test_a_kit_has_the_same_bytes_on_any_machine() -> None:
    given = sources(bridge(PICTURES))
    turned = replace(given, content=dict(reversed(list(given.content.items()))))
    kit = built(given).files[KIT]
    assert kit == built(turned).files[KIT]
    with zipfile.ZipFile(io.BytesIO(kit)) as archive:
        for member in archive.infolist():
            assert member.compress_type == zipfile.ZIP_STORED
            assert (member.create_system, member.external_attr >> 16) == (3, 0o644)
            assert member.date_time == (2025, 10, 27, 0, 0, 0)


def test_the_kit_of_a_withdrawn_announcement_says_only_that() -> None:
    kit = unpacked(built(bridge(PICTURES, "withdrawn: {date: 2025-11-01, note: The bridge is closed.}")).files[KIT])
    assert "pictures/span.png" not in kit
    assert "en/quotes.txt" not in kit
    text = kit["en/announcement.txt"].decode()
    assert text.startswith("Withdrawn: A bridge opens\n\nWithdrawn 1 November 2025\n\nThe bridge is closed.")
    assert "It holds." not in text


def test_a_kit_tells_nothing_of_a_translation_that_is_withheld() -> None:
    given = bridge(PICTURES)
    given[f"{FOLDER}/index.zh-Hans.md"] = CHINESE.replace("---\n", "---\nembargo: 2026-01-01T00:00Z\n", 1).encode()
    without = {path: data for path, data in given.items() if "index.zh-Hans" not in path}
    kit = built(given).files[KIT]
    assert kit == built(without).files[KIT]
    assert "zh-Hans/announcement.md" not in unpacked(kit)
