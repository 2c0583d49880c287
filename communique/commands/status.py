"""The command `status`: each announcement's standing and why, and when the public site changes next."""

import json
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from communique.approval import approvals_of, approve_all
from communique.clocks import clocks, tell
from communique.commands import Task
from communique.kinds import Partner
from communique.library import Library, read_library
from communique.names import Name
from communique.overview import Version, overview
from communique.problems import arrange, failing
from communique.relate import check_records, relate
from communique.report import as_text, summary
from communique.settings import Settings, read_settings
from communique.standing import WITHHELD, standing_of
from communique.why import why

_ORDER = ("embargoed", "draft", "public", "withdrawn")


def run(task: Task) -> int:
    """Say how each announcement stands; 0, or 1 where the content has errors. Raises Wrong."""
    sources = task.sources()
    settings, found = read_settings(sources.settings, task.base_url)
    library = read_library(sources.content, settings.languages if settings else ())
    problems = [*sources.problems, *found, *library.problems]
    next_change = None
    if settings is not None:
        library, lacking = approve_all(library, sources.content, settings, task.now, task.published().digests)
        problems += lacking
        site, related = relate(library, settings, task.now, settings.language)
        problems += [*check_records(library, settings), *related]
        next_change = site.next_change
    errors = [problem for problem in arrange(problems) if problem.severity == "error"]
    rows = list(_rows(library, settings, task.now)) if settings else []
    versions = list(overview(sources.content, library, settings, task.now)) if settings else []
    for row in rows:
        row["sign_offs"] = _sign_offs(row["slug"], library, sources.content, settings) if settings else []
        row["translations"] = [_as_data(each) for each in versions if each.name == ("announcement", row["slug"])]
    others = [each for each in versions if each.name.kind != "announcement"]
    if task.options.format == "json":
        document = {
            "now": task.now.isoformat(),
            "next_change": next_change.isoformat() if next_change else None,
            "errors": len(errors),
            "announcements": rows,
            "translations": [{"record": f"{each.name.kind}:{each.name.slug}", **_as_data(each)} for each in others],
        }
        sys.stdout.write(json.dumps(document, indent=2) + "\n")
    else:
        sys.stderr.write(as_text(errors, sources.file))
        for row in rows:
            sys.stdout.write(_paragraph(row))
        sys.stdout.write(_translations(others))
        if settings is not None:
            _say_next(next_change, library, settings)
        if errors:
            print(f"{summary(errors)}: nothing can be published", file=sys.stderr)
    return 1 if failing(errors, False) else 0


def _rows(library: Library, settings: Settings, now: datetime) -> Iterator[dict[str, Any]]:
    partners = {partner.name: partner for partner in library.partners}
    found = [(standing_of(each, now), each) for each in library.announcements]
    found.sort(key=lambda pair: (_ORDER.index(pair[0]), -pair[1].date.first().toordinal(), pair[1].name.slug))
    for standing, announcement in found:
        asked = [question.ask for question in announcement.questions]
        told = clocks(settings, partners, [*announcement.partners, *asked])
        yield {
            "slug": announcement.name.slug,
            "path": announcement.path,
            "title": announcement.title,
            "date": announcement.date.iso,
            "standing": standing,
            "why": why(announcement, standing, told),
            "embargo": announcement.embargo.instant.isoformat() if announcement.embargo else None,
            "clocks": [clock.tell(announcement.embargo.instant) for clock in told] if announcement.embargo else [],
            "questions": [
                {"ask": question.ask.name.slug, "name": _title(partners, question.ask.name), "text": question.text}
                for question in announcement.questions
            ],
        }


def _title(partners: dict[Name, Partner], name: Name) -> str:
    return partners[name].title if name in partners else name.slug


def _paragraph(row: dict[str, Any]) -> str:
    lines = [f"{row['standing']:<10} {row['slug']}  “{row['title']}”", f"{'':<10} {row['why']}"]
    if row["standing"] == "draft" and row["embargo"]:
        lines.append(f"{'':<10} then under embargo until {', '.join(row['clocks'])}")
    lines += [f"{'':<10} ask {question['name']}: {question['text']}" for question in row["questions"]]
    lines += [f"{'':<10} {_signed(each)}" for each in row["sign_offs"]]
    lines += [f"{'':<10} {told}" for each in row["translations"] if (told := _translation(each))]
    return "\n".join(lines) + "\n\n"


def _sign_offs(slug: str, library: Library, content: Mapping[str, bytes], settings: Settings) -> list[dict[str, Any]]:
    """How the sign-offs of an announcement stand; where none is required, only those that were given."""
    announcement = next(each for each in library.announcements if each.name.slug == slug)
    required = settings.sign_off is not None and settings.sign_off.required
    partners = {partner.name: partner for partner in library.partners}
    return [
        {
            "partner": each.partner.slug,
            "name": _title(partners, each.partner),
            "language": each.language,
            "state": each.state,
            "by": each.sign_off.by if each.sign_off else None,
            "at": each.sign_off.at.instant.isoformat() if each.sign_off else None,
            "changes": list(each.changes),
        }
        for each in approvals_of(announcement, library, content, settings)
        if required or each.state != "missing"
    ]


def _signed(sign_off: dict[str, Any]) -> str:
    """A sign-off in words."""
    who = f"{sign_off['name']} ({sign_off['language']})"
    if sign_off["state"] == "missing":
        return f"not signed off by {who}"
    told = f"signed off by {who}: {sign_off['by']}, {sign_off['at'][:10]}"
    if sign_off["state"] == "current":
        return told
    changes = "; ".join(sign_off["changes"]) or "a field or a picture"
    return f"{told}; since then: {changes}"


def _as_data(version: Version) -> dict[str, Any]:
    return {
        "language": version.language,
        "path": version.path or None,
        "state": version.state,
        "changes": list(version.changes),
        "standing": version.standing or None,
        "ahead": version.ahead,
    }


def _translation(version: dict[str, Any]) -> str:
    """What is to be said of a translation; nothing of one that is as it should be."""
    told = []
    if version["state"] == "stale":
        told.append(f"stale: {', '.join(version['changes'])}")
    elif version["state"] == "unmarked":
        told.append("from which text it was made is not noted")
    elif version["state"] == "missing":
        told.append("missing")
    if version["ahead"]:
        told.append("ahead: public before its original")
    elif version["standing"] in WITHHELD:
        told.append(version["standing"])
    return f"in {version['language']}: {'; '.join(told)}" if told else ""


def _translations(versions: list[Version]) -> str:
    """The translations of other records that want attention."""
    told = [(each, words) for each in versions if (words := _translation(_as_data(each)))]
    if not told:
        return ""
    lines = [f"  {each.name.kind}:{each.name.slug} {words}" for each, words in told]
    return "\n".join(["Translations of other records:", *lines]) + "\n\n"


def _say_next(instant: datetime | None, library: Library, settings: Settings) -> None:
    if instant is None:
        print("The public site changes only when the content does.")
        return
    announcing = [
        reference
        for each in library.announcements
        if each.embargo and each.embargo.instant == instant
        for reference in each.partners
    ]
    told = clocks(settings, {partner.name: partner for partner in library.partners}, announcing)
    print(f"The public site changes next at {tell(instant, told)}; build it then.")
