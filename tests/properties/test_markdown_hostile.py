"""However a text is made, it becomes a tree or is refused with a reason, soon and in little memory."""

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from communique.markdown import burden as markdown_burden
from communique.markdown.burden import Excess
from communique.markdown.tree import read_tree

LIMIT = 512 * 1024
SECONDS = 2.0


def filled(unit: str, size: int, before: str = "", after: str = "") -> str:
    """A text of about this many bytes that repeats a unit."""
    return before + unit * ((size - len(before) - len(after)) // len(unit.encode())) + after


def growing(sign: str, between: str, size: int) -> str:
    """Runs of a sign, each longer by one."""
    return between.join(sign * length for length in range(1, int((2 * size) ** 0.5)))


def nested_list(depth: int, bullet: str, between: str) -> str:
    """A list in a list in a list, as far as the limit allows."""
    lines = [f"{'    ' * level}{bullet}x" for level in range(min(depth, 500))]
    return between.join(lines)


# fmt: off
# each is repeated to fill a text
UNITS = [
    "[", "![", "[^", "[^a", "[^1]", "](", "[a](", "[a](b", "[](", "[a]", "[a][", "[[a]", "[a]: ", "[a]:\n", "]", "(",
    ")", "!", "'", '"', "*", "*a", "a* ", " *a", "**a", "***", "***a", "**a*", "*a***b", "*_", "_a", "_a*", "*a_",
    "a_", "__a", "a**b", "a*b**c***", "`", "`a", "``a", "`a``", '\\', "\\`", "\\\\`", "\\*", "\\a", "<", "<a", "<a ",
    "<a@", "<a@b.c>", "<a://", "<http://a>", "<!--", "<div>", "</", "<![CDATA[", "&", "&a", "&#", "&amp;", "\t", " ",
    "  \n", "\n", "\n\n", "\r", "\r\n", "a\n", "a\n\n", "a\r\n\r", "===", "a\n===\n", "a\n---\n", "---\n", "***\n\n",
    "-", "- ", "-\n", "- a\n", "- a\n\n", "1. a\n", "1. ", "* a\n    * b\n", "- a\n1. b\n", "    a\n", "    a\n\n",
    "> ", ">", "> a\n", "> a\n\n", "> a\nb\n", "a\n> b\n", "> - a\n", "> > a\n\n", "#", "# a\n", "#\n", "a\n# b\n",
    "# \\\n", "|", "|a", "a|b\n", "|a|b|\n|-|-|\n", "|`", '|\\', "[a]: b\n", '[a]: "', "[a]: (", "[^a]: b\n",
    "[^a]: b\n\n", "[^a]\n", "[^a]: [^a] ", "中", "中文，", "中[文](甲)", "中**文**", "é", "😀", "\u2028", "\x0b",
    "\x00", "\x02", "\u200b", "///Footnotes Go Here///", "~~~\n", "```\n", "http://a ", "01",
]

# what stands before, and what is then repeated
LED = [
    ("[x](", "a"),
    ("[x](", "'"),
    ("[x](", "("),
    ('[x](a "', 'b")('),
    ("![", "a]"),
    ("*a", " * "),
    ("*a ", "*"),
    ("**a", "_ "),
    ("*a", "**b"),
    ("# ", "#a"),
    ("# ", "a#"),
    ("[a]: ", '"'),
    ("[a]: ", "()"),
    ("[a]: ", "x"),
    ('[a]: x "', '" '),
    ("[a]:", " "),
    ("[", "a\n"),
    ("[^", "a\n"),
    ("- a\n", "b\n"),
    ("- a\n\n", "    b\n\n"),
    ("- a\n", "***\n"),
    ("- # a\n", "  b\n# c\n"),
    ("[^1]: a\n\n", "    b\n\n"),
    ("x[^1]\n\n[^1]: ", "y[^1] "),
    ("[a]: b\n\n", "[a] "),
    ("[a]: b\n\n", "[x][a"),
    ("[a]: b\n\n", "[[a]"),
    ("[a]: b\n\n", "![a] "),
    ("<", "a@a"),
    ("<a@", "b"),
    ("\\", "\\\\`"),
    ("    a\n", "\n"),
    ("a|b\n-|-\n", "a|b\n"),
    ("a|b\n-|-\n", "\n|"),
    ("|a|b|\n|-|-|\n", "|`"),
    ("|a|b|\n|-|-|\n", "\\|"),
    (":://x\n", "\t    x\n***\n"),
    ("- " * 200 + "\n", "- - - -"),
]
# fmt: on


def corpus() -> Iterator[tuple[str, str]]:
    """The texts with their names."""
    for unit in UNITS:
        yield f"{unit!r} again and again", filled(unit, 24_000)
    for before, unit in LED:
        yield f"{before[:20]!r} and {unit!r} again and again", filled(unit, 32_000, before, " x")
    for sign in "`*_[<#-=\\|~":
        yield f"runs of {sign!r}", growing(sign, " ", 48_000)
        yield f"lines of {sign!r}", growing(sign, "\n", 48_000)
    for depth in (1, 10, 25, 60, 249, 1000):
        yield f"quotes {depth} deep", "> " * depth + "x"
        yield f"lists {depth} deep in one line", "- " * depth + "x"
        yield f"lists and quotes {depth} deep", "> - " * depth + "x"
        yield f"lists {depth} deep", nested_list(depth, "- ", "\n")
        yield f"numbered lists {depth} deep, apart", nested_list(depth, "1. ", "\n\n")
    size = 32_000
    yield "brackets in brackets", "[" * (size // 2) + "]" * (size // 2)
    yield "links in links", "[" * (size // 5) + "](a)" * (size // 5)
    yield "parentheses in a link", "[a](" + "(" * (size // 2) + ")" * (size // 2) + ")"
    yield "emphasis in emphasis", "*a _b " * (size // 12) + "c_ d* " * (size // 12)
    yield "a wide table", f"|{'a|' * size}\n|{'-|' * size}\n"
    yield "a wide and tall table", f"|{'a|' * 4000}\n|{'-|' * 4000}\n" + "b\n" * size
    yield "a table of backticks", f"|{'`|' * size}\n|{'-|' * size}\n"
    yield "many tables", "|a|b|\n|-|-|\n|c|d|\n\n" * (size // 20)
    yield "many footnotes", "".join(f"a[^{n}]\n\n[^{n}]: b\n\n" for n in range(size // 24))
    yield "footnotes in a ring", "a[^0]\n\n" + "".join(f"[^{n}]: a[^{n + 1}]\n" for n in range(size // 20)) + "[^0]: b"
    yield "one footnote twice", "[^1]\n\n" + "[^1]: b\n\n" * (size // 9)
    yield "one footnote everywhere", "a[^1] " * (size // 6) + "\n\n[^1]: b"
    yield "links named by each other", "[a]: b\n[b]: a\n\n" + "[a][b] " * (size // 7)
    yield "many named links", "".join(f"[{n}]: http://a/{n}\n" for n in range(size // 20)) + "\n" + "[7] " * 2000
    yield "rules and what is none", "- " * 1000 + "a\n" + "_ _ _ a\n" * (size // 8)
    yield "headings before headings that are none", "a\n===\n" * 1000 + "# x\\\n" * 6000
    yield "a run inside emphasis", f"_a {'_' * size} b"
    # as large as a text may be
    yield "a line of plain text", filled("a", LIMIT)
    yield "a line of Chinese", filled("中", LIMIT)
    yield "a line of words", filled("lorem ipsum ", LIMIT)
    yield "a line of brackets", filled("[", LIMIT)
    yield "a line of half links", filled("[a](", LIMIT)
    yield "a line of emphasis", filled("*a_", LIMIT)
    yield "a line of tabs", filled("\t", LIMIT, "a")
    yield "lines of headings", filled("a\n# b\n", LIMIT)
    yield "lines of underlined headings", filled("a\n===\n", LIMIT)
    yield "lists in lists", filled(nested_list(20, "- ", "\n") + "\n", LIMIT)
    yield "rows of a table", filled("a|b\n", LIMIT, "a|b\n-|-\n")
    yield "paragraphs of one letter", filled("a\n\n", LIMIT)


CORPUS = dict(corpus())


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) > 200


@pytest.mark.parametrize("name", CORPUS)
def test_any_text_becomes_a_tree_or_is_refused(name: str) -> None:
    text = CORPUS[name]
    assert len(text.encode()) <= LIMIT
    # of the processor, because the machine may have more to do
    begin = time.process_time()
    refusal = None
    try:
        assert read_tree(text).tag == "div"
    except Excess as excess:
        refusal = excess
    assert time.process_time() - begin < SECONDS
    if refusal:
        assert refusal.message
        assert 1 <= refusal.line <= text.count("\n") + text.count("\r") + 1


def report(between: str) -> str:
    """A report of sixty pages with 300 footnotes, a table of 300 rows and 2,400 links."""
    blocks = []
    for page in range(60):
        blocks.append(f"## Section {page}")
        for note in range(5 * page, 5 * page + 5):
            links = "[the **plan**](plan.md), see [it](https://a.org/b_c 'T')"
            blocks.append(f"The committee *agreed* on {links}.[^n{note}]")
            blocks.append("It had been discussed for a long time, and everybody was glad to see an end of it. " * 5)
        blocks.append("\n".join(f"- point {n} with [a link](https://a.org/{n}) and `code`" for n in range(28)))
        blocks.append("> We are *glad*.\n>\n> — Jane Doe")
    rows = "".join(f"\n| {n} | [x](y.md) | *b* | c | d | `e` |" for n in range(300))
    notes = [f"[^n{n}]: Note {n}, see [there](https://a.org/n{n})." for n in range(300)]
    return between.join([*blocks, f"| a | b | c | d | e | f |\n|---|---|---|:-:|--:|---|{rows}", *notes])


LONG = {
    "a report": report("\n\n"),
    "a report without blank lines": report("\n"),
    "links in one paragraph": " ".join(f"[link {n}](https://example.org/path/{n})" for n in range(2000)),
    "links in a list": "\n".join(f"- [link {n}](https://example.org/path/{n})" for n in range(2000)),
    "named links": "\n".join(f"[link {n}][r{n}]" for n in range(2000))
    + "\n\n"
    + "\n".join(f"[r{n}]: https://example.org/path/{n} 'title'" for n in range(2000)),
    "a list of paragraphs": "\n\n".join(f"{n}. point with [a link](b.md)" for n in range(2000)),
    "a table": f"|{'a|' * 8}\n|{'-|' * 8}\n" + "\n".join(f"|{'12|' * 8}" for _ in range(3000)),
    "emphasis in one paragraph": "**strong** and *weak* " * 1000,
    "code in one paragraph": "`code` and ``more`` " * 1000,
    "names with underscores": "the_long_name_of_a_thing " * 5000,
    "a form": "Name: ____________________ Date: __________\n\n" * 2000,
    "quotes": "> A word.\n>\n> — Jane\n\n" * 3000,
    "a listing": "    x = f(a)[0]\n    y = {1: [2]}\n\n" * 3000,
    "footnotes": "".join(f"A[^{n}]\n\n" for n in range(1000)) + "\n".join(f"[^{n}]: note" for n in range(1000)),
    "a poem": "a short line of verse\n" * 10_000,
    "lists in lists": "".join(f"{'    ' * depth}- point\n" for depth in range(20)),
    "words": filled("lorem ipsum dolor sit amet, " * 20 + "\n\n", LIMIT),
    "Chinese": filled("剑桥大学与北京市今天宣布，双方将共同建设新的研究中心。" * 8 + "\n\n", LIMIT),
}


@pytest.mark.parametrize("name", LONG)
def test_what_people_write_is_far_from_the_limit(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_burden, "STEPS", markdown_burden.STEPS // 2)
    assert len(read_tree(LONG[name]))


@pytest.mark.skipif(sys.platform == "win32", reason="asks the operating system for the memory used")
def test_memory_stays_small() -> None:
    program = (
        "import resource, sys\n"
        "from communique.markdown.tree import Excess, read_tree\n"
        "for unit in ('# #a', 'a|b\\n-|-\\n', '|', '- ', '[^1]: a\\n', '*a ', 'a\\n\\n'):\n"
        "    try:\n"
        f"        read_tree(unit * ({LIMIT} // len(unit)))\n"
        "    except Excess:\n"
        "        pass\n"
        "used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(used // (1 if sys.platform == 'darwin' else 1024) )\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    megabytes = int(done.stdout) / (1024 * 1024 if sys.platform == "darwin" else 1)
    assert megabytes < 500
