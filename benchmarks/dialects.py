"""The corpus as the input of each tool: the same records, in the tool's own front matter, links and folders."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.corpus import PER_PAGE, Announcement, Corpus, slug

TITLE = "Benchmark Partnership"
TAGLINE = "Announcements of a partnership for life sciences"
ADDRESS = "https://benchmark.example.org/"

Files = Iterator[tuple[str, str]]
Fields = Mapping[str, object]
Link = Callable[[str, str], str]
FOLDERS = {"announcement": "announcements", "partner": "partners", "person": "people", "topic": "topics"}
KINDS = {folder: kind for kind, folder in FOLDERS.items()}
_LINK = re.compile(r"\]\((announcement|partner|person|topic):([^)]+)\)")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tool wants its input: the records, and one announcement with its path."""

    records: Callable[[Corpus], Files]
    announcement: Callable[[Corpus, Announcement], tuple[str, str]]

    def files(self, corpus: Corpus) -> Files:
        """All files of a corpus, as path and text."""
        yield from self.records(corpus)
        for each in corpus.announcements:
            yield self.announcement(corpus, each)


def write(folder: Path, files: Files) -> None:
    """Write files into a folder."""
    for path, text in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def yaml(fields: Fields) -> str:
    """Fields as YAML, of which JSON is a part."""
    return "".join(f"{key}: {_value(value)}\n" for key, value in fields.items())


def toml(fields: Fields) -> str:
    """Fields as TOML, a mapping among them as a table of its own."""
    plain = {key: value for key, value in fields.items() if not isinstance(value, dict)}
    text = "".join(f"{key} = {_value(value)}\n" for key, value in plain.items())
    tables = {key: value for key, value in fields.items() if isinstance(value, dict)}
    return text + "".join(f"[{key}]\n{toml(value)}" for key, value in tables.items())


def _value(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _yaml_file(fields: Fields, body: str) -> str:
    return f"---\n{yaml(fields)}---\n\n{body}\n"


def _toml_file(fields: Fields, body: str) -> str:
    return f"+++\n{toml(fields)}+++\n\n{body}\n"


def _linked(body: str, link: Link) -> str:
    return _LINK.sub(lambda match: f"]({link(match[1], match[2])})", body)


def _stem(corpus: Corpus, number: int) -> str:
    return f"{corpus.day(number).isoformat()}-{slug(number)}"


def _by_url(kind: str, name: str) -> str:
    """A link by address, as tools without references between records have it."""
    return f"/{FOLDERS[kind]}/{slug(int(name)) if kind == 'announcement' else name}/"


def _by_file(corpus: Corpus, start: str) -> Link:
    """Links by file, each path behind `start`."""

    def link(kind: str, name: str) -> str:
        return f"{start}{FOLDERS[kind]}/{_stem(corpus, int(name)) if kind == 'announcement' else name}.md"

    return link


def _communique(corpus: Corpus) -> Files:
    link = _by_file(corpus, "../")
    yield (
        "site.yaml",
        yaml(
            {
                "title": TITLE,
                "tagline": TAGLINE,
                "base_url": ADDRESS,
                "languages": ["en"],
                "timezone": "Europe/London",
                "partner_kinds": sorted({each.kind for each in corpus.partners}),
                "menu": ["announcements", "partners", "people", "topics"],
                "per_page": PER_PAGE,
            }
        ),
    )
    for partner in corpus.partners:
        fields = {"name": partner.name, "also": [partner.also], "kind": partner.kind, "city": partner.city}
        text = _yaml_file({**fields, "boilerplate": partner.boilerplate}, _linked(partner.body, link))
        yield f"content/partners/{partner.slug}.md", text
    for person in corpus.people:
        roles = [{"title": person.role, "partner": person.partner.slug}]
        text = _yaml_file({"name": person.name, "roles": roles}, _linked(person.body, link))
        yield f"content/people/{person.slug}.md", text
    for topic in corpus.topics:
        yield f"content/topics/{topic.slug}.md", _yaml_file({"name": topic.name}, topic.body)


def _communique_announcement(corpus: Corpus, each: Announcement) -> tuple[str, str]:
    fields = {
        "title": each.title,
        "summary": each.summary,
        "date": each.date,
        "place": each.place,
        "partners": each.partners,
        "topics": each.topics,
    }
    body = _linked(each.body, _by_file(corpus, "../"))
    return f"content/announcements/{_stem(corpus, each.number)}.md", _yaml_file(fields, body)


def _profiles(corpus: Corpus) -> Iterator[tuple[str, str, dict[str, object], str]]:
    """Partners, people and topics as peers have them: folder, slug, fields and body."""
    for partner in corpus.partners:
        fields: dict[str, object] = {"sector": partner.kind, "city": partner.city, "boilerplate": partner.boilerplate}
        yield "partners", partner.slug, {"title": partner.name, **fields}, partner.body
    for person in corpus.people:
        fields = {"role": person.role, "at": person.partner.slug, "at_name": person.partner.name}
        yield "people", person.slug, {"title": person.name, **fields}, person.body
    for topic in corpus.topics:
        yield "topics", topic.slug, {"title": topic.name}, topic.body


def _hugo(corpus: Corpus) -> Files:
    for folder, name, fields, body in _profiles(corpus):
        if folder != "people":
            fields["outputs"] = ["html", "atom"]
        yield f"content/{folder}/{name}/_index.md", _yaml_file(fields, _linked(body, _by_url))


def _hugo_announcement(corpus: Corpus, each: Announcement) -> tuple[str, str]:
    fields = {
        "title": each.title,
        "slug": each.slug,
        "summary": each.summary,
        "date": each.date,
        "place": each.place,
        "partners": each.partners,
        "people": each.people,
        "topics": each.topics,
        "years": [str(each.date.year)],
    }
    return f"content/announcements/{_stem(corpus, each.number)}.md", _yaml_file(fields, _linked(each.body, _by_url))


def _names(corpus: Corpus) -> str:
    """The fields of all profiles by folder and slug, for tools whose templates cannot ask one page about another."""
    names: dict[str, dict[str, object]] = {}
    for folder, name, fields, _ in _profiles(corpus):
        names.setdefault(folder, {})[name] = fields
    return json.dumps(names, ensure_ascii=False, indent=1)


def _eleventy(corpus: Corpus) -> Files:
    yield "src/_data/names.json", _names(corpus)
    for folder, name, fields, body in _profiles(corpus):
        yield f"src/{folder}/{name}.md", _yaml_file(fields, _linked(body, _by_url))


def _eleventy_announcement(corpus: Corpus, each: Announcement) -> tuple[str, str]:
    named = {"partners": each.partners, "people": each.people, "topics": each.topics}
    fields = {
        "title": each.title,
        "summary": each.summary,
        "date": each.date,
        "place": each.place,
        **named,
        "tags": [f"{folder}/{name}" for folder, names in named.items() for name in names] + [f"year/{each.date.year}"],
    }
    return f"src/announcements/{_stem(corpus, each.number)}.md", _yaml_file(fields, _linked(each.body, _by_url))


def _meta_file(fields: Fields, body: str) -> str:
    return "".join(f"{key.title()}: {value}\n" for key, value in fields.items()) + f"\n{body}\n"


def _pelican(corpus: Corpus) -> Files:
    link = _by_file(corpus, "{filename}/")
    for folder, name, fields, body in _profiles(corpus):
        url = f"{folder}/{name}/"
        place = {"slug": name, "template": KINDS[folder], "url": url, "save_as": f"{url}index.html"}
        yield f"content/{folder}/{name}.md", _meta_file({**fields, **place}, _linked(body, link))


def _pelican_announcement(corpus: Corpus, each: Announcement) -> tuple[str, str]:
    fields = {
        "title": each.title,
        "slug": each.slug,
        "summary": each.summary,
        "date": each.date,
        "place": each.place,
        "partners": ", ".join(each.partners),
        "people": ", ".join(each.people),
        "topics": ", ".join(each.topics),
    }
    body = _linked(each.body, _by_file(corpus, "{filename}/"))
    return f"content/announcements/{_stem(corpus, each.number)}.md", _meta_file(fields, body)


def _zola(corpus: Corpus) -> Files:
    link = _by_term(corpus)
    yield "names.json", _names(corpus)
    yield "years.json", json.dumps(corpus.years[::-1])
    for folder, name, _, body in _profiles(corpus):
        yield f"profiles/{folder}/{name}.md", _linked(body, link)


def _by_term(corpus: Corpus) -> Link:
    """Zola checks links by file; profiles are pages of terms there, which have an address only."""
    by_file = _by_file(corpus, "@/")
    return lambda kind, name: by_file(kind, name) if kind == "announcement" else _by_url(kind, name)


def _zola_announcement(corpus: Corpus, each: Announcement) -> tuple[str, str]:
    taxonomies = {"partners": each.partners, "people": each.people, "topics": each.topics}
    fields = {
        "title": each.title,
        "description": each.summary,
        "date": each.date,
        "taxonomies": {**taxonomies, "years": [str(each.date.year)]},
        "extra": {"place": each.place},
    }
    body = _linked(each.body, _by_term(corpus))
    return f"content/announcements/{_stem(corpus, each.number)}.md", _toml_file(fields, body)


COMMUNIQUE = Dialect(_communique, _communique_announcement)
HUGO = Dialect(_hugo, _hugo_announcement)
ELEVENTY = Dialect(_eleventy, _eleventy_announcement)
PELICAN = Dialect(_pelican, _pelican_announcement)
ZOLA = Dialect(_zola, _zola_announcement)
