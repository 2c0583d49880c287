"""The command `import`: a draft announcement from a document."""

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from communique.commands import Task, Wrong
from communique.deposit import Taken, deposit, refuse_taken
from communique.frontmatter import Document, attempt
from communique.importing import Draft, Refused, WrongKind, import_document, known_of
from communique.library import read_library
from communique.names import Name
from communique.problems import printable
from communique.proofreading.residue import told
from communique.proofreading.texts import proofread
from communique.settings import Settings, read_settings


def run(task: Task) -> int:
    """Make a draft of a document and say what is to be looked at; 0, or 1 where no draft can be made of what it holds.

    Raises Wrong.
    """
    file = Path(str(task.options.file))
    sources = task.sources()
    settings, _ = read_settings(sources.settings)
    library = read_library(sources.content, settings.languages if settings else ())
    known = known_of(library, sources.content)
    try:
        draft = import_document(file.name, _read(file), known, _today(task, settings))
    except WrongKind as refused:
        raise Wrong(refused.message, refused.help) from None
    except Refused as refused:
        print(f"{printable(str(file))}: error: {printable(refused.message)}", file=sys.stderr)
        if refused.help:
            print(f"  help: {printable(refused.help)}", file=sys.stderr)
        print("no draft was made", file=sys.stderr)
        return 1
    folder = f"content/announcements/{draft.day}-{draft.slug}"
    try:
        refuse_taken(Name("announcement", draft.slug), sources.content)
        deposit(task.folder, folder, {"index.md": draft.text.encode(), **draft.images})
    except Taken as taken:
        raise Wrong(str(taken), taken.help) from None
    except OSError as error:
        raise Wrong(f"the draft could not be written into {folder}: {error.strerror}") from None
    _tell(f"{folder}/index.md", draft, file.name, [name for names in known.people.values() for name in names])
    return 0


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Wrong(f"{file} cannot be read: {error.strerror}", "name the document that is to be imported") from None


def _today(task: Task, settings: Settings | None) -> str:
    now: datetime = task.now.astimezone(settings.zone) if settings else task.now
    return now.date().isoformat()


def _tell(path: str, draft: Draft, name: str, people: Iterable[str]) -> None:
    pictures = f", with {len(draft.images)} picture{'' if len(draft.images) == 1 else 's'}" if draft.images else ""
    print(f"{path}: a draft of {printable(name)}{pictures}; it does not show before you take `draft: true` away")
    data = draft.text.encode()
    document = attempt(path, data)
    residue = told(proofread(document, data), set(people)) if isinstance(document, Document) else ()
    notes = [(note.line, 0, f"note[{note.code}]", note.message, note.help) for note in draft.notes]
    notes += [(each.line, each.column, f"warning[{each.code}]", each.message, each.help) for each in residue]
    for line, column, what, message, help in sorted(notes):
        place = f"{path}:{line}:{column}" if column else f"{path}:{line}" if line else path
        print(f"{place}: {what}: {printable(message)}", file=sys.stderr)
        if help:
            print(f"  help: {printable(help)}", file=sys.stderr)
    if notes:
        many = "is 1 note: look at it, then" if len(notes) == 1 else f"are {len(notes)} notes: look at them, then"
        print(f"There {many} run `check`.")
