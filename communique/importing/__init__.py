"""Import: the document that the lawyers approved, as a draft announcement. Pure: bytes in, text and notes out."""

from communique.importing.drafting import Draft, make_draft
from communique.importing.encoding import read_text
from communique.importing.html_source import read_html
from communique.importing.known import known_of
from communique.importing.manuscript import Manuscript
from communique.importing.markdown_source import read_markdown
from communique.importing.notes import Known, Note, Refused, WrongKind
from communique.importing.plain_source import read_plain
from communique.importing.word_source import read_word

__all__ = ["Draft", "Known", "Note", "Refused", "WrongKind", "import_document", "known_of"]

LIMIT_BYTES = 50 * 1024 * 1024
LIMIT_TEXT_BYTES = 2 * 1024 * 1024

_WORD = (".docx", ".docm", ".dotx", ".dotm", ".doc")
_TEXT = (".html", ".htm", ".md", ".markdown", ".txt")


def import_document(name: str, data: bytes, known: Known, today: str) -> Draft:
    """A draft from a document called `name`; `today` (`2025-10-27`) is its date where it states none.

    Raises Refused, and WrongKind where its name is not that of a document that can be imported.
    """
    ending = "." + name.lower().rpartition(".")[2]
    if ending not in (*_WORD, *_TEXT):
        help = "save it as .docx, .html, .md or .txt; from a PDF, ask for the Word file it was made of"
        raise WrongKind(f"`{name}` is of a kind that cannot be imported", help)
    if not data.strip():
        raise Refused(f"`{name}` is empty", "save the document and import it again")
    if len(data) > LIMIT_BYTES:
        raise Refused(f"`{name}` is larger than {LIMIT_BYTES // 2**20} MB", "make its pictures smaller")
    return make_draft(_manuscript(ending, data), known, today)


def _manuscript(ending: str, data: bytes) -> Manuscript:
    if ending in _WORD:
        return read_word(data)
    if ending not in (".html", ".htm") and len(data) > LIMIT_TEXT_BYTES:
        raise Refused(f"the text is larger than {LIMIT_TEXT_BYTES // 2**20} MB", "import only the announcement")
    text, remarks = read_text(data, html=ending in (".html", ".htm"))
    if ending in (".html", ".htm"):
        manuscript = read_html(text)
    elif ending == ".txt":
        manuscript = read_plain(text)
    else:
        manuscript = read_markdown(text)
    return manuscript.with_remarks(remarks)
