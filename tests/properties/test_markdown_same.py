"""The tree of read_tree is that of plain Python-Markdown in the same configuration, but no text is lost."""

import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import Delimiter, DelimiterProcessor
from markdown.util import INLINE_PLACEHOLDER_RE

from communique.markdown.tree import read_tree

ENGLISH = (
    "the university and its partners announced today that a new centre for clinical research will open in Beijing with",
    "support from the municipal commission it is the sixth such centre worldwide and second strategic hub artificial",
    "intelligence data science early development patients medicines talent exchange training students (the “Plan”)",
    "director’s dean programme investment plan US$2.5 billion agreement signed 2025 collaboration R&D laboratory",
)
WORDS = " ".join(ENGLISH).split()
HAN = "北京市科学技术委员会与剑桥大学今日宣布合作建设新的全球战略研发中心推动人工智能在药物研发中的应用培养青年人才"


class Quotes(BlockQuoteProcessor):
    """A blank line keeps block quotes apart."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        if not blocks[0].lstrip(" ").startswith(">"):
            super().run(parent, blocks)
            return
        alone = Element("div")
        super().run(alone, blocks)
        parent.extend(alone)


class Watched(DelimiterProcessor):
    """Python-Markdown's emphasis, which tells when it loses text: by more signs than there are, or at another place."""

    def __init__(self, md: Markdown) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self.lost = False
        self.data = ""
        self.last = ("", 0, 0)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        if size <= 0 or not self.data[a:b] == self.data[c:d] == delim.token * size:
            self.lost = True
        super().add_region(delim, a, b, c, d, size)

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if self.regions:
            before, start, end = self.last
            rest = len(before) - end
            if not (
                data[:start] == before[:start]
                and data[len(data) - rest :] == before[end:]
                and INLINE_PLACEHOLDER_RE.fullmatch(data, start, len(data) - rest)
            ):
                self.lost = True
            found, kept = m.start(), self.cache_pos
            moved = found - kept if found != kept else found - self.regions[self.cache_index][0]
            if moved != len(data) - len(self.data):
                self.lost = True
        else:
            self.data = data
        node, begin, end_or_none = super().handleMatch(m, data)
        if node is not None and begin is not None and end_or_none is not None:
            self.last = (data, begin, end_or_none)
        return node, begin, end_or_none


@cache
def plain_markdown() -> tuple[Markdown, Watched]:
    md = Markdown(extensions=[TableExtension(), FootnoteExtension(SUPERSCRIPT_TEXT="{}"), SaneListExtension()])
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")
    md.parser.blockprocessors.register(Quotes(md.parser), "quote", 20)
    md.treeprocessors.deregister("prettify")
    watched = Watched(md)
    md.inlinePatterns.register(watched, "em_strong", 60)
    return md, watched


def shape(element: Element) -> tuple[Any, ...]:
    """All that a tree says, in plain text."""
    text, tail = (None if part is None else str(part) for part in (element.text, element.tail))
    return element.tag, dict(element.items()), text, tail, [shape(child) for child in element]


def expected_shape(text: str) -> tuple[Any, ...] | None:
    """What Python-Markdown makes of a text, if it loses nothing of it and leaves no placeholder in it."""
    md, watched = plain_markdown()
    md.reset()
    watched.lost = False
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    assert root is not None
    for treeprocessor in md.treeprocessors:
        treeprocessor.run(root)
    found = shape(root)
    return None if watched.lost or "klzzwxh" in repr(found) else found


def check(text: str) -> bool:
    """Compare the trees of a text; False where Python-Markdown's is of no use."""
    found, expected = shape(read_tree(text)), expected_shape(text)
    if expected is None:
        told = re.sub("\x02(amp|zz1337820767766393qq|qq3936677670287331zz)\x03", "", "".join(texts(found)))
        assert not re.search("[\x02\x03]|klzzwxh", told)
        return False
    assert found == expected
    return True


def texts(found: tuple[Any, ...]) -> Iterator[str]:
    """The texts of a tree, and the values of its attributes."""
    _, attributes, text, tail, children = found
    yield from attributes.values()
    yield from (part for part in (text, tail) if part)
    for child in children:
        yield from texts(child)


class Author:
    """Writes announcements, each in a dialect of its own."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.chinese = self.random.random() < 0.1
        self.bullet = self.random.choice(("- ", "* ", "+ ", "1. ", "-   "))
        self.strong = self.random.choice(("**", "__"))
        self.underlined = self.chance(0.15)
        self.wrapped = self.chance(0.4)
        self.notes: list[str] | None = [] if self.chance(0.35) else None
        self.names: list[str] | None = [] if self.chance(0.25) else None

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    def words(self, low: int, high: int) -> str:
        count = self.random.randint(low, high)
        if self.chinese:
            return "".join(self.random.choices(HAN, k=2 * count))
        return " ".join(self.random.choices(WORDS, k=count))

    def mark(self) -> str:
        words = self.words(1, 4)
        target = self.random.choice(("../partners/a-b.md", "https://example.org/a_b?c=1&d=2", "topic:e", "f(g).md"))
        kinds: list[Callable[[], str]] = [
            lambda: f"[{words}]({target})",
            lambda: f'[{words}]({target} "{self.words(1, 3)}")',
            lambda: f"[{self.strong}{words}{self.strong}](<{target}>)",
            lambda: f"{self.strong}{words}{self.strong}",
            lambda: f"*{words}*",
            lambda: f"_{words}_",
            lambda: f"`{words}`",
            lambda: "<press@example.org>",
            lambda: "<https://example.org/a_b>",
            lambda: "5 \\* 3 &amp; <b>more</b>",
            lambda: f"{words}  \n{words}",
            lambda: self.note(words),
            lambda: self.named(words),
        ]
        return self.random.choice(kinds)()

    def note(self, words: str) -> str:
        if self.notes is None:
            return f"{words}[^no]"
        if not self.notes or self.chance(0.8):
            self.notes.append(f"n{len(self.notes)}")
        return f"{words}[^{self.random.choice(self.notes)}]"

    def named(self, words: str) -> str:
        if self.names is None:
            return f"[{words}]"
        self.names.append(f"{words} {len(self.names)}")
        return f"[{self.names[-1]}]" if self.chance(0.3) else f"[{words}][{self.names[-1]}]"

    def sentence(self) -> str:
        space = "" if self.chinese else " "
        parts = [self.words(5, 14)]
        if self.chance(0.5):
            parts += [self.mark(), self.words(2, 9)]
        return space.join(parts) + ("。" if self.chinese else ".")

    def paragraph(self) -> str:
        text = " ".join(self.sentence() for _ in range(self.random.randint(1, 4)))
        return text.replace(". ", ".\n") if self.wrapped else text

    def heading(self) -> str:
        words = self.words(1, 5)
        return f"{words}\n{'-' * 9}" if self.underlined else f"{'#' * self.random.randint(2, 4)} {words}"

    def quote(self) -> str:
        lines = self.paragraph().split("\n")
        marked = "\n".join([f"> {lines[0]}", *(line if self.chance(0.2) else f"> {line}" for line in lines[1:])])
        return marked + (f"\n>\n> — {self.words(1, 2)}" if self.chance(0.8) else "")

    def items(self) -> str:
        items = []
        for _ in range(self.random.randint(2, 6)):
            items.append(self.bullet + self.sentence())
            if self.chance(0.2):
                items.append(f"    {self.bullet}{self.sentence()}")
            if self.chance(0.1):
                items.append(f"\n    {self.paragraph()}\n")
        return ("\n\n" if self.chance(0.2) else "\n").join(items)

    def table(self) -> str:
        columns = self.random.randint(1, 5)
        edge = self.random.choice(("|", ""))
        rows = [
            [self.words(1, 3) for _ in range(columns)],
            [self.random.choice(("---", ":-:", "--:")) for _ in range(columns)],
        ]
        rows += [[self.mark().replace("\n", " ") for _ in range(columns)] for _ in range(self.random.randint(0, 6))]
        return "\n".join(edge + " | ".join(row) + edge for row in rows)

    def announcement(self) -> str:
        kinds = [self.paragraph] * 8 + [self.heading] * 3 + [self.quote, self.items] * 2 + [self.table]
        kinds += [lambda: f"![{self.words(1, 3)}](photo.jpg)", lambda: "---", lambda: "    code *of* one\n    kind"]
        blocks = [self.random.choice(kinds)() for _ in range(self.random.randint(8, 34))]
        notes = [f"[^{name}]: {self.sentence()}" + "\n\n    More." * self.chance(0.2) for name in self.notes or ()]
        targets = [f"[{name}]: https://example.org/{index} 'title'" for index, name in enumerate(self.names or ())]
        return "\n\n".join([*blocks, *notes, *targets]) + "\n"


@pytest.mark.parametrize("century", range(5))
def test_announcements_give_the_same_tree(century: int) -> None:
    for seed in range(100 * century, 100 * century + 100):
        assert check(Author(seed).announcement()), seed


# fmt: off
FRAGMENTS = [
    "[", "]", "](", "](b)", "(", ")", "![", "[a](b)", "[a](b 't')", '[a]( <b c> "t" )', '[a](b "c\'d")', "[a](b(c)d)",
    "![i](j)", "*", "**", "***", "_", "__", "`", "``", "\\", "\\*", "\\\\`", "'", '"', "!", "<", ">", "<a@b.c>", "&",
    "<http://x>", "&amp;", "> ", "- ", "* ", "+ ", "1. ", "2. ", "# ", "#", "    ", "\t", "  ", " ", "===\n", "---\n",
    "***\n", "- - -\n", "|", "|--|:-:|\n", "| a | b |\n", "a|b\n-|-\n", "`|`", "[^1]", "[^1]: ", "[^é x]: ", "[x]",
    "[x][]", "[X][x]", "[x]: y 'z'\n", "]: ", ": ", "  \n", "\n", "\n", "\n\n", "\r", "a", "word ", "a b", "北京",
    "合作。", "１. ", "- a\n    - b\n", "> a\nlazy\n", "> > a\n", "- > a\n\n    b\n", "1. a\n\n    b\n", "\xa0",
    "\u2028", "\x02", "\x0342\x03", "///Footnotes Go Here///",
]
INLINE = [
    "*", "**", "***", "_", "__", "`", "``", "\\*", "\\\\", "\\`", "a", "b c", " ", "  ", "  \n", "\n", "!", "(", "]",
    "[", "](b)", "](b 't')", '](b "c\\*d")', "](\\*)", "]()", ']("t")', "](a'b)", "](a 't\"')", "](a \"'t'\")", "![",
    "![i](j)", "[k *l* m](n)", "*a [b](c) d*", "**e *f* g*h*i**", "x_y_z", "<h@b.c>", "<ftp://a`b`c*d*>",
    "<http://a\\_b>", "[^1]", "[x]",
]

# each tells apart two ways of reading that hardly any other text does
SUBTLE = [
    "１. ", "___", "0\n=", "t\n   >", ")\n[^]:", "|||\n||:", "q\n*  **", "[]()", "<p://>", "*_a_a_ _a_",
    "<p://`b`*d*>", "****<p://>*** d*", "****d*`b`*d*", "***d*<h@c>*", "[_*a**_]()", "[[]()",
    "*****_*<p://>***_***`b`***", "[^1][^1]\n[^1]:", "***]***", "\\`__ `__", "__>__b", "**z***f*)*", "`` ```b`",
    "\\_", "[](\\*)", "[]( \"\\*\")", "[]( \"'\")", "[](')\"\")", "_\n ", "\t[", "*a* b ** c *d*", "_a_ b__c _d_",
    "**a* b*", "> a\n\n    b", "- a\n\n\n    b\n- c", "1. a\n    - b\n\n    c\n2. d", "    a\n\n\n    b",
    "a\n    b\n\n    c", "|a|\n|-|\nb",
]
# fmt: on


@pytest.mark.parametrize("text", SUBTLE)
def test_subtle_texts_give_the_same_tree(text: str) -> None:
    assert check(text)


@pytest.mark.parametrize("seed", range(4))
def test_inline_syntax_gives_the_same_tree(seed: int) -> None:
    chance = random.Random(seed)
    compared = 0
    for _ in range(700):
        few = chance.sample(INLINE, chance.randint(3, 12))
        text = "".join(chance.choices(few, k=chance.randint(2, 24)))
        compared += check(text + chance.choice(("", "\n\n[x]: y", "\n\n[^1]: n *o* p")))
    assert compared > 500


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join))
def test_any_text_gives_the_same_tree(text: str) -> None:
    check(text)


@settings(max_examples=150)
@given(st.data())
def test_texts_of_few_signs_give_the_same_tree(data: st.DataObject) -> None:
    few = data.draw(st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=6))
    check("".join(data.draw(st.lists(st.sampled_from(few), max_size=30))))


@settings(max_examples=400)
@given(st.lists(st.sampled_from(["*", "**", "***", "_", "__", "a", "b ", "中", " "]), max_size=20).map("".join))
def test_emphasis_loses_no_letter(text: str) -> None:
    told = "".join(read_tree(f"x{text}").itertext())
    assert re.sub(r"[*_\s]", "", told) == re.sub(r"[*_\s]", "", f"x{text}")
