"""Attributions: who says the words, in the forms that announcements use."""

import re
import string
from collections.abc import Iterable
from typing import NamedTuple

from communique.importing.notes import Known

# an attribution with name and role
LONG = 320

_VERBS = (
    r"said|says|added|adds|commented|comments|noted|notes|explained|explains|remarked|stated|continued|concluded|"
    r"observed|declared|told reporters|emphasi[sz]ed|stressed|pointed out|welcomed the news|went on"
)
_HONORIFIC = (
    r"(?:(?:the )?(?:Rt Hon|Hon|Professor|Prof|Associate Professor|Dr|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Baroness|"
    r"H\.?E|His Excellency|Her Excellency|Ambassador|Minister|Mayor|Academician)\.?\s+)*"
)
_ROLE_WORD = re.compile(
    r"(?:the |an? |who is |currently |our )?(?:[\w&’'-]+ ){0,4}?"
    r"(?:dean|head|chair\w*|co-chair\w*|director|professor|president|vice|chief|ceo|cfo|cto|coo|minister|ambassador|"
    r"mayor|secretary|commissioner|manager|partner|founder|co-founder|lead|leader|executive|regius|fellow|lecturer|scientist|officer|provost|rector|chancellor|vice-chancellor|member|"
    r"representative|consul|governor|spokes\w+|editor|principal|master|researcher|engineer|consultant|advis[eo]r)\b",
    re.IGNORECASE,
)
_NO_ROLE = re.compile(
    r"\b(?:said|told|when|after|during|following|while|adding|today|yesterday|tomorrow|because|who (?!is)|which|that|"
    r"on (?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"at (?:the|a) (?:\w+ ){0,3}(?:ceremony|event|forum|meeting|launch|opening|conference|summit|signing))\b|"
    r"[.!?;]\s|\d{4}",
    re.IGNORECASE,
)
_AFTER_VERB = re.compile(rf"(?:{_VERBS})\s+(?P<rest>.+?)[.,:]?", re.DOTALL)
_BEFORE_VERB = re.compile(rf"(?P<rest>.+?)\s+(?:{_VERBS})\s*(?P<sign>[.,:]?)", re.DOTALL)
_LABEL = re.compile(r"(?P<rest>[^:：]+?)\s*[:：]", re.DOTALL)
_HAN_VERB = "(?:表示|说|指出|认为|强调|介绍|称|谈到|补充道|补充说|透露|坦言|评价|回应|回应称|说道|介绍说|表示说|致辞)"
_HAN_BEFORE = re.compile(rf"(?P<rest>[^。；：:]{{2,60}}?){_HAN_VERB}\s*[：:，,。]?")
_PRONOUN = re.compile(rf"(?:he|she|they) (?:{_VERBS})|[他她](?:还|又|并)?{_HAN_VERB}", re.IGNORECASE)
_NAME_LINE = re.compile(r"\s*(?:—|--|–|―|-|——)?\s*(?P<rest>\S.*?)\s*\.?", re.DOTALL)
_UNKNOWN = re.compile(
    rf"(?:\b(?:{_VERBS})\s+{_HONORIFIC}(?P<after>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]+){{1,3}})|"
    rf"(?:^|\s){_HONORIFIC}(?P<before>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]+){{1,3}})(?:,[^,]{{2,120}},)?\s+(?:{_VERBS})\b|"
    rf"^{_HONORIFIC}(?P<label>[A-Z][\w’'-]+(?:\s+[A-Z][\w’'.-]+){{1,3}}),[^:]{{2,120}}:\s*$)"
)


class Attribution(NamedTuple):
    """Who says words: what to write as the speaker, the name for people, and the role that is given."""

    speaker: str
    name: str
    role: str


class Speakers:
    """The people whom the site knows, by their names, and by surname once a text has named them in full."""

    def __init__(self, known: Known) -> None:
        self._slugs: dict[str, str] = {}
        self._unclear: set[str] = set()
        self._first: dict[str, str] = {slug: names[0] for slug, names in known.people.items() if names}
        for slug, names in known.people.items():
            for name in names:
                if self._slugs.setdefault(_folded(name), slug) != slug:
                    self._unclear.add(_folded(name))
        self._surnames: dict[str, set[str]] = {}

    def hear(self, text: str) -> None:
        """Take note of the people whom a text names in full."""
        folded = _folded(text)
        for name, slug in self._slugs.items():
            if " " in name and name in folded:
                self._surnames.setdefault(name.rpartition(" ")[2], set()).add(slug)

    def find(self, name: str) -> Attribution | None:
        """The attribution to a person called by this name."""
        folded = _folded(re.sub(rf"^{_HONORIFIC}", "", name.strip()))
        for key in (_folded(name), folded):
            slug = self._slugs.get(key)
            if slug and key not in self._unclear:
                return self._of(slug)
        by_surname = self._surnames.get(folded, set())
        return self._of(next(iter(by_surname))) if len(by_surname) == 1 else None

    def unknown(self, text: str) -> str:
        """The name of a speaker in a text, who is not known; empty where there is none."""
        match = _UNKNOWN.search(" ".join(text.split()))
        name = next((found for found in match.groups() if found), "") if match else ""
        if not name and not text.isascii() and (han := _HAN_BEFORE.fullmatch("".join(text.split()))):
            name = han["rest"].strip("，, ")
            return name if _who_han(name, self) is None and not is_pronoun(text) else ""
        return name if name and self.find(name) is None else ""

    def names(self) -> Iterable[str]:
        """All names, folded."""
        return self._slugs

    def _of(self, slug: str) -> Attribution:
        name = self._first[slug]
        unclear = _folded(name) in self._unclear
        return Attribution(slug if unclear else name, name, "")


def read_attribution(text: str, where: str, speakers: Speakers) -> Attribution | None:
    """Who says the words beside which a text stands: `before`, `after` or `between` them, or `alone` on a line.

    None where the text says more than who speaks: then nothing may be taken out.
    """
    text = " ".join(text.split())
    if len(text) > LONG:
        return None
    text = text.lstrip(" ,，—–-") if where != "alone" else text
    forms: tuple[re.Pattern[str], ...] = (_NAME_LINE,)
    if where == "before":
        forms = (_BEFORE_VERB, _LABEL, _HAN_BEFORE)
    elif where != "alone":
        forms = (_AFTER_VERB, _BEFORE_VERB, _HAN_BEFORE)
    for form in forms:
        match = form.fullmatch(text)
        found = _who(match["rest"], speakers) if match else None
        if found is not None and (where != "before" or form is not _BEFORE_VERB or text.endswith((":", ","))):
            return found
    return None


def is_pronoun(text: str) -> bool:
    """Whether a text between words of one speaker says no more than `he added`."""
    return _PRONOUN.fullmatch(" ".join(text.split()).strip(" ,.，。:：")) is not None


def _who(text: str, speakers: Speakers) -> Attribution | None:
    """The person in `Professor Patrick Maxwell, Dean of the School`, if nothing else is said."""
    name, comma, role = text.partition(",")
    if not comma:
        name, comma, role = text.partition("，")
    found = speakers.find(name)
    if found is None:
        return _who_han(text, speakers)
    role = role.strip(" ,，")
    if role and (not _ROLE_WORD.match(role) or _NO_ROLE.search(role) or len(role) > 160):
        return None
    return found._replace(role=role)


def _who_han(text: str, speakers: Speakers) -> Attribution | None:
    """The person in `剑桥大学临床医学院院长麦克斯韦教授`: the name stands at the end, a title may follow."""
    if text.isascii():
        return None
    bare = re.sub(r"\s*(?:教授|博士|先生|女士|院士|大使|主任|院长|董事长)$", "", text.strip())
    for name in sorted(speakers.names(), key=len, reverse=True):
        # a name in Latin letters must not be the end of a longer one
        whole = not name.isascii() or not bare[: -len(name)].rstrip().endswith(tuple(string.ascii_letters + "-'’."))
        if whole and bare.casefold().endswith(name):
            role = bare[: -len(name)].strip(" ，,")
            found = speakers.find(name)
            if found is not None and not re.search(r"[，。；]|日|当天|会上|仪式", role):
                return found._replace(role=role)
    return None


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()
