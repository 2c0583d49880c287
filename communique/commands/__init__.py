"""The commands: the impure shell around the pipeline, one file each."""

import re
from argparse import Namespace
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from communique.disk import NoSite, load
from communique.sources import Sources

if TYPE_CHECKING:
    from communique.contents import Published


class Wrong(Exception):
    """Wrong usage or environment: one sentence, and what helps."""

    def __init__(self, message: str, help: str = "") -> None:
        super().__init__(message)
        self.help = help


@dataclass(frozen=True, slots=True)
class Task:
    """What a command is about: the folder of the site, the instant, and the options as they were given."""

    folder: Path
    now: datetime
    options: Namespace

    @property
    def output(self) -> Path:
        """The output folder."""
        return self.folder / str(self.options.output)

    @property
    def base_url(self) -> str:
        """The address of the site that the options give, or an empty text. Raises Wrong."""
        url = str(self.options.base_url)
        if not url:
            return ""
        from communique.settings import is_root

        if not (re.fullmatch(r"https?://[^\s<>\"'`\\]+", url) and is_root(url)):
            raise Wrong(f"--base-url: `{url}` is not a web address", "write it as https://www.example.org/")
        return url

    def sources(self) -> Sources:
        """What the site folder holds. Raises Wrong."""
        try:
            return load(self.folder, defaults())
        except NoSite as error:
            raise Wrong(str(error), "name the folder of the site with --site") from None
        except OSError as error:
            raise Wrong(f"{error.filename} cannot be read: {error.strerror}") from None

    def published(self) -> "Published":
        """What the last build wrote into the output folder."""
        from communique.contents import Published
        from communique.publish import recall

        def fetch(path: str) -> bytes | None:
            file = self.output / path
            try:
                return file.read_bytes() if file.is_file() else None
            except OSError:
                return None

        record = recall(self.output)
        return Published(record.files if record else {}, fetch)


def defaults() -> Path | None:
    """The folder with the templates and static files that ship with the engine."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package.parent, package / "defaults"):
        if (folder / "templates" / "base.html").is_file():
            return folder
    return None
