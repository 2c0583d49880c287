"""Hostile text in any file stays text or is a clear problem: never markup, never code, never an exception."""

import json
import re
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sitemaker import (
    BRIDGE,
    PAGE,
    SECONDS,
    TOPIC,
    announcement,
    errors,
    made,
    png,
    record,
    site,
    site_yaml,
    unproblematic,
)

# settings and front matter


HOSTILE_YAML: tuple[tuple[str, int, str], ...] = (
    ("name: &a Bridges\nalso: [*a, *a]", 2, "E105"),
    ("<<: {name: Bridges}", 2, "E105"),
    ("name: Bridges\n<<: [{a: b}, {c: d}]", 3, "E105"),
    ("name: !!python/object/apply:os.system [id]", 2, "E105"),
    ("!!python/object/new:os.system [id]", 2, "E105"),
    ("name: !!binary aGk=", 2, "E105"),
    ("name: " + "[" * 2000, 2, "E106"),
    ("name: " + "{a: " * 2000, 2, "E106"),
    ("name: [[[[[[[[x]]]]]]]]", 2, "E106"),
    ("name:\n" + "".join(" " * depth + "-\n" for depth in range(1, 300)), 8, "E106"),
    ("name:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 300)), 7, "E106"),
    ("name: " + "- " * 20_000, 2, "E103"),
    ("name: " + "? " * 20_000, 2, "E103"),
    ("name: " + "x" * 70_000, 1, "E106"),
    ("name: |\n" + "  x\n" * 20_000, 1, "E106"),
    ("".join(f"k{number}: 1\n" for number in range(3000)), 1001, "E106"),
    ("".join(f"k{number}: 1\n" for number in range(100_000)), 1, "E106"),
    ("name: [" + "x, " * 3000 + "]", 2, "E106"),
    ("name: x\nname: y\nname: z", 4, "E104"),
    ("? [a, b]\n: c", 2, "E103"),
    ("? {a: b}\n: c", 2, "E103"),
    ("- a\n- b", 2, "E103"),
    ("just words", 2, "E103"),
    ("name: 'no end", 3, "E103"),
    ('name: "\\q"', 2, "E103"),
    ('name: "\\ud800"', 2, "E103"),
    ("name: x\n\tkind: y", 3, "E103"),
    ("name: @x", 2, "E103"),
    ("name: `x`", 2, "E103"),
    ("name: %x", 2, "E103"),
    ("%YAML 9.9", 2, "E103"),
    ("name: a: b", 2, "E103"),
    ("name: [a", 3, "E103"),
    ("name: {a", 3, "E103"),
    ("name: x\ufffe", 2, "E107"),
    ("name: x\x00", 2, "E107"),
)


def test_hostile_yaml_is_a_problem_with_its_line_at_once() -> None:
    files = {
        f"content/topics/t{number}.md": f"---\n{lines}\n---\n".encode()
        for number, (lines, _, _) in enumerate(HOSTILE_YAML)
    }
    before = time.process_time()
    found = {(each.place.path, each.place.line, each.code) for each in made(site(files)).problems}
    assert time.process_time() - before < SECONDS
    silent = [(*case, path) for path, case in zip(files, HOSTILE_YAML, strict=True) if (path, *case[1:]) not in found]
    assert [(lines[:40], line, [each for each in found if each[0] == path]) for lines, line, _, path in silent] == []


@pytest.mark.parametrize(
    "lines",
    [
        "",
        "[]",
        "- title: x",
        "title: x",
        "title: &a x\nbase_url: *a",
        "title: !!str x",
        "base_url: javascript:alert(1)",
        "base_url: ftp://x.org/",
        "base_url: https://",
        "base_url: //x.org/",
        "base_url: https://x.org/a b",
        'base_url: https://x.org/"onload=',
        "base_url: 'https://x.org/<b>'",
        "base_url: [https://x.org/]",
        "timezone: ../../../etc/passwd",
        "timezone: /etc/localtime",
        "timezone: Europe",
        "timezone: Europe/Nowhere",
        "timezone: zone.tab",
        "timezone: iso3166.tab",
        "timezone: leapseconds",
        "timezone: __init__",
        "timezone: GMT+25",
        "languages: []",
        "languages: en",
        "languages: [EN]",
        "languages: [../en]",
        "languages: [[en]]",
        "per_page: 0",
        "per_page: -1",
        "per_page: 1e9",
        "per_page: ２０",
        "per_page: 999999999999999999999",
        "link_names: yes",
        "menu: [page:nope]",
        "menu: [javascript:alert(1)]",
        "menu: [//evil.example/]",
        "menu: [/nope/]",
        "menu: [{to: 'data:text/html,x', label: x}]",
        "menu: [{label: x}]",
        "menu: [[announcements]]",
        "contact: [x]",
        "contact: {mail: x}",
        "colours: {accent: red}",
        "colours: {accent: 'url(https://evil.example/)'}",
        "colours: {'a;}body{': '#000000'}",
        "colours: {'accent': '#00000g'}",
        "partner_kinds: [[university]]",
        "partner_kinds: {university: {'../en': x}}",
        "sign_off: true",
        "sign_off: {required: yes}",
        "title: {en: Rivers, en: Streams}",
        "title: ''",
        "titel: Rivers",
    ],
)
def test_hostile_settings_are_a_problem_in_site_yaml(lines: str) -> None:
    key = lines.partition(":")[0]
    usual = site_yaml().decode().split("\n") if ":" in lines and "title: x" not in lines else []
    text = "\n".join([*(line for line in usual if line and not line.startswith(f"{key}:")), lines, ""])
    found = [each for each in made(site({"site.yaml": text.encode()})).problems if each.severity == "error"]
    assert found
    if "evil" not in lines:
        assert {each.place.path for each in found} == {"site.yaml"}


@pytest.mark.parametrize("url", ["https://[", "https://[::1/", "https://exa℀mple.org/", "https://:80/"])
def test_an_address_of_the_site_that_cannot_be_one_is_a_problem(url: str) -> None:
    assert errors(made(site({"site.yaml": site_yaml(base_url=url)})))


@pytest.mark.parametrize(
    "url", ["https://x.org/?a=b", "https://x.org/#a", "https://x.org?", "https://a:b@x.org/", "https://x.org/a/../b"]
)
def test_an_address_of_the_site_to_which_no_path_can_be_joined_is_a_problem(url: str) -> None:
    assert errors(made(site({"site.yaml": site_yaml(base_url=url)})))


@pytest.mark.parametrize(
    "data",
    ["title: 两江".encode("gbk"), "title: x".encode("utf-16"), b"title: \x00", b"\xff\xfe", b"%PDF-1.7\n", png()],
)
def test_settings_that_are_no_text_are_a_problem(data: bytes) -> None:
    assert any(each.startswith("site.yaml:1:") for each in errors(made(site({"site.yaml": data}))))


# templates


LOST = "templates/404.html"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>\n{{ nope }}", 2),
        ("<p>\n{{ frame.nope }}", 2),
        ("<p>\n{{ frame.title.nope.nope }}", 2),
        ("<p>\n{% if %}", 2),
        ("<p>\n{{ 1 + }}", 2),
        ("<p>\n{% nope %}", 2),
        ("<p>\n{{ 1|nope }}", 2),
        ("<p>\n{{ 1 is nope }}", 2),
        ("<p>\n{% endblock %}", 2),
        ("{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2),
        ("<p>\n{% include '../../../etc/passwd' %}", 2),
        ("<p>\n{% include '/etc/passwd' %}", 2),
        ("<p>\n{% include '..\\\\..\\\\outside.md' %}", 2),
        ("<p>\n{% include '../content/pages/about.md' %}", 2),
        ("<p>\n{% import 'nope.html' as nope %}", 2),
        ("<p>\n{% from 'parts.html' import nope %}{{ nope() }}", 2),
        ("{% extends 'nope.html' %}", 1),
        ("<p>\n{{ 'x }}", 2),
        ("<p>\n{{ $ }}", 2),
        ("<p>\n{% include '404.html' %}", 2),
        ("{% extends '404.html' %}", 1),
        ("{% macro a() %}\n{{ a() }}{% endmacro %}{{ a() }}", 2),
        ("<p>\n{{ 1 / 0 }}", 2),
        ("<p>\n{{ t() }}", 2),
        ("<p>\n{{ 'x' + 1 }}", 2),
        ("<p>\n{{ frame|tojson }}", 2),
        ("{{ '\\ud800' }}", 1),
        ("<p>\n{{ 'a' * 1000000000000000 }}", 2),
        ("<p>\n{{ [1, 'a']|sort }}", 2),
        ("<p>\n{{ now() }}", 2),
        ("<p>\n{{ lipsum() }}", 2),
        ("<p>\n{{ [1, 2]|random }}", 2),
        ("<p>\n{{ open('/etc/passwd').read() }}", 2),
        ("<p>\n{{ __import__('os') }}", 2),
        ("<p>\n{{ self.__init__.__globals__.nope }}", 2),
        ("<p>\n{{ range(3).nope }}", 2),
        ("<script>alert(1)</script>", 1),
        ("<img src='https://evil.example/x.png' alt=''>", 1),
        ("<p onclick='x'>", 1),
        ("<a href='javascript:alert(1)'>x</a>", 1),
        ("<iframe src='x'></iframe>", 1),
        ('<p>\n<p id="a"><p id="a">', 2),
        ("{% extends 'base.html' %}{% block main %}\n<a href=\"nope/\">x</a>{% endblock %}", 2),
    ],
)
def test_a_faulty_template_is_a_problem_at_its_line(text: str, line: int) -> None:
    found = errors(made(site({LOST: text.encode()})))
    assert any(each.startswith((f"{LOST}:{line}:", f"{LOST}:1:1 E6")) for each in found), found


def test_a_dead_link_in_the_template_for_wrong_addresses_is_a_problem() -> None:
    assert any(each.startswith(LOST) for each in errors(made(site({LOST: b'<a href="/nope/">x</a>'}))))


@pytest.mark.parametrize("link", ["href='/partners/'", "href=/partners/", 'href = "/partners/"', "HREF = '/partners/'"])
def test_a_link_from_the_root_in_a_template_becomes_relative_or_is_a_problem(link: str) -> None:
    template = "{% extends 'base.html' %}{% block main %}{{ body }}<a " + link + ">x</a>{% endblock %}"
    whole = made(site({"templates/page.html": template.encode()}))
    links = [attributes.get("href") or "" for _, attributes in elements(whole.files["about/index.html"].decode())]
    assert errors(whole) or not any(each.startswith("/") for each in links)


@pytest.mark.parametrize("text", ["<p>\n{% raw %}x", "<p>\n{# x"])
def test_a_template_whose_signs_make_no_sense_is_a_problem_at_its_line(text: str) -> None:
    found = errors(made(site({LOST: text.encode()})))
    assert any(each.startswith(f"{LOST}:2:") for each in found), found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", id="nested expression"),
        pytest.param("{{ " + "9" * 5000 + " }}", id="large number"),
        pytest.param("{% for a in [1] %}" * 30 + "{% endfor %}" * 30, id="nested loops"),
        pytest.param("{% if 1 %}" * 120 + "{% endif %}" * 120, id="nested conditions"),
    ],
)
def test_a_template_that_python_itself_refuses_is_a_problem(text: str) -> None:
    assert any(each.startswith(f"{LOST}:1:") for each in errors(made(site({LOST: text.encode()}))))


@pytest.mark.parametrize(
    "text",
    [
        "{{ ().__class__.__base__.__subclasses__()|length }}",
        "{{ range.__class__ }}",
        "{{ frame.__init__.__globals__|length }}",
        "{{ frame|attr('__init__') }}",
        "{{ [frame]|map(attribute='__class__')|first }}",
        "{{ frame['__class__'] }}",
        "{{ '{0.__class__}'.format(frame) }}",
        "{{ '%s'.__mod__ }}",
        "{{ t.update({'home': 'x'}) }}",
        "{{ t['pop']('home') }}",
    ],
)
def test_a_template_sees_nothing_but_its_page(text: str) -> None:
    assert any(each.startswith(f"{LOST}:1:") for each in errors(made(site({LOST: text.encode()}))))


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(10 ** 9) %}{% endfor %}",
        "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in t %}x{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in (1, 2, 3)|map('abs') %}{% for b in range(900000) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999) %}{{ 'x' * 9999 }}{% endfor %}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
        "{% for a in (1, 2) recursive %}{% if loop.depth < 60 %}{{ loop((1, 2)) }}{% endif %}{% endfor %}",
        "{% set a = 'x' * 9999 %}" + "{% set a = a ~ a %}" * 40,
        "{% set a = 'x' * 9999 %}" + "{% set a = a + a %}" * 40,
        "{{ 9 ** (9 ** 9) }}",
        "{{ 'x' * 10 ** 10 }}",
        "{{ [1] * 10 ** 10 }}",
        "{{ '%999999999d' % 1 }}",
        "{{ '%*d' % (999999999, 1) }}",
        "{{ '{:999999999}'.format(1) }}",
        "{{ '{:{}}'.format(1, 999999999) }}",
        "{{ 'x'.center(999999999) }}",
        "{{ 'x'|center(999999999) }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 'x'|indent(999999999, true) }}",
        "{{ ('x\\n' * 99999)|indent(9999) }}",
        "{{ ('x' * 99999).replace('x', 'y' * 99999) }}",
        "{{ ('x' * 99999)|replace('x', 'y' * 99999) }}",
        "{{ ('x' * 99999).join(range(99999)|map('string')) }}",
        "{{ range(99999)|join('x' * 99999) }}",
        "{{ ('{0}' * 9999).format('x' * 99999) }}",
        "{{ ('%s' * 9999) % (('x' * 99999,) * 9999) }}",
        "{{ ('%(a)s' * 9999)|format(a='x' * 99999) }}",
        "{{ ('x ' * 99999)|wordwrap(1, wrapstring='y' * 99999) }}",
        "{{ ('x' * 99999).translate({120: 'y' * 99999}) }}",
        "{{ (1).to_bytes(9999999999, 'big') }}",
        "{{ (1, 2)|slice(999999999)|list }}",
        "{{ (1, 2)|tojson(indent=999999999) }}",
        "{{ (['x' * 99999] * 99999)|string }}",
        "{% set a = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1] %}" + "{% set a = [a, a, a, a, a, a, a, a, a, a] %}" * 9 + "{{ a }}",
        "{% set a = {'a': 'xxxxxxxxx'} %}" + "{% set a = {'a': (a, a, a, a), 'b': [a, a, a, a]} %}" * 12 + "{{ a }}",
        "{% set a = 'x' * 99999 %}{% for b in range(99999) %}{{ a }}{% endfor %}",
    ],
)
def test_a_template_without_end_is_a_problem_that_costs_little(text: str) -> None:
    before = time.process_time()
    assert any(each.startswith(f"{LOST}:1:") for each in errors(made(site({LOST: text.encode()}))))
    assert time.process_time() - before < SECONDS


def test_what_templates_usually_say_is_within_their_bounds() -> None:
    text = (
        "{% for a in range(1000) %}{{ loop.index }}{{ loop.last }}{% endfor %}{{ 'x' * 99 }}{{ '%05.1f' % 2 }}"
        "{{ '{:>9}'.format('a') }}{{ 'a'|indent(4) }}{{ 3 * 2 ** 10 % 7 }}{{ 'a' ~ 'b' }}{{ '100 %: ' + '*' }}"
        "{{ '{:,} of {n}'.format(20000, n=10 ** 6) }}{{ '%d'|format(20000) }}"
        "{{ (1, 2)|map('abs')|sum }}{{ frame.title.replace('a', 'b')|upper }}{{ [3, 1]|sort|join(', ') }}"
        "{{ ', '.join(['a', 'b']) }}{{ 'a-b'|replace('-', ' ')|wordwrap(2) }}{{ 20000|tojson }}"
        "{{ {'a': [1]}|tojson(2) }}{{ 'aaa'.replace('a', 'b', 1) }}"
        "{{ (1, 2)|join('-', 'real') }}{% for k, v in {'a': 1}|dictsort %}{{ k }}{% endfor %}"
        "{% set a, b = 1, 2 %}{{ a in [1, 2] and b in (1, 2) }}{{ '%(a)s' % {'a': 1} }}{{ 20000|center(9) }}"
    )
    assert errors(made(site({LOST: text.encode()}))) == []


@pytest.mark.parametrize(
    ("data", "line"),
    [(b"<p>\n\xff", 2), (b"<p>\n\x00", 2), ("<p>\n图书".encode("gbk"), 2), ("<p>".encode("utf-16"), 1), (png(), 1)],
)
def test_a_template_that_is_no_text_is_a_problem_at_its_line(data: bytes, line: int) -> None:
    assert any(each.startswith(f"{LOST}:{line}:") for each in errors(made(site({LOST: data}))))


def test_a_template_that_no_page_uses_is_checked_too() -> None:
    assert any(
        each.startswith("templates/spare.html:2:")
        for each in errors(made(site({"templates/spare.html": b"\n{% if %}"})))
    )


# texts


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.scripts: list[str] = []
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        inside = self.found[-1][0] if self.found else ""
        (self.scripts if inside == "script" else self.texts).append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    handle_pi = unknown_decl = handle_comment


def read(page: str) -> _Elements:
    parser = _Elements()
    parser.feed(page)
    parser.close()
    return parser


def elements(page: str) -> list[tuple[str, dict[str, str | None]]]:
    """All elements of a page with their attributes, in their order."""
    return read(page).found


def skeleton(page: str) -> list[tuple[str, ...]]:
    """The elements of a page with the names of their attributes, without what texts decide."""
    return [(tag, *attributes) for tag, attributes in elements(page)]


def everywhere(text: str, prose: str) -> dict[str, bytes]:
    """A site in which every field that takes a text says this one, and every field in Markdown that one."""
    image = {"alt": text, "caption": text, "credit": text, "licence": text}
    note = {"date": "2025-11-01", "note": prose}
    fields = {
        "title": text,
        "subtitle": text,
        "summary": text,
        "date": "2025-10-27",
        "place": text,
        "partners": ["delta", "omega"],
        "topics": ["bridges"],
        "contacts": ["ada-byron"],
        "image": {"file": "a.png", **image},
        "gallery": [{"file": "b.png", **image}],
        "facts": [{"value": text, "label": text, "as_of": "2025", "source": text}],
        "events": [{"date": "2025-10", "what": text}],
        "notes": prose,
        "source": {"name": text, "url": "https://example.org/?a=b&c=d"},
        "corrections": [note],
    }
    body = f"{prose}\n\n- {prose}\n\n| {prose.replace('|', '')} | b |\n|---|---|\n| c | d |\n\n> {prose}\n> — ada-byron"
    partner = {
        "name": text,
        "short": text,
        "also": [text],
        "kind": "university",
        "city": text,
        "country": text,
        "boilerplate": prose,
    }
    words = {"en": text}
    return {
        "site.yaml": site_yaml(
            title=words, tagline=text, contact={"name": text, "email": text, "phone": text, "hours": text, "note": text}
        )
        + f"menu:\n  - announcements\n  - {{to: page:about, label: {json.dumps(text, ensure_ascii=False)}}}\n".encode(),
        BRIDGE.replace(".md", "/index.md"): record(fields, body),
        BRIDGE.replace(".md", "/a.png"): png(),
        BRIDGE.replace(".md", "/b.png"): png(4, 4),
        "content/announcements/gone.md": record(
            {**{key: fields[key] for key in ("title", "summary", "date", "partners")}, "withdrawn": note}, body
        ),
        "content/announcements/moved.md": announcement("Moved", partners=["delta"], was=["/old/"], title=text),
        "content/partners/delta.md": record({**partner, "logo": {"file": "logo.png", **image}}, prose),
        "content/partners/logo.png": png(5, 5),
        "content/partners/omega.md": record({**partner, "parent": "delta"}, prose),
        "content/people/ada-byron.md": record(
            {
                "name": text,
                "also": [text],
                "honorific": text,
                "roles": [{"title": text, "partner": "delta", "source": text}],
            },
            prose,
        ),
        TOPIC: record({"name": text}, prose),
        PAGE: record({"title": text}, prose),
    }


NASTY = {
    "quotes": "\"double\" 'single' `back` “typographic” «more»",
    "tags": "<b>bold</b> <img src=x onerror=alert(1)> </p></div></main>",
    "script": "</script><script>alert(1)</script><!--",
    "comment": "--> ]]> <!-- <![CDATA[ x",
    "attribute": '" onmouseover="alert(1)" x=\'',
    "entities": "&amp; &lt;b&gt; &#60;b&#62; &quot; &nbsp &",
    "Jinja": "{{ 7*7 }} {% raw %} {# note #} {% include 'base.html' %} {{ frame }}",
    "formats": "{0} {title} {count} %s %(x)s $1 ${x}",
    "relative": '="/ href="/partners/" src=\'/x\' ="//',
    "emoji": "😀 👩‍🔬 🏴󠁧󠁢󠁥󠁮󠁧󠁿 e\u0301",
    "right to left": "\u202eevil\u202c \u200f\u2067ab\u2069 שלום",
    "separators": "one\u2028two\u2029three\u00a0four",
    "backslashes": '\\ \\n \\u003c \\" C:\\new',
}


@pytest.fixture(scope="module")
def harmless() -> Mapping[str, bytes]:
    return made(everywhere("Plain words", "Plain words here")).files


@pytest.mark.parametrize("case", NASTY)
def test_a_text_stays_a_text_on_every_page_and_in_every_feed(case: str, harmless: Mapping[str, bytes]) -> None:
    text = NASTY[case]
    whole = made(everywhere(text, re.sub(r"([\\`*_\[\]!<>#|&-])", r"\\\1", text)))
    assert errors(whole) == []
    assert whole.files.keys() == harmless.keys()
    shown = " ".join(text.split())
    for path, data in whole.files.items():
        if path.endswith(".html"):
            check_page(path, data.decode(), harmless[path].decode(), shown)
        elif path.endswith(".xml"):
            said = [" ".join((element.text or "").split()) for element in fromstring(data).iter()]
            assert shown in said or path == "sitemap.xml" or b"<loc>" not in harmless[path] != b""
        elif path.endswith(".json"):
            assert shown in strings(json.loads(data))
    for path in ("llms.txt", *(path for path in whole.files if path.endswith(".md"))):
        text = whole.files[path].decode()
        assert shown in " ".join(marks_undone(text).split())
        assert "<script" not in text
        assert "<img" not in text


def marks_undone(text: str) -> str:
    """Markdown whose escaped signs stand for themselves again."""
    signs = {"&lt;": "<", "&amp;": "&", "&#126;~~": "~~~"}
    return re.sub(r"&lt;|&amp;|&#126;~~|\\[\\`*_\[\]<>+#-]", lambda each: signs.get(each[0], each[0][-1]), text)


def check_page(path: str, page: str, usual: str, shown: str) -> None:
    """The page has the elements that it has with harmless words, and says these words."""
    there = read(page)
    if path == "map/index.html":  # it breaks long names into lines
        assert set(skeleton(page)) == set(skeleton(usual))
    else:
        assert skeleton(page) == skeleton(usual), path
    assert there.odd == read(usual).odd
    values = [" ".join((value or "").split()) for _, attributes in there.found for value in attributes.values()]
    texts = [" ".join(text.split()) for text in there.texts]
    assert shown in " ".join(texts)
    assert any(shown in value for value in values) or path == "old/index.html"
    for script in there.scripts:
        if script.strip():
            assert shown in json.dumps(json.loads(script), ensure_ascii=False).encode().decode() or shown in strings(
                json.loads(script)
            )


def strings(value: object) -> str:
    match value:
        case dict():
            return "\n".join(strings(each) for each in value.values())
        case list():
            return "\n".join(strings(each) for each in value)
        case _:
            return str(value)


@settings(max_examples=6, derandomize=True)
@given(text=st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(str.strip))
def test_any_text_in_any_field_stays_a_text(text: str) -> None:
    whole = made(everywhere(f"Words {text}", "Plain words here"))
    refused = errors(whole)
    if refused:
        assert all(re.match(r"(content/|site\.yaml)", each) for each in refused)
        return
    for path, data in whole.files.items():
        if path.endswith(".html"):
            assert not {"script", "style", "iframe"} & {
                tag
                for tag, known in elements(data.decode())
                if "src" not in known and known.get("type") != "application/ld+json"
            }, path
        elif path.endswith(".xml"):
            fromstring(data)
        elif path.endswith(".json"):
            json.loads(data)


@pytest.mark.parametrize("kind", ["announcements", "people", "partners", "topics", "pages"])
def test_a_control_sign_is_a_problem_also_where_yaml_writes_it_with_an_escape(kind: str) -> None:
    escapes = ["\\0", "\\x01", "\\a", "\\e", "\\x7f", "\\x85", "\\uFFFE", "\\uFFFF"]
    usual = {"announcements": BRIDGE, "people": "content/people/ada-byron.md", "partners": "content/partners/delta.md"}
    text = site()[usual.get(kind, TOPIC if kind == "topics" else PAGE)].decode()
    first = text.split("\n")[1]
    files = {
        f"content/{kind}/x{number}.md": text.replace(first, f'{first[:-1]}{escape}"', 1).encode()
        for number, escape in enumerate(escapes)
    }
    found = errors(made(site(files)))
    assert [path for path in files if not any(each.startswith(f"{path}:2:") for each in found)] == []


@pytest.mark.parametrize(
    "body",
    ["{{ 7*7 }}", "{% raw %}x", "{% for x in y %}", "{# hidden #}", "{{ frame.title }}", "{%", "}}", "`{{ 7*7 }}`"],
)
def test_jinja_in_a_text_is_text(body: str) -> None:
    whole = made(site({PAGE: record({"title": "About"}, f"[Ada](person:ada-byron)\n\n{body}")}))
    assert errors(whole) == []
    assert body.strip("`") in "".join(read(whole.files["about/index.html"].decode()).texts)


MARKUP = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{display:none}</style>",
    "<!-- --><script>alert(1)</script>",
    "<base href='https://evil.example/'>",
    "<form action='https://evil.example/'><input></form>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)\\</script>",
    "<scr<script>ipt>alert(1)</script>",
    "<a\u2028onclick=x>",
    "[x]: javascript:alert(1)\n\n`[x]`",
    '<https://x.example/"onclick=alert(1)>',
]


def test_no_element_of_a_text_reaches_a_page() -> None:
    bodies = ["x", *MARKUP]
    pages = {f"content/pages/p{number}.md": record({"title": "P"}, body) for number, body in enumerate(bodies)}
    files = made(site(pages)).files
    usual, *found = (elements(files[f"p{number}/index.html"].decode()) for number in range(len(bodies)))
    allowed = {tag for tag, _ in usual} | {"p", "/p", "code", "/code", "a", "/a"}
    for body, there in zip(MARKUP, found, strict=True):
        assert {tag for tag, _ in there} <= allowed, body
        assert not any(name.startswith("on") for _, attributes in there for name in attributes), body
        values = [value or "" for _, attributes in there for value in attributes.values()]
        assert not any(value.startswith("javascript") for value in values), body


DANGEROUS = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "&#106;avascript:alert(1)",
    "javascript&colon;alert(1)",
    "\u200bjavascript:alert(1)",
    "java\xadscript:alert(1)",
    "vbscript:x",
    "data:text/html,x",
    "file:///etc/passwd",
    "blob:x",
    "//evil.example/",
    "\\\\evil.example",
]


def test_a_dangerous_link_is_a_problem_at_its_line() -> None:
    assert unproblematic([f"[x](<{target}>)" for target in DANGEROUS]) == []


PIECES = st.lists(
    st.sampled_from(
        [
            b"---\n",
            b"name: ",
            b"title",
            b": ",
            b"\n",
            b"- ",
            b"[",
            b"]",
            b"{",
            b"}",
            b'"',
            b"'",
            b"|",
            b">",
            b"&a",
            b"*a",
            b"!!",
            b"#",
            b"\t",
            b" ",
            b"x",
            b"\xff",
        ]
    )
    | st.sampled_from(
        [
            b"{{",
            b"}}",
            b"{%",
            b"%}",
            b"{#",
            b"<",
            b"</p>",
            b"![a](b)",
            b"[a](b)",
            b"> ",
            b"\xe2\x80\x94 Ada Byron",
            b"`",
            b"**",
            b"[^1]",
            b"[^1]: ",
            b"\x00",
            b"\r",
            b"\xe2\x80\xa8",
            b"2025-10-27",
            b"if ",
            b"block a",
            b"extends",
        ]
    ),
    max_size=24,
).map(b"".join)


TRANSLATION = BRIDGE.replace(".md", ".zh-Hans.md")
SIGNED = BRIDGE.replace(".md", ".approvals.yaml")


def two_languages(**fields: object) -> dict[str, bytes]:
    """A site in which an announcement is translated, and signed by somebody."""
    signed = "sign_offs:\n  - {partner: delta, by: Ada, at: 2025-11-01T09:00Z, partners: [delta], texts: {en: a1}}\n"
    return site(
        {
            "site.yaml": site_yaml(languages=["en", "zh-Hans"], **fields),
            TRANSLATION: record({"title": "桥通车", "summary": "桥通车了。"}, "桥通车了。"),
            SIGNED: signed.encode(),
        }
    )


@pytest.mark.parametrize("required", [False, True], ids=["free", "to be signed"])
@pytest.mark.parametrize("paths", [(TRANSLATION,), (BRIDGE,), (TRANSLATION, BRIDGE)], ids=len)
def test_fields_that_cannot_be_read_are_a_problem_in_a_text_and_in_its_translation(
    paths: tuple[str, ...], required: bool
) -> None:
    for field in (
        "a: &b c",
        "title: [",
        "a: !!x y",
        f"a: {'[' * 9}{']' * 9}",
        f"a: {'x' * 70_000}",
        "- a",
        "a: 1\na: 2",
    ):
        hostile = f"---\n{field}\n---\n\nWords.\n".encode()
        found = errors(made(two_languages(sign_off={"required": required}) | dict.fromkeys(paths, hostile)))
        assert all(any(each.startswith(f"{path}:") for each in found) for path in paths), field


@settings(max_examples=40, derandomize=True)
@given(
    path=st.sampled_from([BRIDGE, TRANSLATION, SIGNED, "content/partners/delta.md", PAGE, "site.yaml", LOST]),
    keep=st.integers(0, 200),
    pieces=PIECES,
)
def test_any_bytes_in_any_file_are_a_site_or_a_problem_that_names_the_file(path: str, keep: int, pieces: bytes) -> None:
    files = two_languages()
    whole = made(files | {path: files.get(path, b"<p>")[:keep] + pieces})
    problems = [each for each in whole.problems if each.severity == "error"]
    assert all(each.message and each.place.path for each in problems)
    assert (
        not problems
        or path in {each.place.path for each in problems}
        or any("about" in each.place.path for each in problems)
    )
