"""Scripts: what the engine must know of the signs in which texts are written."""

import re

# signs between which words are not divided by spaces, as a range for a regular expression
UNSPACED = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"

# these signs with their punctuation; quotation marks, dots and dashes belong to whatever they stand at
_SIGNS = f"{UNSPACED}\u3000-\u303f\uff00-\uffef"
_GAP = rf"(?:(?<=[{_SIGNS}])|(?<=[{_SIGNS}][”’])|(?<=……)|(?<=——)){{}}(?=(?:[“‘]|……|——)?[{_SIGNS}])"
_BREAK, _SPACE = re.compile(_GAP.format("\n")), re.compile(_GAP.format(" "))


def joined(text: str) -> str:
    """A text whose lines are joined where both sides are written without spaces."""
    return _BREAK.sub("", text)


def unfolded(text: str) -> str:
    """A text whose lines were joined with spaces, without those that stand where none belongs."""
    return _SPACE.sub("", text)
