"""The tree of read_tree is that of plain Python-Markdown in the same configuration."""

import random
from collections.abc import Callable
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

from communique.markdown_tree import read_tree

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


@cache
def plain_markdown() -> Markdown:
    md = Markdown(extensions=[TableExtension(), FootnoteExtension(SUPERSCRIPT_TEXT="{}"), SaneListExtension()])
    md.preprocessors.deregister("html_block")
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")
    md.parser.blockprocessors.register(Quotes(md.parser), "quote", 20)
    md.treeprocessors.deregister("prettify")
    return md


def expected_tree(text: str) -> Element:
    md = plain_markdown().reset()
    lines = text.split("\n")
    for preprocessor in md.preprocessors:
        lines = preprocessor.run(lines)
    root = md.parser.parseDocument(lines).getroot()
    assert root is not None
    for treeprocessor in md.treeprocessors:
        treeprocessor.run(root)
    return root


def shape(element: Element) -> tuple[Any, ...]:
    """All that a tree says, in plain text."""
    text, tail = (None if part is None else str(part) for part in (element.text, element.tail))
    return element.tag, dict(element.items()), text, tail, [shape(child) for child in element]


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
        text = Author(seed).announcement()
        assert shape(read_tree(text)) == shape(expected_tree(text)), seed


# fmt: off
FRAGMENTS = [
    "[", "]", "](", "](b)", "(", ")", "![", "[a](b)", "[a](b 't')", '[a]( <b c> "t" )', '[a](b "c\'d")', "[a](b(c)d)",
    "![i](j)", "*", "**", "***", "_", "__", "`", "``", "\\", "\\*", "\\\\`", "'", '"', "!", "<", ">", "<a@b.c>", "&",
    "<http://x>", "&amp;", "> ", "- ", "* ", "+ ", "1. ", "2. ", "# ", "#", "    ", "\t", "  ", " ", "===\n", "---\n",
    "***\n", "- - -\n", "|", "|--|:-:|\n", "| a | b |\n", "a|b\n-|-\n", "`|`", "[^1]", "[^1]: ", "[^é x]: ", "[x]",
    "[x][]", "[X][x]", "[x]: y 'z'\n", "]: ", ": ", "  \n", "\n", "\n", "\n\n", "\r", "a", "word ", "a b", "北京",
    "合作。", "１. ", "- a\n    - b\n", "> a\nlazy\n", "> > a\n", "- > a\n\n    b\n", "1. a\n\n    b\n", "\xa0",
    "\u2028", "klzzwxh:0000", "\x02", "\x0342\x03", "///Footnotes Go Here///",
]
# fmt: on


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=24).map("".join))
def test_any_text_gives_the_same_tree(text: str) -> None:
    assert shape(read_tree(text)) == shape(expected_tree(text))


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_texts_of_few_signs_give_the_same_tree(data: st.DataObject) -> None:
    few = data.draw(st.lists(st.sampled_from(FRAGMENTS), min_size=2, max_size=6))
    text = "".join(data.draw(st.lists(st.sampled_from(few), max_size=30)))
    assert shape(read_tree(text)) == shape(expected_tree(text))
