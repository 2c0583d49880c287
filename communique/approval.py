"""Approval: whether the partners of an announcement have signed its text off, and what follows where they have not."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from communique import addresses
from communique.kinds import UNREAD, Announcement
from communique.library import Library
from communique.made_from import unpacked
from communique.names import Name
from communique.parity import changed, read_text
from communique.problems import Place, Problem
from communique.settings import Settings
from communique.sign_offs import SignOff, digest_of, file_of, read_sign_offs, versions_of
from communique.standing import standing_of
from communique.translations import tell

State = Literal["current", "stale", "missing"]


@dataclass(frozen=True, slots=True)
class Approval:
    """How the sign-off of a partner for a text in one language stands: the latest one, and what has changed since."""

    partner: Name
    language: str
    state: State
    sign_off: SignOff | None = None
    changes: tuple[str, ...] = ()


def approve_all(
    library: Library,
    content: Mapping[str, bytes],
    settings: Settings,
    now: datetime,
    published: Container[str] = (),
) -> tuple[Library, list[Problem]]:
    """The library in which announcements await the sign-offs that they lack, and what is wrong with sign-offs.

    A text that was never signed off by all stays a draft. One that was, or is public already, cannot go or change in
    silence: that its words have changed since is an error.
    """
    read = {each.name: _read(each, content) for each in library.announcements}
    problems = [problem for _, faults in read.values() for problem in faults]
    if settings.sign_off is None or not settings.sign_off.required:
        return library, problems
    entries = dict(library.entries)
    translations = {tag: dict(made) for tag, made in library.translations.items()}
    # what a text says that cannot be read, nobody can have signed
    readable = [each for each in library.announcements if UNREAD not in library.unsound.get(each.name, ())]
    for announcement in readable:
        signed = read[announcement.name][0]
        approvals = list(_approvals(announcement, signed, library, content, settings))
        for tag, versions in ((settings.language, entries), *translations.items()):
            version = versions.get(announcement.name)
            lacking = [each for each in approvals if each.language == tag and each.state != "current"]
            if version is None or not lacking:
                continue
            record = version.record
            assert isinstance(record, Announcement)
            standing = standing_of(record, now)
            page = addresses.file_of(
                ("" if tag == settings.language else f"/{tag}") + addresses.url_of(announcement.name)
            )
            stood = _was_whole(signed, tag) or page in published
            if stood and standing in ("public", "embargoed"):
                problems.append(_changed_since(record.path, lacking, standing))
            elif not (stood and standing == "withdrawn"):
                awaiting = tuple(each.partner for each in lacking)
                versions[announcement.name] = replace(version, record=replace(record, awaiting=awaiting))
    return replace(library, entries=entries, translations=translations), problems


def _read(announcement: Announcement, content: Mapping[str, bytes]) -> tuple[tuple[SignOff, ...], tuple[Problem, ...]]:
    path = file_of(announcement.path)
    return read_sign_offs(path, content[path]) if path in content else ((), ())


def _was_whole(signed: tuple[SignOff, ...], language: str) -> bool:
    """Whether all partners once signed the same text."""
    found: dict[str, list[SignOff]] = {}
    for each in signed:
        if language in each.texts:
            found.setdefault(each.texts[language].digest, []).append(each)
    return any(
        {name for each in same for name in each.partners} <= {each.partner for each in same} for same in found.values()
    )


def _changed_since(path: str, lacking: list[Approval], standing: str) -> Problem:
    names = ", ".join(f"`{each.partner.slug}`" for each in lacking)
    code = "E312" if standing == "public" else "W309"
    message = f"this is not the text that was signed off; the sign-off of {names} is missing for it"
    if all(each.state == "missing" for each in lacking):
        message = f"this text is {standing}, but nobody has signed it off for {names}"
    told = [change for each in lacking for change in each.changes]
    since = f"changed since: {'; '.join(dict.fromkeys(told))}. " if told else ""
    return Problem(
        Place(path), code, message, f"{since}`approve` records a new sign-off; `draft: true` takes the text back"
    )


def approvals_of(
    announcement: Announcement, library: Library, content: Mapping[str, bytes], settings: Settings
) -> Iterator[Approval]:
    """How the sign-off of each partner stands for each language of an announcement."""
    return _approvals(announcement, _read(announcement, content)[0], library, content, settings)


def _approvals(
    announcement: Announcement,
    signed: tuple[SignOff, ...],
    library: Library,
    content: Mapping[str, bytes],
    settings: Settings,
) -> Iterator[Approval]:
    for tag, version in versions_of(announcement.name, library, settings.language).items():
        digest, here = digest_of(version, announcement, library, content), version.path
        for reference in announcement.partners:
            own = [each for each in signed if each.partner == reference.name.slug and tag in each.texts]
            current = next((each for each in reversed(own) if each.texts[tag].digest == digest), None)
            if current is not None:
                yield Approval(reference.name, tag, "current", current)
            elif own:
                before = unpacked(own[-1].texts[tag].parts) or ()
                changes = changed(before, read_text(tag, here, content[here])) if before else ()
                yield Approval(reference.name, tag, "stale", own[-1], tuple(map(tell, changes)))
            else:
                yield Approval(reference.name, tag, "missing")
