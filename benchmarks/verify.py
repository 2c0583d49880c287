"""Whether a tool made the site that is asked for; times of a tool that did less would say nothing."""

import html
import json
import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from xml.etree.ElementTree import ParseError, parse

from benchmarks.corpus import PER_PAGE, Corpus

NEWEST, NEWEST_OF_ONE = 50, 20
CARD = (1200, 630)
NEWS = {
    *("uri", "standard", "type", "representationType", "language", "pubStatus", "infoSources", "by", "located"),
    *("firstCreated", "versionCreated", "contentCreated", "title", "headlines", "descriptions", "bodies"),
    *("people", "organisations", "subjects"),
}
_SLUG = re.compile(r"announcements/([a-z-]+-\d{5,})/")
_PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


class Unequal(Exception):
    """The output lacks something; the text says what."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a tool made: the number of its files and of pages among them, and the bytes of all."""

    files: int
    pages: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What every tool must have made of a corpus: slugs of announcements, the latest first, in the lists they are in,
    and their days, since each tool puts those of one day into an order of its own.

    `lists` are by path of the page; `quoting` are those that a partner's page may name besides, since somebody of the
    partner is quoted in them. Lists of years may stand in one of two places."""

    corpus: Corpus
    slugs: tuple[str, ...]
    days: dict[str, date]
    years: dict[int, set[str]]
    lists: dict[str, set[str]]
    quoting: dict[str, set[str]]
    samples: dict[str, tuple[str, ...]]


def expect(corpus: Corpus) -> Expected:
    """What every tool must make of a corpus."""
    slugs: list[str] = []
    days: dict[str, date] = {}
    years: dict[int, set[str]] = {}
    lists: dict[str, set[str]] = {}
    quoting: dict[str, set[str]] = {}
    offices = {each.slug: each.partner.slug for each in corpus.people}
    samples: dict[str, tuple[str, ...]] = {}
    wanted = {0, 7, corpus.size // 2, corpus.size - 1}
    for each in corpus.announcements:
        slugs.append(each.slug)
        days[each.slug] = each.date
        years.setdefault(each.date.year, set()).add(each.slug)
        named = {"partners": each.partners, "people": each.people, "topics": each.topics}
        for folder, names in named.items():
            for name in names:
                lists.setdefault(f"{folder}/{name}/index.html", set()).add(each.slug)
        for name in each.people:
            quoting.setdefault(f"partners/{offices[name]}/index.html", set()).add(each.slug)
        if each.number in wanted:
            headings = re.findall(r"^## (.*)$", each.body, re.MULTILINE)
            samples[each.slug] = (each.title, each.place, *headings)
    return Expected(corpus, tuple(reversed(slugs)), days, years, lists, quoting, samples)


def verify(expected: Expected, output: Path, *, companions: bool) -> Made:
    """Look through an output; with `companions`, each announcement must have its card, Markdown and JSON.

    Raises Unequal.
    """
    slugs = expected.slugs
    missing = [slug for slug in slugs if not (output / "announcements" / slug / "index.html").is_file()]
    if missing:
        raise Unequal(f"{len(missing)} announcements are missing, such as {missing[0]}")
    for slug, texts in expected.samples.items():
        page = html.unescape(_read(output, f"announcements/{slug}/index.html"))
        for text in texts:
            if text not in page:
                raise Unequal(f"the page of {slug} does not say `{text}`")
    for number in range(1, -(-len(slugs) // PER_PAGE) + 1):
        path = "announcements/index.html" if number == 1 else f"announcements/page/{number}/index.html"
        sure, besides = _at(expected, slugs, (number - 1) * PER_PAGE, number * PER_PAGE)
        _holds(output, path, sure, besides=besides)
    for year, listed in expected.years.items():
        places = (f"announcements/{year}/index.html", f"years/{year}/index.html")
        _holds(output, next((path for path in places if (output / path).is_file()), places[0]), listed)
    for path, listed in expected.lists.items():
        _holds(output, path, listed, besides=expected.quoting.get(path, set()))
    sure, besides = _at(expected, slugs, 0, 7)
    _holds(output, "index.html", sure, besides=besides)
    _holds(output, "feed.xml", _at(expected, slugs, 0, NEWEST)[0], besides=slugs)
    # a sitemap of very many pages is divided into several
    mapped: set[str] = set()
    for each in output.glob("sitemap*.xml"):
        mapped |= _holds(output, each.name, (), besides=slugs)
    if mapped != set(slugs):
        raise Unequal(f"the sitemap lacks {len(set(slugs) - mapped)} announcements")
    for path in expected.lists:
        if not path.startswith("people/"):
            own = [slug for slug in slugs if slug in expected.lists[path]]
            newest = _at(expected, own, 0, NEWEST_OF_ONE)[0]
            _holds(output, path.replace("index.html", "feed.xml"), newest, besides=slugs)
    if companions:
        for slug in slugs:
            _accompany(output, f"announcements/{slug}", expected.samples.get(slug, ()))
    return count(output)


def _at(expected: Expected, slugs: Sequence[str], start: int, end: int) -> tuple[list[str], list[str]]:
    """Those that stand between two places in any order of announcements, the latest first, and those that may."""
    day = expected.days
    ends = [at for at in (start, end) if 0 < at < len(slugs)]
    open_days = {day[slugs[at]] for at in ends if day[slugs[at]] == day[slugs[at - 1]]}
    sure = [slug for slug in slugs[start:end] if day[slug] not in open_days]
    return sure, [slug for slug in slugs if day[slug] in open_days] if open_days else []


def count(output: Path) -> Made:
    """The files of an output."""
    sizes = [(path.suffix, path.stat().st_size) for path in output.rglob("*") if path.is_file()]
    return Made(len(sizes), sum(suffix == ".html" for suffix, _ in sizes), sum(size for _, size in sizes))


def _accompany(output: Path, folder: str, texts: Iterable[str]) -> None:
    """An announcement must name its card, and its Markdown and JSON must say these texts."""
    card, news, markdown = (f"{folder}/{name}" for name in ("card.png", "ninjs.json", "index.md"))
    if f"/{card}" not in _read(output, f"{folder}/index.html"):
        raise Unequal(f"/{folder}/ does not name its card")
    head = _bytes(output, card)[:24]
    if not head.startswith(_PNG) or struct.unpack(">II", head[16:]) != CARD:
        raise Unequal(f"/{card} is not a PNG of {CARD[0]} by {CARD[1]}")
    try:
        fields = json.loads(_read(output, news))
    except ValueError as error:
        raise Unequal(f"/{news} is not JSON: {error}") from None
    if set(fields) != NEWS:
        raise Unequal(f"/{news} has other fields: {', '.join(sorted(NEWS ^ set(fields)))}")
    told = " ".join((fields["title"], fields["located"], html.unescape(fields["bodies"][0]["value"])))
    for path, said in ((news, told), (markdown, _read(output, markdown))):
        for text in texts:
            if text not in said:
                raise Unequal(f"/{path} does not say `{text}`")


def _holds(output: Path, path: str, slugs: Iterable[str], *, besides: Iterable[str] = ()) -> set[str]:
    """A page must link to these announcements, and to no others but those that it may name besides. Gives all that it
    links to."""
    wanted = set(slugs)
    found = set(_SLUG.findall(_read(output, path)))
    if wanted - found:
        raise Unequal(f"/{path} lacks {len(wanted - found)} of {len(wanted)} announcements")
    strange = found - wanted - set(besides)
    if strange:
        raise Unequal(f"/{path} leads to {len(strange)} announcements that do not belong there")
    if path.endswith(".xml"):
        try:
            parse(output / path)
        except ParseError as error:
            raise Unequal(f"/{path} is ill-formed: {error}") from None
    return found


def _read(output: Path, path: str) -> str:
    return _bytes(output, path).decode()


def _bytes(output: Path, path: str) -> bytes:
    try:
        return (output / path).read_bytes()
    except FileNotFoundError:
        raise Unequal(f"there is no /{path}") from None
