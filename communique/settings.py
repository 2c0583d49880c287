"""The settings of a site, as site.yaml gives them."""

import re
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any
from urllib.parse import unquote, urlsplit

from communique.fields import Many, Part, mend_fields, optional, read_fields, required
from communique.frontmatter import Fault, Mapping, Node, Text, decode, read_yaml
from communique.moments import Unclear
from communique.palette import mended
from communique.problems import Place, Problem
from communique.values import Line, Reading, Type, Web, Whole, YesNo
from communique.zones import zone

_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?")


@dataclass(frozen=True, slots=True)
class Local:
    """A text in one form for all languages (under the empty tag) or in one per language."""

    texts: Dict[str, str]

    def in_language(self, tag: str, default: str) -> str:
        """The text in a language, else in the default language, else in any."""
        for wanted in (tag, "", default):
            if wanted in self.texts:
                return self.texts[wanted]
        return next(iter(self.texts.values()), "")


class Localised(Type):
    """A text, or one text per language."""

    says = "a text, or one text per language"

    def read(self, node: Node, reading: Reading) -> Local | None:
        if isinstance(node, Text):
            return Local({"": " ".join(node.text.split())})
        if not isinstance(node, Mapping):
            self.wrong(node, reading)
            return None
        texts = {}
        for key, value in node.fields:
            text = Line().read(value, reading)
            if not _TAG.fullmatch(key.text):
                reading.fault(key.place, "E207", f"`{key.text}` is not a language", "write it as `en` or `zh-Hans`")
            elif text is not None:
                texts[key.text] = text
        return Local(texts)

    def stand_in(self, name: str) -> Local:
        return Local({"": name})


class LanguageTag(Type):
    """A language tag of BCP 47."""

    says = "a language"

    def value(self, node: Text, reading: Reading) -> str:
        if _TAG.fullmatch(node.text):
            return node.text
        raise Unclear("E207", f"`{node.text}` is not a language", "write it as `en` or `zh-Hans`")


class Root(Web):
    """The address of a site, to which paths can be joined."""

    says = "the address of a site"

    def value(self, node: Text, reading: Reading) -> str:
        address = super().value(node, reading)
        if not is_root(address):
            help = "write scheme, host and folder alone, as `https://www.example.org/press/`"
            raise Unclear("E202", f"`{node.text}` is not the address of a site", help)
        return address

    def stand_in(self, name: str) -> str:
        return "https://site.invalid/"


def is_root(address: str) -> bool:
    """Whether paths can be joined to a web address: it has no query, fragment, user or way back."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = "?" not in address and "#" not in address and "@" not in parts.netloc
    return plain and not {".", ".."} & set(unquote(parts.path).split("/"))


class Zone(Type):
    """A time zone of the tz database."""

    says = "a time zone"

    def value(self, node: Text, reading: Reading) -> str:
        if re.fullmatch(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*", node.text):
            try:
                zone(node.text)
                return node.text
            except (OSError, ValueError):
                pass
        help = "write it as `Europe/London` or `Asia/Shanghai`"
        raise Unclear("E207", f"`{node.text}` is not a time zone", help)

    def stand_in(self, name: str) -> str:
        return "UTC"


class Colour(Type):
    """A colour as `#rrggbb`."""

    says = "a colour"

    def value(self, node: Text, reading: Reading) -> str:
        if re.fullmatch(r"#[0-9a-fA-F]{6}", node.text):
            return node.text.lower()
        raise Unclear("E202", f"`{node.text}` is not a colour", "write it in quotation marks, as `'#0b5c5f'`")


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """An entry of the menu: where it leads, and its label where it is not the page's own title."""

    noun = "an entry of the menu"

    to: str = required(Line(), "a section (`announcements`, `partners` …), `page:SLUG`, or a path")
    label: Local | None = optional(Localised(), "the words of the entry")
    line: Place = field(default=Place("site.yaml"))


class Menu(Type):
    """An entry of the menu in one word, or with a label."""

    says = "a section, a page, or `to:` with `label:`"

    def read(self, node: Node, reading: Reading) -> Any:
        if isinstance(node, Text):
            return MenuEntry(to=node.text.strip(), line=node.place)
        if isinstance(node, Mapping):
            return read_fields(MenuEntry, node, reading, line=node.place)
        self.wrong(node, reading)
        return None


class Kinds(Type):
    """The kinds of partners: a list, or a label per kind."""

    says = "a list of kinds"

    def read(self, node: Node, reading: Reading) -> dict[str, Local] | None:
        if isinstance(node, Mapping):
            labels = {key.text: Localised().read(value, reading) for key, value in node.fields}
            return {kind: label for kind, label in labels.items() if label is not None}
        kinds = Many(Line()).read(node, reading)
        return None if kinds is None else {kind: Local({"": kind}) for kind in kinds}


@dataclass(frozen=True, slots=True, kw_only=True)
class PressContact:
    """Whom the press may ask."""

    noun = "a contact"

    name: Local | None = optional(Localised(), "a name or an office")
    email: str = optional(Line(), "the mail address", "")
    phone: str = optional(Line(), "the telephone number, with the country code", "")
    hours: Local | None = optional(Localised(), "when somebody answers, and in which languages")
    note: Local | None = optional(Localised(), "anything else in one sentence")


class ContactType(Part):
    """A contact in one line, or in fields."""

    says = "a contact"

    def read(self, node: Node, reading: Reading) -> Any:
        if not isinstance(node, Text):
            return super().read(node, reading)
        text = " ".join(node.text.split())
        if re.fullmatch(r"[^@\s]+@[^@\s]+", text):
            return PressContact(email=text)
        return PressContact(name=Local({"": text}))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Whether partners sign announcements off."""

    noun = "a field of sign_off"

    required: bool = optional(YesNo(), "`true` where every partner must have signed an announcement off", False)


class Palette(Type):
    """Colours by the name of the custom property that holds them in the style sheet."""

    says = "names with colours"

    def read(self, node: Node, reading: Reading) -> dict[str, str] | None:
        if not isinstance(node, Mapping):
            self.wrong(node, reading, "write it as `accent: '#0b5c5f'`, one colour a line, indented")
            return None
        palette: dict[str, str] = {}
        places: dict[str, Place] = {}
        for key, value in node.fields:
            colour = Colour().read(value, reading)
            if not re.fullmatch(r"[a-z][a-z0-9-]*", key.text):
                reading.fault(
                    key.place, "E202", f"`{key.text}` cannot name a colour", "use small letters, digits and hyphens"
                )
            elif colour is not None:
                palette[key.text] = colour
                places[key.text] = value.place
        for name, colour in palette.items():
            better = mended(name, colour, palette)
            if better != colour:
                message = f"the colour `{name}` can hardly be read: {colour} has too little contrast"
                help = f"the site is built with `{better}`; write that, or another"
                reading.fault(places[name], "W201", message, help)
                palette[name] = better
        return palette


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What site.yaml says."""

    noun = "a setting"

    title: Local = required(Localised(), "the name of the site")
    tagline: Local | None = optional(Localised(), "a line under the name")
    base_url: str = required(Root(), "the address at which the site is published")
    languages: tuple[str, ...] = required(Many(LanguageTag()), "the languages of the site, the default first")
    timezone: str = required(Zone(), "the clock of the site, as `Europe/London`")
    partner_kinds: dict[str, Local] | None = optional(Kinds(), "the kinds that a partner may have")
    menu: tuple[MenuEntry, ...] = optional(Many(Menu()), "the entries of the menu, in their order")
    contact: PressContact | None = optional(ContactType(PressContact), "whom the press may ask")
    per_page: int = optional(Whole(1, 1000), "how many announcements a page of the list holds", 20)
    link_names: bool = optional(YesNo(), "whether the first mention of a partner or person links to the profile", True)
    sign_off: SignOff | None = optional(Part(SignOff), "whether partners sign announcements off")
    colours: Dict[str, str] | None = optional(Palette(), "the colours of the design, as `accent: '#0b5c5f'`")

    @property
    def language(self) -> str:
        """The default language."""
        return self.languages[0]

    @property
    def zone(self) -> tzinfo:
        """The time zone of the site."""
        return zone(self.timezone)

    def text(self, local: Local | None) -> str:
        """A text in the default language, or an empty one."""
        return local.in_language(self.language, self.language) if local else ""


def read_settings(
    data: bytes | None, base_url: str = "", *, mend: bool = False
) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in the bytes of site.yaml, and its problems. `base_url` replaces that of the file.

    With `mend`, settings with errors have stand-ins for what is not sound, as long as the languages are known: only to
    check the rest.
    """
    whole = Place("site.yaml")
    if data is None:
        return None, (
            Problem(whole, "E111", "site.yaml is missing", "it names the site: title, base_url, languages, …"),
        )
    try:
        fields, problems = read_yaml("site.yaml", decode("site.yaml", data), 0)
    except Fault as fault:
        return None, (fault.problem,)
    reading = Reading()
    reading.problems.extend(problems)
    settings, unsound = mend_fields(Settings, fields, reading)
    if unsound and (not mend or "languages" in unsound):
        settings = None
    if settings is not None and "partner_kinds" in unsound:
        # a part of the kinds is no measure for anybody
        settings = replace(settings, partner_kinds=None)
    if settings is not None and not settings.languages:
        reading.fault(whole, "E208", "`languages` is empty", "name at least one, as `[en]`")
        settings = None
    if settings is not None:
        address = (base_url or settings.base_url).rstrip("/") + "/"
        settings = replace(settings, base_url=address)
    return settings, tuple(reading.problems)
