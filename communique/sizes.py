"""Sizes: what a template is about to make is measured before it is made, and refused where no page can need it."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any

from jinja2 import pass_environment, pass_eval_context
from jinja2.filters import FILTERS

SIZE = 32 * 1024 * 1024
"""How many signs a page may have."""
_EACH = 16
"""As many signs as that a thing in a list counts."""
# in a format: a width of many digits, or one that comes from elsewhere
_WIDE = re.compile(r"[%:][^%{}a-zA-Z]*(?:\d{5}|\*)|:[^{}]*\{")


class Overrun(Exception):
    """A template asks for more than a page can need."""


def check_modest(*values: object) -> None:
    """Raises Overrun where a width, or a format with one, is larger than a page can need."""
    for value in values:
        wide = abs(value) >= 10_000 if isinstance(value, int) else isinstance(value, str) and _WIDE.search(value)
        if wide:
            raise Overrun("it asks for a wider text than a page can need")


def within(parts: Iterable[str]) -> Iterator[str]:
    """The parts of a page, as long as it does not grow too large."""
    size = 0
    for part in parts:
        size += len(part)
        if size > SIZE:
            raise Overrun(f"it makes a page of more than {SIZE // 1024 // 1024} MB")
        yield part


def check_size(size: int) -> None:
    """Raises Overrun where a text would have more signs than a page may have."""
    if size > SIZE:
        raise Overrun("it makes a longer text than a page can need")


def weight_of(value: object) -> int:
    """How many signs a text has, or how many the texts in a list have, and those in the lists in it."""
    if isinstance(value, str):
        return len(value)
    weight, ahead = 1, [value]
    while ahead:
        each = ahead.pop()
        if isinstance(each, str):
            weight += len(each)
        elif isinstance(each, list | tuple | dict):
            weight += _EACH * len(each)
            check_size(weight)
            ahead += [*each, *each.values()] if isinstance(each, dict) else each
    check_size(weight)
    return weight


def measured(method: Callable[..., Any], name: str, text: str) -> Callable[..., Any]:
    """A method of a text, for what pages need."""

    def called(*args: Any, **kwargs: Any) -> Any:
        match name, args:
            case "join", (items,):
                return method(_gathered(items, len(text)))
            case "replace", (str() as old, str() as new, *_):
                check_size(text.count(old) * len(new))
            case "format", _:
                check_modest(text)
                check_size(text.count("{") * weight_of([*args, *kwargs.values()]))
        return method(*args, **kwargs)

    return called


def _formatted(text: Any, *values: Any, **named: Any) -> Any:
    check_modest(text)
    check_size(str(text).count("%") * weight_of([*values, *named.values()]))
    return FILTERS["format"](text, *values, **named)


@pass_eval_context
def _joined(context: Any, value: Iterable[Any], d: Any = "", attribute: Any = None) -> Any:
    return FILTERS["join"](context, _gathered(value, len(str(d))), d, attribute)


def _gathered(items: Iterable[Any], gap: int) -> list[Any]:
    """What is to be joined, as long as it does not grow too large."""
    found, size = [], 0
    for item in items:
        size += gap + weight_of(item)
        check_size(size)
        found.append(item)
    return found


def _indented(text: Any, width: Any = 4, *more: Any, **named: Any) -> Any:
    check_modest(width)
    check_size((str(text).count("\n") + 1) * (width if isinstance(width, int) else len(str(width))))
    return FILTERS["indent"](text, width, *more, **named)


@pass_eval_context
def _replaced(context: Any, text: Any, old: Any, new: Any, count: int | None = None) -> Any:
    check_size(str(text).count(str(old)) * len(str(new)))
    return FILTERS["replace"](context, text, old, new, count)


@pass_environment
def _wrapped(environment: Any, text: Any, width: int = 79, *more: Any, **named: Any) -> Any:
    check_size(len(str(text)) * weight_of([*more, *named.values()]))
    return FILTERS["wordwrap"](environment, text, width, *more, **named)


def modest(function: Callable[..., Any], ahead: int = 0) -> Callable[..., Any]:
    """A filter or method that makes texts of any width, for those that pages need; its first `ahead` arguments are no
    widths."""

    @wraps(function)
    def checked(*args: Any, **kwargs: Any) -> Any:
        check_modest(*args[ahead:], *kwargs.values())
        return function(*args, **kwargs)

    return checked


MEASURED = {"format": _formatted, "indent": _indented, "join": _joined, "replace": _replaced, "wordwrap": _wrapped}
"""Filters that measure what they will make."""
