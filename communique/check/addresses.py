"""The addresses that a file for machines names, read back from its bytes."""

import json
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import ParseError, fromstring


class Addresses(NamedTuple):
    """The addresses in a feed, sitemap or JSON file, sorted; `fault` says why it is ill-formed, if it is."""

    named: tuple[str, ...]
    fault: str


def read_addresses(path: str, data: bytes) -> Addresses | None:
    """The Addresses of a file; None where it is of another format."""
    try:
        if path.endswith(".xml"):
            return Addresses(tuple(sorted(set(_in_xml(data)))), "")
        if path.endswith(".json"):
            return Addresses(tuple(sorted(set(_in_json(json.loads(data))))), "")
    except (ParseError, ValueError) as error:
        return Addresses((), str(error))
    return None


def _in_xml(data: bytes) -> Iterator[str]:
    for element in fromstring(data).iter():
        for text in (element.text, element.get("href")):
            if text and text.startswith("http") and " " not in text.strip():
                yield text.strip()


def _in_json(value: object) -> Iterator[str]:
    match value:
        case dict():
            for each in value.values():
                yield from _in_json(each)
        case list():
            for each in value:
                yield from _in_json(each)
        case str() if value.startswith("http") and " " not in value:
            yield value
