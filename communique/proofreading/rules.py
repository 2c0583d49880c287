"""The rules of residue: what each finds in the passages of a text."""

import re
from collections.abc import Callable

from communique.proofreading.find import Find, Finds, every
from communique.proofreading.passages import Sheet, blank
from communique.scripts import UNSPACED

LONG_FURNITURE = 90

_BEGINS = r"[\s>#*_\[\]()+\d.-]*"
_BEGINS_QUOTED = re.compile(_BEGINS + '[“"「]')
_BEGINS_CURLY = re.compile(_BEGINS + "[“「]")
_HAN = re.compile(f"[{UNSPACED}]")
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
_HAN_INSIDE = re.compile(f"[{UNSPACED}](?<=[a-z].)[{UNSPACED}]*(?=[a-z])")
_HAN_STOP = re.compile(f"[，。；：？！、](?<![{UNSPACED}].)(?![{UNSPACED}“”《「])")
_LATIN_STOP = re.compile(f"[,;:?!](?<=[{UNSPACED}].)(?=[{UNSPACED}])")
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
# as small letters leave it
_SOME_DATE = re.compile(rb"[JFMASOND]\.? [0-9]|[0-9] {1,2}[JFMASOND]")
_SOME_DAY = re.compile(r"[0-9](?:(?<=[a-z] .)|(?<=\. .)|(?:st|nd|rd|th)? (?:of )?[JFMASOND]|\s*月)")
_YEAR_FOLLOWS = re.compile(r"[^.;。；]{0,40}?(?<!\d)(?:19|20)\d{2}(?!\d)")
_OTHER_LETTERS = re.compile("[\u0370-\u04ff]")
_NOT_LATIN = re.compile(f"[\u0370-\u04ff\uff01-\uff5a，。；：？！、{UNSPACED}]")
_NO_SPACE = re.compile(r"[A-Z.!?;:,](?:(?<=[a-z][A-Z])|(?<=[a-z].)”?[A-Za-z])")
_UNIT = rf"(?:week|month|year|quarter|spring|summer|autumn|winter|[a-z]+day|{_MONTH.lower()})"
_TIMES = re.compile(
    rf"t(?:oday|omorrow|onight|his {_UNIT})|yesterday|last {_UNIT}|next {_UNIT}".encode()  # in small letters
)
_HAN_TIMES = (
    *("今天", "今日", "今年", "昨", "明天", "明日", "明年", "本周", "上周", "下周", "本月", "上月", "下月", "个月"),
    *("去年", "近日", "日前"),
)
_HAN_TIME = frozenset("今昨明本上下个去近日")
_MARK = re.compile('["“”「」『』《》]')
_PAIR = re.compile("“[^“”]*”|「[^「」]*」|『[^『』]*』|《[^《》]*》")
# nothing but pairs, each in one line: no passage can hold half of one
_PAIRED = re.compile(
    '[^“”「」『』《》"]*(?:(?:“[^“”「」『』《》"\n]*”|「[^“”「」『』《》"\n]*」|《[^“”「」『』《》"\n]*》)[^“”「」『』《》"]*)*'
)
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]+")
_UNSEEN = re.compile("[\u00a0\u00ad\u200b\u200e\u200f\u202a-\u202f\u2060-\u2069\ufeff]")
# beside a figure or after a short title a no-break space is good typography
_FIXED = re.compile(r"(?<!\b[DMS][rst])(?<=[^\W\d])[\xa0\u202f]+(?=[^\W\d])|[\xa0\u202f]{2,}|[\xa0\u202f]+$")
_PLACEHOLDER = re.compile(
    r"\b(?:TBC|TBD|TBA|CHECK(?=:))\b|(?<![\w/])X{2,}(?![\w/]| chromosome| century)|\?{3,}|(?i:lorem ipsum)|×{2,}|"
    r"\[ ?(?:(?i:insert|name|date|quote|title|tbc|to come|add|number|xx)\b|插入|待)[^\]\n]{0,60}\](?!\()|"
    r"XX(?=[年月日公万亿元])|某某|待定|待补充|待确认"
)
_TO_FILL = (b"TB", b"CHECK:", b"XX", b"???")
_BRACKET = re.compile(r"\[ ?(?i:insert|name|date|quote|title|tbc|to come|add|num|xx|插)")


def mixed_scripts(sheet: Sheet) -> Finds:
    """Letters or stops of one script among those of another."""
    signs = "".join(sheet.signs)
    if not _NOT_LATIN.search(signs):
        return
    if _OTHER_LETTERS.search(signs):
        message = "letters of two alphabets stand in one word: “{}”"
        yield from every(sheet.passages, _LETTERS, message, "type the word again")
    strange = [(passage, passage.is_han) for passage in sheet.passages if not passage.text.isascii()]
    han = [passage for passage, is_han in strange if is_han]
    mixed = [passage for passage, is_han in strange if not is_han]
    if _FULL_WIDTH.search(signs):
        yield from every(sheet.passages, _FULL_WIDTH, "“{}” is in full-width letters", "type it in ordinary ones")
    yield from every(mixed, _HAN_INSIDE, "“{}” stands inside a word", "delete it, or part it from the word")
    yield from every(mixed, _HAN_STOP, "a Chinese `{}` stands in Latin text", "type the Latin sign")
    yield from every(han, _LATIN_STOP, "a Latin `{}` stands in Chinese text", "type the Chinese sign")


def glued_words(sheet: Sheet) -> Finds:
    """Two words without a space between them, as `EnterpriseThe`."""
    if not _NO_SPACE.search(sheet.text):
        return
    yield from every(
        sheet.passages, _GLUED, "two words are glued: “{}”", "put a space between them, or end the sentence"
    )


def page_furniture(sheet: Sheet) -> Finds:
    """Words that belong to a web page, not to the text: `Back to top`, `Share`, `Read more`."""
    for passage in sheet.passages:
        if passage.kind == "row" or len(passage.text) >= LONG_FURNITURE:
            continue
        words = passage.words
        if _FURNITURE.fullmatch(words.rstrip(" .:>»↑")):
            yield Find(passage, 0, f"“{words}” belongs to a web page, not to the text", "delete the line")


def repetition(sheet: Sheet) -> Finds:
    """The headline, or a paragraph, for a second time."""
    title, seen = " ".join(sheet.title.split()).casefold(), set()
    for passage in sheet.passages:
        words = passage.text.strip().casefold()
        near = len(title) <= len(words) <= 2 * len(title) + 20
        if title and near and passage.words.casefold() == title:
            help = "delete the line; the page shows the headline"
            yield Find(passage, 0, "the headline stands in the text again", help)
        elif (len(words) >= 40 or len(words.encode()) >= 40) and passage.kind != "row":
            if words in seen:
                yield Find(passage, 0, "the same paragraph stands in the text twice", "delete one of the two")
            seen.add(words)


def no_speaker(sheet: Sheet) -> Finds:
    """A paragraph of quoted words of which nobody is said to be the speaker."""
    if not sheet.holds("“", '"', "「"):
        return
    passages = [passage for passage in sheet.passages if passage.kind in ("", "item")]
    for at, passage in enumerate(passages):
        if not _BEGINS_QUOTED.match(passage.text):
            continue
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
        said = _TALK.search(outside) or _NAMED_AFTER.match(outside)
        beside = previous.endswith((":", "：")) or _NAMED_AFTER.match(following)
        if much and not said and not beside:
            message = "nobody is named as the speaker of these words"
            yield Find(passage, 0, message, "say who speaks", outside, following)


def _is_open(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("「") > text.count("」")


def not_introduced(sheet: Sheet) -> Finds:
    """`He added`, `Dr X continued`, where nobody has spoken or the name is new."""
    before = sheet.title + "\n"
    for passage in sheet.passages if sheet.holds("add", "continue", "他", "她") else ():
        for match in _WENT_ON.finditer(passage.text):
            who = match["a"] or match["b"] or match["c"] or match["d"]
            earlier = before + passage.text[: match.start()]
            spoken = _TALK.search(earlier) or re.search(r"^> ?(?:—|–|--)", earlier, re.MULTILINE)
            # `added Patrick Maxwell` introduces him, `continued Patrick Maxwell` does not
            named = who.split()[-1] in earlier or (match["adds"] and " " in re.sub(f"^{_TITLED}", "", who))
            if not (spoken if who.lower() in ("he", "she", "they", "他", "她") else named):
                message = f"“{who}” goes on speaking, but was not introduced"
                yield Find(passage, match.start(), message, "say who it is")
        before += passage.text + "\n"


def relative_date(sheet: Sheet) -> Finds:
    """`Last month`, `today`: true on one day, and read on others. In somebody's words they stay."""
    if not _TIMES.search(sheet.coded.lower()) and sheet.signs.isdisjoint(_HAN_TIME):
        return
    for passage in sheet.passages:
        said = passage.text
        if passage.kind == "quote" or not (
            _TIMES.search(said.lower().encode()) or any(word in said for word in _HAN_TIMES)
        ):
            continue
        text = _QUOTED.sub(blank, said)
        for match in _RELATIVE.finditer(text):
            if not re.match(r"\s*[(（,，][^)）]{0,24}\d{4}", text[match.end() : match.end() + 40]):
                yield Find(passage, match.start(), f"“{match[0]}” depends on when it is read", "write the date")


def no_year(sheet: Sheet) -> Finds:
    """A day without its year, unless the text has given that day in full before."""
    full: set[tuple[str, str]] = set()
    possible = "月" in sheet.signs or _SOME_DATE.search(sheet.rest)
    for passage in sheet.passages if possible else ():
        for match in _DAY.finditer(passage.text) if _SOME_DAY.search(passage.text) else ():
            day = (match["m1"] or match["m2"] or match["m3"])[:3], match["d1"] or match["d2"] or match["d3"]
            if match["y1"] or match["y2"] or match["y3"] or _YEAR_FOLLOWS.match(passage.text, match.end()):
                full.add(day)
            elif day not in full:
                yield Find(passage, match.start(), f"“{match[0]}” has no year", "add the year")


def quotation_marks(sheet: Sheet) -> Finds:
    """Quotation marks without their partner, and straight ones among curly ones."""
    if _PAIRED.fullmatch(sheet.rest.decode()):
        return
    curly = "“" in sheet.text
    for number, passage in enumerate(sheet.passages):
        if not _MARK.search(passage.text):
            continue
        goes_on = any(_BEGINS_CURLY.match(after.text) for after in sheet.passages[number + 1 : number + 2])
        alone = _PAIR.sub(blank, _PAIR.sub(blank, passage.text))
        for match in re.finditer("[“”「」『』《》]", alone):
            if match[0] not in "“「" or not goes_on:
                yield Find(passage, match.start(), f"`{match[0]}` has no partner", "add the other mark")
        straight = [m.start() for m in re.finditer(r'(?<!\d)"', passage.text)] if '"' in passage.text else []
        if straight and (curly or passage.is_han):
            message = 'a straight `"` stands among curly quotation marks'
            yield Find(passage, straight[0], message, "write “ and ”")
        elif len(straight) % 2:
            yield Find(passage, straight[-1], 'this `"` has no partner', "add the other mark")


def invisible_sign(sheet: Sheet) -> Finds:
    """Zero-width signs, and no-break spaces between words."""
    if not _UNSEEN.search("".join(sheet.signs)):
        return
    yield from every(sheet.passages, _INVISIBLE, "an invisible sign stands here", "delete it")
    yield from every(sheet.passages, _FIXED, "a no-break space stands between words", "type an ordinary space")


def placeholder(sheet: Sheet) -> Finds:
    """What was to be filled in later: `TBC`, `XX`, `[insert name]`."""
    rest = sheet.rest
    if not (
        any(sign in rest for sign in _TO_FILL)
        or not sheet.signs.isdisjoint("×某待")
        or b"lorem" in sheet.coded.lower()
        or _BRACKET.search(sheet.text)
    ):
        return
    yield from every(sheet.passages, _PLACEHOLDER, "“{}” is still to be filled in", "fill it in, or delete it")


RULES: dict[str, Callable[[Sheet], Finds]] = {
    "W801": mixed_scripts,
    "W802": glued_words,
    "W803": page_furniture,
    "W804": repetition,
    "W805": no_speaker,
    "W806": not_introduced,
    "W807": relative_date,
    "W808": no_year,
    "W809": quotation_marks,
    "W810": invisible_sign,
    "W811": placeholder,
}

# a text allows a rule by its name
NAMES = {code: rule.__name__.replace("_", "-") for code, rule in RULES.items()}
