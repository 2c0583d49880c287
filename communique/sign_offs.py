"""Sign-offs: which partner approved which text of an announcement, in a file beside it that the engine alone writes."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from communique.comments import without_comments
from communique.fields import Many, Part, optional, read_fields, required
from communique.frontmatter import Fault, Node, Sequence, Text, decode, parse, read_yaml
from communique.frontmatter import Mapping as Fields
from communique.frontmatter_writer import scalar
from communique.kinds import Record
from communique.library import Library
from communique.made_from import FIELD, packed
from communique.names import APPROVALS, Name
from communique.parity import fingerprint, read_text
from communique.problems import Place, Problem
from communique.resolve import image_files
from communique.skeleton import merge
from communique.values import At, Instant, Line, Reading, Type

_HEAD = "# Written by the command `approve`; not to be edited. A sign-off holds for the text whose digest it names.\n"
# what readers do not see as a part of the text, or must be able to see at once
_NOT_SIGNED = frozenset(("draft", "embargo", "pinned", "was", "questions", "withdrawn", "corrections", FIELD))


@dataclass(frozen=True, slots=True)
class Signed:
    """A text as it was signed: the digest of all of it, and that of each part, packed, so that one can tell what has
    changed since."""

    digest: str
    parts: str


class SignedTexts(Type):
    """The signed text of each language."""

    says = "a digest per language"

    def read(self, node: Node, reading: Reading) -> dict[str, Signed] | None:
        if not isinstance(node, Fields):
            self.wrong(node, reading)
            return None
        texts = {}
        for key, value in node.fields:
            line = Line().read(value, reading)
            if line is not None:
                digest, _, parts = str(line).partition(" ")
                texts[key.text] = Signed(digest, parts)
        return texts


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The sign-off of a partner. `partners` are those of the announcement at that time."""

    noun = "a sign-off"

    partner: str = required(Line(), "the slug of the partner")
    by: str = required(Line(), "who signed")
    at: At = required(Instant(), "when")
    partners: tuple[str, ...] = required(Many(Line()), "the partners of the announcement at that time")
    texts: Mapping[str, Signed] = required(SignedTexts(), "the digest of the text in each language")


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    noun = "a file of sign-offs"

    sign_offs: tuple[SignOff, ...] = optional(Many(Part(SignOff)), "the sign-offs, the oldest first")


def file_of(path: str) -> str:
    """The path of the sign-offs of the announcement in a file."""
    return path.removesuffix(".md") + APPROVALS


def read_sign_offs(path: str, data: bytes) -> tuple[tuple[SignOff, ...], tuple[Problem, ...]]:
    """The sign-offs in a file, and what is wrong with it."""
    try:
        fields, problems = read_yaml(path, decode(path, data), 0)
    except Fault as fault:
        return (), (fault.problem,)
    reading = Reading()
    reading.problems.extend(problems)
    file = read_fields(_File, fields, reading)
    return (file.sign_offs if file else ()), tuple(reading.problems)


def write_sign_offs(sign_offs: Iterable[SignOff]) -> str:
    """The file of sign-offs. Of what a later one replaced, only the digests of whole texts are kept, and if even so it
    is larger than a file may be, of the others too."""
    kept = _latest_in_full(tuple(sign_offs))
    text = _written(kept)
    return text if not read_sign_offs("", text.encode())[1] else _written(map(_in_short, kept))


def _latest_in_full(sign_offs: tuple[SignOff, ...]) -> list[SignOff]:
    latest = {(each.partner, tag): each for each in sign_offs for tag in each.texts}
    current = {id(each) for each in latest.values()}
    return [each if id(each) in current else _in_short(each) for each in sign_offs]


def _in_short(sign_off: SignOff) -> SignOff:
    return replace(sign_off, texts={tag: Signed(text.digest, "") for tag, text in sign_off.texts.items()})


def _written(sign_offs: Iterable[SignOff]) -> str:
    lines = ["sign_offs:"]
    for each in sign_offs:
        lines += [
            f"  - partner: {scalar(each.partner)}",
            f"    by: {scalar(each.by)}",
            f"    at: {each.at.instant.isoformat(timespec='seconds')}",
            f"    partners: [{', '.join(map(scalar, each.partners))}]",
            "    texts:",
            *(f"      {tag}: {text.digest} {text.parts}".rstrip() for tag, text in sorted(each.texts.items())),
        ]
    return _HEAD + "\n".join([*lines, ""])


def versions_of(name: Name, library: Library, language: str) -> dict[str, Record]:
    """An announcement in each language in which there is a text of its own; `language` is that of the original."""
    versions = {language: library.entries, **library.translations}
    return {tag: entries[name].record for tag, entries in versions.items() if name in entries}


def digest_of(version: Record, original: Record, library: Library, content: Mapping[str, bytes]) -> str:
    """The digest of an announcement in a language, of all that readers see of it."""
    pictures = sorted((path, library.others.get(path, b"")) for path in image_files(version))
    return _digest(content, original.path, version.path, pictures)


def texts_to_sign(name: Name, library: Library, content: Mapping[str, bytes], language: str) -> dict[str, Signed]:
    """What there is to sign of an announcement: its text in each language, `language` being that of the original."""
    versions = versions_of(name, library, language)
    return {
        tag: Signed(
            digest_of(version, versions[language], library, content),
            packed(fingerprint(read_text(tag, version.path, content[version.path]))),
        )
        for tag, version in versions.items()
    }


def _digest(content: Mapping[str, bytes], original: str, path: str, pictures: Iterable[tuple[str, bytes]]) -> str:
    """A digest of all that readers see of a text. Comments do not count, nor does what only the engine reads."""
    shared, own = parse(original, content[original]), parse(path, content[path])
    fields = merge(shared.fields, own.fields) if path != original else own.fields
    body = own.body if own.body.strip() else shared.body
    digest = blake2b(digest_size=16)
    for key, node in sorted(fields.fields, key=lambda pair: pair[0].text):
        if key.text not in _NOT_SIGNED:
            digest.update(f"{key.text}={_told(node)}\n".encode())
    digest.update(_plain(without_comments(body)[0]).encode())
    for name, data in pictures:
        digest.update(f"\n{name} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _told(node: Node) -> str:
    if isinstance(node, Text):
        return repr(_plain(node.text))
    if isinstance(node, Sequence):
        return f"[{','.join(map(_told, node.items))}]"
    return "{" + ",".join(f"{key.text}:{_told(value)}" for key, value in node.fields) + "}"


def _plain(text: str) -> str:
    """The text without blank lines at its ends, and with one at most in its midst; other signs may say something."""
    return re.sub(r"\n(?:[ \t]*\n)+", "\n\n", unicodedata.normalize("NFC", text)).strip()


def sign(partner: str, by: str, at: datetime, partners: Iterable[str], texts: Mapping[str, Signed]) -> SignOff:
    """A new sign-off of these texts."""
    return SignOff(partner=partner, by=by, at=At(at, Place(""), False), partners=tuple(partners), texts=texts)
