"""Finding: the residue in one text. Each rule finds what an attentive reader would."""

import re
from collections.abc import Collection
from itertools import islice

from communique.proofreading.passages import Sheet
from communique.proofreading.residue import Residue
from communique.proofreading.rules import NAMES, RULES

_ALLOWED = re.compile(r"<!--\s*allow\s+([\w-]+)\s*(?::\s*(.*?))?\s*-->")
# what such a comment allows elsewhere
_NOT_OURS = frozenset(("parity",))
NO_RULE = "W812"
MOST = 100  # finds of one rule; more would say no more


def find_residue(
    text: str, title: str = "", first_line: int = 1, rules: Collection[str] = RULES
) -> tuple[Residue, ...]:
    """What is left over in a Markdown body that begins at a line; `title` is its headline.

    A comment `<!-- allow RULE: reason -->` on a line, or on the line before, silences a rule there.
    """
    sheet = Sheet(text, title)
    found: set[Residue] = set()
    allowed: set[tuple[int, str]] = set()
    for match in _ALLOWED.finditer(text):
        line, column = _place(text, match.start())
        if match[1] in _NOT_OURS:
            continue
        if match[1] in NAMES.values() and match[2]:
            allowed |= {(line, match[1]), (line + 1, match[1])}
        else:
            what = "gives no reason" if match[1] in NAMES.values() else f"names no rule: `{match[1]}`"
            help = f"write `<!-- allow RULE: reason -->`; the rules are {', '.join(NAMES.values())}"
            found.add(Residue(first_line + line, column, NO_RULE, "allow", f"this comment {what}", help))
    for code in rules:
        name = NAMES[code]
        for passage, at, message, help, beside, following in islice(RULES[code](sheet), MOST):
            line, column = _place(passage.text, at)
            line += passage.line
            if (line, name) not in allowed:
                found.add(Residue(first_line + line, column, code, name, message, help, beside, following))
    return tuple(sorted(found))


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at), at - text.rfind("\n", 0, at)
