"""Residue: what pasting, drafting and haste leave in a text. Each rule finds what an attentive reader would."""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from communique.scripts import UNSPACED


@dataclass(frozen=True, slots=True, order=True)
class Residue:
    """Something left over: where it stands, the rule that found it, what it is, and what to do."""

    line: int
    column: int
    rule: str
    message: str
    help: str = ""


class Passage(NamedTuple):
    """A paragraph, item, row, heading or block quote. What is no text (comments, code, addresses) is blank in it."""

    line: int
    text: str
    kind: str

    @property
    def words(self) -> str:
        """The text without the signs that make it an item, a heading or a link."""
        return " ".join(re.sub(r"^[ >#]*(?:[-*+] |\d+\. )?|[*_\[\]()]", "", self.text).split())

    @property
    def is_han(self) -> bool:
        """Whether there are more Chinese characters than Latin words."""
        return len(_HAN.findall(self.text)) > len(re.findall(r"[A-Za-z]+", self.text))


class Sheet(NamedTuple):
    """All passages of a text, with the title above it and the names of people whom readers know."""

    passages: tuple[Passage, ...]
    title: str
    people: tuple[str, ...]


MOST = 100  # finds of one rule; more would say no more
Finds = Iterator[tuple[Passage, int, str, str]]

_HAN = re.compile(f"[{UNSPACED}]")
_ALLOWED = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?::\s*(.*?))?\s*-->")
_NO_TEXT = re.compile(
    r"<!--.*?(?:-->|\Z)|`[^`\n]*`|(?<=\]\()[^()\n]*(?:\([^()\n]*\)[^()\n]*)*(?=\))|<[^<>\s]{1,300}>|"
    r"https?://[^\s<>“”，。；（）]+|\b[\w.+-]{1,60}@[\w-]+\.[\w.]+|\\(?=[^\w\s])",
    re.DOTALL,
)
_QUOTED = re.compile(r"“[^“”]*(?:”|\Z)|\"[^\"]*(?:\"|\Z)|「[^「」]*(?:」|\Z)")
_MONTH = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_TALK = re.compile(
    r"(?i)\b(?:said|says|add(?:s|ed)|continue[sd]|comment(?:s|ed)|conclude[sd]|explain(?:s|ed)|note[sd]|state[sd]|told|"
    r"remark(?:s|ed)|announced|declared|emphasi[sz]e[sd]|stress(?:es|ed)|observe[sd]|asked|replied|wrote|writes|"
    r"described|according to|in the words of|pointed out|went on)\b|说|表示|指出|认为|强调|介绍|称|谈到|补充|透露|"
    r"坦言|写道|评价|回应|道[：:]"
)
_ALIKE = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_LETTERS = re.compile(rf"\b\w{{0,30}}?(?:[A-Za-z][Ѐ-ӿ]|[Ѐ-ӿ][A-Za-z]|[A-Za-z]{{2}}[{_ALIKE}]|[{_ALIKE}][a-z]{{2}})\w*")
_FULL_WIDTH = re.compile("[Ａ-Ｚａ-ｚ０-９]+")
_HAN_INSIDE = re.compile(f"(?<=[a-z])[{UNSPACED}]+(?=[a-z])")
_HAN_STOP = re.compile(f"(?<![{UNSPACED}])[，。；：？！、](?![{UNSPACED}“”《「])")
_LATIN_STOP = re.compile(f"(?<=[{UNSPACED}])[,;:?!](?=[{UNSPACED}])")
_GLUED = re.compile(
    r"(?<![A-Za-z])[A-Za-z]{0,24}(?:[a-z]{2}(?:The|This|That|These|Those|Its|She|They|And|But|For|From|With|Our|Their|There|"
    r"When|While|Where|After|Before|Under|Both|Professor|Read|Share|About|Photo|Image|Contact|Download|However|Since)\b|"
    r"[a-z]{2}[.!?;:](?!(?:Com|Net|Org|Io|Ai|Js)\b)[A-Z][a-z]+\b|[a-z]{2},[A-Za-z]{2}|[a-z][.,!?]”[A-Za-z])[A-Za-z]{0,24}"
)
_FURNITURE = re.compile(
    r"(?:go )?back (?:to )?top|top|share(?: (?:this|on)\b.{0,30})?|tweet|print(?: this page)?|(?:read |learn )?more|"
    r"click here|follow us.{0,20}|subscribe(?: now)?|sign up.{0,30}|previous|next|home|menu|search|close|log in|accept "
    r"cookies|skip to content|related (?:articles|news|stories)|download(?: pdf)?|cookie (?:policy|settings)|"
    r"all rights reserved|打印|关闭|分享到?.{0,10}|返回顶部|[上下]一篇.{0,30}|责任编辑.{0,20}|更多|相关阅读",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(r"\s*(?:—|–|--|\()\s*\S")
_TITLED = r"(?:(?:Professor|Prof\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sir|Dame|Lord|Lady) )*"
_NAME = rf"(?:{_TITLED}[A-Z][\w’'-]{{1,30}}(?: [A-Z][\w’'-]{{1,30}}){{0,3}}|[Hh]e|[Ss]he|[Tt]hey)"
_WENT_ON = re.compile(
    rf"[”\"’]\s*(?P<a>{_NAME}) (?:adds|added|continue[sd])\b|"
    rf"[”\"’,]\s*(?:(?P<adds>adds|added)|continue[sd]) (?P<b>{_NAME})\b|"
    rf"(?<!\w)(?P<c>{_NAME})(?:, [^,]{{2,80}},)? (?:adds|added|continue[sd])\s*[:,]\s*[“\"]|"
    r"(?P<d>[他她])(?:还|又|并)?(?:补充|接着|继续)(?:说|道|表示|指出)"
)
_RELATIVE = re.compile(
    r"\b(?:(?:earlier|later) )?(?:this|last|next) (?:week|month|year|quarter|spring|summer|autumn|winter|"
    rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|{_MONTH})\b(?![’'])|\b(?:earlier |later )?today\b(?![’'])|"
    r"\b(?:yesterday|tomorrow|tonight)\b(?![’'])|今天|今日(?!头条)|昨[天日]|明天|"
    r"(?<![声说证表文光发注])明日(?!期)|[本上下]周(?![期转围刊边])|[本上下]个?月|[今去明]年|近日|(?<![\d一二三四五六七八九十止当期])日前",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<m1>{_MONTH})\b(?P<y1>\.?,? \d{{4}})?|"
    rf"\b(?P<m2>{_MONTH})\.? (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\.?\d)(?P<y2>,? \d{{4}}\b)?|"
    r"(?P<y3>\d{4}\s*年\s*)?(?<!\d)(?P<m3>\d{1,2})\s*月\s*(?P<d3>\d{1,2})\s*日"
)
_YEAR_FOLLOWS = re.compile(r"[^.;。；]{0,40}?(?<!\d)(?:19|20)\d{2}(?!\d)")
_PAIR = re.compile("“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》")
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
# beside a figure or after a short title a no-break space is good typography
_FIXED = re.compile(r"(?<!\b[DMS][rst])(?<=[^\W\d])[\xa0\u202f]+(?=[^\W\d])|[\xa0\u202f]{2,}|[\xa0\u202f]+$")
_PLACEHOLDER = re.compile(
    r"\b(?:TBC|TBD|TBA|CHECK(?=:))\b|(?<![\w/])X{2,}(?![\w/]| chromosome| century)|\?{3,}|(?i:lorem ipsum)|×{2,}|"
    r"\[ ?(?:(?i:insert|name|date|quote|title|tbc|to come|add|number|xx)\b|插入|待)[^\]\n]{0,60}\](?!\()|"
    r"XX(?=[年月日公万亿元])|某某|待定|待补充|待确认"
)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _each(sheet: Sheet, pattern: re.Pattern[str], message: str, help: str, han: bool | None = None) -> Finds:
    """Each match of a pattern, in passages that are mainly Chinese, or not, or both; `{}` is what matched."""
    for passage in sheet.passages:
        if han is None or passage.is_han is han:
            for match in pattern.finditer(passage.text):
                yield passage, match.start(), message.format(match[0].strip()), help


def mixed_scripts(sheet: Sheet) -> Finds:
    """Letters or stops of one script among those of another."""
    yield from _each(sheet, _LETTERS, "letters of two alphabets stand in one word: “{}”", "type the word again")
    yield from _each(sheet, _FULL_WIDTH, "“{}” is in full-width letters", "type it in ordinary ones")
    yield from _each(sheet, _HAN_INSIDE, "“{}” stands inside a word", "delete it, or part it from the word", False)
    yield from _each(sheet, _HAN_STOP, "a Chinese `{}` stands in Latin text", "type the Latin sign", False)
    yield from _each(sheet, _LATIN_STOP, "a Latin `{}` stands in Chinese text", "type the Chinese sign", True)


def glued_words(sheet: Sheet) -> Finds:
    """Two words without a space between them, as `EnterpriseThe`."""
    return _each(sheet, _GLUED, "two words are glued: “{}”", "put a space between them, or end the sentence")


def page_furniture(sheet: Sheet) -> Finds:
    """Words that belong to a web page, not to the text: `Back to top`, `Share`, `Read more`."""
    for passage in sheet.passages:
        if passage.kind != "row" and _FURNITURE.fullmatch(passage.words.rstrip(" .:>»↑")):
            yield passage, 0, f"“{passage.words}” belongs to a web page, not to the text", "delete the line"


def repetition(sheet: Sheet) -> Finds:
    """The headline, or a paragraph, for a second time."""
    title, seen = " ".join(sheet.title.split()).casefold(), set()
    for passage in sheet.passages:
        words = passage.words.casefold()
        if title and words == title:
            yield passage, 0, "the headline stands in the text again", "delete the line; the page shows the headline"
        elif len(words.encode()) >= 40 and passage.kind != "row":
            if words in seen:
                yield passage, 0, "the same paragraph stands in the text twice", "delete one of the two"
            seen.add(words)


def no_speaker(sheet: Sheet) -> Finds:
    """A paragraph of quoted words of which nobody is said to be the speaker."""
    passages = [passage for passage in sheet.passages if passage.kind in ("", "item")]
    for at, passage in enumerate(passages):
        text, previous = passage.words, passages[at - 1].words if at else ""
        if text[:1] not in ("“", '"', "「") or (text[0] == previous[:1] and _is_open(previous)):
            continue
        last = at + 1
        while _is_open(text) and last < min(len(passages), at + 9) and passages[last].words.startswith(text[0]):
            text += " " + passages[last].words
            last += 1
        following = passages[last].words if last < len(passages) else ""
        outside = _QUOTED.sub(" ", text)
        much = len(outside) < 0.4 * len(text) and (len(text.split()) >= 6 or len(_HAN.findall(text)) >= 12)
        said = _TALK.search(outside) or _NAMED_AFTER.match(outside) or any(name in outside for name in sheet.people)
        beside = previous.endswith((":", "：")) or _NAMED_AFTER.match(following) or following in sheet.people
        if much and not said and not beside:
            yield passage, 0, "nobody is named as the speaker of these words", "say who speaks"


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("「") > text.count("」")


def not_introduced(sheet: Sheet) -> Finds:
    """`He added`, `Dr X continued`, where nobody has spoken or the name is new."""
    before = sheet.title + "\n"
    for passage in sheet.passages:
        for match in _WENT_ON.finditer(passage.text):
            who = match["a"] or match["b"] or match["c"] or match["d"]
            earlier = before + passage.text[: match.start()]
            spoken = _TALK.search(earlier) or re.search(r"^> ?(?:—|–|--)", earlier, re.MULTILINE)
            # `added Patrick Maxwell` introduces him, `continued Patrick Maxwell` does not
            named = who.split()[-1] in earlier or (match["adds"] and " " in re.sub(f"^{_TITLED}", "", who))
            if not (spoken if who.lower() in ("he", "she", "they", "他", "她") else named):
                yield passage, match.start(), f"“{who}” goes on speaking, but was not introduced", "say who it is"
        before += passage.text + "\n"


def relative_date(sheet: Sheet) -> Finds:
    """`Last month`, `today`: true on one day, and read on others. In somebody's words they stay."""
    for passage in sheet.passages:
        text = _QUOTED.sub(_blank, passage.text)
        for match in _RELATIVE.finditer(text) if passage.kind != "quote" else ():
            if not re.match(r"\s*[(（,，][^)）]{0,24}\d{4}", text[match.end() : match.end() + 40]):
                yield passage, match.start(), f"“{match[0]}” depends on when it is read", "write the date"


def no_year(sheet: Sheet) -> Finds:
    """A day without its year, unless the text has given that day in full before."""
    full: set[tuple[str, str]] = set()
    for passage in sheet.passages:
        for match in _DAY.finditer(passage.text):
            day = (match["m1"] or match["m2"] or match["m3"])[:3], match["d1"] or match["d2"] or match["d3"]
            if match["y1"] or match["y2"] or match["y3"] or _YEAR_FOLLOWS.match(passage.text, match.end()):
                full.add(day)
            elif day not in full:
                yield passage, match.start(), f"“{match[0]}” has no year", "add the year"


def quotation_marks(sheet: Sheet) -> Finds:
    """Quotation marks without their partner, and straight ones among curly ones."""
    curly = any("“" in passage.text for passage in sheet.passages)
    for number, passage in enumerate(sheet.passages):
        goes_on = any(after.words[:1] in ("“", "「") for after in sheet.passages[number + 1 : number + 2])
        alone = _PAIR.sub(_blank, _PAIR.sub(_blank, passage.text))
        for match in re.finditer("[“”「」『』《》]", alone):
            if match[0] not in "“「" or not goes_on:
                yield passage, match.start(), f"`{match[0]}` has no partner", "add the other mark"
        straight = [match.start() for match in re.finditer(r'(?<!\d)"', passage.text)]
        if straight and (curly or passage.is_han):
            yield passage, straight[0], 'a straight `"` stands among curly quotation marks', "write “ and ”"
        elif len(straight) % 2:
            yield passage, straight[-1], 'this `"` has no partner', "add the other mark"


def invisible_sign(sheet: Sheet) -> Finds:
    """Zero-width signs, and no-break spaces between words."""
    yield from _each(sheet, _INVISIBLE, "an invisible sign stands here", "delete it")
    yield from _each(sheet, _FIXED, "a no-break space stands between words", "type an ordinary space")


def placeholder(sheet: Sheet) -> Finds:
    """What was to be filled in later: `TBC`, `XX`, `[insert name]`."""
    return _each(sheet, _PLACEHOLDER, "“{}” is still to be filled in", "fill it in, or delete it")


RULES: tuple[Callable[[Sheet], Finds], ...] = (
    *(mixed_scripts, glued_words, page_furniture, repetition, no_speaker, not_introduced),
    *(relative_date, no_year, quotation_marks, invisible_sign, placeholder),
)


def find_residue(text: str, title: str = "", first_line: int = 1, people: Collection[str] = ()) -> tuple[Residue, ...]:
    """What is left over in a Markdown body that begins at a line; `title` is its headline, `people` are known names.

    A comment `<!-- allow RULE: reason -->` on a line, or on the line before, silences a rule there.
    """
    rules = {rule.__name__.replace("_", "-"): rule for rule in RULES}
    sheet = Sheet(_passages(text), title, tuple(people))
    found: set[Residue] = set()
    allowed: set[tuple[int, str]] = set()
    for match in _ALLOWED.finditer(text):
        line, column = _place(text, match.start())
        if match[1] in rules and match[2]:
            allowed |= {(line, match[1]), (line + 1, match[1])}
        else:
            what = "gives no reason" if match[1] in rules else f"names no rule: `{match[1]}`"
            help = f"write `<!-- allow RULE: reason -->`; the rules are {', '.join(rules)}"
            found.add(Residue(first_line + line, column, "allow", f"this comment {what}", help))
    for name, rule in rules.items():
        for passage, at, message, help in islice(rule(sheet), MOST):
            line, column = _place(passage.text, at)
            if (passage.line + line, name) not in allowed:
                found.add(Residue(first_line + passage.line + line, column, name, message, help))
    return tuple(sorted(found))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)


def _passages(text: str) -> tuple[Passage, ...]:
    groups: list[tuple[int, str, list[str]]] = []
    above = "none"
    for number, line in enumerate(_NO_TEXT.sub(_blank, text).split("\n")):
        kind = {">": "quote", "|": "row", "#": "heading"}.get(line.lstrip()[:1], "")
        kind = "item" if re.match(r"\s*(?:[-*+]|\d+\.) ", line) else kind
        if line.strip() and kind == above and kind in ("", "quote"):
            groups[-1][2].append(line)
        elif line.strip():
            groups.append((number, kind, [line]))
        above = kind if line.strip() else "none"
    return tuple(Passage(number, "\n".join(lines), kind) for number, kind, lines in groups)
