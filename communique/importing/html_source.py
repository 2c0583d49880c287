"""From HTML to a manuscript."""

from collections import Counter
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from communique.importing.album import Album
from communique.importing.html_footnotes import find_footnotes
from communique.importing.html_limits import refuse_excess
from communique.importing.html_reader import Reader
from communique.importing.manuscript import Block, Manuscript, Paragraph
from communique.importing.notes import Refused, Remark, several


def read_html(text: str, enclosed: Mapping[str, bytes] | None = None) -> Manuscript:
    """The manuscript in an HTML text; `enclosed` holds pictures by their `src`. Raises Refused."""
    refuse_excess(text)
    tree = LexborHTMLParser(text)
    tree.strip_tags(["script", "style", "template", "noscript"], recursive=True)
    notes = find_footnotes(tree)
    reader = Reader(notes, Album(enclosed))
    main, headline, remarks = _main(tree)
    try:
        title = reader.inside(headline) if headline is not None else ()
        blocks: tuple[Block, ...] = (
            *(Paragraph(block.content, "title", block.number) for block in title if isinstance(block, Paragraph)),
            *reader.inside(main),
        )
        reader.skipped = notes.back
        footnotes = {label: reader.inside(node) for label, node in notes.blocks.items()}
    except RecursionError:
        raise Refused("the elements of the document stand too deeply inside each other") from None
    remarks += [*reader.remarks, *reader.album.remarks, *remarks_on_signs(reader.signs)]
    return Manuscript(blocks, footnotes, reader.album.files, tuple(remarks))


def _main(tree: LexborHTMLParser) -> tuple[LexborNode, LexborNode | None, list[Remark]]:
    """The element that holds the announcement, a headline outside of it, and what else stands outside."""
    body = tree.body or tree.root
    if body is None:
        raise Refused("the document is empty")
    choices = [tree.css(choice) for choice in ("main article", "article", "main")]
    main = next((found[0] for found in choices if len(found) == 1), None)
    if main is None:
        return body, None, []
    headlines = tree.css("h1") if main.css_first("h1") is None else []
    headline = headlines[0] if len(headlines) == 1 else None
    rest = _length(body) - _length(main) - _length(headline)
    if rest <= 0:
        return main, headline, []
    message = f"only the part marked as `<{main.tag}>` is taken; {several(rest, 'word')} around it are left out"
    return main, headline, [Remark("left out", message, "copy in what is missing")]


def _length(node: LexborNode | None) -> int:
    return len(node.text(separator=" ").split()) if node is not None else 0


def remarks_on_signs(signs: Counter[str]) -> list[Remark]:
    """What became of signs that cannot stay as they are."""
    found = []
    if signs["no-break space"]:
        found.append(Remark("spaces", f"{several(signs['no-break space'], 'no-break space')} became ordinary spaces"))
    found += [
        Remark("signs", f"{several(signs[kind], kind)} taken out")
        for kind in ("invisible sign", "control character")
        if signs[kind]
    ]
    if signs["private sign"]:
        message = f"{several(signs['private sign'], 'sign')} of a special font may not show on the site"
        found.append(Remark("signs", message, "look for small boxes in the text and replace them"))
    if signs["struck"]:
        message = f"{several(signs['struck'], 'passage')} struck through in the original; the words are kept"
        found.append(Remark("struck", message, "delete them if they were meant to go"))
    return found
