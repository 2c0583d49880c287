"""Contents: the finished files by path; of those published already the digests, and the bytes when asked for."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

# bytes, or what gives them
Data = bytes | Callable[[], bytes]


def digest(data: bytes) -> str:
    """The digest by which contents are compared and recorded: 16 bytes of BLAKE2b in hexadecimal."""
    try:
        from _blake2 import blake2b  # hashlib costs 10 ms more, for OpenSSL
    except ImportError:
        from hashlib import blake2b
    return blake2b(data, digest_size=16).hexdigest()


def _nothing(_: str) -> bytes | None:
    return None


@dataclass(frozen=True, slots=True)
class Published:
    """What the last build has published: the digest of each file by its path, and what gives its bytes as they are
    now, or None where there are none."""

    digests: Mapping[str, str] = field(default_factory=dict)
    fetch: Callable[[str], bytes | None] = _nothing


class Contents(Mapping[str, bytes]):
    """Files by path. `digests` are those of all; where `ready` has no bytes, `fetch` gives them."""

    def __init__(
        self, ready: Mapping[str, Data], digests: Mapping[str, str], fetch: Callable[[str], bytes] | None = None
    ) -> None:
        self.digests = digests
        self._ready = ready
        self._fetch = fetch

    def __getitem__(self, path: str) -> bytes:
        data = self._ready.get(path)
        if data is None:
            if self._fetch is None or path not in self.digests:
                raise KeyError(path)
            return self._fetch(path)
        return data if isinstance(data, bytes) else data()

    def __iter__(self) -> Iterator[str]:
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)

    def __contains__(self, path: object) -> bool:
        return path in self.digests
