"""The slug of a new record, from its title."""

import importlib
import re
import unicodedata

from communique.names import slug_fault

LIMIT_LENGTH = 70

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
_SMALL = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"))


def make_slug(title: str, day: str, kind: str = "announcement") -> tuple[str, str]:
    """A slug of ASCII words for a record of a kind, and what the officer must know of it (or an empty text)."""
    remark = ""
    if _HAN.search(title):
        spelled = _spelled(title)
        if spelled is None:
            remark = "the title is Chinese, and `pypinyin`, which would spell it in Latin letters, is not installed"
        title = spelled or _HAN.sub(" ", title)
    slug = _shortened(_words(title))
    if not slug or (remark and len(slug) < 4) or slug.isdigit():
        slug, remark = f"{kind}-{day}", remark or "no Latin words are in the title"
    if slug_fault(slug):
        slug = f"{kind}-{slug}"
    return slug, f"{remark}: the slug is `{slug}`" if remark else ""


def _words(text: str) -> list[str]:
    # R&D and Ph.D. are one word each
    text = re.sub(r"(?<=\b\w)[&.](?=\w\b)", "", text.replace("’", "").replace("'", ""))
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss").replace("ø", "o").replace("æ", "ae"))
    return re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())


def _shortened(words: list[str]) -> str:
    while len("-".join(words)) > LIMIT_LENGTH:
        small = next((at for at in range(len(words) - 1, 0, -1) if words[at] in _SMALL), None)
        words = [*words[:small], *words[small + 1 :]] if small is not None else words[:-1] or [words[0][:LIMIT_LENGTH]]
    while len(words) > 1 and words[-1] in _SMALL:
        words = words[:-1]
    return "-".join(words)


def _spelled(title: str) -> str | None:
    try:
        pinyin = importlib.import_module("pypinyin")
    except ImportError:
        return None
    return _HAN.sub(lambda match: f" {' '.join(pinyin.lazy_pinyin(match.group()))} ", title)
