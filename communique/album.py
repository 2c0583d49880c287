"""The album: every public picture of a site in the sizes that readers get, each made once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from posixpath import basename, splitext
from typing import TYPE_CHECKING
from urllib.parse import quote

from communique.addresses import url_of
from communique.images import Unreadable, read_size, readable
from communique.kinds.parts import Image
from communique.names import Name
from communique.resolve import image_files, image_path, images_of
from communique.site import Site
from communique.work import Work

if TYPE_CHECKING:
    from communique.pictures import Variants


@dataclass(frozen=True, slots=True)
class Print:
    """A picture as a page shows it: the URL that every browser can show, its size in pixels, and the smaller files as
    a `srcset`, which may be empty."""

    url: str
    width: int
    height: int
    srcset: str


@dataclass(frozen=True, slots=True)
class Negative:
    """The file of a picture, and the credit and licence that are written into all that is made of it."""

    data: bytes
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Album:
    """The variants of each picture by the path of its file; None where the file cannot be read after all."""

    variants: "Mapping[str, Variants | None]"

    def print_of(self, owner: Name, path: str, data: bytes) -> Print:
        """The picture at a path as the page of its owner shows it."""
        made = self.variants.get(path)
        folder = url_of(owner)
        if made is None:
            return Print(folder + quote(basename(path)), *read_size(data), "")
        best = made.fallback
        smaller = [f"{folder}{quote(_name(path, each.suffix))} {each.width}w" for each in made.webp]
        name = quote(_fallback(path, best.suffix))
        return Print(folder + name, best.width, best.height, ", ".join(smaller))

    def files(self, path: str) -> Iterator[tuple[str, bytes]]:
        """The names and bytes of the files that a page shows of a picture."""
        made = self.variants.get(path)
        if made is not None:
            yield _fallback(path, made.fallback.suffix), made.fallback.data
            for each in made.webp:
                yield _name(path, each.suffix), each.data


def album(sites: Sequence[Site], work: Work) -> Album:
    """The pictures of all public records."""
    negatives: dict[str, Negative] = {}
    for site in sites:
        for entry in site.entries.values():
            record = entry.record
            labels: dict[str, Image] = {image_path(record, each): each for each in reversed(images_of(record))}
            for path in image_files(record):
                data = site.images.get(path)
                if data is None or not readable(data):
                    continue
                label = labels.get(path)
                if path not in negatives or (label and not (negatives[path].credit or negatives[path].licence)):
                    negatives[path] = Negative(data, label.credit, label.licence) if label else Negative(data)
    made = work.do(_developed, list(negatives.values()), _key)
    return Album(dict(zip(negatives, made, strict=True)))


def _developed(negative: Negative) -> "Variants | None":
    from communique.pictures import variants

    try:
        return variants(negative.data, redistribute=False, credit=negative.credit, licence=negative.licence)
    except Unreadable:
        return None


def _key(negative: Negative) -> bytes:
    digest = blake2b(digest_size=16)
    for part in (negative.credit.encode(), negative.licence.encode(), negative.data):
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


def _name(path: str, suffix: str) -> str:
    return splitext(basename(path))[0] + suffix


def _fallback(path: str, suffix: str) -> str:
    """The file keeps its name where it keeps its format."""
    name = basename(path)
    ending = splitext(suffix)[1]
    same = {".jpeg": ".jpg", ".jpe": ".jpg"}
    own = splitext(name)[1].lower()
    return name if same.get(own, own) == ending else _name(path, suffix)
