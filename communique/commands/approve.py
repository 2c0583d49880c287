"""The command `approve`: the sign-off of a partner, bound to the text as it is now."""

from communique.commands import Task, Wrong
from communique.deposit import Taken, rewrite_file
from communique.kinds import Announcement
from communique.library import Library, read_library
from communique.names import Name
from communique.problems import did_you_mean, printable
from communique.settings import read_settings
from communique.sign_offs import file_of, read_sign_offs, sign, texts_to_sign, write_sign_offs

LONGEST_NAME = 200


def run(task: Task) -> int:
    """Record the sign-off of a partner of an announcement; 0. Raises Wrong."""
    sources = task.sources()
    settings, _ = read_settings(sources.settings)
    if settings is None:
        raise Wrong("site.yaml cannot be read", "`check` says why")
    library = read_library(sources.content, settings.languages)
    announcement = _announcement(str(task.options.announcement), library)
    partners = [reference.name.slug for reference in announcement.partners]
    partner = str(task.options.partner).removeprefix("partner:")
    if partner not in partners:
        known = f"its partners are: {', '.join(partners)}" if partners else "write its `partners` first"
        help = did_you_mean(partner, partners, known)
        raise Wrong(f"`{printable(partner)}` is no partner of this announcement", help)
    by = " ".join(str(task.options.by).split())
    if not by or by != printable(by) or len(by) > LONGEST_NAME:
        raise Wrong("who signs is not said", 'name the person, as --by "Ada Byron"')
    path = file_of(announcement.path)
    signed, problems = read_sign_offs(path, sources.content[path]) if path in sources.content else ((), ())
    if problems:
        raise Wrong(f"{problems[0].place}: {problems[0].message}", "restore the file from the version before")
    texts = texts_to_sign(announcement.name, library, sources.content, settings.language)
    digests = {tag: text.digest for tag, text in texts.items()}
    if any(
        each.partner == partner and {tag: text.digest for tag, text in each.texts.items()} == digests for each in signed
    ):
        print(f"{announcement.name.slug}: {partner} has signed this text off already")
        return 0
    new = sign(partner, by, task.now.astimezone(settings.zone), partners, texts)
    try:
        rewrite_file(task.folder, path, write_sign_offs((*signed, new)).encode())
    except Taken as taken:
        raise Wrong(str(taken), taken.help) from None
    except OSError as error:
        raise Wrong(f"{path} cannot be written: {error.strerror}") from None
    print(f"{announcement.name.slug}: signed off for {partner} by {by}, in {', '.join(texts)}; noted in {path}")
    return 0


def _announcement(given: str, library: Library) -> Announcement:
    """The announcement that is named by its slug or its file. Raises Wrong."""
    name = library.files.get(given) or Name("announcement", given.removeprefix("announcement:"))
    found = next((each for each in library.announcements if each.name == name), None)
    if found is not None:
        return found
    if name in library.names and name.kind == "announcement":
        raise Wrong(f"the announcement `{name.slug}` has errors", "`check` lists them; mend them first")
    known = [each.name.slug for each in library.announcements]
    raise Wrong(f"there is no announcement `{printable(given)}`", did_you_mean(given, known, "name it by its slug"))
