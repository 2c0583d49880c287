"""The search: what the index holds is found by a reader that shares no code with the writer."""

import gzip
import json
import re
import subprocess
import sys
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT, announcement, built

from communique.search.encoding import Steps, digits
from communique.search.index import Item, block
from communique.search.shards import shards
from communique.search.tokens import terms

HAN = "[\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
LETTER = f"(?:(?!{HAN})[^\\W_])"
RUN = re.compile(f"({HAN}+)|{LETTER}+(?:&{LETTER}+)*")
SPELT = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ς": "σ"}
BUDGET = 300_000


def plain(text: str) -> str:
    """A text without what a search overlooks, sign by sign."""
    signs = []
    for sign in unicodedata.normalize("NFC", text):
        bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFKD", sign).lower())
        bare = unicodedata.normalize("NFC", bare)
        signs.append("".join(SPELT.get(letter, letter) for letter in bare))
    return "".join(signs)


def units(text: str) -> bytes:
    """What a browser compares texts by."""
    return text.encode("utf-16-be", "surrogatepass")


def steps(row: str) -> list[int]:
    """The numbers to which a row of steps leads."""
    found, number, high = [], -1, 0
    for sign in row:
        digit = 57 if sign == "!" else ord(sign) - 35
        if digit >= 61:
            high = high * 30 + digit - 60
        else:
            number += high * 61 + digit + 1
            found.append(number)
            high = 0
    return found


class Reader:
    """Reads an index as the browser of a visitor does, and knows what that loads."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        manifest = self.part("index")
        self.first_terms: list[str] = manifest["words"]
        self.first_items = steps(manifest["texts"])
        self.loaded: set[str] = set()
        self.matched = 0
        self.words = cache(self._words)
        self.texts = cache(self.part)

    def part(self, name: str) -> Any:
        """What a file holds."""
        text = self.files[f"{name}.js"].decode()
        assert re.fullmatch(r"searchPart\(.*\)\n", text, re.DOTALL)
        return json.loads(text[len("searchPart(") : -len(")\n")])

    def _words(self, name: str) -> tuple[list[str], list[str]]:
        fields = self.part(name).split(" ")
        return fields[::2], fields[1::2]

    def worth(self, word: str, whole: bool) -> dict[int, int]:
        """What a word is worth for the items that it leads to."""
        worths: dict[int, int] = {}
        first = max(0, bisect_right(self.first_terms, units(word), key=units) - 1)
        end = units(word) + units("/" if whole else "\uffff")
        for number in range(first, bisect_left(self.first_terms, end, key=units)):
            self.loaded.add(f"words/{number}.js")
            found, rows = self.words(f"words/{number}")
            for at in range(bisect_left(found, units(word), key=units), len(found)):
                if not found[at].startswith(word):
                    break
                place = "+,-.".find(found[at][-1]) + 1
                exact = len(found[at]) == len(word) + bool(place)
                if exact or not whole:
                    self.matched += len(found[at]) + len(rows[at])
                    for item in steps(rows[at]):
                        worths[item] = max(worths.get(item, 0), (3 if exact else 2) * 2**place)
        return worths

    def find(self, query: str) -> list[int]:
        """The items that a query finds, the best first."""
        words: dict[str, bool] = {}
        for match in RUN.finditer(plain(query)):
            run, han = match[0], bool(match[1])
            words |= {a + b: True for a, b in pairwise(run)} if han and len(run) > 1 else {run[:40]: han}
        anchor = any(han or len(word) > 1 for word, han in words.items())
        firm: list[dict[int, int]] = []
        loose: list[dict[int, int]] = []
        for at, (word, han) in enumerate(words.items()):
            whole = han or len(word) < (3 if at < len(words) - 1 else 2)
            (loose if anchor and not han and len(word) == 1 else firm).append(self.worth(word, whole))
        found = set.intersection(*map(set, firm)) if firm else set()
        return sorted(found, key=lambda item: (-sum(each.get(item, 0) for each in (*firm, *loose)), -item))

    def urls(self, query: str) -> list[str]:
        """The URLs of the first ten items that a query finds."""
        return [self.shown(item)[0] for item in self.find(query)[:10]]

    def shown(self, item: int) -> list[Any]:
        """What the list of results shows of an item."""
        number = bisect_right(self.first_items, item) - 1
        self.loaded.add(f"texts/{number}.js")
        entry: list[Any] = self.texts(f"texts/{number}")[item - self.first_items[number]]
        return entry


def reader(*items: Item) -> Reader:
    """A reader of the index of these items."""
    return Reader(shards([block(items)]).files)


def site_reader(given: str, folder: str = "search/") -> Reader:
    """A reader of the index of a built site."""
    files = built(given).files
    return Reader({path.removeprefix(folder): data for path, data in files.items() if path.startswith(folder)})


def headlines(count: int) -> Iterator[str]:
    """Chinese headlines as they are: with numbers, names in Latin letters, signs of punctuation and rare signs."""
    rng = Random(7)
    for number in range(count):
        signs = [chr(rng.choice((rng.randrange(0x4E00, 0x5200), rng.randrange(0x4E00, 0x9FA6)))) for _ in range(18)]
        signs[rng.randrange(3, 16)] = rng.choice("，、：《》“”·（）々〇𠮷㐂")
        signs.insert(rng.randrange(18), rng.choice(("AstraZeneca", "R&D", "２０２５", str(1900 + number), "AI")))
        yield "".join(signs)


def test_any_two_signs_of_a_chinese_headline_find_its_page() -> None:
    titles = list(headlines(150))
    found = reader(*(Item(str(number), title) for number, title in enumerate(titles)))
    missing = [
        (title, run)
        for number, title in enumerate(titles)
        for run in map("".join, pairwise(title))
        # a letter beside a mere sign of punctuation stands for itself
        if re.search(f"{HAN}|{LETTER}{{2}}", plain(run)) and number not in found.find(run)
    ]
    assert missing == []


def test_any_two_signs_of_a_chinese_text_find_its_page() -> None:
    text = "。".join(headlines(40))
    found = reader(Item("other", "别的"), Item("this", "标题", text=text))
    missing = [run for run in map("".join, pairwise(text)) if re.search(HAN, run) and found.find(run)[:1] != [1]]
    assert missing == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("cambr", "Cambridge opens a bridge"),
        ("CAMBRIDGE", "Cambridge opens a bridge"),
        ("ｃａｍｂｒｉｄｇｅ", "Cambridge opens a bridge"),
        ("bridge cambridge", "Cambridge opens a bridge"),
        ("universite", "L’Université de Genève"),
        ("l'université", "L’Université de Genève"),
        ("universite\u0301 geneve", "L’Université de Genève"),
        ("lodz", "Łódź"),
        ("strasse", "Straße"),
        ("r&d", "The R&D centre"),
        ("Ｒ＆Ｄ", "The R&D centre"),
        ("r & d", "The R&D centre"),
        ("centre's", "The R&D centre"),
        ("2.5", "US$2.5 billion"),
        ("2025年", "合作始于2025年"),
        ("25年", "合作始于2025年"),
        ("「合作」", "合作始于2025年"),
        ("合", "合作始于2025年"),
        ("年", "合作始于2025年"),
        ("麦克斯韦", "帕特里克·麦克斯韦"),
        ("克·麦", "帕特里克·麦克斯韦"),
        ("x" * 60, "x" * 80),
    ],
)
def test_what_is_typed_finds_one_title(query: str, title: str) -> None:
    titles = (
        "Cambridge opens a bridge",
        "L’Université de Genève",
        "Łódź",
        "Straße",
        "The R&D centre",
        "US$2.5 billion",
        "合作始于2025年",
        "帕特里克·麦克斯韦",
        "x" * 80,
        "Other words: 其他文字, 20 d, 5 amounts",
    )
    found = reader(*(Item(str(number), each) for number, each in enumerate(titles)))
    assert [titles[item] for item in found.find(query)] == [title]


@pytest.mark.parametrize("query", ["", " ", "，。！", "“”", "zzz", "ambridge", "bridge zzz", "合京"])
def test_what_is_nowhere_finds_nothing(query: str) -> None:
    assert reader(Item("a", "Cambridge bridge", text="北京合作")).find(query) == []


def test_the_title_counts_more_than_names_summary_headings_and_text() -> None:
    found = reader(
        Item("title", "The bridge"),
        Item("names", "Other", names=("Bridge Authority",)),
        Item("summary", "Other", summary="A bridge."),
        Item("headings", "Other", headings=("Bridge",), text="Bridge"),
        Item("text", "Other", text="A bridge, a bridge, a bridge."),
        Item("about", "Other", about=("Bridge Town",)),
    )
    assert found.urls("bridge") == ["title", "names", "summary", "headings", "about", "text"]
    assert found.urls("brid") == ["title", "names", "summary", "headings", "about", "text"]


def test_a_whole_word_counts_more_than_its_beginning_and_the_later_item_comes_first() -> None:
    found = reader(*(Item(title, title) for title in ("Art", "Artificial", "Art", "Arts")))
    assert found.find("art") == [2, 0, 3, 1]


def test_a_single_letter_beside_words_ranks_and_does_not_exclude() -> None:
    found = reader(Item("b", "Hepatitis B"), Item("a", "Hepatitis A"), Item("none", "Hepatitis"))
    assert found.urls("hepatitis b") == ["b", "none", "a"]


def test_other_names_of_an_item_lead_to_it() -> None:
    found = reader(Item("partner", "University of Cambridge", also=("剑桥大学", "Cantab")))
    assert found.find("剑桥") == found.find("cantab") == [0]


def test_order_holds_for_signs_beyond_the_first_plane() -> None:
    signs = "一龥\ufa0e\ufa29𠀀𠮷𪛖㐀"
    found = reader(*(Item(sign, sign, text="。".join(sign + chr(0x4E00 + at) for at in range(900))) for sign in signs))
    assert len(found.first_terms) > 3
    assert [found.urls(f"{sign}{chr(0x4E00 + at)}") for sign in signs for at in (0, 450, 899)] == [
        [sign] for sign in signs for _ in range(3)
    ]


@given(st.integers(0, 5_000_000))
def test_a_number_is_written_so_that_it_can_be_read(number: int) -> None:
    assert steps(digits(number)) == [number]


@given(st.sets(st.integers(0, 3000)).map(sorted))
def test_a_row_is_written_so_that_it_can_be_read(row: list[int]) -> None:
    assert steps(Steps(3001).code(row)) == row


def expected_terms(text: str) -> set[str]:
    """The terms of a text, as the browser would find them."""
    bare = plain(text)
    found = set()
    for match in RUN.finditer(bare):
        run = match[0]
        found |= {a + b for a, b in pairwise(run)} | set(run) if match[1] else {run, *run.split("&")}
    for word in re.findall(f"(?<={HAN}){LETTER}+|{LETTER}+(?={HAN})", bare):
        found |= {word[start:] for start in range(1, len(word))}
    return {term[:40] for term in found}


@given(st.text() | st.text("aB&’é ß\u0301Σı京签〇・ー１Ａ２，。-_'"))
@settings(max_examples=300)
def test_terms_are_those_that_the_browser_finds(text: str) -> None:
    assert terms(text) == expected_terms(text)


def corpus(count: int, chinese: bool = False) -> Iterator[Item]:
    """Announcements of about 5 kB with as many different words as such texts have, and long tails of rare ones."""
    rng = Random(11)
    if chinese:
        signs = rng.choices(range(3500), [1 / (rank + 8) for rank in range(3500)], k=200_000)
        stock = "".join(map(chr, (0x4E00 + 5 * sign for sign in signs)))
        sentences = [stock[at : at + 20] + "。" for at in range(0, len(stock), 20)]
    else:
        letters = [a + b for a in "bcdfghklmnprstvw" for b in ("a", "e", "i", "o", "u", "an", "er", "ion")]
        words = ["".join(rng.choices(letters, k=rng.choice((1, 2, 2, 3, 3, 4)))) for _ in range(12_000)]
        said = rng.choices(words, [1 / (rank + 3) for rank in range(12_000)], k=120_000)
        sentences = [" ".join(said[at : at + 12]) + ". " for at in range(0, len(said), 12)]
    length = 85 if chinese else 70
    for number in range(count):
        text = "".join(rng.choices(sentences, k=length))
        title, summary = text[:60], text[60:200]
        yield Item(
            f"announcements/announcement-{number}/", title, about=("27 October 2025",), summary=summary, text=text
        )


def heaviest(found: Reader, length: int) -> str:
    """The beginning of terms that leads to most."""
    bytes_of: Counter[str] = Counter()
    for path in found.files:
        if path.startswith("words/"):
            for term, row in zip(*found.words(path.removesuffix(".js")), strict=True):
                bytes_of[term[:length]] += len(row)
    return bytes_of.most_common(1)[0][0]


def cost_of_5000(found: Reader, count: int, query: str, compressed: bool = False) -> float:
    """The bytes that a query would load from an index of 5,000 items, reckoned from an index of fewer.

    What is loaded besides the rows asked for, the rest of their files and the texts, does not grow with the number of
    items, and the rows grow no faster than that.
    """
    found.loaded.clear()
    found.matched = 0
    assert found.urls(query)
    files = [found.files[path] for path in (*found.loaded, "index.js")]
    share = len(gzip.compress(b"".join(files), 6)) / sum(map(len, files)) if compressed else 1
    return share * (sum(map(len, files)) + found.matched * (5000 / count - 1))


def test_a_query_in_5000_announcements_loads_less_than_300_kb() -> None:
    items = list(corpus(1000))
    found = reader(*items)
    words = " ".join(items[3].text.split()[:5])
    for query in (heaviest(found, 2), heaviest(found, 5), words):
        assert cost_of_5000(found, 1000, query) < BUDGET


def test_a_query_in_5000_chinese_announcements_loads_less_than_300_kb() -> None:
    items = list(corpus(250, chinese=True))
    found = reader(*items)
    for query in (heaviest(found, 2), heaviest(found, 1), items[3].text[:8]):
        assert cost_of_5000(found, 250, query) < BUDGET


def test_files_are_small_and_texts_are_apart_from_the_index() -> None:
    files = shards([block(list(corpus(100)))]).files
    assert all(len(data) < 20_000 for data in files.values())
    assert len(files["index.js"]) < 500
    assert sum(len(data) for path, data in files.items() if path.startswith("words/")) < 150_000
    assert b"Announcement" not in files["index.js"]


def test_the_index_depends_on_nothing_but_the_items() -> None:
    code = (
        "from communique.search.index import Item, block; from communique.search.shards import shards;"
        "print(shards([block([Item('a', '北京 R&D', text='one two 三四五'), Item('b', 'Two', names=('one', 'six'))])]))"
    )
    run = [sys.executable, "-c", code]
    said = [
        subprocess.run(
            run, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert said[0] == said[1] != b""


def test_the_version_changes_with_the_content() -> None:
    versions = {shards([block([Item("a", "A", text=text)])]).version for text in ("one", "two", "one")}
    assert len(versions) == 2


def test_a_long_word_costs_no_more_than_its_length() -> None:
    assert max(map(len, terms("京" + "x" * 200_000 + "京"))) == 40
    assert len(terms("京" + "x" * 200_000 + "京")) < 100


def test_an_index_of_nothing_can_be_read() -> None:
    found = reader()
    assert found.find("bridge") == found.find("京") == []


def test_line_separators_do_not_end_a_string_of_a_script() -> None:
    files = shards([block([Item("a", "A", text="one\u2028two\u2029three")])]).files
    assert "\u2028" not in files["texts/0.js"].decode()
    assert Reader(files).shown(0)[-1] == "one\u2028two\u2029three"


CHINESE = (
    announcement("合作从2025年开始。")
    + """\
-- content/announcements/2025-10-28-chinese.md --
---
title: 剑桥与北京签署《生命科学》合作协议
summary: 双方今天签署协议。
date: 2025-10-28
partners: [delta]
---

## 下一步

中心将研发新药。
"""
)


def test_the_index_of_a_site_leads_to_all_its_records() -> None:
    found = site_reader(CHINESE)
    assert found.urls("剑桥") == found.urls("桥与") == found.urls("研发新药") == ["announcements/chinese/"]
    assert found.urls("bridge opens") == ["announcements/bridge/"]
    assert found.urls("delta")[0] == "partners/delta/"
    assert found.urls("byron") == ["people/ada-byron/", "announcements/bridge/", "about/"]
    assert found.urls("bridges")[0] == "topics/bridges/"
    assert found.urls("about site") == ["about/"]
    assert found.urls("october 2025") == ["announcements/chinese/", "announcements/bridge/"]


def test_what_is_withdrawn_is_found_and_says_so() -> None:
    found = site_reader(announcement("Open.", "withdrawn: {date: 2025-10-29, note: The river was closed.}"))
    (item,) = found.find("river closed")
    assert found.shown(item)[3] == "Withdrawn"


def test_what_is_withheld_changes_no_byte_of_the_search() -> None:
    with_draft = built(CHINESE.replace("partners: [delta]\n---\n\n##", "partners: [delta]\ndraft: true\n---\n\n##"))
    without = built(announcement("合作从2025年开始。"))
    of_search = [
        {path: data for path, data in each.files.items() if "search" in path} for each in (with_draft, without)
    ]
    assert of_search[0] == of_search[1]
    assert len(of_search[0]) > 3


def test_only_the_page_of_the_search_loads_the_search() -> None:
    files = built().files
    assert {path for path, data in files.items() if path.endswith(".html") and b"search.js" in data} == {
        "search/index.html"
    }
    assert len(files["search.js"]) < 8192
