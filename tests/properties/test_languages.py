"""Languages never mix: each edition speaks its own, and what it must show in another is marked as such."""

import json
import re
from collections.abc import Iterator, Mapping

from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode
from support import built, files

SITE = """
-- site.yaml --
title: {en: alphasite, zh-Hans: zetasite}
tagline: {en: alphaline, zh-Hans: zetaline}
base_url: https://rivers.example.org/
languages: [en, zh-Hans]
timezone: Europe/London
partner_kinds: {company: {en: alphakind, zh-Hans: zetakind}}
contact: {name: {en: alphaoffice, zh-Hans: zetaoffice}}
"""
# what each record says, with a sign for the words of a language
RECORDS = {
    "announcements/2025-10-27-one": "title: {w} title\nsubtitle: {w} sub\nsummary: {w} summary\nplace: {w} place\n"
    "facts: [{{value: {w} value, label: {w} label, source: {w} source}}]\nevents: [{{date: 2025-10, what: {w} what}}]\n"
    "notes: {w} notes\ncorrections: [{{date: 2025-10-28, note: {w} note}}]\nsource: {{name: {w} origin}}\n",
    "announcements/2025-10-26-two": "title: {w} title\nsummary: {w} summary\n",
    "partners/firm": "name: {w} name\nshort: {w} short\ncity: {w} city\ncountry: {w} country\n"
    "boilerplate: {w} boiler\n",
    "partners/part": "name: {w} name\n",
    "people/who": "name: {w} name\nhonorific: {w} honour\nroles: [{{title: {w} role}}]\n",
    "topics/about-it": "name: {w} name\n",
    "pages/notice": "title: {w} title\n",
}
SHARED = {
    "announcements/2025-10-27-one": "date: 2025-10-27\npartners: [firm, part]\ntopics: [about-it]\ncontacts: [who]\n",
    "announcements/2025-10-26-two": "date: 2025-10-26\npartners: [firm, part]\ntopics: [about-it]\ncontacts: [who]\n",
    "partners/firm": "kind: company\ncontacts: [who]\n",
    "partners/part": "kind: company\nparent: firm\n",
}
NUMBERS = {path: number for number, path in enumerate(RECORDS)}
# a kit holds all languages, the map of the site names the pages of all
FOR_ALL = ("kit.zip", ".png")


def site(translated: set[str]) -> dict[str, bytes]:
    """The site, with translations of some of its records."""
    found = files(SITE)
    found = {path: data for path, data in found.items() if not path.startswith("content/")}
    for path, says in RECORDS.items():
        for language, sign in (("", "alpha"), (".zh-Hans", "zeta")):
            if language and path not in translated:
                continue
            word = f"{sign}{NUMBERS[path]}x"
            shared = "" if language else SHARED.get(path, "")
            body = f"## {word} heading\n\n{word} body of it.\n"
            if path.startswith("announcements/"):
                speaker = (
                    f"{'zeta' if language and 'people/who' in translated else 'alpha'}{NUMBERS['people/who']}x name"
                )
                body += f"\n> {word} quote.\n> — {speaker}\n"
            found[f"content/{path}{language}.md"] = f"---\n{says.format(w=word)}{shared}---\n\n{body}".encode()
    return found


def words(data: bytes, sign: str) -> set[str]:
    """The words of a language in a file, by what they belong to."""
    return set(re.findall(rf"{sign}(\d+x|site|line|kind|office)", data.decode("utf-8", "replace")))


def unmarked(page: bytes, sign: str) -> Iterator[str]:
    """The texts of a page with words of another language that no element marks as that."""
    tree = LexborHTMLParser(page)
    for node in tree.css("body *"):
        own = "".join(child.text(deep=False) for child in node.iter(include_text=True) if child.tag == "-text")
        # what the interface composes with a name is in its own language
        composed = re.search("[\u4e00-\u9fff]", own)
        if sign in own and not composed and node.tag not in ("script", "style") and _language(node) != "en":
            yield f"<{node.tag}> {' '.join(own.split())}"


def _language(node: LexborNode | None) -> str:
    while node is not None:
        if node.attributes.get("lang"):
            return str(node.attributes["lang"])
        node = node.parent
    return ""


def check(found: Mapping[str, bytes], translated: set[str]) -> None:
    """Nothing of the other language is in a file, but for what has no translation."""
    missing = {f"{NUMBERS[path]}x" for path in RECORDS if path not in translated}
    for path, data in found.items():
        if path.endswith(FOR_ALL):
            continue
        if not path.startswith("zh-Hans/"):
            assert words(data, "zeta") == set(), path
            continue
        assert words(data, "alpha") <= missing, path
        if path.endswith(".html"):
            assert list(unmarked(data, "alpha")) == [], path


@settings(max_examples=10, derandomize=True, deadline=None, phases=[Phase.generate])
@given(translated=st.sets(st.sampled_from(sorted(RECORDS))))
def test_languages_never_mix_in_pages_lists_feeds_the_search_or_linked_data(translated: set[str]) -> None:
    whole = built(site(translated))
    assert [str(each) for each in whole.problems if each.severity == "error"] == []
    check(whole.files, translated)
    for path in RECORDS:
        folder, _, name = path.partition("/")
        slug = re.sub(r"^\d{4}-\d\d-\d\d-", "", name)
        url = f"zh-Hans/{slug}/" if folder == "pages" else f"zh-Hans/{folder}/{slug}/"
        page = whole.files[f"{url}index.html"]
        assert (b"untranslated" in page) == (path not in translated)
        for data in LexborHTMLParser(page).css("script[type='application/ld+json']"):
            for thing in json.loads(data.text()).get("@graph", ()):
                if thing["@type"] == "NewsArticle":
                    assert thing["inLanguage"] == ("zh-Hans" if path in translated else "en")


def test_a_site_all_translated_and_one_not_at_all() -> None:
    for translated in (set(RECORDS), set[str]()):
        check(built(site(translated)).files, translated)
