"""Whether the pages that are one page in several languages name each other, as search engines demand."""

from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from communique.addresses import file_of
from communique.check.reading import Reading
from communique.output import Output
from communique.problems import Problem

_HELP = "name each version on all of them, itself too, and one as `x-default`; templates do it with `alternates`"


def check_alternates(readings: Mapping[str, Reading], paths: Mapping[str, Output], base_url: str) -> Iterator[Problem]:
    """The problems of the links `canonical` and `alternate` in the heads of pages, given what was read in each."""
    for path, reading in readings.items():
        said = f"/{path.removesuffix('index.html')}"
        blame = paths[path].blame
        here = _file(reading.canonical, base_url)
        if here and here not in paths:
            message = f"`{said}` names `{reading.canonical}` as its address, which does not exist"
            yield Problem(blame, "E601", message)
        versions = dict(reading.alternates)
        if not versions:
            continue
        for fault in _faults(reading, versions, readings, base_url):
            yield Problem(blame, "E609", f"`{said}` {fault}", _HELP)


def _faults(
    reading: Reading, versions: Mapping[str, str], readings: Mapping[str, Reading], base_url: str
) -> Iterator[str]:
    if len(versions) != len(reading.alternates):
        yield "names two versions for one language"
    if "x-default" not in versions:
        yield "names versions in other languages, but none for all the rest"
    if versions.get(reading.language) != reading.canonical:
        yield f"does not name itself as the version in `{reading.language}`"
    for language, address in versions.items():
        there = readings.get(_file(address, base_url))
        if there is None:
            yield f"names `{address}` as its version in `{language}`, which is no page of this site"
        elif language not in ("x-default", there.language):
            yield f"names `{address}` as its version in `{language}`, but that is in `{there.language}`"
        elif set(there.alternates) != set(reading.alternates):
            yield f"names `{address}` as its version in `{language}`, but that does not name the same versions"


def _file(address: str, base_url: str) -> str:
    """The file of a page of this site; empty for another address."""
    return file_of(unquote("/" + address.removeprefix(base_url))) if address.startswith(base_url) else ""
