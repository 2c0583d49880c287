"""Residue: what pasting, drafting and haste leave in a text."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Residue:
    """Something left over: where it stands, the code and name of the rule that found it, what it is, and what to do.

    It is nothing after all where one of the people whom readers know is named in the words beside it, or is the whole
    text that follows."""

    line: int
    column: int
    code: str
    rule: str
    message: str
    help: str = ""
    beside: str = ""
    following: str = ""


def told(residues: Iterable[Residue], people: Collection[str]) -> tuple[Residue, ...]:
    """What is left over where readers know these people by name."""
    return tuple(
        each for each in residues if each.following not in people and not any(name in each.beside for name in people)
    )
