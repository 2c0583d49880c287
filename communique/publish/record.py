"""What a publish wrote, as a value and as bytes: it tells our files from those of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from communique.contents import digest

HEAD = b"communique record 1\n"


@dataclass(frozen=True, slots=True)
class Record:
    """What the last publish wrote: `files` maps paths to digests, `memo` is what the caller stored with them.

    The rest serves repairs: `gone` are the paths that were removed, `root` is the inode of the new output
    folder (0: the files were replaced one by one), and a record that is not `finished` lists what two sites
    left behind.
    """

    files: Mapping[str, str]
    memo: bytes
    gone: tuple[str, ...] = ()
    root: int = 0
    finished: bool = True


def encode(record: Record) -> bytes:
    """The record as bytes that show whether they are complete."""
    lines = [f"{record.root} {record.finished:d} {len(record.files)} {len(record.gone)}"]
    lines += (f"{content} {path}" for path, content in sorted(record.files.items()))
    lines += record.gone
    body = "\n".join(lines).encode() + b"\n" + record.memo
    return HEAD + digest(body).encode() + b"\n" + body


def decode(data: bytes) -> Record | None:
    """The record in these bytes, or None when they are damaged or of another version."""
    seal, _, body = data.removeprefix(HEAD).partition(b"\n")
    if not data.startswith(HEAD) or seal != digest(body).encode():
        return None
    first, _, rest = body.partition(b"\n")
    root, finished, files, gone = (int(number) for number in first.split())
    parts = rest.split(b"\n", files + gone)
    lines = [line.decode() for line in parts[:-1]]
    written = {line[33:]: line[:32] for line in lines[:files]}
    return Record(written, parts[-1], tuple(lines[files:]), root, bool(finished))


def disputed(old: Record, new: Record) -> set[str]:
    """The paths that only one of two records lists: whose they are, their bytes must tell."""
    return old.files.keys() ^ new.files.keys()


def merge(old: Record, new: Record, there: Mapping[str, str]) -> Record:
    """What is ours after a publish that stopped half-way: `old` was there, `new` was to come.

    `there` gives the digests of the disputed paths that exist. A disputed file with other bytes is not ours.
    """
    both = {**old.files, **new.files}
    doubtful = disputed(old, new)
    ours = {p: d for p, d in both.items() if p not in doubtful or there.get(p, d) == d}
    return Record(ours, b"", finished=False)
