"""The command `translate`: a starting file for a translation, or the note that a translation is up to date."""

import os
from pathlib import Path

from communique.commands import Task, Wrong
from communique.frontmatter import Fault, decode, parse
from communique.library import Library, read_library
from communique.made_from import marked
from communique.names import Name
from communique.parity import fingerprint, read_text
from communique.problems import did_you_mean
from communique.settings import Settings, read_settings
from communique.to_translate import starting_file


def run(task: Task) -> int:
    """Write or mark the translation of a record into a language; 0. Raises Wrong."""
    sources = task.sources()
    settings, _ = read_settings(sources.settings)
    if settings is None:
        raise Wrong("site.yaml cannot be read", "`python3 build.py check` says why")
    language = _language(str(task.options.language), settings)
    library = read_library(sources.content, settings.languages)
    name, path = _record(str(task.options.record), library)
    data = sources.content[path]
    translation = f"{path.removesuffix('.md')}.{language}.md"
    try:
        original = parse(path, data)
        state = fingerprint(read_text(settings.language, path, data))
        if translation in sources.content:
            _mark(task.folder, translation, sources.content[translation], state)
            return 0
    except Fault as fault:
        raise Wrong(f"{fault.problem.place}: {fault.problem.message}", fault.problem.help) from None
    text = starting_file(original, language, kept_back=name.kind == "announcement")
    _write(task.folder / translation, marked(text, state).encode(), new=True)
    print(f"{translation}: written; it does not show before you have translated it")
    return 0


def _language(given: str, settings: Settings) -> str:
    if given in settings.languages[1:]:
        return given
    if given == settings.language:
        raise Wrong(f"`{given}` is the language of the originals", "name the language to translate into")
    others = settings.languages[1:]
    known = f"site.yaml's `languages` are: {', '.join(settings.languages)}; add it there first"
    raise Wrong(f"`{given}` is not a language of this site", did_you_mean(given, others, known))


def _record(given: str, library: Library) -> tuple[Name, str]:
    """The record that is named `slug`, `kind:slug` or by its file, and the path of its original."""
    paths = {entry.record.name: entry.record.path for entry in library.entries.values()}
    kind, colon, slug = given.partition(":")
    name = library.files.get(given) or (Name(kind, slug) if colon else Name("announcement", given))
    if name in paths:
        return name, paths[name]
    if name in library.names:
        raise Wrong(f"the {name.kind} `{name.slug}` has errors", "`python3 build.py check` lists them; mend them first")
    known = [each.slug if each.kind == "announcement" else f"{each.kind}:{each.slug}" for each in paths]
    otherwise = "name an announcement by its slug, another record as `partner:slug`"
    near = next((f"did you mean `{each}`?" for each in known if each.endswith(f":{given}")), "")
    raise Wrong(f"there is no record `{given}`", near or did_you_mean(given, known, otherwise))


def _mark(folder: Path, path: str, data: bytes, state: tuple[str, ...]) -> None:
    parse(path, data)
    text = decode(path, data)
    after = marked(text, state)
    if after == text:
        print(f"{path}: up to date already")
        return
    if b"\r\n" in data:
        after = after.replace("\n", "\r\n")
    _write(folder / path, (b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b"") + after.encode(), new=False)
    print(f"{path}: marked as made from the original as it is now")


def _write(file: Path, data: bytes, *, new: bool) -> None:
    """Write a whole file; where it is to be new, never over another one."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.draft")
    try:
        with open(draft, "xb") as stream:
            stream.write(data)
        if new:
            # unlike a rename, a link is refused where something is
            os.link(draft, file)
            os.unlink(draft)
        else:
            os.replace(draft, file)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise Wrong(f"{file.name} cannot be written: {error.strerror}") from None
