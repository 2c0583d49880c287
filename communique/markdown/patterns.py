"""Inline patterns that look for their ends by signs instead of by characters, and count how far they look."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.inlinepatterns import (
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    IMAGE_LINK_RE,
    IMAGE_REFERENCE_RE,
    LINK_RE,
    REFERENCE_RE,
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    BacktickInlineProcessor,
    Delimiter,
    DelimiterProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
    dequote,
)
from markdown.util import INLINE_PLACEHOLDER_RE, STX

from communique.markdown.burden import Burden

_BRACKET = re.compile(r"[\[\]]")
_TICKS = re.compile(r"`+")
_RUN = re.compile(r"([*_])\1*")
# a target without quotes, brackets and spaces, with or without a title: nearly all links
_TARGET = re.compile(r"""\(([^\s()<>'"]*)(?:\s+"([^"()]*)")?\)""")


class _Resolved(InlineProcessor):
    """What goes into an attribute; what a placeholder there stands for may hold others, which would be left in it."""

    def unescape(self, text: str) -> str:
        while INLINE_PLACEHOLDER_RE.search(text):
            text = super().unescape(text)
        return text


class _Address(_Resolved, AutolinkInlineProcessor):
    """`<https://…>`."""


class _Mail(_Resolved, AutomailInlineProcessor):
    """`<name@…>`."""


class _Bracketed(_Resolved, LinkInlineProcessor):
    """What begins with a bracket."""

    def __init__(self, pattern: str, md: Markdown, burden: Burden) -> None:
        super().__init__(pattern, md)
        self._burden = burden

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802
        depth = brackets = 1
        if data.find("]", index) >= 0:
            for bracket in _BRACKET.finditer(data, index):
                brackets += 1
                depth += 1 if bracket[0] == "[" else -1
                if not depth:
                    self._burden.spend(10 * brackets + (bracket.end() - index >> 3))
                    return data[index : bracket.start()], bracket.end(), True
            self._burden.spend(10 * brackets + (len(data) - index >> 3))
        self._burden.spend(len(data) - index >> 7)
        return "", len(data), False

    def getLink(self, data: str, index: int) -> tuple[str, str | None, int, bool]:  # noqa: N802
        match = _TARGET.match(data, index)
        if match:
            href, title = match.groups()
            if STX in href:
                href = self.unescape(href).strip()
            if title is not None:
                title = self.RE_TITLE_CLEAN.sub(" ", dequote(self.unescape(title.strip())))
            return href, title, match.end(), True
        href, title, end, handled = super().getLink(data, index)
        closed = handled and '"' not in href and "'" not in href
        self._burden.spend(5 * ((end if closed else len(data)) - index))
        return href, title, end, handled


class _Link(_Bracketed):
    """`[text](target)`."""


class _Image(_Bracketed, ImageInlineProcessor):
    """`![text](target)`."""


class _Reference(_Bracketed, ReferenceInlineProcessor):
    """`[text][name]`."""


class _ImageReference(_Bracketed, ImageReferenceInlineProcessor):
    """`![text][name]`."""


class _ShortReference(_Bracketed, ShortReferenceInlineProcessor):
    """`[name]`."""


class _ShortImageReference(_Bracketed, ShortImageReferenceInlineProcessor):
    """`![name]`."""


class _Code(BacktickInlineProcessor):
    """Text between backticks."""

    def __init__(self, burden: Burden) -> None:
        super().__init__(BACKTICK_RE)
        self._burden = burden

    def find_code_spans(self, start: int, text: str) -> tuple[int, int | None]:  # type: ignore[override]
        opening = _TICKS.match(text, start)
        assert opening
        start = opening.end()
        ticks = start - opening.start()
        longest = end = 0
        for run in _TICKS.finditer(text, start):
            self._burden.spend(8)
            length = run.end() - run.start()
            if length == ticks:
                return start, run.start()
            if length > longest:
                longest, end = length, run.end()
        self._burden.spend(len(text) - start >> 4)
        if 0 < longest < ticks:
            return start - (ticks - longest), end - longest
        return start + ticks, None


class Emphasis(DelimiterProcessor):
    """`*` and `_`.

    Python-Markdown looks through a text once and keeps what it has found for the next calls. But letters vanish where
    it takes more signs than there are, or loses its place at a sign that is no emphasis, or goes on in another text.
    """

    def __init__(self, md: Markdown, burden: Burden) -> None:
        super().__init__("*", "strong,em", md)
        self.add("_", "strong,em", smart=True)
        self._burden = burden
        self._data = ""
        self._taken: set[int] = set()

    def forget(self) -> None:
        """Another text begins: what is kept is not of it."""
        if self.regions:
            self.reset()

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        if self.regions:
            # since it was looked through, only what stands before has changed its length
            moved = len(data) - len(self._data)
            start, _, _, end, _, _ = self.regions[self.cache_index]
            if m.start() < start + moved:
                return None, m.start(), start + moved
            if m.start() == start + moved:
                element, count = self._build_element(data, self.cache_index, moved)  # type: ignore[attr-defined]
                self.increment_next_position(start, count)
                return element, start + moved, end + moved
            self.reset()
        self._data = data
        self._taken.clear()
        return self._pair(m, data) or super().handleMatch(m, data)

    def add_region(self, delim: Delimiter, a: int, b: int, c: int, d: int, size: int) -> None:
        signs = {*range(a, b), *range(c, d)}
        if self._data[a:b] == self._data[c:d] == delim.token * size != "" and not signs & self._taken:
            self._taken |= signs
            super().add_region(delim, a, b, c, d, size)

    def _pair(self, m: re.Match[str], data: str) -> tuple[Element, int, int] | None:
        """What stands between a run and the next one, where that closes it: nearly all emphasis."""
        delimiter = self.delimiters[m[0]]
        opening = delimiter.boundary.match(data, m.start())
        if not opening or opening.lastgroup == "end" or len(opening[0]) > 2:
            return None
        run = _RUN.search(data, opening.end())
        self._burden.spend((run.end() if run else len(data)) - opening.end() >> 3)
        if not run or run[0] != opening[0]:
            return None
        closing = delimiter.boundary.match(data, run.start())
        if not closing or closing.lastgroup == "start":
            return None
        element = Element(delimiter.tags[0] if len(run[0]) == 2 else delimiter.tags[1])
        element.text = data[opening.end() : run.start()]
        return element, opening.start(), run.end()

    def search(self, data: str, start: int) -> re.Match[str] | None:
        # inside a run no delimiter matches that does not match at its start
        for run in _RUN.finditer(data, start):
            delimiter = self.delimiters[run[1]]
            self._burden.spend(200 + 3 * len(delimiter.stack) + (run.end() - start >> 3))
            start = run.end()
            match = delimiter.boundary.match(data, run.start())
            if match and (delimiter.stack or match.lastgroup != "end"):
                return match
        return None


class Footnotes(FootnoteExtension):
    """Numbers the references to a footnote without counting them again each time."""

    def __init__(self, burden: Burden) -> None:
        super().__init__(SUPERSCRIPT_TEXT="{}")
        self._burden = burden

    def addFootnoteRef(self, id: str) -> None:  # noqa: N802
        self._burden.spend(2 * len(self.footnotes))
        super().addFootnoteRef(id)

    def unique_ref(self, reference: str, found: bool = False) -> str:
        if not found:
            return reference
        count = self.found_refs[reference] = self.found_refs.get(reference, 0) + 1
        return reference if count == 1 else reference.replace("fnref", f"fnref{count}", 1)


def register(md: Markdown, burden: Burden) -> None:
    """Put these patterns in the places of those that they stand for."""
    patterns = md.inlinePatterns
    patterns.register(_Code(burden), "backtick", 190)
    patterns.register(_Reference(REFERENCE_RE, md, burden), "reference", 170)
    patterns.register(_Link(LINK_RE, md, burden), "link", 160)
    patterns.register(_Image(IMAGE_LINK_RE, md, burden), "image_link", 150)
    patterns.register(_ImageReference(IMAGE_REFERENCE_RE, md, burden), "image_reference", 140)
    patterns.register(_ShortReference(REFERENCE_RE, md, burden), "short_reference", 130)
    patterns.register(_ShortImageReference(IMAGE_REFERENCE_RE, md, burden), "short_image_ref", 125)
    patterns.register(_Address(AUTOLINK_RE, md), "autolink", 120)
    patterns.register(_Mail(AUTOMAIL_RE, md), "automail", 110)
    patterns.register(Emphasis(md, burden), "em_strong", 60)
