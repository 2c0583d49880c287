"""The opening of an announcement: labels, title, subtitle, date and place, summary."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from communique.importing.dateline import Dateline, read_date_line, read_dateline
from communique.importing.dates import find_dates
from communique.importing.embargo import embargo_remark, is_embargo
from communique.importing.manuscript import Block, Heading, Paragraph, cut, plain, uniform, words
from communique.importing.notes import Remark, brief, several

_RELEASE = re.compile(
    r"[\s*–—-]*(?:for immediate release|(?:press|media|news) (?:release|statement|announcement|information)|"
    r"not for publication|新闻稿|即时发布|供即时发布|请即发布|新闻发布)[\s*:：–—-]*",
    re.IGNORECASE,
)
_SUMMARY = re.compile(r"(?:summary|abstract|in brief|摘要|提要|导语)\s*(?:[:：–—-]\s*|$)", re.IGNORECASE)
_SECTION = re.compile(r"notes? to editors?|about .*|contacts?|(?:media|press) (?:contacts?|enquiries)", re.IGNORECASE)
_END = re.compile(r"[.。!！?？…:：;；]['”’\"）)]*$")
_SENTENCE = re.compile(r"(?<=[.!?][”’\"])\s+(?=[A-Z“\"])|(?<=[a-z)\d][.!?])\s+(?=[A-Z“\"])|(?<=[。！？])")
_CHECK = "say in one or two sentences what is announced"

# how many blocks at the top are looked at, and how long a line may be to be a title, a line above it, a summary
REACH = 12
LONG_TITLE = 220
LONG_LINE = 240
LONG_SUMMARY = 320
# a line that ends in a full stop and has so many letters is a sentence of the text
SENTENCE = 60


@dataclass(frozen=True, slots=True)
class Opening:
    """What the opening says; `day` is empty where no date was found. `blocks` are what is left to be the body."""

    title: str
    subtitle: str
    summary: str
    day: str
    place: str
    blocks: tuple[Block, ...]
    remarks: tuple[Remark, ...]


def read_opening(blocks: tuple[Block, ...], names: Collection[str] = ()) -> Opening:
    """The opening of a manuscript; `names` are those of partners and people, which are no places."""
    return _Opening(blocks, frozenset(name.casefold() for name in names)).read()


class _Opening:
    """Takes from the blocks what belongs into fields."""

    def __init__(self, blocks: tuple[Block, ...], names: frozenset[str]) -> None:
        self.blocks = list(blocks)
        self.names = names
        self.remarks: list[Remark] = []
        self.dated = Dateline("", "", 0)

    def read(self) -> Opening:
        self.labels()
        at = self.title_place()
        title = self.title(at)
        subtitle = self.subtitle(at or 0)
        self.date_lines()
        self.dateline()
        summary = self.summary()
        place, day, _ = self.dated
        return Opening(title, subtitle, summary, day, place, tuple(self.blocks), tuple(self.remarks))

    def remark(self, code: str, message: str, help: str = "check it", taken: str = "") -> None:
        self.remarks.append(Remark(code, message, help, field=code, taken=taken))

    def lines(self) -> Iterator[tuple[int, Paragraph | Heading, str]]:
        """The blocks at the top that are lines of words, with their places."""
        for at, block in enumerate(self.blocks[:REACH]):
            if isinstance(block, Paragraph | Heading) and words(block.content).strip():
                yield at, block, " ".join(words(block.content).split())

    def labels(self) -> None:
        gone = {at for at, block in enumerate(self.blocks) if isinstance(block, Paragraph) and block.role == "contents"}
        if gone:
            lines = " ".join(plain(self.blocks[at]) for at in gone)
            self.remark("contents", f"the table of contents ({several(len(gone), 'line')}) is left out", "", lines)
        for at, _, text in self.lines():
            if _RELEASE.fullmatch(text):
                self.remark("release", f"the line “{text}” is left out", "", text)
                gone.add(at)
            elif is_embargo(text):
                self.remarks.append(embargo_remark(text))
                gone.add(at)
        self.blocks = [block for at, block in enumerate(self.blocks) if at not in gone]

    def title_place(self) -> int | None:
        """Where the title stands: the Title style, else the first heading, else the first line if it is short."""
        lines = list(self.lines())
        for at, block, _ in lines:
            if isinstance(block, Paragraph) and block.role == "title":
                return at
        for at, block, text in lines:
            if isinstance(block, Heading) and not _SECTION.fullmatch(text):
                return at
            if isinstance(block, Heading) or len(text) > LONG_LINE or (_END.search(text) and len(text) >= SENTENCE):
                break
        first = next(
            ((at, text) for at, block, text in lines if isinstance(block, Paragraph) and not _dated(text)), None
        )
        if first is None or len(first[1]) > LONG_TITLE or (_END.search(first[1]) and len(first[1]) > LONG_TITLE // 2):
            return None
        self.remark("title", "the first line is taken as the title")
        return first[0]

    def title(self, at: int | None) -> str:
        """The title, which leaves the blocks."""
        if at is None:
            self.remark("title", "no title was found; the first words stand for it", "write a headline")
            return brief(plain(self.blocks[0]) if self.blocks else "", 100) or "CHECK: write a headline"
        before = [text for place, _, text in self.lines() if place < at and not _dated(text)]
        if before:
            message = f"before the title stood “{brief(' / '.join(before), 120)}”; it now opens the text"
            self.remark("title", message, "move it or delete it")
        title = " ".join(plain(self.blocks.pop(at)).split())
        if title.isupper() and len(title) > 12:
            self.remark("title", "the title is all in capitals", "write it in small letters")
        return title

    def subtitle(self, at: int) -> str:
        """The subtitle, which leaves the blocks: the Subtitle style, or an emphasised line under the title."""
        for place, block, text in self.lines():
            if isinstance(block, Paragraph) and block.role == "subtitle":
                del self.blocks[place]
                return text
        under = self.blocks[at] if at < len(self.blocks) else None
        if not isinstance(under, Paragraph):
            return ""
        text = " ".join(words(under.content).split())
        styled = uniform(under.content, "emphasis") or uniform(under.content, "strong")
        if not styled or len(text) > LONG_TITLE or _END.search(text) or find_dates(text):
            return ""
        del self.blocks[at]
        self.remark("subtitle", "the line under the title is taken as the subtitle")
        return text

    def date_lines(self) -> None:
        for _, block, text in list(self.lines()):
            found = read_date_line(text)
            if found is None:
                continue
            if self.dated.day and found.day != self.dated.day:
                self.remark("date", f"there is a second date, “{text}”", "check which one is right")
                continue
            self.dated = found._replace(place=self.dated.place or found.place)
            self.blocks.remove(block)
            self.remark("date", f"the line “{text}” is taken as the date", "", text)

    def dateline(self) -> None:
        for at, block, _ in list(self.lines()):
            found = read_dateline(words(block.content), self.names) if isinstance(block, Paragraph) else None
            if found is None or isinstance(block, Heading):
                continue
            place, day, end = found
            taken = words(cut(block.content, 0, end))
            if day and self.dated.day and day != self.dated.day:
                message = f"the dateline says {day}, a line above the text says {self.dated.day}"
                self.remark("date", message, "check which one is right")
            self.dated = Dateline(place or self.dated.place, day or self.dated.day, end)
            what = " and ".join(name for name, value in (("place", place), ("date", day)) if value)
            message = f"“{brief(taken)}” leaves the text: the site opens it with place and date"
            self.remark("date", message, "" if place and day else f"only the {what} is known; check it", taken)
            self.blocks[at] = replace(block, content=cut(block.content, end))
            return

    def summary(self) -> str:
        for at, block, text in self.lines():
            label = _SUMMARY.match(text)
            following = self.blocks[at + 1] if at + 1 < len(self.blocks) else None
            if label and label.end() == len(text) and isinstance(following, Paragraph):
                del self.blocks[at : at + 2]
                return self.own_summary(plain(following), text)
            if isinstance(block, Paragraph) and (block.role == "abstract" or (label and label.end() < len(text))):
                del self.blocks[at]
                return self.own_summary(text[label.end() :] if label else text, text[: label.end()] if label else "")
        first = next((text for _, block, text in self.lines() if _is_sentence(block, text)), "")
        if not first:
            self.remark("summary", "no sentence was found for the summary; `CHECK` marks it", _CHECK)
            return f"CHECK: {_CHECK}"
        self.remark("summary", "the summary is the beginning of the text", f"it should {_CHECK}")
        return _shortened(first)

    def own_summary(self, text: str, label: str) -> str:
        """The summary that the document itself gives, which has left the blocks with its label."""
        text = " ".join(text.split())
        message = "the summary of the document leaves the text and is that of the draft"
        self.remark("summary", message, taken=f"{label} {text}")
        if len(text) > LONG_SUMMARY:
            self.remark(
                "summary", f"the summary has {several(len(text), 'letter')}", "shorten it to one or two sentences"
            )
        return text


def _dated(text: str) -> bool:
    return read_date_line(text) is not None


def _is_sentence(block: Block, text: str) -> bool:
    return isinstance(block, Paragraph) and (len(text.encode()) >= SENTENCE or bool(_END.search(text)))


def _shortened(text: str) -> str:
    """The first sentences of a text."""
    if len(text) <= LONG_SUMMARY:
        return text
    kept, *others = _SENTENCE.split(text)
    for sentence in others:
        joint = "" if kept.endswith(("。", "！", "？")) else " "
        if len(kept) + len(sentence) >= LONG_SUMMARY:
            break
        kept += joint + sentence
    return kept if len(kept) <= 2 * LONG_SUMMARY else brief(kept, LONG_SUMMARY)
