"""An edition: the site in one language, with everything that its pages share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import blake2b
from urllib.parse import urlsplit

from markupsafe import Markup

from communique.addresses import url_of
from communique.album import Album
from communique.cards import Cards
from communique.composer import Composer
from communique.kinds import Announcement
from communique.languages import Language, language
from communique.names import Name
from communique.policy import META_POLICY
from communique.problems import Place, Problem, did_you_mean
from communique.settings import Local, MenuEntry
from communique.site import Site
from communique.views import Contact, Feed, Frame, Head, Link

SECTIONS = ("announcements", "partners", "people", "topics", "timeline", "map", "search")
ATOM, RSS, JSON_FEED = "application/atom+xml", "application/rss+xml", "application/feed+json"
# what stands beside the page of an announcement
KIT, CARD, MARKDOWN, NINJS = "kit.zip", "card.png", "index.md", "ninjs.json"


class Frames:
    """The frame of pages, made once for each entry of its menus that is the page itself."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._made: dict[tuple[bool, ...], Frame] = {}

    def at(self, url: str) -> Frame:
        """The frame of the page at a URL."""
        whole, home = self.frame, self.frame.home
        current = [link.url == url or (link.url != home and url.startswith(link.url)) for link in whole.menu]
        current += [link.url == url for link in whole.pages]
        key = tuple(current)
        if key not in self._made:
            links = [replace(link, current=here) for link, here in zip((*whole.menu, *whole.pages), key, strict=True)]
            count = len(whole.menu)
            self._made[key] = replace(whole, menu=tuple(links[:count]), pages=tuple(links[count:]))
        return self._made[key]


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a site: its records as cards, its composer of texts, and the frame of its pages. `originals` are
    the URLs of its records that the default language shows, too."""

    site: Site
    language: Language
    composer: Composer
    cards: Cards
    frames: Frames
    base: bytes
    originals: frozenset[str]

    @property
    def frame(self) -> Frame:
        """The frame of pages, whatever page it is."""
        return self.frames.frame

    def key(self, path: str, announcements: Iterable[Announcement], extras: str = "") -> bytes:
        """The digest of all that a file depends on which shows these announcements, whatever is no announcement, and
        extras."""
        return self._key(path, announcements, self.site.digests, extras)

    def face_key(self, path: str, announcements: Iterable[Announcement], extras: str = "") -> bytes:
        """As `key`, of a file that shows of these announcements only their fields and quotes, as lists do."""
        return self._key(path, announcements, self.site.faces, extras)

    def _key(
        self, path: str, announcements: Iterable[Announcement], digests: Mapping[Name, bytes], extras: str
    ) -> bytes:
        digest = blake2b(f"{path}\n{extras}\n".encode(), key=self.base, digest_size=16)
        digest.update(b"".join([digests[each.name] for each in announcements]))
        return digest.digest()

    def absolute(self, url: str) -> str:
        """The whole address of a URL of the site."""
        return self.site.settings.base_url + url.removeprefix("/")

    def identifier(self, announcement: Announcement) -> str:
        """A name that stays when the way to the site changes (RFC 4151)."""
        settings = self.site.settings
        day = announcement.date.local(settings.zone).first().isoformat()
        return f"tag:{urlsplit(settings.base_url).hostname},{day}:{self.site.url(announcement.name)}"

    def beside(self, name: Name, file: str) -> str:
        """The URL of a file that goes with the page of a record, in the language in which the record is shown."""
        return (url_of(name) if self.site.foreign(name) else self.site.url(name)) + file

    def word(self, key: str) -> str:
        """A word of the interface."""
        return self.language.words[key]

    def title(self, announcement: Announcement) -> str:
        """The title of an announcement, which says of a withdrawn one that it is."""
        if not announcement.withdrawn:
            return announcement.title
        return self.word("withdrawn_title").format(title=announcement.title)

    def context(self, url: str, head: Head, **values: object) -> Mapping[str, object]:
        """What the template of the page at a URL sees."""
        return {"frame": self.frames.at(url), "head": head, "t": self.language.words, **values}

    def head(
        self,
        url: str,
        title: str,
        description: str,
        *,
        kind: str = "website",
        data: str = "",
        feeds: tuple[Feed, ...] = (),
        crumbs: tuple[Link, ...] = (),
        graph: Iterable[tuple[str, str]] = (),
        foreign: str = "",
    ) -> Head:
        """The head of the page at a URL; `crumbs` are the pages between the home page and this one. Where the text is
        shown in a `foreign` language, the page of that language is the one to be found."""
        site_title = self.frame.title
        original = url.removeprefix(self.site.root)
        canonical = self.absolute(original if foreign and original in self.originals else url)
        common = (
            ("og:type", kind),
            ("og:title", title or site_title),
            ("og:description", description),
            ("og:url", canonical),
            ("og:site_name", site_title),
            ("og:locale", self.language.tag.replace("-", "_")),
        )
        here = Link(title, url, True)
        trail = (Link(self.word("home"), self.frame.home), *crumbs, here) if url != self.frame.home else ()
        return Head(
            title=f"{title} – {site_title}" if title else site_title,
            description=description,
            canonical=canonical,
            kind=kind,
            graph=(*((name, content) for name, content in common if content), *graph),
            data=Markup(data),
            feeds=(*self.frame.feeds, *feeds),
            crumbs=trail,
            foreign=foreign,
        )


def edition(site: Site, style: str, script: str, base: bytes, album: Album) -> tuple[Edition, tuple[Problem, ...]]:
    """The edition of a site in its language, and the problems of its menu.

    `style` and `script` are the URLs of the style sheet and the script of every page; `base` is a digest of all that
    is no announcement; `album` has the pictures.
    """
    settings = site.settings

    def text(local: Local | None) -> str:
        return local.in_language(site.language, settings.language) if local else ""

    tongue = language(site.language)
    composer = Composer(site, album)
    words = tongue.words
    problems: list[Problem] = []
    pages = sorted(site.pages.values(), key=lambda page: (page.menu or 1000, page.title))
    entries = settings.menu or (
        *(MenuEntry(to=section) for section in SECTIONS),
        *(MenuEntry(to=f"page:{page.name.slug}") for page in pages if page.menu),
    )
    menu = []
    for entry in entries:
        url, title = _menu_target(entry, site, words)
        if url:
            label = text(entry.label)
            menu.append(Link(label or title, url, language="" if label else site.foreign(_name(entry))))
        elif _name(entry) not in site.known:
            problems.append(_unknown_entry(entry, site))
    title = text(settings.title)
    contact = settings.contact
    frame = Frame(
        title=title,
        tagline=text(settings.tagline),
        language=tongue.tag,
        direction=tongue.direction,
        home=site.at("/"),
        menu=tuple(menu),
        feeds=(
            Feed(words["feed_atom"], site.at("/feed.xml"), ATOM),
            Feed(words["feed_rss"], site.at("/rss.xml"), RSS),
            Feed(words["feed_json"], site.at("/feed.json"), JSON_FEED),
        ),
        contact=Contact(
            name=text(contact.name),
            email=contact.email,
            phone=contact.phone,
            hours=text(contact.hours),
            note=text(contact.note),
        )
        if contact
        else None,
        style=style,
        script=script,
        pages=tuple(Link(page.title, site.url(page.name), language=site.foreign(page.name)) for page in pages),
        policy=META_POLICY,
    )
    originals = frozenset(map(url_of, site.shared))
    return Edition(site, tongue, composer, Cards(site, composer, tongue), Frames(frame), base, originals), tuple(
        problems
    )


def _menu_target(entry: MenuEntry, site: Site, words: Mapping[str, str]) -> tuple[str, str]:
    """URL and title of an entry of the menu; no URL where it leads nowhere."""
    if entry.to in ("home", "/"):
        return site.at("/"), words["home"]
    if entry.to in SECTIONS:
        return site.at(f"/{entry.to}/"), words[entry.to]
    if entry.to.startswith("/"):
        return site.at(entry.to), entry.to.strip("/")
    if entry.to.startswith(("https://", "http://")):
        return entry.to, entry.to
    name = _name(entry)
    return (site.url(name), site.title(name)) if site.holds(name) else ("", "")


def _name(entry: MenuEntry) -> Name:
    """The record that an entry of the menu leads to."""
    kind, colon, slug = entry.to.partition(":")
    return Name(kind, slug) if colon else Name("page", entry.to)


def _unknown_entry(entry: MenuEntry, site: Site) -> Problem:
    known = [*SECTIONS, *(f"page:{name.slug}" for name in site.pages)]
    help = did_you_mean(entry.to, known, "an entry is one of: " + ", ".join(known))
    return Problem(
        Place("site.yaml", entry.line.line, entry.line.column),
        "E301",
        f"the menu leads to `{entry.to}`, which does not exist",
        help,
    )
