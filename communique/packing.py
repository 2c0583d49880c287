"""Packing: values of the engine as bytes and back. Unpacking makes plain values only, whatever the bytes say."""

import datetime
import io
import pickle
from dataclasses import is_dataclass
from functools import cache
from importlib import import_module

_ENGINE = __name__.partition(".")[0]
_DATETIME = frozenset(("datetime", "date", "time", "timezone", "timedelta"))


class Damaged(ValueError):
    """Bytes that are no packed value."""


@cache
def _value_class(module: str, name: str) -> type:
    found = None
    if module == "datetime" and name in _DATETIME:
        found = getattr(datetime, name)
    elif module.partition(".")[0] == _ENGINE and "." not in name:
        found = getattr(import_module(module), name, None)
        if not (is_dataclass(found) or (isinstance(found, type) and issubclass(found, tuple))):
            found = None
    if not isinstance(found, type):
        raise Damaged(f"{module}.{name}")
    return found


class _Unpickler(pickle.Unpickler):
    """Refuses all but the engine's own frozen values: a file that somebody else made must not run code."""

    find_class = staticmethod(_value_class)


def pack(value: object) -> bytes:
    """The bytes of a value made of frozen dataclasses, tuples, texts and numbers."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def unpack(data: bytes) -> object:
    """The value in packed bytes. Raises Damaged."""
    try:
        return _Unpickler(io.BytesIO(data)).load()
    except Exception as error:
        # a damaged stream can make the unpickler raise anything
        raise Damaged(str(error)) from error
