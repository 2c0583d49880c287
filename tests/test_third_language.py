"""A language that the engine has no words for needs a line in site.yaml and nothing else."""

import re
from functools import cache

import pytest
import shipped
from markup import Markup, read
from support import built

from communique.pipeline import Built


@cache
def site() -> Built:
    """The shipped site with Arabic and French, an announcement of which is translated into both."""
    given = dict(shipped.files())
    told = given["site.yaml"].decode()
    given["site.yaml"] = told.replace("languages: [en, zh-Hans]", "languages: [en, zh-Hans, ar, fr]").encode()
    assert given["site.yaml"] != told.encode()
    path = "content/announcements/2025-10-27-beijing-rd-centre-opens"
    for language, title in (("ar", "افتتاح المركز"), ("fr", "Le centre ouvre")):
        text = f"---\ntitle: {title}\nsummary: {title}.\n---\n\n{title}.\n"
        given[f"{path}.{language}.md"] = text.encode()
    return built(given)


@pytest.mark.parametrize(
    ("language", "direction", "date", "name"),
    [("ar", "rtl", "27 أكتوبر 2025", "العربية"), ("fr", "ltr", "27 octobre 2025", "Français")],
)
def test_its_edition_is_whole(language: str, direction: str, date: str, name: str) -> None:
    assert [each for each in site().problems if each.severity == "error"] == []
    files = site().files
    english = {path for path in files if not path.startswith(("zh-Hans/", "ar/", "fr/")) and path.endswith(".html")}
    assert {f"{language}/{path}" for path in english} <= files.keys()
    page = read(files[f"{language}/announcements/beijing-rd-centre-opens/index.html"])
    (whole,) = page.all("html")
    assert (whole.attributes["lang"], whole.attributes["dir"]) == (language, direction)
    assert date in page.text
    assert name in page.text
    other = read(files[f"{language}/announcements/cambridge-beijing-partnership/index.html"])
    assert other.all("h1")[0].attributes["lang"] == "en"
    assert other.of_class("untranslated")


def test_the_versions_of_a_page_name_each_other_in_all_languages_in_which_it_is_written() -> None:
    def alternates(page: Markup) -> dict[str, str]:
        return {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.all("link")
            if "hreflang" in link.attributes
        }

    base = "announcements/beijing-rd-centre-opens/index.html"
    versions = [alternates(read(site().files[f"{root}{base}"])) for root in ("", "zh-Hans/", "ar/", "fr/")]
    assert versions[0].keys() == {"en", "zh-Hans", "ar", "fr", "x-default"}
    assert all(each == versions[0] for each in versions)
    untold = alternates(read(site().files["ar/announcements/cambridge-beijing-partnership/index.html"]))
    assert untold == {}
    listed = re.findall(rb"<url><loc>[^<]*beijing-rd-centre-opens/</loc>.*?</url>", site().files["sitemap.xml"])
    assert len(listed) == 4
    assert all(entry.count(b"hreflang=") == 5 and b'hreflang="x-default"' in entry for entry in listed)


def test_the_style_sheet_knows_no_left_and_right() -> None:
    style = shipped.files()["static/style.css"].decode()
    rules = re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL)
    sides = r"(?:margin|padding|border)-(?:left|right)|[;{\s](?:left|right)\s*:"
    assert re.findall(rf"{sides}|(?:text-align|float|clear):\s*(?:left|right)", rules) == []
