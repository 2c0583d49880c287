"""Sources: the bytes of a site folder, by path, as they were at one moment."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from communique.problems import Problem


@dataclass(frozen=True, slots=True)
class Sources:
    """What a build reads. Paths are relative to the site folder with `/` between their parts; the mappings are sorted.

    `problems` are what stood in the way of reading: links, devices, files that are too large.
    """

    settings: bytes | None
    content: Mapping[str, bytes] = field(repr=False)
    templates: Mapping[str, bytes] = field(repr=False)
    static: Mapping[str, bytes] = field(repr=False)
    problems: tuple[Problem, ...] = ()

    def file(self, path: str) -> bytes | None:
        """The bytes of a file, or None where there is none."""
        if path == "site.yaml":
            return self.settings
        for files in (self.content, self.templates, self.static):
            if path in files:
                return files[path]
        return None
