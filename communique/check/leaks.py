"""A second look: whether anything of the withheld is in the finished bytes, by words, addresses and pictures.

Withholding happens upstream, in site.py; this finds what a fault there, a template or a static file would give away.
"""

import html
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
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
_TEXTUAL = (".html", ".htm", ".xml", ".json", ".txt", ".css", ".js", ".svg", ".md", ".csv", "_redirects", ".htaccess")


def find_leaks(withheld: Iterable[Secret], public: Iterable[str], files: Mapping[str, bytes]) -> Iterator[Problem]:
    """A problem for each finished file that holds something of the withheld which no public text says."""
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
        yield from _look(path, data, secrets, owners, phrases, pictures)


def _look(
    path: str,
    data: bytes,
    secrets: list[Secret],
    owners: Mapping[tuple[str, ...], Secret],
    phrases: list[tuple[str, Secret]],
    pictures: Mapping[str, Secret],
) -> Iterator[Problem]:
    if pictures and (secret := pictures.get(sha256(data).hexdigest())):
        yield _problem(path, secret, "a picture")
    if path.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from _look(f"{path}/{name}", archive.read(name), secrets, owners, phrases, pictures)
        return
    texts = list(readable(path, data))
    for secret in (each for each in secrets if each.slug):
        address = f"announcements/{secret.slug}"
        forms = {form + end for form in (address, quote(address)) for end in ("/", ".", '"')}
        if any(form in f"{path}/" or any(form in text for text in texts) for form in forms):
            yield _problem(path, secret, "the address")
    for text in texts:
        words = tokens(text)
        found = owners.keys() & set(runs(words)) if owners else ()
        for secret in {owners[run].path: owners[run] for run in found}.values():
            yield _problem(path, secret, "words")
        if phrases:
            joined = f" {' '.join(words)} "
            for phrase, secret in phrases:
                if phrase in joined:
                    yield _problem(path, secret, "the title")


def _problem(path: str, secret: Secret, what: str) -> Problem:
    message = f"{what} of this withheld announcement would be public in `/{path}`"
    help = "nothing was published; find out which template, text or static file says it, and take it out there"
    return Problem(Place(secret.path), "E607", message, help)


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
    text = data.decode("utf-8", "replace")
    if path.endswith(".json"):
        yield " ".join(_strings(json.loads(text)))
        return
    if "\\u" in text:
        text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda match: chr(int(match[1], 16)), text)
    yield html.unescape(html.unescape(_TAGS.sub(" ", text)))
    yield "\n".join(unquote(html.unescape(first or second)) for first, second in _ATTRIBUTES.findall(text))


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
