"""Why publishing failed, in one sentence for the person who ran the build."""

from __future__ import annotations

import errno

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
DENIED = (errno.EACCES, errno.EPERM)
ELSEWHERE = "choose another folder with --output"


class PublishError(Exception):
    """The site could not be published. The text is one sentence, `help` says what to do.

    `changed` tells whether the published site is another one now, wholly or in part.
    """

    def __init__(self, message: str, help: str = "", changed: bool = False) -> None:
        super().__init__(message)
        self.help = help
        self.changed = changed


def cause(error: OSError) -> str:
    """The reason of a failed system call, as the end of a sentence."""
    if error.errno in FULL:
        return "the disk is full"
    if error.errno == errno.EROFS:
        return "the disk can only be read"
    name = error.filename if isinstance(error.filename, str) else ""
    where = f" ({name.encode(errors='backslashreplace').decode()})" if name else ""
    if error.errno in DENIED:
        return f"there is no permission to write there{where}"
    return f"the system reports “{error.strerror or error}”{where}"


def advice(error: OSError) -> str:
    """What to do about a failed system call."""
    if error.errno in FULL:
        return "Free some space, then build again."
    if error.errno == errno.EROFS:
        return f"{ELSEWHERE.capitalize()}, on a disk that can be written."
    if error.errno in DENIED:
        return f"Get the right to write in that folder and in the one around it, or {ELSEWHERE}."
    return f"Build again; if that fails too, {ELSEWHERE}."


def untouched(error: OSError, output: str) -> PublishError:
    """The failure that left the output as it was."""
    return PublishError(f"The site could not be published in {output}: {cause(error)}.", advice(error))


def partial(error: OSError, output: str) -> PublishError:
    """The failure amid replacing files one by one."""
    message = f"Only a part of the new site is published in {output}: {cause(error)}."
    return PublishError(message, advice(error), changed=True)


def untidy(error: OSError, output: str) -> PublishError:
    """The failure after the new site was in place."""
    message = f"The new site is published in {output}, but tidying up after it failed: {cause(error)}."
    return PublishError(message, advice(error), changed=True)


def aside(error: OSError, output: str, old: str) -> PublishError:
    """The failure between moving the old site aside and moving the new one in."""
    message = f"The site is not in {output} at the moment but kept in {old}: {cause(error)}."
    return PublishError(message, f"Build again: that puts it back. {advice(error)}", changed=True)
