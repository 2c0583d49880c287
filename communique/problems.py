"""A problem: a diagnosed fault with its place, code, severity, message and help."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from communique.codes import CODES


class Place(NamedTuple):
    """Where something stands: a path inside the site folder, line and column counted from 1 (0: the whole file, which
    is told as its beginning)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.path}:{self.line or 1}:{self.column or 1}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """A fault at a place. `code` is one of codes.CODES; `help` says what to do and may be empty."""

    place: Place
    code: str
    message: str
    help: str = ""

    @property
    def severity(self) -> str:
        """`error` (nothing is published) or `warning`."""
        return CODES[self.code].severity


def arrange(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems sorted by place, each once, in words that any terminal can show."""
    told = {replace(each, message=printable(each.message), help=printable(each.help)) for each in problems}
    return tuple(sorted(told))


def printable(text: str) -> str:
    """The text in one line, without signs that a terminal would obey."""
    return "".join(sign if sign.isprintable() or sign == "\t" else "\ufffd" for sign in text)


def failing(problems: Iterable[Problem], strict: bool) -> bool:
    """Whether these problems forbid publishing."""
    return any(strict or problem.severity == "error" for problem in problems)


def suggest(word: str, known: Iterable[str]) -> str:
    """The known word that `word` probably stands for, or an empty text."""
    from difflib import get_close_matches

    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The help for an unknown word: a suggestion where one is near, else the given text."""
    near = suggest(word, known)
    return f"did you mean `{near}`?" if near else otherwise
