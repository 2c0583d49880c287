"""The ending of an announcement: the end mark, notes to editors, the standing paragraphs “About …”, contacts."""

import re
import unicodedata
from dataclasses import dataclass, replace

from communique.importing.manuscript import Block, Heading, Paragraph, cut, plain, uniform, words
from communique.importing.notes import Known, Remark, brief
from communique.problems import Place
from communique.prose import parse_prose

_END = re.compile(
    r"[\s*#–—-]*(?:end|ends|完|全文完|30)[\s*#.–—-]*|[（(]\s*(?:完|ends?)\s*[）)]|#{2,}|(?:#\s*){2,}", re.IGNORECASE
)
_MARKED_END = re.compile(r"[*#–—-]|ends|完", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:notes?\s+(?:to|for)\s+(?:the\s+)?editors?|editors?[’']?s?[’']?\s+notes?|编者注|编辑注释|致编辑|编者按)\s*(?:[:：.–—-]\s*|$)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"(?:about\s+(?:the\s+)?(?P<name>\S.{1,118}?)|关于(?P<han>[^，。；]{2,60}?))\s*[:：]?", re.IGNORECASE
)
_ABOUT_RUN_IN = re.compile(r"about\s+(?:the\s+)?(?P<name>[A-Z][^:：.]{1,100}?)\s*[:：]\s*(?=\S)")
_CONTACT = re.compile(
    r"(?:(?:media|press)\s+)?(?:contacts?|enquiries|inquiries|office)(?:\s+(?:for\s+)?(?:the\s+)?(?:media|press|details|"
    r"information))?\s*(?:[:：]|$)|(?:for\s+)?(?:more|further)\s+information\b.{0,40}\bcontact\b|"
    r"(?:media|press)\s+(?:contacts?|enquiries|inquiries)\b|(?:媒体)?联系(?:人|方式|我们)|媒体联络",
    re.IGNORECASE,
)

LONG_LABEL = 120


@dataclass(frozen=True, slots=True)
class Ending:
    """The blocks without what belongs into fields, the notes to editors, and remarks."""

    blocks: tuple[Block, ...]
    notes: tuple[Block, ...]
    remarks: tuple[Remark, ...]


def read_ending(blocks: tuple[Block, ...], known: Known) -> Ending:
    """What stands at the end of an announcement, told apart."""
    kept: list[Block] = []
    notes: list[Block] = []
    remarks: list[Remark] = []
    level = min((block.level for block in blocks if isinstance(block, Heading)), default=1)
    deep = 0
    into = kept
    for section in _sections(blocks):
        first = section[0]
        kind, name = _kind(first)
        if kind == "notes":
            into, deep = notes, first.level if isinstance(first, Heading) else 0
            notes += _without_label(section)
            label = _NOTES.match(plain(first))
            message = "the notes to editors leave the text and are in `notes:`"
            taken = plain(first) if isinstance(first, Heading) else label[0] if label else ""
            remarks.append(Remark("notes", message, field="notes", taken=taken))
            continue
        if kind or (isinstance(first, Heading) and (not deep or first.level <= deep)):
            into = kept
        if kind == "about":
            remark, dropped = _about(name, section, known)
            remarks.append(remark)
            if dropped:
                continue
        elif kind == "contact":
            remarks.append(_contact(section, known))
        if isinstance(first, Paragraph) and name:
            section = (Heading(first.content, level, first.number), *section[1:])
        into += section
    kept, ends = _without_ends(kept)
    notes, more = _without_ends(notes)
    return Ending(tuple(kept), tuple(notes), (*remarks, *ends, *more))


def _kind(block: Block) -> tuple[str, str]:
    """What a block opens: notes, about, contact, end, or nothing; and the name in its label, if it is only a label."""
    text = _label(block)
    if not isinstance(block, Heading) and not _opens(block):
        return "", ""
    if _NOTES.match(text):
        return "notes", ""
    about = _ABOUT.fullmatch(text)
    if about:
        return "about", (about["name"] or about["han"]).strip()
    if _CONTACT.match(text):
        return "contact", text if _CONTACT.fullmatch(text) else ""
    return ("end", "") if _END.fullmatch(text) else ("", "")


def _sections(blocks: tuple[Block, ...]) -> list[tuple[Block, ...]]:
    """The blocks divided before each line that opens a part of the ending, and before each heading."""
    sections: list[list[Block]] = []
    for block in _unjoined(blocks):
        if not sections or isinstance(block, Heading) or _opens(block):
            sections.append([])
        sections[-1].append(block)
    return [tuple(section) for section in sections]


def _unjoined(blocks: tuple[Block, ...]) -> list[Block]:
    """The blocks, with a label that runs into its text (`About AstraZeneca: …`) on a line of its own."""
    found: list[Block] = []
    for block in blocks:
        match = None
        if isinstance(block, Paragraph):
            text = words(block.content)
            line = text.partition("\n")[0]
            match = _ABOUT_RUN_IN.match(text)
            if match is None and "\n" in text and (_ABOUT.fullmatch(line) or _NOTES.fullmatch(line)):
                match = re.match(r"[^\n]*\n", text)
        if match is None or not isinstance(block, Paragraph):
            found.append(block)
        else:
            label = cut(block.content, 0, len(match.group().rstrip(" :：\n")))
            found += [replace(block, content=label), replace(block, content=cut(block.content, match.end()))]
    return found


def _label(block: Block) -> str:
    """The words of a block that may open a part: a heading, or a short paragraph."""
    if not isinstance(block, Heading | Paragraph):
        return ""
    text = " ".join(words(block.content).split())
    short = len(text) <= LONG_LABEL or _NOTES.match(text) or _CONTACT.match(text)
    return text if short or isinstance(block, Heading) else ""


def _opens(block: Block) -> bool:
    text = _label(block)
    if not text or not isinstance(block, Paragraph):
        return False
    if _NOTES.match(text) or _CONTACT.match(text) or _END.fullmatch(text):
        return True
    # `About 40 people came` is a sentence, `About AstraZeneca` a label
    about = _ABOUT.fullmatch(text)
    return bool(about) and text[-1] not in ".。!?…" and (uniform(block.content, "strong") or _named(text))


def _named(text: str) -> bool:
    rest = re.sub(r"^(?:about\s+(?:the\s+)?|关于)", "", text, flags=re.IGNORECASE)
    words = [word for word in re.findall(r"[^\W\d_]+", rest) if word not in ("of", "and", "the", "for", "in", "at")]
    return bool(words) and not rest[0].isdigit() and all(word[0].isupper() or not word.isascii() for word in words)


def _without_label(section: tuple[Block, ...]) -> tuple[Block, ...]:
    """The notes without the words `Notes to editors`, which the site prints itself."""
    first = section[0]
    if isinstance(first, Heading):
        return section[1:]
    assert isinstance(first, Paragraph)
    match = _NOTES.match(words(first.content))
    rest = cut(first.content, match.end() if match else 0)
    return (replace(first, content=rest), *section[1:]) if rest else section[1:]


def _about(name: str, section: tuple[Block, ...], known: Known) -> tuple[Remark, bool]:
    """What became of a standing paragraph, and whether it is left out."""
    number = section[0].number
    label = plain(section[0])
    slug = next((slug for slug, names in known.partners.items() if _key(name) in map(_key, names)), "")
    if not slug:
        help = "a partner's `boilerplate` holds this once for all announcements; add the partner, then delete it here"
        return Remark("about", f"“{brief(label)}” stays in the text", help, number), False
    boilerplate = known.boilerplates.get(slug, "")
    said = _squeezed("".join(plain(block) for block in section[1:]))
    if boilerplate and said == _squeezed(parse_prose(boilerplate, Place("content/partners/x.md", 1, 1)).plain):
        message = f"“{brief(label)}” is left out: it is the boilerplate of `{slug}`, which the site adds"
        return Remark("about", message, taken="\n".join(plain(block) for block in section)), True
    differs = "differs from the boilerplate of" if boilerplate else "stays in the text, as there is no boilerplate of"
    help = f"keep one of the two: delete it here, or put it into content/partners/{slug}.md"
    return Remark("about", f"“{brief(label)}” {differs} `{slug}`", help, number), False


def _contact(section: tuple[Block, ...], known: Known) -> Remark:
    text = " ".join(plain(block) for block in section)
    people = [slug for slug, names in known.people.items() if any(name in text for name in names)]
    help = (
        f"write `contacts: [{', '.join(people)}]` and delete it here"
        if people
        else ("see whether these numbers and addresses should be public; people of the site can stand in `contacts:`")
    )
    return Remark("contact", f"contacts stay in the text: “{brief(text)}”", help, section[0].number)


def _without_ends(blocks: list[Block]) -> tuple[list[Block], list[Remark]]:
    kept: list[Block] = []
    remarks = []
    for block in blocks:
        text = " ".join(words(block.content).split()) if isinstance(block, Paragraph | Heading) else ""
        if text and _END.fullmatch(text) and (_MARKED_END.search(text) or block is blocks[-1]):
            remarks.append(Remark("end", f"the end mark “{text}” is left out", taken=text))
        else:
            kept.append(block)
    return kept, remarks


def _key(name: str) -> str:
    return "".join(re.findall(r"\w+", re.sub(r"^the\s+", "", name.casefold())))


def _squeezed(text: str) -> str:
    plain_marks = unicodedata.normalize("NFKC", text).translate(str.maketrans("’‘“”", "''\"\""))
    return "".join(plain_marks.split())
