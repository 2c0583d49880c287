"""Markdown becomes a tree, in the dialect of this site; what would take too long is refused with its line."""

import sys
from xml.etree.ElementTree import Element, tostring

import pytest
from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension

from communique.markdown.blocks import GATES
from communique.markdown.burden import DEPTH, STEPS, Burden, Excess
from communique.markdown.costs import code_cost, footnote_cost, lines_cost, list_cost, reference_cost, row_cost
from communique.markdown.inline import SIGNS
from communique.markdown.tree import read_tree


def markup(text: str) -> str:
    return tostring(read_tree(text), encoding="unicode").removeprefix("<div>").removesuffix("</div>")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain.", "<p>Plain.</p>"),
        ("A *b* **c** ***d***", "<p>A <em>b</em> <strong>c</strong> <strong><em>d</em></strong></p>"),
        ("_a_ __b__ c_d_e", "<p><em>a</em> <strong>b</strong> c_d_e</p>"),
        ("*a **b** c*", "<p><em>a <strong>b</strong> c</em></p>"),
        ("*a* b*", "<p><em>a</em> b*</p>"),
        ("5 * 3 * 2", "<p>5 * 3 * 2</p>"),
        ("[a](b)", '<p><a href="b">a</a></p>'),
        ("[a](b 'c')", '<p><a href="b" title="c">a</a></p>'),
        ('[*a*](b "c\td")', '<p><a href="b" title="c  d"><em>a</em></a></p>'),
        ("[a](<b c>)", '<p><a href="b c">a</a></p>'),
        ("[a](b(c)d)", '<p><a href="b(c)d">a</a></p>'),
        ("[a [b] c](d)", '<p><a href="d">a [b] c</a></p>'),
        ("[a](b", "<p>[a](b</p>"),
        ("[a][b] [b]\n\n[b]: c 'd'", '<p><a href="c" title="d">a</a> <a href="c" title="d">b</a></p>'),
        ("![a](b.png)", '<p><img src="b.png" alt="a" /></p>'),
        ("<https://a.org/b_c>", '<p><a href="https://a.org/b_c">https://a.org/b_c</a></p>'),
        ("`a *b*` ``c`d``", "<p><code>a *b*</code> <code>c`d</code></p>"),
        ("\\*a\\*", "<p>*a*</p>"),
        ("a  \nb", "<p>a<br />\nb</p>".replace("\n", "")),
        ("# a\n## b #\nc", "<h1>a</h1><h2>b</h2><p>c</p>"),
        ("a\n=\nb\n-", "<h1>a</h1><h2>b</h2>"),
        ("- a\n- b\n    - c", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("- a\n\n1. b", "<ul><li>a</li></ul><ol><li>b</li></ol>"),
        ("***\n- - -", "<hr /><hr />"),
        ("    a\n\n    b", "<pre><code>a\n\nb\n\n\n</code></pre>"),
        ("<b>a</b> &amp; c", "<p>&lt;b&gt;a&lt;/b&gt; &amp;amp; c</p>"),
        ("<div>\n\na\n\n</div>", "<p>&lt;div&gt;</p><p>a</p><p>&lt;/div&gt;</p>"),
        ("a\r\nb\rc\n \t \nd", "<p>a\nb\nc</p><p>d</p>"),
        ("\x02a\x03", "<p>a</p>"),
    ],
)
def test_markdown_becomes_a_tree(text: str, expected: str) -> None:
    assert markup(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "*If approved: **one** has 5 * 3, **two** others.",
            "<p>*If approved: <strong>one</strong> has 5 * 3, <strong>two</strong> others.</p>",
        ),
        ("*b**c*d", "<p>*b**c*d</p>"),
        ("*甲乙**beta*alpha", "<p>*甲乙**beta*alpha</p>"),
        ("![a [b *c* d](e) f](g)", '<p><img src="g" alt="a b c d f" /></p>'),
    ],
)
def test_no_text_is_lost(text: str, expected: str) -> None:
    """Python-Markdown 3.11.3 loses letters of these, or leaves a placeholder in them."""
    assert markup(text) == expected


def test_a_blank_line_divides_block_quotes() -> None:
    assert markup("> a\nb\n>\n> c\n\n> d") == (
        "<blockquote><p>a\nb</p><p>c</p></blockquote><blockquote><p>d</p></blockquote>"
    )
    assert markup("- a\n\n    > b\n\n    > c").count("<blockquote>") == 2


def test_a_table() -> None:
    table = read_tree("a | b\n:-:|--\n`c|d` | *e*\nf").find("table")
    assert table is not None
    assert [cell.get("style") for cell in table.iter("th")] == ["text-align: center;", None]
    assert ["".join(cell.itertext()) for cell in table.iter("td")] == ["c|d", "e", "f", ""]


def test_footnotes_count_who_refers_to_them() -> None:
    root = read_tree("A[^x] b[^y] c[^x] d[^x] e[^z].\n\n[^x]: One.\n[^y]: Two *three*.\n\n    Four.")
    marks = [sup.get("id") for sup in root.iter("sup")]
    assert marks == ["fnref:x", "fnref:y", "fnref2:x", "fnref3:x"]
    back = [link.get("href") for link in root.iter("a") if link.get("class") == "footnote-backref"]
    assert back == ["#fnref:x", "#fnref2:x", "#fnref3:x", "#fnref:y"]
    assert "e[^z]." in "".join(root.itertext())


def test_nothing_of_a_text_comes_into_the_next() -> None:
    first = markup("[a][b] c[^d]")
    read_tree("[b]: e\n\n[^d]: f\n\nc[^d]")
    assert markup("[a][b] c[^d]") == first


def test_processors_and_patterns_are_those_of_python_markdown_in_its_order() -> None:
    md = Markdown(extensions=[TableExtension(), FootnoteExtension(), SaneListExtension()])
    md.inlinePatterns.deregister("html")
    md.inlinePatterns.deregister("entity")
    assert [md.parser.blockprocessors[gate.name] for gate in GATES] == list(md.parser.blockprocessors)
    names = dict.fromkeys(sign.pattern for sign in SIGNS)
    assert [md.inlinePatterns[name] for name in names] == list(md.inlinePatterns)
    assert len(list(md.preprocessors)) == 2
    assert len(list(md.treeprocessors)) == 5


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n\nb " + "[" * 100_000 + "](", 3, "100,000 opening brackets"),
        ("a\n\n- b\n- c\n- d " + "*e " * 100_000, 5, "100,000 asterisks"),
        ("a\n\n> b\n> " + "\\*" * 100_000, 3, "100,000 backslashes"),
        ("a\n\n|b|\n|-|\n" + "|c|d|e|\n" * 60_000, 3, "vertical bars"),
        ("a\n\n" + "b\n===\n" * 60_000, 3, "lines"),
        ("a\n\n" * 150_000, 1, "the text has 300,002 lines"),
        ("a\n\n" + "> " * 200 + "b", 3, "too deeply"),
        ("a\n\n" + "\n".join(f"{'    ' * depth}- b" for depth in range(100)), 4, "too deeply"),
        ("a\n\nb\n" + "*c _d " * 100 + "e_ f* " * 100, 3, "too deeply"),
    ],
)
def test_a_refusal_names_the_line_and_what_is_too_much(text: str, line: int, words: str) -> None:
    with pytest.raises(Excess) as caught:
        read_tree(text)
    assert words in caught.value.message
    assert caught.value.line == line
    assert str(caught.value) == caught.value.message


@pytest.mark.parametrize("refused", ["- " * 500 + "a", "- a\n" + "b\n===\n" * 50_000, "*a **" * 50_000, "> " * 500])
def test_a_refusal_leaves_nothing_behind(refused: str) -> None:
    text = "a\n\n- b\n\n    c *d* __e__\n- f\n\n> g"
    expected = markup(text)
    with pytest.raises(Excess):
        read_tree(refused)
    assert markup(text) == expected


def test_where_the_stack_ends_the_text_is_refused() -> None:
    def from_below(frames: int) -> Element:
        return from_below(frames - 1) if frames else read_tree("> " * 40 + "a")

    frame, used = sys._getframe(), 0
    while frame.f_back:
        frame, used = frame.f_back, used + 1
    with pytest.raises(Excess, match="too deeply"):
        from_below(sys.getrecursionlimit() - used - 90)
    assert len(from_below(0)) == 1


def test_depth_as_people_use_it() -> None:
    assert len(read_tree("\n".join(f"{'    ' * depth}- a" for depth in range(20)))) == 1
    assert len(read_tree("> " * 20 + "a")) == 1


def test_a_burden_ends_where_the_steps_end() -> None:
    burden = Burden()
    burden.start("a\nb")
    burden.piece = "b"
    burden.spend(STEPS)
    burden.enter(DEPTH)
    with pytest.raises(Excess, match="longer and more intricate") as caught:
        burden.spend(1)
    assert caught.value.line == 2
    burden.start("c")
    burden.spend(STEPS)
    with pytest.raises(Excess):
        burden.enter(DEPTH + 1)


def test_costs_grow_with_what_makes_work() -> None:
    parent = Element("div")
    assert lines_cost("a\n" * 100, parent) > lines_cost("a" * 200, parent)
    assert list_cost("a\n" * 40_000, parent) > 3 * list_cost("a\n" * 20_000, parent)
    assert footnote_cost("[^a\n" * 2000, parent) > 3 * footnote_cost("[^a\n" * 1000, parent)
    assert footnote_cost("[^a]: b\n" * 1000, parent) < 15_000
    assert reference_cost("[a]: " + '"' * 2000, parent) > 3 * reference_cost("[a]: " + '"' * 1000, parent)
    assert reference_cost('[a]: b "c"\n' * 1000, parent) < 30_000
    assert reference_cost('a "b" ' * 1000, parent) < 1000
    assert row_cost("`a|" * 2000) > 3 * row_cost("`a|" * 1000)
    assert row_cost("| a | `b` |") < 200


def test_a_part_of_a_code_block_costs_more_behind_a_long_one() -> None:
    parent = read_tree("    " + "a" * 10_000)
    assert code_cost("    b", parent) > code_cost("    b", Element("div"))
