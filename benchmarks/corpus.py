"""The corpus: partners, people, topics and announcements, each a pure function of the seed and its number.

Links in texts are neutral, `[words](partner:slug)` or `[words](announcement:number)`; a dialect writes them in the way
of its tool.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random

from benchmarks import words
from benchmarks.texts import CHINESE, ENGLISH, Named, announce, paragraph, sentence

PARTNERS, PEOPLE, TOPICS = 40, 60, 20
PER_PAGE = 10
FIRST_DAY, DAYS = date(2016, 1, 4), 3640


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation; `also` is its Chinese name."""

    slug: str
    name: str
    also: str
    kind: str
    city: str
    body: str
    boilerplate: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is quoted; `partner` is where the role is held."""

    slug: str
    name: str
    role: str
    partner: Partner
    body: str


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject that announcements share."""

    slug: str
    name: str
    body: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """One announcement; partners, people and topics are slugs, in the order in which they are named."""

    number: int
    slug: str
    title: str
    summary: str
    date: date
    place: str
    partners: tuple[str, ...]
    people: tuple[str, ...]
    topics: tuple[str, ...]
    body: str


@dataclass(frozen=True)
class Corpus:
    """A corpus of some size. Announcements are made whenever they are asked for, so that none stays in memory."""

    seed: int
    size: int

    @property
    def partners(self) -> list[Partner]:
        """All partners."""
        return [partner(number) for number in range(PARTNERS)]

    @property
    def people(self) -> list[Person]:
        """All people."""
        return [person(number) for number in range(PEOPLE)]

    @property
    def topics(self) -> list[Topic]:
        """All topics."""
        return [topic(number) for number in range(TOPICS)]

    @property
    def announcements(self) -> Iterator[Announcement]:
        """All announcements, the oldest first."""
        return (self.announcement(number) for number in range(self.size))

    @property
    def years(self) -> list[int]:
        """The years in which there are announcements."""
        return sorted({self.day(number).year for number in range(self.size)})

    def day(self, number: int) -> date:
        """The date of an announcement."""
        return FIRST_DAY + timedelta(days=number * DAYS // self.size)

    def announcement(self, number: int) -> Announcement:
        """One announcement."""
        rng = Random(f"{self.seed}:{number}")
        chinese = _is_chinese(number)
        language = CHINESE if chinese else ENGLISH
        partners = [partner(each) for each in _some(rng, number, PARTNERS, rng.randint(2, 4))]
        people = [person(each) for each in _some(rng, number, PEOPLE, rng.randint(1, 3))]
        topics = [topic(each) for each in _some(rng, number, TOPICS, rng.randint(1, 3))]
        before = rng.randrange(max(0, number - 200), number) if number else 0
        return Announcement(
            number=number,
            slug=slug(number),
            title=title(number),
            summary=sentence(rng, language) + language.space + sentence(rng, language),
            date=self.day(number),
            place=rng.choice(words.PLACES)[1 if chinese else 0],
            partners=tuple(each.slug for each in partners),
            people=tuple(each.slug for each in people),
            topics=tuple(each.slug for each in topics),
            body=announce(
                rng,
                language,
                number,
                partners=[Named(each.also if chinese else each.name, f"partner:{each.slug}") for each in partners],
                people=[Named(each.name, f"person:{each.slug}") for each in people],
                topic=Named(topics[0].name, f"topic:{topics[0].slug}"),
                before=Named(title(before), f"announcement:{before}"),
            ),
        )


@cache
def partner(number: int) -> Partner:
    """One partner."""
    rng = Random(f"partner:{number}")
    (place, place_zh), (body, body_zh, kind) = words.PLACES[number // 4], words.BODIES[number % 4]
    name = f"{place} {body}"
    field = topic(number % TOPICS)
    return Partner(
        slug=_hyphenated(name),
        name=name,
        also=place_zh + body_zh,
        kind=kind,
        city=place,
        body=f"{paragraph(rng, ENGLISH)}\n\n{paragraph(rng, ENGLISH)}\n\n"
        f"Its field is [{field.name.lower()}](topic:{field.slug}), among others.",
        boilerplate=paragraph(rng, ENGLISH),
    )


@cache
def person(number: int) -> Person:
    """One person."""
    rng = Random(f"person:{number}")
    name = f"{words.GIVEN[number % 12]} {words.FAMILY[number // 12]}"
    where = partner(number % PARTNERS)
    return Person(
        slug=_hyphenated(name),
        name=name,
        role=rng.choice(words.ROLES),
        partner=where,
        body=f"{paragraph(rng, ENGLISH)}\n\nThe office is at [{where.name}](partner:{where.slug}).",
    )


@cache
def topic(number: int) -> Topic:
    """One topic."""
    name = words.TOPICS[number]
    return Topic(_hyphenated(name), name, paragraph(Random(f"topic:{number}"), ENGLISH))


def title(number: int) -> str:
    """The title of an announcement. It holds no name, so that nothing but its fields and links leads to a profile."""
    if _is_chinese(number):
        turn = number // 10
        return f"{words.THINGS_ZH[turn % 6]}{words.ENDS_ZH[turn // 6 % 6]}（第{number}号）"
    return f"{words.THINGS[number % 12]} {words.ENDS[number // 12 % 10]} ({number})"


def slug(number: int) -> str:
    """The slug of an announcement."""
    return f"{_hyphenated(words.THINGS[number % 12])}-{number:05}"


def _is_chinese(number: int) -> bool:
    return number % 10 == 7


def _hyphenated(name: str) -> str:
    return name.lower().replace(" ", "-")


def _some(rng: Random, number: int, of: int, count: int) -> list[int]:
    """Different numbers below `of`, of which the first goes round so that each has its turn."""
    first = number % of
    return [first, *rng.sample([each for each in range(of) if each != first], count - 1)]
