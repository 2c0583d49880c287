"""Publishing: one act that makes the output folder hold the wanted site, or leaves it as it was."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from communique.publish.changes import Changes, Published, compare
from communique.publish.failure import PublishError
from communique.publish.record import Record

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Changes", "PublishError", "Published", "Record", "compare", "publish", "recall"]


def publish(
    wanted: Mapping[str, bytes],
    output: Path,
    sources: tuple[Path, ...] = (),
    *,
    memo: bytes = b"",
    before: bytes = b"",
    patience: float = 30.0,
) -> Published:
    """Makes the output folder hold the wanted files, relative paths with `/`, and what others have put there.

    `sources` are the folders that the output may neither hold nor lie in. `memo` is kept for `recall`.
    `before` is the `fingerprint.tree` of the output after the last publish: while it is so, nothing is read back.
    Another publish into the same output is waited for, at most `patience` seconds. Raises PublishError when
    the site could not be published.
    """
    from communique.publish.output import publish_by
    from communique.publish.system import System
    from communique.publish.ways import WAYS

    folders = [os.fspath(source) for source in sources]
    return publish_by(System(), WAYS, wanted, os.fspath(output), folders, memo, before, patience)


def recall(output: Path) -> Record | None:
    """What the last publish into this folder wrote, from the work folder beside it.

    None when nothing is recorded, the record is damaged, a publish has not ended, or the output is gone. It
    does not tell whether somebody has changed the output since.
    """
    from communique.publish.place import place
    from communique.publish.record import decode
    from communique.publish.system import System, fetch, status

    system = System()
    where = place(system.realpath(os.fspath(output)))
    try:
        if not status(system, where.output) or status(system, where.coming):
            return None
        record = decode(fetch(system, where.record))
    except OSError:
        return None
    return record if record and record.finished else None
