"""The texts of announcements, put together at random from the words of a language."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks import words

BYTES = 4600


@dataclass(frozen=True, slots=True)
class Named:
    """A record that a text mentions: its name and the target of the link."""

    name: str
    target: str

    @property
    def link(self) -> str:
        """The mention as a link."""
        return f"[{self.name}]({self.target})"


@dataclass(frozen=True, slots=True)
class Language:
    """What the texts of a language are made of; a sentence is one of each of `parts`."""

    space: str
    comma: str
    stop: str
    parts: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...]
    items: tuple[str, ...]
    quotes: tuple[str, ...]
    speaks: tuple[str, ...]
    columns: tuple[str, str]
    signed: str
    follows: str
    report: str


ENGLISH = Language(
    space=" ",
    comma=", ",
    stop=".",
    parts=(words.SUBJECTS, words.VERBS, words.OBJECTS, words.CIRCUMSTANCES),
    headings=words.HEADINGS,
    items=words.ITEMS,
    quotes=words.QUOTES,
    speaks=words.SPEAKS,
    columns=("Partner", "Task"),
    signed="An agreement between {} was signed in public.",
    follows="It concerns {} and follows an earlier announcement, {}.",
    report="More is said in the [report](https://www.example.org/reports/{}) of the project office.",
)
CHINESE = Language(
    space="",
    comma="、",
    stop="。",
    parts=(words.SUBJECTS_ZH, words.CIRCUMSTANCES_ZH, words.ACTIONS_ZH),
    headings=words.HEADINGS_ZH,
    items=words.ITEMS_ZH,
    quotes=words.QUOTES_ZH,
    speaks=words.SPEAKS_ZH,
    columns=("合作方", "任务"),
    signed="{}公开签署协议。",
    follows="协议涉及{}，此前的公告见{}。",
    report="详情见项目办公室的[报告](https://www.example.org/reports/{})。",
)


def sentence(rng: Random, language: Language) -> str:
    """A sentence."""
    return language.space.join(rng.choice(part) for part in language.parts) + language.stop


def paragraph(rng: Random, language: Language) -> str:
    """A paragraph of three to five sentences."""
    return language.space.join(sentence(rng, language) for _ in range(rng.randint(3, 5)))


def announce(
    rng: Random,
    language: Language,
    number: int,
    *,
    partners: Sequence[Named],
    people: Sequence[Named],
    topic: Named,
    before: Named,
) -> str:
    """The Markdown text of an announcement: headings, links, emphasis, a quote of each of the people, a list; in every
    third a table, in every fourth a footnote."""
    noted = number % 4 == 0
    listed = language.comma.join(each.link for each in partners)
    blocks = [
        language.signed.format(listed) + language.space + paragraph(rng, language),
        language.follows.format(topic.link, before.link) + f"{language.space}**{sentence(rng, language)}**",
    ]
    if noted:
        blocks.append(f"{sentence(rng, language)}[^note]")
    extras = [_quote(rng, language, who) for who in people]
    extras.append("\n".join(f"- {item}" for item in rng.sample(language.items, 5)))
    if number % 3 == 0:
        extras.append(_table(rng, language, partners))
    headings = rng.sample(language.headings, len(language.headings))
    while headings and len("\n\n".join(blocks).encode()) < BYTES:
        blocks += [f"## {headings.pop()}", paragraph(rng, language), f"*{sentence(rng, language)}*"]
        if extras:
            blocks.append(extras.pop(0))
        blocks.append(paragraph(rng, language))
    blocks.append(language.report.format(number))
    if noted:
        blocks.append(f"[^note]: {sentence(rng, language)}")
    return "\n\n".join(blocks)


def _quote(rng: Random, language: Language, who: Named) -> str:
    said = f"> “{rng.choice(language.quotes)}”\n> — {who.name}"
    return f"{who.link}{language.space}{rng.choice(language.speaks)}\n\n{said}"


def _table(rng: Random, language: Language, partners: Sequence[Named]) -> str:
    rows = ["| {} | {} |".format(*language.columns), "|---|---|"]
    rows += [f"| {each.link} | {rng.choice(language.items)} |" for each in partners]
    return "\n".join(rows)
