"""A second look: whether anything of the withheld is in the finished bytes, by words, addresses and pictures.

Withholding happens upstream, in site.py; this finds what a fault there, a template or a static file would give away.
"""

import html
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import quote, unquote

from communique.problems import Place, Problem
from communique.scripts import UNSPACED
from communique.secret import Secret

RUN = 7
# among scripts without spaces every sign is a word, and a run must be longer to say as much
RUN_UNSPACED = 14
_WORDS = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_TAGS = re.compile(r"<[^>]*>")
_ATTRIBUTES = re.compile(r"=\s*\"([^\"]*)\"|=\s*'([^']*)'")
_SOURCES = ("templates/", "site.yaml")
LIMIT_MEMBERS = 1000
LIMIT_MEMBER = 32 * 1024 * 1024
_TEXTUAL = (
    ".html",
    ".htm",
    ".xml",
    ".json",
    ".txt",
    ".css",
    ".js",
    ".svg",
    ".md",
    ".csv",
    "_redirects",
    ".htaccess",
    ".redirects.nginx",
    ".redirects.caddy",
    ".yaml",
)


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


def find_leaks(
    withheld: Iterable[Secret], public: Iterable[str], files: Mapping[str, bytes], base_url: str
) -> Iterator[Leak]:
    """Each file that holds something of the withheld which no public text says, on a site at this address."""
    secrets = list(withheld)
    if not secrets:
        return
    corpus = [tokens(text) for text in public]
    said = {run for words in corpus for run in runs(words)}
    spoken = [f" {' '.join(words)} " for words in corpus]
    owners: dict[tuple[str, ...], Secret] = {}
    phrases: list[tuple[str, Secret]] = []
    pictures: dict[str, Secret] = {}
    for secret in secrets:
        for run in runs(tokens(secret.text)):
            if run not in said:
                owners.setdefault(run, secret)
        title = tokens(secret.title)
        phrase = f" {' '.join(title)} "
        if len(title) > 1 and not any(phrase in each for each in spoken):
            phrases.append((phrase, secret))
        pictures |= {sha256(image).hexdigest(): secret for image in secret.images}
    for path, data in files.items():
        for secret, what in _look(path, data, secrets, owners, phrases, pictures, base_url):
            yield Leak(path, secret, what)


def _look(
    path: str,
    data: bytes,
    secrets: list[Secret],
    owners: Mapping[tuple[str, ...], Secret],
    phrases: list[tuple[str, Secret]],
    pictures: Mapping[str, Secret],
    base_url: str,
) -> Iterator[tuple[Secret, str]]:
    if pictures and (found := pictures.get(sha256(data).hexdigest())):
        yield found, "a picture"
    if data.startswith(b"PK"):
        for name, member in _members(data):
            yield from _look(f"{path}/{name}", member, secrets, owners, phrases, pictures, base_url)
        return
    texts = list(readable(path, data))
    for secret in (each for each in secrets if each.slug):
        address = f"announcements/{secret.slug}"
        either = f"(?:{re.escape(address)}|{re.escape(quote(address))})(?![\\w-])"
        here = rf"(?:{re.escape(base_url)}|(?<![\w./:-])(?:\.{{0,2}}/)*)"
        if re.search(either, f"{path}/") or any(re.search(here + either, text) for text in texts):
            yield secret, "the address"
    for text in texts:
        words = tokens(text)
        shared = owners.keys() & set(runs(words)) if owners else ()
        for secret in {owners[run].path: owners[run] for run in shared}.values():
            yield secret, "words"
        if phrases:
            joined = f" {' '.join(words)} "
            for phrase, secret in phrases:
                if phrase in joined:
                    yield secret, "the title"


def _members(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The members of an archive (also of an office document), as far as it can be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist()[:LIMIT_MEMBERS]:
                if member.file_size <= LIMIT_MEMBER:
                    yield member.filename, archive.read(member)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, zlib.error):
        return


def tokens(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return _WORDS.findall(text.casefold())


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    """All runs of words that are long enough to say something of their own."""
    for run in zip(*(words[start:] for start in range(RUN)), strict=False):
        if len("".join(run)) > RUN:
            yield run
    if any(len(word) == 1 for word in words):
        for run in zip(*(words[start:] for start in range(RUN_UNSPACED)), strict=False):
            if len("".join(run)) == RUN_UNSPACED:
                yield run


def readable(path: str, data: bytes) -> Iterator[str]:
    """The texts that a reader or a machine finds in a file: without tags, of attributes, decoded."""
    if not path.endswith(_TEXTUAL):
        # words in the metadata of pictures and documents
        yield " ".join(re.findall(r"[ -~]{6,}", data.decode("latin-1")))
        return
    text = _decoded(data)
    if path.endswith(".json"):
        try:
            yield " ".join(_strings(json.loads(text)))
        except (ValueError, RecursionError):
            yield text
        return
    if "\\u" in text:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    yield html.unescape(html.unescape(_TAGS.sub(" ", text)))
    yield "\n".join(unquote(html.unescape(first or second)) for first, second in _ATTRIBUTES.findall(text))


def _decoded(data: bytes) -> str:
    """The text of a file in UTF-8, or in the encodings that older programs write."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    if b"\0" in data[:400]:
        big = data[:400:2].count(0) > data[1:400:2].count(0)
        return data.decode("utf-16-be" if big else "utf-16-le", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _strings(value: object) -> Iterator[str]:
    match value:
        case dict():
            for key, each in value.items():
                yield str(key)
                yield from _strings(each)
        case list():
            for each in value:
                yield from _strings(each)
        case str():
            yield html.unescape(_TAGS.sub(" ", value))
