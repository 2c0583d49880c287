"""From a manuscript to the file of a draft."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from communique.frontmatter import attempt
from communique.importing.attribution import Speakers
from communique.importing.completeness import remark_on_lost_words
from communique.importing.dates import find_dates
from communique.importing.ending import read_ending
from communique.importing.manuscript import Block, Manuscript, Mark, Paragraph, parts_of, pictures_of, plain
from communique.importing.mentions import partners_of, remarks_on_names
from communique.importing.notes import Known, Note, Refused, Remark, brief
from communique.importing.opening import read_opening
from communique.importing.shaping import shape
from communique.importing.speech import read_speech
from communique.importing.writing import Contents, write
from communique.kinds import read_record
from communique.names import ContentFile, Name
from communique.scripts import UNSPACED
from communique.slugs import make_slug

_HAN = re.compile(f"[{UNSPACED}]")

LIMIT_CHARACTERS = 200_000
LIMIT_BLOCKS = 4_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft announcement: its day and slug, the whole Markdown file, the pictures to put beside it, notes on it."""

    day: str
    slug: str
    text: str
    images: Mapping[str, bytes]
    notes: tuple[Note, ...]


def make_draft(manuscript: Manuscript, known: Known, today: str) -> Draft:
    """The draft of a manuscript; `today` is its date where it states none. Raises Refused."""
    _refuse_excess(manuscript.blocks)
    names = [name for names in (*known.partners.values(), *known.people.values()) for name in names]
    opening = read_opening(manuscript.blocks, names)
    ending = read_ending(opening.blocks, known)
    shaped, on_shape = shape(ending.blocks)
    body, on_speech = read_speech(shaped, Speakers(known))
    notes, on_notes = shape(ending.notes)
    remarks = [*manuscript.remarks, *opening.remarks, *ending.remarks, *on_shape, *on_notes, *on_speech]
    if not opening.day:
        remarks.append(_no_date(body, today))
        opening = replace(opening, day=today)
    slug, on_slug = make_slug(opening.title, opening.day)
    if on_slug:
        remarks.append(Remark("slug", on_slug, "rename the folder before the announcement is public"))
    loose = _loose([*body, *notes], manuscript)
    if loose:
        message = "a footnote or picture of the title, or of a part that is left out, now ends the text"
        remarks.append(Remark("loose end", message, "put it where it belongs", loose[0].number))
    text = "\n".join([opening.title, opening.subtitle, *(plain(block) for block in (*body, *notes))])
    partners = partners_of(text, known)
    remarks += [*_on_language(body), _on_partners(partners), *remarks_on_names(text, known)]
    taken = [opening.title, opening.subtitle, *(remark.taken for remark in remarks)]
    remarks += remark_on_lost_words(manuscript.blocks, (*body, *notes), taken)
    written = write(Contents(opening, partners, (*body, *loose), notes, manuscript.footnotes), remarks)
    found = (*written.notes, *_on_reading(slug, written.text))
    used = {name: data for name, data in manuscript.pictures.items() if f"]({name})" in written.text}
    return Draft(opening.day, slug, written.text, used, tuple(sorted(dict.fromkeys(found), key=lambda note: note.line)))


def _refuse_excess(blocks: tuple[Block, ...]) -> None:
    texts = [plain(block) for block in blocks]
    if not any(sign.isalnum() for text in texts for sign in text):
        raise Refused("the document holds no text", "if its text is a picture, type it in")
    if sum(map(len, texts)) > LIMIT_CHARACTERS or len(blocks) > LIMIT_BLOCKS:
        most = f"{LIMIT_CHARACTERS:,} letters or {LIMIT_BLOCKS:,} paragraphs"
        raise Refused(f"the document has more than {most}", "import only the part with the announcement")


def _no_date(body: list[Block], today: str) -> Remark:
    said = [found.day for block in body for found in find_dates(plain(block)) if found.day]
    message = f"no date was found at the top; the draft has today's, {today}"
    help = f"the text speaks of {said[0]}; is that it?" if said else "write the day on which it is announced"
    return Remark("date", message, help, field="date")


def _loose(blocks: list[Block], manuscript: Manuscript) -> list[Block]:
    """The footnotes to which nothing refers any more, and the pictures that stand nowhere any more."""
    labels = {part.label for block in blocks for part in parts_of(block) if isinstance(part, Mark)}
    shown = {picture.file for block in blocks for picture in pictures_of(block)}
    pictures = (picture for block in manuscript.blocks for picture in pictures_of(block))
    lost = {picture.file: picture for picture in pictures if picture.file not in shown}
    last = max((block.number for block in manuscript.blocks), default=0)
    return [
        *(block for label, inner in manuscript.footnotes.items() if label not in labels for block in inner),
        *(Paragraph((picture,), "", last + at) for at, picture in enumerate(lost.values(), 1)),
    ]


def _on_language(body: list[Block]) -> list[Remark]:
    letters = [sign for block in body for sign in plain(block) if sign.isalpha()]
    if sum(_HAN.match(sign) is not None for sign in letters) <= len(letters) / 2:
        return []
    help = "if the site has it in another language already, save the text beside that one, as `index.zh-Hans.md`"
    return [Remark("language", "the text is Chinese", help, field="title")]


def _on_partners(partners: tuple[str, ...]) -> Remark:
    if not partners:
        message = "no partner of the site is named in the text; `partners:` is empty"
        return Remark("partners", message, "write the slugs of the partners, the leading one first", field="partners")
    message = f"partners named in the text: {', '.join(partners)}"
    return Remark("partners", message, "put the leading one first; delete those who take no part", field="partners")


def _on_reading(slug: str, text: str) -> list[Note]:
    """What the site's own reader says of the file."""
    path = f"content/announcements/{slug}/index.md"
    document = attempt(path, text.encode())
    problems = read_record(document, ContentFile(Name("announcement", slug), "", True)).problems
    return [Note(problem.place.line, "check", brief(problem.message, 200), problem.help) for problem in problems]
