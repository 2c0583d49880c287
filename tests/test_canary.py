"""Random words in everything that a withheld announcement says, is called or shows are nowhere in the output."""

import base64
import io
import os
import random
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from string import ascii_lowercase

import pytest
from PIL import Image, PngImagePlugin
from sitemaker import announcement, at, errors, made, published, record, run, site, site_yaml, tree, written

EMBARGO = at("2025-11-03T20:00:00+08:00")
BEFORE, AFTER = "2025-11-03T11:59:59Z", "2025-11-03T12:00:00Z"


class Canaries:
    """Random words by what they stand in; a second set has Chinese signs."""

    def __init__(self, seed: int, *, chinese: bool = False) -> None:
        self.chance = random.Random(seed)
        self.chinese = chinese
        self.words: dict[str, str] = {}

    def word(self, where: str, *, plain: bool = False) -> str:
        """A new word for this place; a plain one has letters only, for slugs and names of files."""
        if self.chinese and not plain:
            text = "".join(chr(self.chance.randint(0x4E00, 0x9FA5)) for _ in range(6))
        else:
            text = "zq" + "".join(self.chance.choices(ascii_lowercase, k=10))
        self.words[where] = text
        return text

    def mark(self, where: str) -> str:
        """A new digest for this place, as translations hold them."""
        self.words[where] = "".join(self.chance.choices("0123456789abcdef", k=10))
        return self.words[where]


def png(canaries: Canaries, where: str) -> bytes:
    """A picture with random pixels, and words in its metadata."""
    picture = Image.frombytes("RGB", (9, 9), canaries.chance.randbytes(243))
    known = PngImagePlugin.PngInfo()
    known.add_text("Description", canaries.word(f"{where}: text", plain=True))
    known.add_text("Comment", canaries.word(f"{where}: packed text", plain=True), zip=True)
    stream = io.BytesIO()
    picture.save(stream, "PNG", pnginfo=known)
    return stream.getvalue()


def jpeg(canaries: Canaries, where: str) -> bytes:
    """A photograph with words in its metadata."""
    exif = Image.Exif()
    exif[0x010E] = canaries.word(f"{where}: EXIF", plain=True)
    stream = io.BytesIO()
    # so wide that there are smaller ones of it
    picture = Image.frombytes("RGB", (16, 4), canaries.chance.randbytes(192)).resize((640, 160))
    picture.save(stream, "JPEG", exif=exif, comment=canaries.word(f"{where}: comment", plain=True).encode())
    return stream.getvalue()


def image(canaries: Canaries, where: str, file: str) -> dict[str, object]:
    parts = ("alt", "caption", "credit", "licence")
    return {"file": file, "redistribute": True, **{part: canaries.word(f"{where} {part}") for part in parts}}


def secret(canaries: Canaries, **fields: object) -> dict[str, bytes]:
    """A withheld announcement that says a new word wherever it can, and records and pictures that only it mentions."""

    def word(where: str) -> str:
        return canaries.word(where)

    def slug(where: str) -> str:
        return canaries.word(where, plain=True)

    own, lead, more, beside = slug("slug"), slug("image file"), slug("gallery file"), slug("body file")
    partner, parent, person, topic, logo = (
        slug("partner slug"),
        slug("parent"),
        slug("person"),
        slug("topic"),
        slug("logo"),
    )
    folder = f"content/announcements/2031-05-06-{own}"
    front = {
        "title": word("title"),
        "subtitle": word("subtitle"),
        "summary": word("summary"),
        "date": "2031-05-06",
        "place": word("place"),
        "partners": ["delta", partner],
        "topics": ["bridges", topic],
        "contacts": [person, "ada-byron"],
        "image": image(canaries, "image", f"{lead}.png"),
        "gallery": [image(canaries, "gallery", f"{more}.jpg")],
        "facts": [{"value": word("value"), "label": word("label"), "as_of": "2031", "source": word("fact source")}],
        "events": [{"date": "2031-05", "what": word("event")}],
        "notes": f"{word('notes')} [{word('notes link')}](https://{slug('notes host')}.example.org/)",
        "source": {"name": word("source name"), "url": f"https://{slug('source host')}.example.org/"},
        "corrections": [{"date": "2031-05-07", "note": word("correction")}],
        "was": [f"/{slug('old path')}/"],
        **fields,
    }
    body = f"""{word("body")} *{word("emphasis")}* `{word("code")}` {word("noted")}[^{slug("note id")}].

[^{canaries.words["note id"]}]: {word("footnote")}

## {word("heading")}

- {word("item")}

| {word("column")} |
|---|
| {word("cell")} |

    {word("block of code")}

[{word("link")}](https://{slug("host")}.example.org/{slug("path")}?{slug("query")} "{word("link title")}")

![{word("picture alt")}]({beside}.png "{word("picture title")}")

<!-- {word("comment")} -->

> {word("quote")}
> — {canaries.word("speaker")}"""
    return {
        f"{folder}/index.md": record(front, body),
        f"{folder}/index.approvals.yaml": (
            f"sign_offs:\n  - partner: {slug('who signs')}\n    by: {word('by whom')}\n    at: 2025-11-01T09:00Z\n"
            f"    partners: [delta, {partner}]\n    texts:\n      en: {slug('signed')} {slug('part')}\n"
        ).encode(),
        f"{folder}/{lead}.png": png(canaries, "lead"),
        f"{folder}/{more}.jpg": jpeg(canaries, "more"),
        f"{folder}/{beside}.png": png(canaries, "beside"),
        f"{folder}/{slug('unused file')}.png": png(canaries, "unused"),
        f"content/partners/{partner}.md": record(
            {
                "name": word("partner"),
                "short": word("short"),
                "also": [word("variant")],
                "avoid": [word("avoided")],
                "kind": "company",
                "parent": parent,
                "city": word("city"),
                "country": word("country"),
                "website": f"https://{slug('website')}.example.org/",
                "boilerplate": word("boilerplate"),
                "logo": {"file": f"{logo}.png", "alt": word("logo alt")},
            },
            word("profile"),
        ),
        f"content/partners/{parent}.md": record({"name": word("parent name"), "kind": "university"}),
        f"content/partners/{logo}.png": png(canaries, "logo"),
        f"content/people/{person}.md": record(
            {
                "name": canaries.words["speaker"],
                "also": [word("nickname")],
                "honorific": word("honorific"),
                "roles": [{"title": word("role"), "partner": partner, "source": word("role source")}],
                "portrait": {"file": f"{own}-portrait.jpg", "alt": word("portrait alt")},
            },
            word("biography"),
        ),
        f"content/people/{own}-portrait.jpg": jpeg(canaries, "portrait"),
        f"content/topics/{topic}.md": record({"name": word("topic name")}, word("about the topic")),
    }


# said among writers, or nowhere used: not even the lifted announcement shows them
NEVER_SHOWN = {"comment", "avoided", "unused file", "unused: text", "unused: packed text", "made from"} | {
    "who signs",
    "by whom",
    "signed",
    "part",
}
# whether these are said depends on the design, as does the metadata of pictures
PERHAPS_SHOWN = {"logo alt", "portrait alt", "note id"}
METADATA = (": text", ": packed text", ": EXIF", ": comment")


def forms(text: str) -> Iterator[bytes]:
    """A word as it may be hidden in bytes; those that do not mind case in small letters."""
    data = text.encode()
    yield data
    yield data.hex().encode()
    yield "".join(f"%{byte:02x}" for byte in data).encode()
    yield "".join(f"&#{ord(sign)};" for sign in text).encode()
    yield "".join(f"&#x{ord(sign):x};" for sign in text).encode()
    yield "".join(f"\\u{ord(sign):04x}" for sign in text).encode()
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")


def packed(text: str) -> Iterator[bytes]:
    """The part of a word that is the same in Base64 whatever stands before and after it."""
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + text.encode())
        part = whole[-(-before * 8 // 6) : len(whole) // 4 * 4 - 4]
        yield part
        yield part.replace(b"+", b"-").replace(b"/", b"_")


def unpacked(path: str, data: bytes) -> Iterator[bytes]:
    """What a file says: its path, its bytes, and what is packed in it."""
    yield path.encode()
    yield data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield from unpacked(f"{member.filename} {member.comment!r} {member.extra!r}", archive.read(member))
    for match in re.finditer(rb"x[\x01\x5e\x9c\xda]|\x1f\x8b\x08", data):
        try:
            yield zlib.decompressobj(wbits=47).decompress(data[match.start() :], 1_000_000)
        except zlib.error:
            continue


def found(canaries: Canaries, output: Mapping[str, bytes]) -> set[str]:
    """The places whose words can be found in the output, in whatever form."""
    hay = b"\n".join(part for path, data in output.items() for part in unpacked(path, data))
    small = hay.lower()
    swapped = hay.replace(b"\\/", b"/")
    return {
        where
        for where, text in canaries.words.items()
        if any(form in small for form in forms(text)) or any(form in swapped for form in packed(text))
    }


def all_shown(canaries: Canaries, output: Mapping[str, bytes]) -> bool:
    """Whether the output says all that an announcement says in public."""
    shown = found(canaries, output)
    silent = {where for where in canaries.words.keys() - shown if not where.endswith(METADATA)}
    assert silent <= NEVER_SHOWN | PERHAPS_SHOWN
    return not shown & NEVER_SHOWN


@cache
def without() -> Mapping[str, bytes]:
    """The output of the site without the withheld announcement."""
    return made(site(), at(BEFORE)).files


WITHHOLDING: dict[str, dict[str, object]] = {
    "embargo": {"embargo": "2025-11-03T20:00:00+08:00"},
    "draft": {"draft": True},
    "questions": {"questions": [{"ask": "delta", "text": "Is it so?"}]},
    "embargo and withdrawal": {
        "embargo": "2025-11-03T20:00:00+08:00",
        "withdrawn": {"date": "2025-11-02", "note": "It was wrong."},
    },
}


@pytest.mark.parametrize("how", WITHHOLDING)
@pytest.mark.parametrize("chinese", [False, True], ids=["letters", "signs"])
def test_no_word_name_or_picture_of_the_withheld_is_in_the_output_in_any_form(how: str, chinese: bool) -> None:
    canaries = Canaries(len(how), chinese=chinese)
    hidden = secret(canaries, **WITHHOLDING[how])
    whole = made(site(hidden), at(BEFORE))
    assert errors(whole) == []
    assert found(canaries, whole.files) == set()
    assert not {data for path, data in hidden.items() if not path.endswith(".md")} & set(whole.files.values())
    assert whole.files == without()


def test_kits_cards_pictures_and_the_index_of_the_search_show_it_once_it_is_lifted() -> None:
    hidden = secret(canaries := Canaries(5), **WITHHOLDING["embargo"])
    slug, photograph = canaries.words["slug"], canaries.words["gallery file"]
    lifted = made(site(hidden), at(AFTER)).files
    new = lifted.keys() - without().keys()
    folder = f"announcements/{slug}/"
    assert {f"{folder}{name}" for name in ("kit.zip", "card.png", "index.md", "ninjs.json")} <= new
    assert [path for path in new if path.startswith(f"{folder}{photograph}-") and path.endswith(".webp")]
    with zipfile.ZipFile(io.BytesIO(lifted[f"{folder}kit.zip"])) as kit:
        assert f"{slug}/pictures/{photograph}.jpg" in kit.namelist()
    index = [path for path in lifted.keys() & without().keys() if path.startswith("search/") and path.endswith(".js")]
    assert any(lifted[path] != without()[path] for path in index)


@pytest.mark.parametrize("chinese", [False, True], ids=["letters", "signs"])
def test_once_it_is_lifted_all_of_it_is_there(chinese: bool) -> None:
    canaries = Canaries(5, chinese=chinese)
    whole = made(site(secret(canaries, **WITHHOLDING["embargo"])), at(AFTER))
    assert errors(whole) == []
    assert all_shown(canaries, whole.files)


def bilingual(original: dict[str, object], translation: str) -> tuple[Canaries, dict[str, bytes]]:
    """A site in two languages, an announcement in both, and what its translation says."""
    canaries = Canaries(11, chinese=True)
    words = "".join(f"{field}: {canaries.word(field)}\n" for field in ("title", "summary", "subtitle"))
    words += f"made_from: title:{canaries.mark('made from')}\n"
    text = f"---\n{words}{translation}\n---\n\n{canaries.word('body')}\n\n![{canaries.word('alt')}](shown.png)\n"
    files = {
        "site.yaml": site_yaml(languages=["en", "zh-Hans"]),
        "content/announcements/tunnel/index.md": announcement("The tunnel of Vesuvius", topics=["bridges"], **original),
        "content/announcements/tunnel/index.zh-Hans.md": text.encode(),
        "content/announcements/tunnel/shown.png": png(canaries, "shown"),
    }
    return canaries, site(files)


TRANSLATION = "content/announcements/tunnel/index.zh-Hans.md"


@pytest.mark.parametrize(
    "says", ["embargo: 2026-01-01T09:00+08:00", "draft: true", "questions: [{ask: delta, text: Is it so?}]"]
)
def test_a_withheld_translation_of_something_public_leaves_nothing_and_the_original_stands_for_it(says: str) -> None:
    canaries, files = bilingual({}, says)
    whole = made(files)
    assert errors(whole) == []
    assert found(canaries, whole.files) == set()
    assert b"Vesuvius" in whole.files["zh-Hans/announcements/tunnel/index.html"]
    assert (
        whole.files
        == made(
            {
                path: data
                for path, data in files.items()
                if path not in (TRANSLATION, "content/announcements/tunnel/shown.png")
            }
        ).files
    )
    lifted = made({**files, TRANSLATION: files[TRANSLATION].replace(says.encode(), b"pinned: false")})
    assert errors(lifted) == []
    assert all_shown(canaries, lifted.files)


@pytest.mark.parametrize(
    "original",
    [{"embargo": "2026-01-01T09:00+08:00"}, {"draft": True}, {"questions": [{"ask": "delta", "text": "Is it so?"}]}],
)
def test_a_translation_is_withheld_with_its_original(original: dict[str, object]) -> None:
    canaries, files = bilingual(original, "pinned: false")
    whole = made(files)
    assert errors(whole) == []
    assert found(canaries, whole.files) == set()
    assert whole.files == made({path: data for path, data in files.items() if "/tunnel/" not in path}).files


@pytest.mark.parametrize(
    ("original", "says"),
    [
        ({"embargo": "2026-01-01T09:00+08:00"}, "embargo: 2025-01-01T09:00+08:00"),
        ({"draft": True}, "draft: false"),
        ({"questions": [{"ask": "delta", "text": "Is it so?"}]}, "questions: []"),
    ],
    ids=["embargo", "draft", "questions"],
)
def test_of_an_original_nothing_shows_where_its_translation_shows_first(original: dict[str, object], says: str) -> None:
    canaries, files = bilingual(original, says)
    whole = made(files)
    assert errors(whole) == []
    assert [each.code for each in whole.problems if each.code == "W707"] == ["W707"] * (says != "draft: false")
    assert all_shown(canaries, whole.files)
    assert not [path for path, data in whole.files.items() if b"Vesuvius" in data]


def test_a_translation_whose_embargo_is_empty_stops_the_build() -> None:
    assert errors(made(bilingual({"embargo": "2026-01-01T09:00+08:00"}, "embargo:")[1]))


def test_the_search_of_these_tests_finds_a_word_in_every_form() -> None:
    canaries = Canaries(1)
    text = canaries.word("word")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.txt", text)
    hidden = [
        text.upper().encode(),
        text.swapcase().encode(),
        *(base64.b64encode(b"x" * before + text.encode() + b"y" * 9) for before in range(3)),
        text.encode().hex().upper().encode(),
        "".join(f"%{ord(sign):02X}" for sign in text).encode(),
        "".join(f"&#X{ord(sign):X};" for sign in text).encode(),
        text.encode("utf-16"),
        b"head" + zlib.compress(text.encode()) + b"tail",
        stream.getvalue(),
        png(Canaries(2), "other") + zlib.compress(text.encode()),
    ]
    for data in hidden:
        assert found(canaries, {"a.bin": b"\xff" + data}) == {"word"}
    assert found(canaries, {f"{text}/index.html": b""}) == {"word"}
    assert found(canaries, {"index.html": b"nothing"}) == set()


def test_an_announcement_alone_in_its_topic_year_and_partner_leaves_no_page_count_or_feed() -> None:
    canaries = Canaries(6)
    second = {"content/announcements/2025-10-28-boats.md": announcement("Boats sail", topics=["bridges"])}
    files = site(second)
    before = made(files | secret(canaries, draft=True)).files
    assert not [path for path in before if "2031" in path]
    assert b"2031" not in b"".join(before.values())
    assert b"2 announcements" in before["topics/index.html"]
    assert b"3 announcements" not in b"".join(before.values())
    assert before["sitemap.xml"].count(b"<loc>") == made(files).files["sitemap.xml"].count(b"<loc>")
    lifted = made(files | secret(canaries)).files
    assert "announcements/2031/index.html" in lifted
    assert b"3 announcements" in lifted["topics/index.html"]
    assert (
        len([path for path in lifted if path.endswith("feed.xml")])
        == len([path for path in before if path.endswith("feed.xml")]) + 3
    )


def test_under_embargo_again_after_publishing_it_is_gone_with_the_next_build(tmp_path: Path) -> None:
    canaries = Canaries(7)
    hidden = secret(canaries, embargo="2025-11-03T20:00:00+08:00")
    public = published(tmp_path, site(hidden), now=AFTER)
    assert all_shown(canaries, public)
    path = next(path for path in hidden if path.endswith("index.md"))
    written(tmp_path, {path: hidden[path].replace(b"2025-11-03T20", b"2026-11-03T20")})
    done = run(tmp_path, now=AFTER)
    assert done.status == 0
    assert "W401" in done.err
    assert canaries.words["slug"] in done.err
    assert found(canaries, tree(tmp_path / "public")) == set()
    assert tree(tmp_path / "public") == made(site(), at(AFTER)).files
    if os.name == "posix":  # what the tool remembers beside the output is for nobody else to read
        assert [path for path in tmp_path.rglob(".communique*") if path.stat().st_mode & 0o077] == []


def test_the_report_of_a_failed_build_may_name_it_but_the_output_stays_as_it_was(tmp_path: Path) -> None:
    canaries = Canaries(8)
    before = published(tmp_path, site())
    hidden = secret(canaries, embargo="2026-11-03T20:00:00+08:00")
    slug = canaries.words["slug"]
    written(tmp_path, hidden | {"content/pages/about.md": record({"title": "About"}, f"[x](announcement:{slug})")})
    done = run(tmp_path)
    assert done.status == 1
    assert f"mentions `{slug}`, which is withheld" in done.err
    assert "content/pages/about.md:5:3: error[E309]" in done.err
    assert tree(tmp_path / "public") == before


def test_the_next_build_at_the_instant_itself_lifts_it_and_one_before_does_not(tmp_path: Path) -> None:
    canaries = Canaries(9)
    files = site(secret(canaries, embargo="2025-11-03T20:00:00+08:00"))
    assert found(canaries, published(tmp_path, files, now=(EMBARGO - timedelta(seconds=1)).isoformat())) == set()
    done = run(tmp_path, "build", "--format", "json", now=(EMBARGO - timedelta(seconds=1)).isoformat())
    assert at(done.json["next_change"]) == EMBARGO
    assert all_shown(canaries, published(tmp_path, files, now=EMBARGO.isoformat()))
    assert run(tmp_path, "build", "--format", "json", now=EMBARGO.isoformat()).json["unchanged"] > 0
