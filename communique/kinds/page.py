"""The page: an undated text, such as about or contact."""

from dataclasses import dataclass

from communique.fields import optional, required
from communique.names import Name
from communique.prose import Prose
from communique.values import Line, Whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An undated text."""

    name: Name
    path: str
    body: Prose

    title: str = required(Line(), "the heading of the page")
    menu: int | None = optional(Whole(1, 999), "the position among the pages that every page links to")
