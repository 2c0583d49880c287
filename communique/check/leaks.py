"""A second look: whether anything of the withheld is in the finished bytes, by words, addresses and pictures.

Withholding happens upstream, in site.py; this finds what a fault there, a template or a static file would give away.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import unquote

from communique.check.archives import Opener, Unseen
from communique.check.readable import texts_in, tokens
from communique.problems import Place, Problem
from communique.secret import Secret

RUN = 7
# among scripts without spaces every sign is a word, and a run must be longer to say as much
RUN_UNSPACED = 14
# as many words of secrets one after the other, in the flags of a text's words
_STRETCH = re.compile(b"\1{%d,}" % RUN)
_ADDRESS = re.compile(r"announcements/([\w%-]+)")
_SOURCES = ("templates/", "site.yaml")


class Leak(NamedTuple):
    """A file that seems to hold something of a withheld announcement, and what."""

    path: str
    secret: Secret
    what: str

    def problem(self) -> Problem:
        """The leak as a problem, at the announcement that it gives away."""
        where = self.path if self.path.startswith(_SOURCES) else f"/{self.path}"
        message = f"{self.what} of this withheld announcement would be public by `{where}`"
        help = "nothing was published; take it out of the template, setting or static file that says it"
        return Problem(Place(self.secret.path), "E607", message, help)


class Blind(NamedTuple):
    """A file that cannot be looked through completely: what inside it, why, and whether for its size."""

    path: str
    member: str
    why: str
    much: bool

    def problem(self) -> Problem:
        """The file as a problem at its own place."""
        what = f"`{self.member}` in this file" if self.member else "this file"
        message = f"{what} cannot be looked through for what is withheld: {self.why}"
        help = "take it out until nothing is withheld any more, or publish what is inside as files of their own"
        return Problem(Place(f"static/{self.path}"), "E608" if self.much else "W601", message, help)


def find_leaks(
    withheld: Iterable[Secret], public: Iterable[str], files: Mapping[str, bytes], base_url: str
) -> Iterator[Leak | Blind]:
    """Each file that holds something of the withheld which no public text says, on a site at this address; and each
    that cannot be looked through."""
    secrets = list(withheld)
    if not secrets:
        return
    look = _Look(secrets, list(public), base_url)
    for path, data in files.items():
        for secret, what in dict.fromkeys(look.through(path, data)):
            yield Leak(path, secret, what)
        yield from (Blind(path, *each) for each in look.unseen)
        look.unseen.clear()


class _Look:
    """What to look for, and what could not be looked through."""

    def __init__(self, secrets: list[Secret], public: list[str], base_url: str) -> None:
        corpus = [tokens(text) for text in public]
        said = {run for words in corpus for run in runs(words)}
        spoken = [f" {' '.join(words)} " for words in corpus]
        self.owners: dict[tuple[str, ...], Secret] = {}
        self.phrases: list[tuple[str, Secret]] = []
        self.pictures: dict[str, Secret] = {}
        for secret in secrets:
            for run in runs(tokens(secret.text)):
                if run not in said:
                    self.owners.setdefault(run, secret)
            title = tokens(secret.title)
            phrase = f" {' '.join(title)} "
            if len(title) > 1 and not any(phrase in each for each in spoken):
                self.phrases.append((phrase, secret))
            self.pictures |= {sha256(image).hexdigest(): secret for image in secret.images}
        self.vocabulary = frozenset(word for run in self.owners for word in run)
        self.slugs = {secret.slug: secret for secret in secrets if secret.slug}
        # from the site's root, with or without its server and a language, but not on another server
        root = re.escape(base_url.partition("://")[2])
        self.before = re.compile(
            rf"(?:(?<![\w.-]){root}|(?<![\w./:-])(?:\.{{0,2}}/)*)(?:[a-z]{{2,3}}(?:-[A-Za-z\d]+)*/)?$"
        )
        self.opener = Opener()
        self.unseen: list[tuple[str, str, bool]] = []

    def through(self, path: str, data: bytes, inside: tuple[str, ...] = ()) -> Iterator[tuple[Secret, str]]:
        """What a file gives away; `inside` are the names of what it is packed in, and its own."""
        if self.pictures and (found := self.pictures.get(sha256(data).hexdigest())):
            yield found, "a picture"
        for match in _ADDRESS.finditer(f"{path}/"):
            if secret := self.slugs.get(unquote(match[1])):
                yield secret, "the address"
        opened = False
        for name, member in self.opener.members(data, len(inside)):
            if isinstance(member, Unseen):
                self.unseen.append(("/".join(filter(None, (*inside, name))), str(member), member.much))
            else:
                opened = True
                # what was packed alone has the name of its package
                inner = f"{path}/{name}" if name else path.removesuffix(".gz")
                yield from self.through(inner, member, (*inside, name or "…"))
        if not opened:
            for text in texts_in(path, data):
                yield from self._said(text)

    def _said(self, text: str) -> Iterator[tuple[Secret, str]]:
        told: set[Secret] = set()
        for match in _ADDRESS.finditer(text):
            secret = self.slugs.get(unquote(match[1]))
            if secret and secret not in told and self.before.search(text, max(0, match.start() - 300), match.start()):
                told.add(secret)
                yield secret, "the address"
        words = tokens(text)
        flags = bytes(map(self.vocabulary.__contains__, words))
        for stretch in _STRETCH.finditer(flags):
            for run in runs(words[stretch.start() : stretch.end()]):
                if run in self.owners:
                    yield self.owners[run], "words"
        if self.phrases:
            joined = f" {' '.join(words)} "
            for phrase, secret in self.phrases:
                if phrase in joined:
                    yield secret, "the title"


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    """All runs of words that are long enough to say something of their own."""
    for run in zip(*(words[start:] for start in range(RUN)), strict=False):
        if len("".join(run)) > RUN:
            yield run
    if any(len(word) == 1 for word in words):
        for run in zip(*(words[start:] for start in range(RUN_UNSPACED)), strict=False):
            if len("".join(run)) == RUN_UNSPACED:
                yield run
