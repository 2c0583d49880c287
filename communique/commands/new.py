"""The command `new`: a starting file for a record."""

from datetime import datetime

from communique.commands import Task, Wrong
from communique.deposit import Taken, deposit_file, refuse_taken
from communique.forms import MARK, form
from communique.names import FOLDERS, Name
from communique.problems import did_you_mean, printable
from communique.settings import read_settings
from communique.slugs import make_slug

LONGEST_TITLE = 300
_NEXT = {
    "announcement": "It stays a draft until you take `draft: true` away.",
    "page": "It is public with the next build: write it first. A `menu` number puts it among the pages on every page.",
}
_OTHERWISE = "It is published with the first announcement or page that leads to it."


def run(task: Task) -> int:
    """Write a starting file into content/, never over another one; 0. Raises Wrong."""
    kind = _kind(str(task.options.kind))
    title = " ".join(str(task.options.title).split())
    if not title or title != printable(title) or len(title) > LONGEST_TITLE:
        help = 'write it in quotation marks: new announcement "Training programme begins"'
        raise Wrong(f"a title has 1 to {LONGEST_TITLE} letters that can be seen", help)
    sources = task.sources()
    settings, _ = read_settings(sources.settings)
    now: datetime = task.now.astimezone(settings.zone) if settings else task.now
    today = now.date().isoformat()
    slug, remark = make_slug(title, today, kind)
    folder = next(folder for folder, each in FOLDERS.items() if each == kind)
    path = f"content/{folder}/{f'{today}-' if kind == 'announcement' else ''}{slug}.md"
    text = form(kind, title, today, tuple(settings.partner_kinds or ()) if settings else ())
    try:
        refuse_taken(Name(kind, slug), sources.content)
        deposit_file(task.folder, path, text.encode())
    except Taken as taken:
        raise Wrong(str(taken), taken.help) from None
    except OSError as error:
        raise Wrong(f"{path} cannot be written: {error.strerror}") from None
    marks = [str(number) for number, line in enumerate(text.split("\n"), 1) if MARK in line]
    fill_in = f"; fill in line{'' if len(marks) == 1 else 's'} {', '.join(marks)}" if marks else ""
    print(f"{path}: a new {kind}{fill_in}")
    if remark:
        print(f"{remark[0].upper()}{remark[1:]}; rename the file before it is public.")
    print(_NEXT.get(kind, _OTHERWISE))
    return 0


def _kind(given: str) -> str:
    word = given.strip().lower()
    known = {**FOLDERS, **{kind: kind for kind in FOLDERS.values()}}
    if word not in known:
        kinds = ", ".join(FOLDERS.values())
        raise Wrong(f"`{printable(given)}` is no kind of record", did_you_mean(word, known, f"the kinds are: {kinds}"))
    return known[word]
