"""Residue: every rule finds what it is for, and keeps silent where a reader would."""

import pytest
from support import ROOT

from communique.frontmatter import Text, parse
from communique.proofreading.finding import find_residue
from communique.proofreading.residue import told
from communique.proofreading.rules import NAMES, RULES

PEOPLE = ("Ada Lund", "Tom Reed")
LONG = "We are glad to work with all our friends in Beijing and beyond for many years."
HAN = "我们可以造福全世界的患者，推动创新药物的研发，并与伙伴合作。"


def found(text: str, title: str = "Title") -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.rule) for each in told(find_residue(text, title), PEOPLE)]


@pytest.mark.parametrize(
    ("text", "column", "rule"),
    [
        ("The А\u0441straZeneca way", 5, "mixed-scripts"),
        ("The Αstra way", 5, "mixed-scripts"),
        ("In ２０２５ it opened", 4, "mixed-scripts"),
        ("They collabo合作rate well here", 13, "mixed-scripts"),
        ("Cambridge，and Beijing", 10, "mixed-scripts"),
        ("北京,剑桥和上海", 3, "mixed-scripts"),
        ("Cambridge EnterpriseThe agreement", 11, "glued-words"),
        ("the ecosystem.The agreement", 5, "glued-words"),
        ("in Beijing,and Cambridge", 4, "glued-words"),
        ("Go Back Top", 1, "page-furniture"),
        ("- [Read more](x.md)", 1, "page-furniture"),
        ("分享到微信", 1, "page-furniture"),
        ("## Title", 1, "repetition"),
        (f"“{LONG}”", 1, "no-speaker"),
        (f'"{LONG}"', 1, "no-speaker"),
        (f"“{HAN}”", 1, "no-speaker"),
        ("“It opens,” he added.", 11, "not-introduced"),
        ("“It opens,” Dr Jim Glasheen continued.", 11, "not-introduced"),
        ("“It opens,” continued Dr Glasheen.", 11, "not-introduced"),
        ("他还补充说，中心今天", 1, "not-introduced"),
        ("It opened earlier this year.", 11, "relative-date"),
        ("It opened last Monday.", 11, "relative-date"),
        ("The centre, opened today, is big.", 20, "relative-date"),
        ("该中心将于明年启用。", 6, "relative-date"),
        ("It opened on 27 October.", 14, "no-year"),
        ("It opened on October 27th.", 14, "no-year"),
        ("该中心于10月27日启用。", 5, "no-year"),
        ("He said “it opens", 9, "quotation-marks"),
        ("He said it opens”", 17, "quotation-marks"),
        ('He said "it opens', 9, "quotation-marks"),
        ('A “curly” and a "straight" one', 17, "quotation-marks"),
        ("他说：「开业", 4, "quotation-marks"),
        ('他说："开业了"', 4, "quotation-marks"),
        ("a\u200bb", 2, "invisible-sign"),
        ("soft\u00adhyphen", 5, "invisible-sign"),
        ("two\u00a0words", 4, "invisible-sign"),
        ("The price is TBC", 14, "placeholder"),
        ("The price is XX million", 14, "placeholder"),
        ("Said [insert name] here", 6, "placeholder"),
        ("Said \\[Quote to come\\] here", 7, "placeholder"),
        ("![CHECK: say what](image-1.png)", 3, "placeholder"),
        ("合作金额为XX万元，时间待定。", 6, "placeholder"),
    ],
)
def test_a_rule_finds_its_residue(text: str, column: int, rule: str) -> None:
    assert (1, column, rule) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        f"“It opens,” said Jane Doe. “{LONG}”",
        f"Jane Doe, Dean of the School: “{LONG}”",
        f"Jane Doe said:\n\n“{LONG}”",
        f"“{LONG}”\n\n— Jane Doe",
        f"“{LONG}”\n\nAda Lund",
        f"“It opens.\n\n“{LONG}” said Jane Doe.",
        f"> “{LONG}”\n> — Ada Lund\n\n“It opens,” she added.",
        "“It opens,” said Jane Doe. “It is big,” Doe added.",
        "“It opens,” added Jane Doe, Dean of the School.",
        "He called it “an excellent example of what two countries can do together for everybody in them”.",
        f"阿达·伦德表示：“{HAN}”",
        f"“{HAN}”阿达·伦德说。",
        "The park (BioPark, 北京国际医药创新公园) works with AstraZeneca中国, LinkedIn, YouTube, PubMed and TGFβ.",
        "阿斯利康（AstraZeneca）与剑桥大学签署协议，iPhone和iPad，投资25亿美元。",
        "Opened on 25 October 2025. On 25 October the mayor spoke. From 25 to 27 October 2025, 3 May to 7 June 2026.",
        "2025年10月27日启用，10月27日当天，截止2025年11月3日前。声明日期：2025年10月27日。光明日报。",
        'A 6" pipe, a 12" one and XX chromosomes, of today’s medicine.',
        "It opens today (27 October 2025).",
        "> “It opened today”\n> — Ada Lund",
        "She said “it opened last year” and left.",
        "| Share | Top |\n|---|---|\n| Share | Top |",
        "See https://example.org/FromThe,and [x](a,b.md), a@b.cd, <https://x.org/XX> and `TBC`.",
        "Dr\u00a0Smith has 25\u00a0km and a family \U0001f468\u200d\U0001f469.",
        "1. Share your ideas with us.",
        "In the year in which it was written, e.g. in 2024, i.e. then.",
        "<!-- TBC: ask Legal -->\n\nIt opens.",
        "",
    ],
)
def test_no_false_alarm(text: str) -> None:
    assert found(text) == []


def test_a_repeated_paragraph_is_found_at_its_second_place() -> None:
    again = "The same paragraph stands here for the second time."
    assert found(f"{again}\n\nOther.\n\n{again}\n\n| a |\n|---|") == [(5, 1, "repetition")]


def test_places_hold_over_links_code_and_line_breaks() -> None:
    assert found("See [TBC](tbc.md) `TBC`\nand TBC") == [(1, 6, "placeholder"), (2, 5, "placeholder")]
    assert [each.line for each in find_residue("\nTBC", first_line=20)] == [21]


def test_a_comment_with_a_reason_silences_one_rule_on_its_line_and_the_next() -> None:
    allowed = "<!-- allow relative-date: the ambassador’s phrase -->"
    assert found(f"It opened today. {allowed}") == []
    assert found(f"{allowed}\nIt opened today.") == []
    assert found(f"{allowed}\n\nIt opened today.") == [(3, 11, "relative-date")]
    assert found(f"It is TBC. {allowed}") == [(1, 7, "placeholder")]


@pytest.mark.parametrize(
    ("comment", "says"),
    [
        ("allow relative-date", "no reason"),
        ("allow relative-date: ", "no reason"),
        ("allow dates: so", "no rule: `dates`"),
    ],
)
def test_a_comment_without_a_reason_or_rule_silences_nothing(comment: str, says: str) -> None:
    residues = find_residue(f"It opened today. <!-- {comment} -->")
    assert [each.rule for each in residues] == ["relative-date", "allow"]
    assert says in residues[1].message
    assert "placeholder" in residues[1].help


def test_every_rule_says_what_to_do() -> None:
    assert len(RULES) == len({*NAMES.values()}) == 11
    assert all(rule.__doc__ for rule in RULES.values())
    text = f"“{LONG}”\n\nTBC today 27 October EnterpriseThe “\n\nShare"
    assert all(each.message and each.help for each in find_residue(text))


def test_a_hostile_text_costs_little_and_is_not_told_without_end() -> None:
    for text in ("“" * 50_000, "A-" * 40_000, "<:" * 40_000, "“a\n\n" * 20_000, "27 October " * 5_000, "`" * 50_001):
        assert len(find_residue(text)) <= 100 * len(RULES)


def test_the_shipped_content_holds_none() -> None:
    files = sorted((ROOT / "content").rglob("*.md"))
    assert files
    for file in files:
        document = parse(file.name, file.read_bytes())
        texts = {key.text: value.text for key, value in document.fields.fields if isinstance(value, Text)}
        title = texts.get("title") or texts.get("name", "")
        assert find_residue(document.body, title, document.body_line) == (), file
        for name in ("notes", "summary", "boilerplate"):
            assert find_residue(texts.get(name, "")) == (), f"{file}: {name}"
