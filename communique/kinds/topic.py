"""The topic: a subject that announcements share."""

from dataclasses import dataclass

from communique.fields import required
from communique.names import Name
from communique.prose import Prose
from communique.values import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A subject; the body says what it covers."""

    name: Name
    path: str
    body: Prose

    title: str = required(Line(), "the name of the topic", key="name")
