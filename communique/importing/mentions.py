"""Who is named in a text: known partners, names that are nearly those of the site, organisations it does not know."""

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from itertools import chain, dropwhile
from typing import NamedTuple

from communique.importing.notes import Known, Remark
from communique.scripts import UNSPACED

# shares of common words, and of common letters, above which two names are probably meant to be one
ALIKE = 0.8
ALIKE_LETTERS = 0.87
LONG_NAME = 20
MOST_NAMES = 1_500
MOST_SHOWN = 12

_SMALL = frozenset(("of", "and", "the", "for", "in", "at", "&"))
_UNSPACED = re.compile(f"[{UNSPACED}]")
_CAPITALISED = r"(?:R&D|(?:[A-Z]\.)+|(?:St|Dr|Prof|Mt)\.|[A-Z][\w’'-]*)"
_NAME = re.compile(rf"{_CAPITALISED}(?: +(?:(?:of|and|the|for|&|de) +){{0,2}}{_CAPITALISED})*")
_AND = re.compile(r" +and +(?:the +)?")
_ORGANISATION = re.compile(
    r"\b(?:University|College|School|Institute|Hospitals?|Commission|Committee|Council|Ministry|Bureau|Department|Agency|"
    r"Academy|Association|Foundation|Trust|Society|Company|Corporation|Group|Ltd|Limited|Inc|plc|LLP|GmbH|Park|Campus|"
    r"Cent(?:re|er)|Laboratory|Office|Authority|Board|Federation|Union|Network|Fund|Bank|Consortium|Administration|"
    r"Development (?:Area|Zone)|Enterprise|Ventures|Partners|Therapeutics|Pharmaceuticals?|Biotech|Embassy|"
    r"Government)\b"
)
_SENTENCE_START = re.compile(
    "the|a|an|this|that|these|those|it|its|he|she|we|they|our|their|in|on|at|by|for|from|with|as|but|and|when|while|"
    "after|before|since|during|under|both|all|there|here|if|to|of|about|professor|prof|dr|mr|mrs|ms|sir|dame|head|"
    "chair|dean|director|president|minister|ambassador",
    re.IGNORECASE,
)


def partners_of(text: str, known: Known) -> tuple[str, ...]:
    """The slugs of the known partners whom a text names, in the order of their first mention."""
    partners, people = _owners(known.partners), _owners(known.people)
    names = sorted({*partners, *people}, key=len, reverse=True)
    pattern = "|".join(_bounded(name) for name in names) or "(?!)"
    said = dict.fromkeys(match.group() for match in re.finditer(pattern, text))
    return tuple(dict.fromkeys(partners[name] for name in said if name in partners))


def _bounded(name: str) -> str:
    before = "" if _UNSPACED.match(name[0]) else r"(?<![\w-])"
    after = "" if _UNSPACED.match(name[-1]) else r"(?![\w-])"
    return f"{before}{re.escape(name)}{after}"


def _owners(records: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Names with their slug; a name of several records is nobody's."""
    owners: dict[str, set[str]] = {}
    for slug, names in records.items():
        for name in names:
            owners.setdefault(name, set()).add(slug)
    return {name: next(iter(slugs)) for name, slugs in owners.items() if len(slugs) == 1}


def remarks_on_names(text: str, known: Known) -> list[Remark]:
    """Names that are nearly known, organisations that are not, and topics that may belong."""
    exact = [name for names in chain(known.partners.values(), known.people.values()) for name in names]
    pattern = "|".join(_bounded(name) for name in sorted(exact, key=len, reverse=True)) or "(?!)"
    rest = re.sub(pattern, "\n", text)
    near: list[Remark] = []
    unknown: list[str] = []
    others = _others(known)
    for name in _names(rest):
        meant = _nearest(name, others)
        if meant is not None:
            message = f"“{name}” is nearly “{meant.name}”, a name of `{meant.slug}`"
            near.append(Remark("name", message, "correct it, or add it to `also:` of that record", near=name))
        elif _ORGANISATION.search(name) and len(name.split()) > 1:
            unknown.append(name)
    remarks = near[:MOST_SHOWN]
    if unknown:
        listed = ", ".join(f"“{name}”" for name in unknown[:MOST_SHOWN])
        more = f" and {len(unknown) - MOST_SHOWN} more" if len(unknown) > MOST_SHOWN else ""
        help = "if one of them takes part, add a file for it to content/partners/"
        remarks.append(Remark("organisation", f"organisations that the site does not know: {listed}{more}", help))
    return [*remarks, *_topics(text, known)]


def _names(text: str) -> Iterable[str]:
    """Names in a text, each once, without the words with which a sentence begins."""
    found: dict[str, None] = {}
    for candidate in (name for match in _NAME.finditer(text) for name in _divided(match.group())):
        words = candidate.split()[:LONG_NAME]
        own = dropwhile(lambda word: _SENTENCE_START.fullmatch(word.rstrip(".")), words)
        name = re.sub(r"(?:[’']s|[.,’'-]+)$", "", " ".join(own))
        if len(name) >= 5:
            found[name] = None
        if len(found) >= MOST_NAMES:
            break
    return found


def _divided(name: str) -> list[str]:
    """A name, or the several that `and` joins, if each of them is one of an organisation."""
    parts = _AND.split(name)
    return parts if len(parts) > 1 and all(_ORGANISATION.search(part) for part in parts) else [name]


class _Other(NamedTuple):
    """A name of the site, prepared for comparison."""

    slug: str
    name: str
    words: frozenset[str]


def _others(known: Known) -> list[_Other]:
    records = chain(known.partners.items(), known.people.items())
    return [_Other(slug, name, _words(name)) for slug, names in records for name in names if name.isascii()]


def _nearest(name: str, others: list[_Other]) -> _Other | None:
    """The name of the site that a name probably means."""
    mine = _words(name)
    for other in others:
        least = min(len(mine), len(other.words))
        if (least >= 2 and len(mine & other.words) >= ALIKE * least) or _alike(name, other.name):
            return other
    return None


def _words(name: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[^\W_]+", name.casefold()) if word not in _SMALL)


def _alike(name: str, other: str) -> bool:
    """Whether two names differ by a letter or two."""
    one, two = name.casefold().replace(" ", ""), other.casefold().replace(" ", "")
    if min(len(one), len(two)) < 6 or abs(len(one) - len(two)) > 2:
        return False
    if one == two:
        return True
    # a name with another number or ending is another name
    if re.sub(r"\D", "", one) != re.sub(r"\D", "", two):
        return False
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    return matcher.quick_ratio() >= ALIKE_LETTERS and matcher.ratio() >= ALIKE_LETTERS


def _topics(text: str, known: Known) -> list[Remark]:
    folded = text.casefold()
    said = [
        slug
        for slug, names in known.topics.items()
        if any(re.search(rf"(?<!\w){re.escape(name.casefold())}(?!\w)", folded) for name in names)
    ]
    if not said:
        return []
    message = f"the text names topics of the site: {', '.join(f'`{slug}`' for slug in said)}"
    return [Remark("topic", message, f"if it is about them, add `topics: [{', '.join(said)}]`", field="partners")]
