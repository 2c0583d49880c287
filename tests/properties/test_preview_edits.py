"""The preview under hundreds of edits: whenever it says that it is up to date, it is what a clean preview would be."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from unittest.mock import patch

from jinja2 import Environment
from support import NOW, ROOT, written
from support import _compile as remembering
from unit.test_preview import WITHHELD

from communique.disk import NoSite, load
from communique.preview import preview
from communique.problems import failing
from communique.serving.desk import Desk, State
from communique.serving.recollection import Recollection
from communique.serving.shelf import Shelf
from communique.work import Work

EDITS, EVERY = 500, 5
WORDS = ("rivers", "桥梁", "the [bridge](../announcements/2025-10-27-bridge.md)", "**open**", "“so”", "> said", "1,000")
FIELDS = ("draft: true", "embargo: 2025-12-01T09:00+08:00", "pinned: true", "plase: Leeds", "topics: [bridges]", "a: [")
JUNK = ("x.md~", ".x.md.swp", "#x.md#", "4913", "~$x.docx", "x.tmp")

Edit = Callable[[Path, Random], None]


def _texts(folder: Path) -> list[Path]:
    return sorted(file for file in (folder / "content").rglob("*.md") if file.is_file())


def _add_words(folder: Path, rng: Random) -> None:
    if texts := _texts(folder):
        file = rng.choice(texts)
        file.write_bytes(file.read_bytes() + f"\n\n{rng.choice(WORDS)} {rng.random()}\n".encode())


def _same_size(folder: Path, rng: Random) -> None:
    """A change that leaves the size as it is, such as no listing of a folder shows."""
    if texts := _texts(folder):
        file = rng.choice(texts)
        file.write_bytes(file.read_bytes().replace(b"open", rng.choice((b"shut", b"open", b"wide"))))


def _add_field(folder: Path, rng: Random) -> None:
    if texts := _texts(folder):
        file = rng.choice(texts)
        file.write_bytes(file.read_bytes().replace(b"---\n", f"---\n{rng.choice(FIELDS)}\n".encode(), 1))


def _cut(folder: Path, rng: Random) -> None:
    """A file that is half saved."""
    if texts := _texts(folder):
        file = rng.choice(texts)
        data = file.read_bytes()
        file.write_bytes(data[: rng.randrange(len(data) + 1)])


def _rename(folder: Path, rng: Random) -> None:
    if texts := _texts(folder):
        file = rng.choice(texts)
        file.rename(file.with_name(f"{rng.choice('abc')}-{file.name}"[-40:]))


def _delete(folder: Path, rng: Random) -> None:
    if texts := _texts(folder):
        rng.choice(texts).unlink()


def _replace_whole(folder: Path, rng: Random) -> None:
    """As many editors save: a new file takes the old one's place."""
    if texts := _texts(folder):
        file = rng.choice(texts)
        other = file.with_name("x.tmp")
        other.write_bytes(file.read_bytes() + f"\n\nsaved {rng.random()}\n".encode())
        other.replace(file)


def _junk(folder: Path, rng: Random) -> None:
    written(folder, {f"content/pages/{rng.choice(JUNK)}": b"junk"})


def _style(folder: Path, rng: Random) -> None:
    written(folder, {"static/style.css": f"body {{ margin: {rng.random()}px }}\n".encode()})


def _template(folder: Path, rng: Random) -> None:
    whole = (ROOT / "templates" / "page.html").read_text()
    written(folder, {"templates/page.html": (whole + rng.choice(("", "{% if %}", "<!-- x -->"))).encode()})


def _settings(folder: Path, rng: Random) -> None:
    site = "title: Two Rivers\nbase_url: https://rivers.example.org/\nlanguages: [en]\ntimezone: Europe/London\n"
    site += "partner_kinds: [university, company]\n"
    written(folder, {"site.yaml": rng.choice((site, site, f"{site}link_names: true\n", site[:30], "a: [")).encode()})


def _content_goes(folder: Path, _: Random) -> None:
    shutil.rmtree(folder / "content", ignore_errors=True)


def _mend(folder: Path, _: Random) -> None:
    shutil.rmtree(folder)
    written(folder, WITHHELD)


EDIT: tuple[tuple[Edit, int], ...] = (
    (_add_words, 12),
    (_same_size, 6),
    (_add_field, 4),
    (_cut, 2),
    (_rename, 2),
    (_delete, 2),
    (_replace_whole, 6),
    (_junk, 3),
    (_style, 3),
    (_template, 2),
    (_settings, 3),
    (_content_goes, 1),
    (_mend, 9),
)


def _renewed(desk: Desk) -> State:
    try:
        return desk.renew()
    except NoSite as error:
        return desk.tell(str(error))


def test_under_500_edits_the_preview_is_a_clean_one_whenever_it_says_that_it_is_up_to_date(tmp_path: Path) -> None:
    rng = Random(7)
    folder = written(tmp_path / "site", WITHHELD)
    work = Recollection(Work())
    desk = Desk(Shelf(folder, ROOT).sources, lambda: NOW, work)
    edits, weights = zip(*EDIT, strict=True)
    sound = broken = 0
    with patch.object(Environment, "compile", remembering):
        for number in range(EDITS):
            rng.choices(edits, weights)[0](folder, rng)
            if number % 2 and number % EVERY:
                continue
            state = _renewed(desk)
            work.forget()
            if number % EVERY:
                continue
            try:
                clean = preview(load(folder, ROOT), NOW)
            except NoSite:
                assert not state.sound
                continue
            assert state.sound is not failing(clean.problems, False)
            assert len(state.problems) == len(clean.problems)
            if state.sound:
                sound += 1
                assert dict(state.files) == dict(clean.files), number
                assert state.notices == clean.notices
            else:
                broken += 1
    assert sound >= 20
    assert broken >= 20
