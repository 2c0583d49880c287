"""Parity: whether a translation says what its original says, and what the original has said otherwise since.

Numbers, dates, quotes and their speakers, links, images, headings, tables and footnotes are compared; words are not.
"""

from communique.parity.changes import Change, changed, fingerprint
from communique.parity.compare import compare
from communique.parity.differences import Difference
from communique.parity.text import Field, Text, read_text

__all__ = ["Change", "Difference", "Field", "Text", "changed", "compare", "fingerprint", "read_text"]
