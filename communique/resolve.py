"""Whether what records say of each other is so: references, speakers, kinds, parents, images."""

import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from communique.fields import article
from communique.kinds import Announcement, Page, Partner, Person, Record, Topic
from communique.kinds.parts import Image
from communique.library import Library
from communique.links import Reference, folder_of
from communique.names import IMAGES, Name
from communique.problems import Place, Problem, did_you_mean, suggest
from communique.prose import Prose
from communique.settings import Settings


class Speakers:
    """People by every name that an attribution may use, in any language."""

    def __init__(self, people: Iterable[Person], versions: Iterable[Person] = ()) -> None:
        self._people = {person.name: person for person in people}
        self._names: dict[str, set[Name]] = {}
        for person in (*self._people.values(), *versions):
            for name in (person.title, person.full_name, *person.also, person.name.slug):
                self._names.setdefault(_folded(name), set()).add(person.name)
        self._titles = [person.title for person in self._people.values()]

    def person(self, speaker: str) -> Person | None:
        """The person whom an attribution names."""
        names = self._names.get(_folded(speaker), set())
        return self._people.get(next(iter(names))) if len(names) == 1 else None

    def references(self, texts: Iterable[Prose]) -> tuple[list[Reference], list[Problem]]:
        """The people whom the attributions in texts refer to, and a problem for each unknown speaker."""
        references, problems = [], []
        for start in (start for text in texts for start in text.speakers):
            person = self.person(start.speaker)
            if person is not None:
                references.append(Reference(person.name, start.place))
            elif len(self._names.get(_folded(start.speaker), ())) > 1:
                help = "write the slug of the person's file instead of the name"
                problems.append(Problem(start.place, "E304", f"`{start.speaker}` is the name of several people", help))
            else:
                help = did_you_mean(start.speaker, self._titles, "add a file for the person to content/people/")
                problems.append(Problem(start.place, "E304", f"nobody is known as `{start.speaker}`", help))
        return references, problems


def _folded(name: str) -> str:
    return " ".join(name.replace("’", "'").split()).casefold()


def check_reference(reference: Reference, library: Library) -> Problem | None:
    """The problem with a reference to something that does not exist."""
    kind, slug = reference.name
    if reference.path:
        if reference.path in library.files:
            return None
        message = f"the link leads to `{reference.path}`, which does not exist"
        if reference.path in library.others:
            message = f"the link leads to the picture `{reference.path}`, and pictures have no page"
        help = "links to records lead to their files, as `../partners/name.md`"
        names = {_stem(path): path for path in library.files if path != reference.place.path}
        near = suggest(_stem(reference.path), names) if reference.path.endswith(".md") else ""
        if near:
            help = f"did you mean `{posixpath.relpath(names[near], posixpath.dirname(reference.place.path))}`?"
        return Problem(reference.place, "E302", message, help)
    if reference.name in library.names:
        return None
    known = sorted(name.slug for name in library.names if name.kind == kind)
    otherwise = f"add content/{folder_of(kind)}/{slug}.md, or correct the slug"
    return Problem(reference.place, "E301", f"there is no {kind} `{slug}`", did_you_mean(slug, known, otherwise))


def _stem(path: str) -> str:
    """What tells a file from others: without folder, date and ending, which would make all alike."""
    name = posixpath.basename(path.removesuffix("/index.md").removesuffix(".md"))
    return re.sub(r"^\d{4}-\d\d-\d\d-", "", name)


def check_kinds(partners: Iterable[Partner], settings: Settings) -> Iterator[Problem]:
    """A problem for each partner whose kind site.yaml does not know."""
    known = settings.partner_kinds
    for partner in partners:
        if known is not None and partner.kind.text and partner.kind.text not in known:
            help = did_you_mean(partner.kind.text, known, "site.yaml's `partner_kinds` are: " + ", ".join(known))
            message = f"`{partner.kind.text}` is not a kind of partner"
            yield Problem(partner.kind.place, "E207", message, help)


def check_circles(partners: Iterable[Partner]) -> Iterator[Problem]:
    """A problem for each partner that is a part of itself."""
    by_name = {partner.name: partner for partner in partners}
    for partner in by_name.values():
        above, seen = partner, set()
        while above.parent is not None and above.parent.name in by_name and above.name not in seen:
            seen.add(above.name)
            above = by_name[above.parent.name]
        if partner.parent is not None and above.name == partner.name and seen:
            message = (
                f"{article(partner.name.kind)} cannot be a part of itself: `{partner.name.slug}` is its own parent"
            )
            yield Problem(partner.parent.place, "E310", message, "follow the `parent` fields and correct one of them")


def check_was(record: Record) -> Iterator[Problem]:
    """A problem for each old path at which no page can stand."""
    for was in record.was if isinstance(record, Announcement) else ():
        parts = unquote(was.text).strip("/").split("/")
        ending = parts[-1].rpartition(".")[2] if "." in parts[-1] else "html"
        if not was.text.startswith("/") or re.search(r"[?#\\\s\x00-\x1f<>\"'`]", unquote(was.text)):
            help = "write the path alone, as `/news/old-name/`"
            yield Problem(was.place, "E402", f"`{was.text}` is not the path of a page", help)
        elif was.text.strip("/") and any(
            not part or part.startswith(".") or len(part.encode()) > 200 for part in parts
        ):
            help = "each part of it has 1 to 200 bytes and does not begin with a dot"
            yield Problem(was.place, "E402", f"`{was.text}` cannot be a path of this site", help)
        elif ending not in ("html", "htm"):
            help = "a page can stand only at a path that ends in `/` or `.html`; redirect this one on the server"
            yield Problem(was.place, "E402", f"no page can stand at `{was.text}`", help)


def images_of(record: Record) -> tuple[Image, ...]:
    """The images that the front matter of a record names."""
    match record:
        case Announcement():
            return (*((record.image,) if record.image else ()), *record.gallery)
        case Partner():
            return (record.logo,) if record.logo else ()
        case Person():
            return (record.portrait,) if record.portrait else ()
        case Topic() | Page():
            return ()


def image_path(record: Record, image: Image) -> str:
    """The path of an image file, which is named relative to the record's file."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(record.path), image.file.text))
    return unicodedata.normalize("NFC", path)


def image_files(record: Record) -> dict[str, Place]:
    """The paths of all image files of a record, each with the first place that names it."""
    named = [(image_path(record, image), image.file.place) for image in images_of(record)]
    notes = record.notes if isinstance(record, Announcement) else None
    shown = [(each.path, each.place) for prose in (record.body, notes) if prose for each in prose.illustrations]
    return dict(reversed([*named, *shown]))


def check_images(record: Record, library: Library) -> Iterator[Problem]:
    """A problem for each image that does not exist or is no image."""
    for path, place in image_files(record).items():
        yield from _check_image(path, place, library)


def _check_image(path: str, place: Place, library: Library) -> Iterator[Problem]:
    if path not in library.others:
        help = did_you_mean(path, library.others, "put the file into the folder of the text, and write its name alone")
        yield Problem(place, "E306", f"there is no image `{path}`", help)
    elif not path.lower().endswith(IMAGES):
        yield Problem(
            place, "E308", f"`{path}` is no image that can be shown", "save it as PNG, JPEG, WebP, GIF or AVIF"
        )
    else:
        from communique.images import Unreadable, read_size

        try:
            read_size(library.others[path])
        except Unreadable as fault:
            yield Problem(place, "E308", f"`{path}` cannot be read as an image: {fault}", "export it again")
