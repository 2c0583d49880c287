"""Residue: what pasting, drafting and haste leave in a text. Each rule finds what an attentive reader would."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice

from communique.proofreading.passages import read_sheet
from communique.proofreading.rules import MOST, RULES, name_of

_ALLOWED = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?::\s*(.*?))?\s*-->")
# what such a comment allows elsewhere
_NOT_OURS = frozenset(("parity",))
NO_RULE = "W812"


@dataclass(frozen=True, slots=True, order=True)
class Residue:
    """Something left over: where it stands, the code and name of the rule that found it, what it is, and what to do."""

    line: int
    column: int
    code: str
    rule: str
    message: str
    help: str = ""


def find_residue(text: str, title: str = "", first_line: int = 1, people: Collection[str] = ()) -> tuple[Residue, ...]:
    """What is left over in a Markdown body that begins at a line; `title` is its headline, `people` are known names.

    A comment `<!-- allow RULE: reason -->` on a line, or on the line before, silences a rule there.
    """
    sheet = read_sheet(text, title, people)
    found: set[Residue] = set()
    allowed: set[tuple[int, str]] = set()
    rules = {name_of(code): code for code in RULES}
    for match in _ALLOWED.finditer(text):
        line, column = _place(text, match.start())
        if match[1] in _NOT_OURS:
            continue
        if match[1] in rules and match[2]:
            allowed |= {(line, match[1]), (line + 1, match[1])}
        else:
            what = "gives no reason" if match[1] in rules else f"names no rule: `{match[1]}`"
            help = f"write `<!-- allow RULE: reason -->`; the rules are {', '.join(rules)}"
            found.add(Residue(first_line + line, column, NO_RULE, "allow", f"this comment {what}", help))
    for name, code in rules.items():
        rule = RULES[code]
        for passage, at, message, help in islice(rule(sheet), MOST):
            line, column = _place(passage.text, at)
            if (passage.line + line, name) not in allowed:
                found.add(Residue(first_line + passage.line + line, column, code, name, message, help))
    return tuple(sorted(found))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)
