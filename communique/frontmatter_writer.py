"""Writing front matter, as this site reads it."""

import re

_SAFE = re.compile(r"[^\W_](?:[^\n#:]|:(?=\S)|(?<=\S)#)*")


def scalar(text: str) -> str:
    """A text as a value on one line: as it is where that is safe, else in quotation marks."""
    if _SAFE.fullmatch(text) and text == text.strip() and not text.endswith(":"):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def field(name: str, value: str | tuple[str, ...]) -> list[str]:
    """The lines of a field: one value, or a list of them."""
    if isinstance(value, str):
        return [f"{name}: {scalar(value)}"]
    if not value:
        return [f"{name}: []"]
    return [f"{name}:", *(f"  - {scalar(item)}" for item in value)]


def passage(name: str, text: str) -> list[str]:
    """The lines of a field that holds Markdown."""
    return [f"{name}: |", *("  " + line if line else "" for line in text.rstrip("\n").split("\n"))]
