"""Translations that say the same are left in peace; a number, date, quote or link that differs is told at its line."""

from datetime import date, timedelta
from functools import cache
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import ROOT

from communique.parity import Change, Difference, Text, changed, compare, fingerprint, read_text

SAME = """
The fund has raised US$2.5 billion (about RMB 18 billion).|该基金已募集25亿美元（约合180亿元人民币）。
The fund has raised $2.5bn.|该基金已募集25亿美元。
It will invest £5m over three years.|未来三年将投资500万英镑。
More than 3,000 people work in 12 countries.|3000多名员工分布在12个国家。
More than 10,000 patients took part.|一万多名患者参与。
Revenue rose 12.5 per cent to €3.2 billion.|营收增长12.5%，达32亿欧元。
Revenue rose by twelve per cent.|营收增长百分之十二。
Between five and ten million doses|五百万到一千万剂
US$20–30 million|2000至3000万美元
rose from 8 to 10 million|从800万增至1000万
US$0.5 million|５０万美元
half a million people|50万人
a million people|百万人
one hundred and twenty-five hospitals|125家医院
thirty-five thousand|三万五
1.5 trillion yuan|一点五万亿元
RMB 120 million|1亿2000万元
¥180 million|1.8亿日元
HK$7.8 billion|78亿港元
in the 1990s|20世纪90年代
the twenty-first century|21世纪
for more than three decades|30多年来
a decade of work|十年的合作
the sixth centre, the company’s second in China|第六个中心，也是该公司在中国的第二个
four-party agreement|四方协议
both sides|双方
one of the three founders|三位创始人之一
a third party|第三方
a third of the patients|三分之一的患者
two-thirds of the 300 patients|300名患者中的三分之二
two thirds of the patients|2/3的患者
one in five patients|五分之一的患者
about 30% of the staff|约三成员工
a rise of 2 percentage points|上升2个百分点
nearly 0.3 per cent|近千分之三
Phase III trials|三期临床试验
G20 leaders|二十国集团领导人
COVID-19 vaccines and 5G networks|新冠疫苗和5G网络
the 14th Five-Year Plan|“十四五”规划
First, we train. Second, we share.|第一，我们培训。第二，我们共享。
six months|半年
two weeks|14天
in 2024–25|2024至2025年
version 2.2.1|2.2.1版
at 9:00 a.m.|上午9时
dozens of companies and hundreds of people|数十家公司和数百人
It is very important, and everything goes well in Sichuan.|这十分重要，四川的一切都很顺利。
on October 25, 2025|2025年10月25日
on 25 October|2025年10月25日
on 1 May 2025|二〇二五年五月一日
from 3 to 5 November 2025|2025年11月3日至5日
from 30 October to 2 November 2025|2025年10月30日至11月2日
from October to December 2025|2025年10月至12月
2025-10-25|2025年10月25日
They march on; it may change.|他们继续前进；情况可能改变。
the fiscal year 2025|二〇二五财年
""".strip().split("\n")

OTHER = """
US$2.5 billion|250亿美元|number
US$2.5 billion|25亿元|number
RMB 18 billion|180万元|number
£5m|500万美元|number
twelve per cent|百分之二十|number
12.5%|125%|number
sixth centre|第五个中心|number
its second centre|第三个中心|number
four parties|五方|number
ten years|二十年|number
30 years|三年|number
a third of the patients|四分之一的患者|number
3,000 people|300人|number
in 2024|2025年|number
three hospitals|数家医院|number
several hospitals|三家医院|number
25 October 2025|2025年10月26日|date
25 October 2025|2024年10月25日|date
October 2025|2025年10月25日|date
25 October 2025|2025年10月|date
3–5 November 2025|2025年11月3日至6日|date
in May 2025|2025年6月|date
25 October 2025|不久前|date
recently|2025年10月25日|date
""".strip().split("\n")


def english(body: str) -> Text:
    return Text("en", (), body, path="content/announcements/a.md")


def chinese(body: str) -> Text:
    return Text("zh-Hans", (), body, path="content/announcements/a.zh-Hans.md")


def codes(differences: tuple[Difference, ...]) -> list[tuple[int, str]]:
    return [(each.line, each.code) for each in differences]


@pytest.mark.parametrize("pair", SAME)
def test_what_says_the_same_is_no_difference(pair: str) -> None:
    one, other = pair.split("|")
    assert compare(english(one), chinese(other)) == ()
    assert compare(chinese(other), english(one)) == ()


@pytest.mark.parametrize("pair", OTHER)
def test_what_says_something_else_is_told_once(pair: str) -> None:
    one, other, code = pair.split("|")
    assert codes(compare(english(one), chinese(other))) == [(1, code)]
    assert codes(compare(chinese(other), english(one))) == [(1, code)]


def test_a_message_names_both_numbers_and_how_far_they_are_apart() -> None:
    found = compare(english("A plan of US$2.5 billion."), chinese("计划为250亿美元。"))
    assert [each.message for each in found] == ["`250亿美元` is 10 times `US$2.5 billion` of the original"]
    assert (found[0].line, found[0].column) == (1, 4)
    found = compare(english("US$2.5 billion"), chinese("25亿元"))
    assert found[0].message == "`25亿元` is of another currency than `US$2.5 billion` of the original"
    assert compare(english("four parties"), chinese("各方"))[0].message == "`four` of the original is not here"


ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
ONES += ["thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_english(number: int) -> str:
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= scale:
            return f"{in_english(number // scale)} {name} {in_english(number % scale)}".strip()
    if number >= 100:
        rest = f" and {in_english(number % 100)}" if number % 100 else ""
        return f"{ONES[number // 100]} hundred{rest}"
    return ONES[number] if number < 20 else f"{TENS[number // 10]}-{ONES[number % 10]}".rstrip("-")


def in_chinese(number: int) -> str:
    for scale, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            high, low = divmod(number, scale)
            zero = "零" if low and low < scale // 10 else ""
            return in_chinese(high) + sign + zero + (in_chinese(low) if low else "")
    signs, gap = "", False
    for scale, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, scale)
        if digit:
            signs += ("零" if gap and signs else "") + "零一二三四五六七八九"[digit] + sign
            gap = False
        else:
            gap = bool(signs)
    return signs


def shortened(number: int, scales: dict[str, int]) -> list[str]:
    """A number in figures with each scale with which it has at most two decimals."""
    return [
        f"{number / scale:.2f}".rstrip("0").rstrip(".") + name
        for name, scale in scales.items()
        if number >= scale and number * 100 % scale == 0 and number < scale * 10**5
    ]


def forms(number: int) -> tuple[list[str], list[str]]:
    scales = {" thousand": 1000, " million": 10**6, " billion": 10**9, " trillion": 10**12}
    english = [f"{number:,}", str(number), in_english(number), *shortened(number, scales)]
    chinese = [f"{number:,}", str(number), in_chinese(number), *shortened(number, {"万": 10**4, "亿": 10**8})]
    return english, chinese


ROUND = st.builds(lambda base, power: base * 10**power, st.integers(3, 999), st.integers(0, 9))


@settings(max_examples=80, deadline=None)
@given(st.one_of(st.integers(3, 9_999_999), ROUND))
def test_a_number_is_the_same_in_every_form_and_never_ten_times_as_much(number: int) -> None:
    for one, other in product(forms(number)[0], forms(number)[1]):
        assert compare(english(f"There are {one} people."), chinese(f"共有{other}人。")) == ()
    for one, other in product(forms(number)[0], forms(number * 10)[1]):
        found = compare(english(f"There are {one} people."), chinese(f"共有{other}人。"))
        assert [each.code for each in found] == ["number"]


@settings(max_examples=80, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 30)), st.integers(1, 400))
def test_a_date_is_the_same_in_every_form_and_never_another_day(day: date, later: int) -> None:
    def forms_of(day: date) -> tuple[list[str], list[str]]:
        month = f"{day:%B}"
        return (
            [f"{day.day} {month} {day.year}", f"{month} {day.day}, {day.year}", f"{month[:3]} {day.day}, {day.year}"],
            [f"{day.year}年{day.month}月{day.day}日", f"{day.year} 年 {day.month} 月 {day.day} 日", day.isoformat()],
        )

    for one, other in product(forms_of(day)[0], forms_of(day)[1]):
        assert compare(english(f"It opened on {one}."), chinese(f"于{other}启用。")) == ()
    another = day + timedelta(later) if day.year < 2098 else day - timedelta(later)
    for one, other in product(forms_of(day)[0], forms_of(another)[1]):
        assert codes(compare(english(f"It opened on {one}."), chinese(f"于{other}启用。"))) == [(1, "date")]


ORIGINAL = """Two partners signed on 25 October 2025. [The centre](../partners/centre.md) is new.[^1]

## What is shared

They share 40 courses, as [the site](https://www.example.com/en/) says.

- 12 schools
- 13 clinics

> “… a good day …”
> — Ann Lee

> “… a start …”
> — Bo Chen

## Figures

![Growth in 2024](growth.png)

| Place | Beds |
|---|---|
| North | 120 |
| South | 80 |

[^1]: It has 300 rooms.
"""
TRANSLATION = """两家合作方于2025年10月25日签署。[该中心](../partners/centre.md)是新建的。[^1]

## 共享什么

双方共享40门课程，见[网站](https://www.example.com.cn/)。

- 12所学校
- 13家诊所

> “……美好的一天……”
> — Ann Lee

> “……一个开端……”
> — 陈博

## 数据

![2024年的增长](growth.zh-Hans.png)

| 地点 | 床位 |
|---|---|
| 北区 | 120 |
| 南区 | 80 |

[^1]: 共有300间客房。
"""


def translated(*changes: tuple[str, str]) -> tuple[Difference, ...]:
    body = TRANSLATION
    for before, after in changes:
        assert before in body
        body = body.replace(before, after, 1)
    return compare(english(ORIGINAL), chinese(body), {"陈博": "bo-chen", "bo chen": "bo-chen", "ann lee": "ann-lee"})


def test_a_faithful_translation_has_no_differences() -> None:
    assert translated() == ()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("25日", "26日", [(1, "date")]),
        ("40门", "400门", [(5, "number")]),
        ("共享40门", "共享多门", [(5, "number")]),
        ("12所", "13所", [(7, "number")]),
        ("| 80 |", "| 90 |", [(23, "number")]),
        ("300间", "30间", [(25, "number")]),
        ("centre.md", "center.md", [(1, "links"), (1, "links")]),
        ("[网站](https://www.example.com.cn/)", "网站", [(5, "links")]),
        ("https://www.example.com.cn/", "https://other.org/", [(5, "links"), (5, "links")]),
        ("![2024年的增长](growth.zh-Hans.png)", "2024年的增长", [(18, "images")]),
        ("growth.zh-Hans.png", "map.png", [(18, "images"), (18, "images")]),
        ("## 数据\n\n", "", [(3, "headings")]),
        ("## 数据", "### 数据", [(16, "headings")]),
        ("| 南区 | 80 |\n", "", [(20, "number"), (20, "tables")]),
        ("| 北区 | 120 |", "| 北区 | 120 | 床 |", [(20, "tables")]),
        ("\n> “……一个开端……”\n> — 陈博\n", "", [(10, "quotes")]),
        ("> — 陈博", "> — Ann Lee", [(14, "quotes")]),
        ("> — Ann Lee\n", "", [(10, "quotes")]),
        ("[^1]\n", "\n", [(1, "footnotes")]),
    ],
)
def test_each_fault_is_told_at_its_line(before: str, after: str, expected: list[tuple[int, str]]) -> None:
    assert codes(translated((before, after))) == expected


def test_numbers_exchanged_between_rows_are_told_at_both() -> None:
    found = translated(("| 120 |", "| 80 |"), ("南区 | 80 |", "南区 | 120 |"))
    assert codes(found) == [(22, "number"), (23, "number")]


def test_a_number_that_has_moved_to_the_next_paragraph_is_no_difference() -> None:
    one = english("There are 12 schools.\n\nThey are large.")
    assert compare(one, chinese("有多所学校。\n\n12所学校都很大。")) == ()


def test_speakers_are_known_by_all_their_names() -> None:
    said = "> “… a start …”\n> — {}\n"
    people = {"bo chen": "bo-chen", "陈博": "bo-chen", "ann lee": "ann-lee"}
    assert compare(english(said.format("Bo Chen")), chinese(said.format("陈博")), people) == ()
    assert codes(compare(english(said.format("Ann Lee")), chinese(said.format("陈博")), people)) == [(2, "quotes")]
    # of a name in other letters nobody knows whose it is
    assert compare(english(said.format("Bo Chen")), chinese(said.format("陈博"))) == ()
    assert codes(compare(english(said.format("Bo Chen")), chinese(said.format("Bo Chan")))) == [(2, "quotes")]


def test_a_record_may_be_linked_in_any_way_that_names_it() -> None:
    one = english("[A](../partners/biopark.md) [B](2025-10-27-opening.md#figures)")
    assert compare(one, chinese("[甲](partner:biopark) [乙](announcement:opening#数据)")) == ()
    assert compare(one, chinese("[甲](../partners/biopark.zh-Hans.md) [乙](2025-10-27-opening.md#数据)")) == ()
    assert codes(compare(one, chinese("[甲](partner:biopark) [乙](2025-10-27-opening.md)"))) == [(1, "links")] * 2


def test_a_comment_with_a_reason_silences_its_line_and_the_next() -> None:
    one = english("There are 12 schools.")
    assert compare(one, chinese("<!-- allow parity: the partner counts again -->\n\n有13所学校。")) == ()
    assert compare(one, chinese("有13所学校。<!-- allow parity: the partner counts again -->")) == ()
    bare = compare(one, chinese("<!-- allow parity -->\n有13所学校。"))
    assert codes(bare) == [(1, "allow"), (2, "number")]
    far = compare(one, chinese("<!-- allow parity: elsewhere -->\n这里。\n\n有13所学校。"))
    assert "number" in [each.code for each in far]


FIELDS = b"""---
title: Twelve schools open
summary: >-
  They cost US$2.5 billion, and they open
  on 25 October 2025.
date: 2025-10-27
partners: [north, south]
facts:
  - value: 10 years
    label: of work
  - value: 30 years
    label: in China
notes: |
  1. **Date.** It is 27 October 2025.
  2. **Sum.** [The plan](../topics/plan.md) is of RMB 18 billion.
---

Body.
"""
TRANSLATED_FIELDS = """---
title: 十二所学校启用
summary: >-
  耗资25亿美元，
  于2025年10月25日启用。
facts:
  - label: 合作
    value: 10年
  - value: 30年
    label: 在中国
notes: |
  1. **日期**：2025年10月27日。
  2. **金额**：[计划](../topics/plan.md)为180亿元人民币。
---
"""


def fields(before: str = "", after: str = "") -> tuple[Difference, ...]:
    assert before in TRANSLATED_FIELDS
    data = TRANSLATED_FIELDS.replace(before, after, 1) if before else TRANSLATED_FIELDS
    original = read_text("en", "content/announcements/a.md", FIELDS)
    return compare(original, read_text("zh-Hans", "content/announcements/a.zh-Hans.md", data.encode()))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("十二所", "十三所", [(2, "number")]),
        ("25亿", "250亿", [(4, "number")]),
        ("10年", "20年", [(8, "number")]),
        ("27日", "28日", [(12, "date")]),
        ("180亿", "18亿", [(13, "number")]),
        ("topics/plan", "topics/plans", [(13, "links")] * 2),
        ("  - value: 30年\n    label: 在中国\n", "", [(7, "fields"), (7, "number")]),
        ("facts:", "date: 2025-10-28\nfacts:", [(6, "date")]),
        ("facts:", "partners: [north]\nfacts:", [(6, "links")]),
        ("facts:", "partners: [south, north]\nfacts:", []),
        ("title: 十二所", "# allow parity: one was added\ntitle: 十三所", []),
        ("summary: >-\n  耗资25亿", "# allow parity: of today\nsummary: >-\n  耗资26亿", []),
        ("facts:", "made_from: [2f0a title, 99 paragraph 3]\nfacts:", []),
    ],
)
def test_fields_are_compared_with_fields(before: str, after: str, expected: list[tuple[int, str]]) -> None:
    assert codes(fields(before, after)) == expected


def test_the_column_is_that_of_the_number() -> None:
    line = TRANSLATED_FIELDS.split("\n")[12]
    assert [(each.line, each.column) for each in fields("180亿", "18亿")] == [(13, line.index("180亿") + 1)]


def test_what_a_translation_does_not_say_it_shares() -> None:
    assert compare(read_text("en", "content/announcements/a.md", FIELDS), chinese("")) == ()


def test_numbers_of_a_language_that_nobody_here_reads_are_not_compared() -> None:
    french = Text("fr", (), "## Titre\n\n2,5 milliards, le 25 octobre 2025, [le parc](../partners/park.md)")
    assert codes(compare(english("## Title\n\n2.5 billion, [the park](../partners/park.md)"), french)) == []
    assert codes(compare(english("2.5 billion, [the park](../partners/park.md)"), french)) == [(1, "headings")]


@cache
def shipped() -> dict[str, tuple[Text, Text]]:
    pairs = {}
    for file in sorted((ROOT / "content").rglob("*.zh-Hans.md")):
        original = file.with_name(file.name.replace(".zh-Hans", ""))
        paths = [each.relative_to(ROOT).as_posix() for each in (original, file)]
        texts = read_text("en", paths[0], original.read_bytes()), read_text("zh-Hans", paths[1], file.read_bytes())
        pairs[paths[1]] = texts
    return pairs


def test_the_shipped_translations_say_what_their_originals_say() -> None:
    assert shipped()
    assert {path: found for path, pair in shipped().items() if (found := compare(*pair))} == {}


def test_a_slip_in_a_shipped_translation_is_found_where_it_is() -> None:
    found = []
    for original, translation in shipped().values():
        for right, wrong in (("25亿美元", "250亿美元"), ("10月25日", "10月26日"), ("第六个", "第七个")):
            if right in translation.body:
                body = translation.body.replace(right, wrong, 1)
                line = translation.body_line + translation.body.count("\n", 0, translation.body.index(right))
                slipped = Text("zh-Hans", translation.fields, body, translation.body_line, translation.path)
                assert line in [each.line for each in compare(original, slipped)]
                found.append(wrong)
    assert {"250亿美元", "10月26日", "第七个"} <= set(found)


def test_a_fingerprint_names_each_field_and_paragraph() -> None:
    labels = [each.partition(" ")[2] for each in fingerprint(read_text("en", "content/announcements/a.md", FIELDS))]
    assert labels == [
        "title",
        "summary",
        "facts 1 value",
        "facts 1 label",
        "facts 2 value",
        "facts 2 label",
        "notes: item 1 Date It is 27 October 2025",
        "notes: item 2 Sum The plan is of RMB 18 billion",
        "paragraph 1 Body",
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("They share", "They will share", [Change("changed", "paragraph 2 They will share 40 courses as the site", 5)]),
        ("## Figures", "A new one.\n\n## Figures", [Change("added", "paragraph 3 A new one", 16)]),
        ("- 12 schools\n", "", [Change("removed", "item 1 12 schools", 0)]),
        ("centre.md", "park.md", [Change("changed", "paragraph 1 Two partners signed on 25 October 2025", 1)]),
        ("They share 40 courses,", "They share\n40 courses,", []),
        ("## Figures", "<!-- for us -->\n\n## Figures", []),
    ],
)
def test_what_has_changed_in_an_original_is_named(before: str, after: str, expected: list[Change]) -> None:
    old = fingerprint(english(ORIGINAL))
    assert changed(old, english(ORIGINAL)) == ()
    assert list(changed(old, english(ORIGINAL.replace(before, after, 1)))) == expected


def test_fields_that_are_shared_do_not_make_a_translation_stale() -> None:
    def text(data: bytes) -> Text:
        return read_text("en", "content/announcements/a.md", data)

    old = fingerprint(text(FIELDS))
    assert changed(old, text(FIELDS.replace(b"partners: [north, south]", b"partners: [north]\npinned: true"))) == ()
    assert [each.label for each in changed(old, text(FIELDS.replace(b"of work", b"of labour")))] == ["facts 1 label"]
    assert [each.what for each in changed((), text(FIELDS))] == ["added"] * len(old)


SIGNS = st.sampled_from(
    [*"0123456789.,-/%$¥£ \n#>|[]()!^:`*", "一", "十", "万", "亿", "年", "月", "日", "第", "分之", "点"]
)
WORDS = st.sampled_from(
    ["one ", "hundred ", "May ", "million ", "third ", "25 October 2025", "> — A", "\n\n", "](a.md)"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.one_of(SIGNS, WORDS), max_size=40).map("".join), st.lists(SIGNS, max_size=30).map("".join))
def test_any_text_can_be_compared_and_is_as_itself(one: str, other: str) -> None:
    assert [each for each in compare(english(one), english(one)) if each.code != "allow"] == []
    for original, translation in ((english(one), chinese(other)), (chinese(one), english(other))):
        for each in compare(original, translation):
            lines = translation.body.split("\n")
            assert 1 <= each.line <= len(lines)
            assert 1 <= each.column <= len(lines[each.line - 1]) + 1
        assert changed(fingerprint(original), original) == ()
