"""Bytes that wait on the disk."""

import os
import sys
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from communique.stowage import Shelf, Stowed


@pytest.mark.skipif(sys.platform != "linux", reason="files without names are those of Linux")
def test_a_shelf_leaves_room_for_what_is_to_be_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "statvfs", lambda _: SimpleNamespace(f_bavail=20, f_frsize=10))
    with closing(Shelf(str(tmp_path / "output"), shelves=2)) as shelf:
        kept = [shelf.stow(bytes([number]) * 10) for number in range(4)]
        assert [isinstance(each, Stowed) for each in kept] == [True, True, False, False]
        assert [each if isinstance(each, bytes) else each() for each in kept] == [bytes([n]) * 10 for n in range(4)]
    assert os.listdir(tmp_path) == []


def test_without_a_place_bytes_stay_where_they_are() -> None:
    with closing(Shelf("")) as shelf:
        assert shelf.stow(b"here") == b"here"
