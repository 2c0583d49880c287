"""Speech: paragraphs that are somebody's words and nothing else become quotes of a known person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from communique.importing.attribution import Attribution, Speakers, is_pronoun, read_attribution
from communique.importing.manuscript import Block, Line, Paragraph, Quotation, Run, cut, pictures_of, tidy, words
from communique.importing.notes import Remark, brief

# opening mark, closing mark
MARKS: Mapping[str, str] = {"“": "”", '"': '"', "「": "」", "‘": "’", "«": "»", "„": "“"}

LONGEST = 12
ROLE_HELP = "the site prints the role from the person's file; see that it is the one given here"

_HAN = re.compile(r"[\u4e00-\u9fff]")
_COMMA = re.compile(r"[,，]$")


class Piece(NamedTuple):
    """A part of a paragraph, with its place: words between quotation marks, or words outside of them."""

    start: int
    end: int
    quoted: bool


def read_speech(blocks: tuple[Block, ...], speakers: Speakers) -> tuple[list[Block], list[Remark]]:
    """The blocks with speech as quotes, and remarks on each quote that was made or could not be."""
    found: list[Block] = []
    remarks: list[Remark] = []
    waiting = list(blocks)
    while waiting:
        block = waiting.pop(0)
        if isinstance(block, Quotation):
            following = waiting[0] if waiting else None
            quote, remark, used = _of_style(block, following, speakers)
            waiting = waiting[used:]
        elif isinstance(block, Paragraph):
            group = _continued(block, waiting)
            quote, remark = _of_words(group, speakers)
            waiting = waiting[len(group) - 1 :] if quote is not None else waiting
        else:
            quote, remark = None, None
        speakers.hear(words(block.content) if isinstance(block, Paragraph) else "")
        found.append(quote if quote is not None else block)
        remarks += [remark] if remark else []
    return found, remarks


def pieces(text: str) -> list[Piece] | None:
    """A paragraph divided at its quotation marks; None where they do not pair."""
    found = []
    at = 0
    while at < len(text):
        start = next((place for place in range(at, len(text)) if _opens(text, place)), len(text))
        if text[at:start].strip():
            found.append(Piece(at, start, False))
        if start == len(text):
            break
        end = _closing(text, start)
        if end is None:
            return None
        found.append(Piece(start, end, True))
        at = end
    return found


def _opens(text: str, at: int) -> bool:
    if text[at] not in MARKS:
        return False
    return text[at] not in '‘"' or at == 0 or not text[at - 1].isalnum()


def _closing(text: str, start: int) -> int | None:
    """The end of the words that a mark opens, after the closing mark."""
    closing = MARKS[text[start]]
    at = start
    while (at := text.find(closing, at + 1)) >= 0:
        # an apostrophe stands between letters, or after a plural
        if closing != "’" or (text[at - 1] in ",.!?…" and not text[at + 1 : at + 2].isalnum()):
            return at + 1
    return None


def _continued(block: Paragraph, following: list[Block]) -> list[Paragraph]:
    """The paragraph, and those after it over which the same words go on: each opens with a mark, the last closes."""
    group = [block]
    while _unclosed(words(group[-1].content)) and len(group) <= min(len(following), LONGEST):
        after = following[len(group) - 1]
        if not isinstance(after, Paragraph) or words(after.content)[:1] not in ("“", '"', "「", "‘"):
            break
        group.append(after)
    return group


def _unclosed(text: str) -> bool:
    return text.count("“") > text.count("”") or text.count("「") > text.count("」")


def _of_words(group: list[Paragraph], speakers: Speakers) -> tuple[Quotation | None, Remark | None]:
    """The quote that paragraphs are, if they are nothing but words and their attribution."""
    first = words(group[0].content)
    if len(group) > 1:
        return _of_paragraphs(group, speakers)
    parts = pieces(first) if not pictures_of(group[0]) else None
    if not parts or not any(part.quoted for part in parts):
        return None, None
    outside = [first[start:end] for start, end, quoted in parts if not quoted]
    attribution = _attribution(parts, outside, speakers)
    if attribution is None:
        return None, _unclear(first, parts, outside, speakers, group[0].number)
    content = _joined(group[0].content, parts, first)
    return _quote([content], attribution, " … ".join(text.strip() for text in outside), group[0].number)


def _attribution(parts: list[Piece], outside: list[str], speakers: Speakers) -> Attribution | None:
    """Who says it, where what stands outside the marks says that and nothing else."""
    found = None
    for at, text in zip([at for at, part in enumerate(parts) if not part.quoted], outside, strict=True):
        where = "before" if at == 0 else "after"
        attribution = read_attribution(text, where, speakers)
        if attribution is None and not (at and is_pronoun(text)):
            return None
        if attribution is not None and found is not None and attribution.speaker != found.speaker:
            return None
        found = found or attribution
    return found


def _of_paragraphs(group: list[Paragraph], speakers: Speakers) -> tuple[Quotation | None, Remark | None]:
    """The quote of words that go on over several paragraphs."""
    first, last = words(group[0].content), words(group[-1].content)
    start = min((first.find(mark) for mark in MARKS if mark in first), default=0)
    end = max(last.rfind(mark) for mark in ("”", '"', "」", "’")) + 1
    before, after = first[:start].strip(), last[end:].strip()
    if bool(before) == bool(after):
        return None, None
    attribution = read_attribution(before or after, "before" if before else "after", speakers)
    if attribution is None:
        return None, None
    contents = [part.content for part in group]
    contents[-1] = _comma_as_stop(cut(contents[-1], 0, end), after)
    contents[0] = cut(contents[0], start)
    return _quote(contents, attribution, before or after, group[0].number)


def _joined(content: Line, parts: list[Piece], text: str) -> Line:
    """The quoted parts of a paragraph as one line without the marks between them."""
    line: Line = ()
    for at, part in enumerate(parts):
        if not part.quoted:
            continue
        outside = text[parts[at + 1].start : parts[at + 1].end].strip() if at + 1 < len(parts) else ""
        piece = _comma_as_stop(cut(content, part.start, part.end), outside)
        if line:
            before = words(line)
            joint = "" if before[-2:-1] > "\u2e80" else " "
            piece = (*cut(line, 0, len(before) - 1), Run(joint), *cut(piece, 1))
        line = tidy(piece)
    return line


def _comma_as_stop(content: Line, outside: str) -> Line:
    """Words whose sentence ended where the attribution began: the comma before it stands for a full stop."""
    text = words(content)
    inner = text[:-1]
    if not outside or not _COMMA.search(inner) or outside.endswith((",", "，")):
        return content
    stop = "。" if inner.endswith("，") else "."
    *before, last = content
    assert isinstance(last, Run)
    return (*before, replace(last, text=last.text[:-2] + stop + text[-1]))


def _quote(
    contents: list[Line], attribution: Attribution, said: str, number: int
) -> tuple[Quotation | None, Remark | None]:
    message = f"the words of {attribution.name} are a quote; “{brief(said.strip(' ,，：:'), 120)}” is left out"
    quote = Quotation(tuple(contents), attribution.speaker, number)
    return quote, Remark("quote", message, ROLE_HELP if attribution.role else "", number, taken=said)


def _unclear(text: str, parts: list[Piece], outside: list[str], speakers: Speakers, number: int) -> Remark | None:
    """A remark on words that look like speech, but stay in the text."""
    longest = max((text[start:end] for start, end, quoted in parts if quoted), key=len)
    # six words of Latin script say as much as about eight Han characters with their marks
    if len(longest.split()) < 6 and len(longest) < (8 if _HAN.search(longest) else 25):
        return None
    unknown = speakers.unknown(" ".join(outside))
    if unknown:
        help = "add a file for the person to content/people/, then make it a block quote that ends with `> — Name`"
        return Remark("speaker", f"“{unknown}” speaks, whom the site does not know", help, number)
    if len(longest) < len(text) / 3:
        return None
    help = "if it should be a quote, make it a block quote that ends with a line `> — Name`"
    return Remark("quote", f"words in quotation marks stay in the text: “{brief(longest.strip('“”'))}”", help, number)


def _of_style(
    block: Quotation, following: Block | None, speakers: Speakers
) -> tuple[Quotation | None, Remark | None, int]:
    """A quotation by its style, whose speaker stands in its last line or in the paragraph after it."""
    *before, last = block.paragraphs
    text = words(last)
    line = text.rpartition("\n")[2]
    for candidate, content, used in _name_lines(before, last, text, line, following):
        attribution = read_attribution(candidate, "alone", speakers)
        if attribution is not None:
            quote = replace(block, paragraphs=tuple(content), speaker=attribution.speaker)
            message = f"the words of {attribution.name} are a quote; “{brief(candidate, 120)}” is left out"
            help = ROLE_HELP if attribution.role else ""
            return quote, Remark("quote", message, help, block.number, taken=candidate), used
    message = f"the quotation “{brief(words(block.paragraphs[0]).strip('“”'))}” has no speaker whom the site knows"
    help = "end it with a line `> — Name`, with the name of a person of content/people/"
    return None, Remark("speaker", message, help, block.number), 0


def _name_lines(
    before: list[Line], last: Line, text: str, line: str, following: Block | None
) -> Iterator[tuple[str, list[Line], int]]:
    if line != text:
        yield line, [*before, cut(last, 0, len(text) - len(line) - 1)], 0
    elif before:
        yield text, list(before), 0
    if isinstance(following, Paragraph) and len(words(following.content)) <= 200:
        yield words(following.content), [*before, last], 1
