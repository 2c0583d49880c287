"""The composer: Prose with its holes filled from the site, as finished HTML with URLs from the root."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from markupsafe import Markup

from communique.album import Album
from communique.images import readable
from communique.kinds import Person
from communique.languages import language
from communique.links import Address, Reference, Target
from communique.moments import Moment
from communique.names import Name
from communique.prose import Anchor, Illustration, LinkStart, Piece, Prose, QuoteEnd, QuoteStart, Words, escape
from communique.site import Site

# how wide a picture in the text is shown
SIZES = "(min-width: 56rem) 44rem, 92vw"


class Composer:
    """Fills prose for one site."""

    def __init__(self, site: Site, album: Album) -> None:
        self.site = site
        self.album = album
        self._last: tuple[Prose | None, tuple[Piece, ...]] = (None, ())

    def compose(
        self, prose: Prose | None, *, owner: Name, date: Moment | None = None, prefix: str = "", names: bool = True
    ) -> Markup:
        """The HTML of a text of the record `owner`. `date` is that on which its speakers spoke; `prefix` comes before
        its ids; `names` says whether the first mention of a known name becomes a link. A text that a translation
        takes from its original says in which language it is."""
        if not prose:
            return Markup()
        linked = {owner} if names and self.site.settings.link_names else None
        made = self._filled(self._pieces(prose), self._anchors(prose), owner, date, prefix, linked)
        site = self.site
        # of a record that is not translated the whole page says it
        if not site.root or owner in site.untranslated or prose.place.path.endswith(f".{site.language}.md"):
            return Markup(made)
        tongue = language(site.settings.language)
        return Markup(f'<div lang="{tongue.tag}" dir="{tongue.direction}">{made}</div>\n')

    def quotes(self, prose: Prose, owner: Name) -> list[tuple[str, Markup]]:
        """Anchor and HTML of each quote of a text."""
        found = []
        anchors = self._anchors(prose)
        inside: list[Piece] | None = None
        for piece in self._pieces(prose) if prose.speakers else ():
            if isinstance(piece, QuoteStart):
                inside = []
            elif isinstance(piece, QuoteEnd) and inside is not None:
                words = self._elsewhere(self._filled(inside, iter(()), owner, None, "", None), owner)
                found.append((next(anchors)[1], words))
                inside = None
            elif inside is not None:
                inside.append(piece)
        return found

    def _pieces(self, prose: Prose) -> tuple[Piece, ...]:
        """The pieces of a text; the last is kept unpacked, since its quotes are wanted where the whole is."""
        if self._last[0] is not prose:
            self._last = prose, prose.pieces
        return self._last[1]

    def _elsewhere(self, html: str, owner: Name) -> Markup:
        """A part of a text as it stands on another page: its fragments lead back, and it brings no ids."""
        return Markup(re.sub(r' id="[^"]*"', "", html).replace('href="#', f'href="{self.site.url(owner)}#'))

    def _anchors(self, prose: Prose) -> Iterator[tuple[Person | None, str]]:
        """Each quote's speaker and anchor; the anchors are `quote-SLUG`, `quote-SLUG-2` …"""
        said: Counter[str] = Counter()
        for start in prose.speakers:
            speaker = self.site.speakers.person(start.speaker)
            slug = speaker.name.slug if speaker else "unknown"
            said[slug] += 1
            yield speaker, f"quote-{slug}" if said[slug] == 1 else f"quote-{slug}-{said[slug]}"

    def _filled(
        self,
        pieces: Sequence[Piece],
        anchors: Iterator[tuple[Person | None, str]],
        owner: Name,
        date: Moment | None,
        prefix: str,
        linked: set[Name] | None,
    ) -> str:
        """The HTML of pieces, with the anchors of the quotes among them. `linked` are the records that need no link any
        more, None where no name becomes one."""
        caption = ""
        made: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                made.append(piece)
            elif isinstance(piece, Words):
                made.append(escape(piece.text) if linked is None else self._named(piece.text, linked))
            elif isinstance(piece, LinkStart):
                made.append(self._link(piece.target, piece.title))
                if linked is not None and isinstance(piece.target, Reference):
                    linked.add(piece.target.name)
            elif isinstance(piece, Anchor):
                made.append(escape(prefix + piece.id))
            elif isinstance(piece, Illustration):
                made.append(self._illustration(piece, owner))
            elif isinstance(piece, QuoteStart):
                speaker, anchor = next(anchors)
                caption = self._caption(speaker, date, owner)
                made.append(f'<figure class="quote" id="{escape(prefix + anchor)}"><blockquote>\n')
            else:
                made.append(f"</blockquote>\n<figcaption>{caption}</figcaption></figure>\n")
        return "".join(made)

    def _named(self, text: str, linked: set[Name]) -> str:
        found = self.site.concordance.find(text)
        if not found:
            return escape(text)
        parts = []
        done = 0
        for start, end, name in found:
            if name not in linked:
                linked.add(name)
                parts += [
                    escape(text[done:start]),
                    f'<a href="{self.site.url(name)}">',
                    escape(text[start:end]),
                    "</a>",
                ]
                done = end
        parts.append(escape(text[done:]))
        return "".join(parts)

    def _link(self, target: Target, title: str) -> str:
        url = self.url(target)
        if not url:
            return "<a>"
        rest = f' title="{escape(title)}"' if title else ""
        if isinstance(target, Address) and re.match(r"https?:", url, re.IGNORECASE):
            rest += ' rel="external"'
        return f'<a href="{escape(url)}"{rest}>'

    def url(self, target: Target) -> str:
        """The URL of a target; empty where it is not public."""
        if isinstance(target, Address):
            return target.url
        if not isinstance(target, Reference):
            return ""
        name = self.site.files.get(target.path, target.name)
        if not self.site.holds(name):
            return ""
        fragment = self.site.deep.get((name, target.fragment), target.fragment)
        return self.site.url(name) + (f"#{quote(fragment)}" if fragment else "")

    def _illustration(self, image: Illustration, owner: Name) -> str:
        data = self.site.images.get(image.path)
        if data is None or not readable(data):
            return ""
        shown = self.album.print_of(owner, image.path, data)
        size = f'width="{shown.width}" height="{shown.height}"'
        tag = f'<img src="{escape(shown.url)}" alt="{escape(image.alt)}" {size} loading="lazy">'
        if shown.srcset:
            tag = f'<picture><source type="image/webp" srcset="{escape(shown.srcset)}" sizes="{SIZES}">{tag}</picture>'
        if not image.alone:
            return tag
        caption = f"<figcaption>{escape(image.title)}</figcaption>" if image.title else ""
        return f'<figure class="picture">{tag}{caption}</figure>\n'

    def _caption(self, speaker: Person | None, date: Moment | None, owner: Name) -> str:
        if speaker is None:
            return ""
        # the caption is in the language of the speaker's record, the text in that of its own
        language = self.site.foreign(speaker.name)
        mark = f' lang="{language}"' if language and not self.site.foreign(owner) else ""
        link = f'<a href="{self.site.url(speaker.name)}"{mark}>{escape(speaker.full_name)}</a>'
        role = speaker.role_at(date, owner) if date is not None else None
        return f'{link}, <span class="role"{mark}>{escape(role.title)}</span>' if role else link
