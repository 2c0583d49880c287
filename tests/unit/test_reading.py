"""Finished pages as the engine reads them back: links, ids, and all that must not be there."""

import pytest

from communique.check.reading import Reading, read_page


def reading(body: str) -> Reading:
    """The reading of a page with this body."""
    return read_page(f'<!doctype html><html lang="en"><head><title>A</title></head><body>{body}</body></html>'.encode())


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ('<a href="../b/">', ("../b/",)),
        ('<a href="#c">', ("#c",)),
        ("<a href='a'>", ("a",)),
        ("<a href=a>", ("a",)),
        ('<img src="a.png" alt="">', ("a.png",)),
        ('<link rel="stylesheet" href="a.css">', ("a.css",)),
        ('<script src="a.js"></script>', ("a.js",)),
        ('<picture><source srcset="a.png 1x, b.png 2x"></picture>', ("a.png", "b.png")),
        ('<video poster="a.png" src="b.mp4"></video>', ("a.png", "b.mp4")),
        ('<svg><use href="a.svg#b"/></svg>', ("a.svg#b",)),
        ('<a href="a">1</a><a href="a">2</a>', ("a",)),
        ('<a href="https://example.org/">', ()),
        ('<a href="mailto:a@b">', ()),
        ('<p title="a/b">', ()),
    ],
)
def test_links_inside_the_site_are_read_once_each(body: str, links: tuple[str, ...]) -> None:
    found = reading(body)
    assert sorted(found.links) == sorted(links)
    assert (found.dangerous, found.foreign) == ((), ())


def test_ids_and_those_that_stand_twice() -> None:
    found = reading('<p id="a"><p id="b"><p id="a"><p id="a">')
    assert (set(found.ids), set(found.twice)) == ({"a", "b"}, {"a"})


@pytest.mark.parametrize(
    "body",
    [
        '<a href="javascript:alert(1)">',
        '<a href=" JavaScript:alert(1)">',
        '<a href="java&#9;script:alert(1)">',
        '<a href="vbscript:x">',
        '<a href="data:text/html,x">',
        '<img src="data:image/svg+xml,x" alt="">',
        '<a href="//example.org/">',
        "<script>alert(1)</script>",
        '<script type="module">alert(1)</script>',
        "<style>p{}</style>",
        '<p style="x">',
        '<p onclick="x">',
        "<p ONCLICK=x>",
        "<img src=x onerror=alert(1) alt=''>",
        '<iframe src="a"></iframe>',
        '<iframe srcdoc="a"></iframe>',
        '<object data="a"></object>',
        '<embed src="a">',
        '<base href="a">',
        '<form action="a"></form>',
        "<svg><foreignObject></foreignObject></svg>",
        "<svg/onload=alert(1)>",
        '<button formaction="javascript:x">',
        '<svg><a xlink:href="javascript:x">a</a></svg>',
        '<svg><animate attributeName="href" to="javascript:x"/></svg>',
    ],
)
def test_what_could_run_is_dangerous(body: str) -> None:
    assert reading(body).dangerous


@pytest.mark.parametrize(
    "body",
    [
        '<img src="https://example.org/a.png" alt="">',
        '<img src="//example.org/a.png" alt="">',
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        '<link rel="preload" href="https://example.org/a.woff2">',
        '<link rel="icon" href="https://example.org/a.svg">',
        '<video src="https://example.org/a.mp4"></video>',
        '<picture><source srcset="a.png 1x, https://example.org/b.png 2x"></picture>',
        '<img srcset="https://example.org/a.png 1x" alt="">',
        '<link rel="preconnect" href="https://example.org/">',
        '<input type="image" src="https://example.org/a.png">',
    ],
)
def test_what_is_loaded_from_elsewhere_is_foreign(body: str) -> None:
    assert reading(body).foreign


def test_linked_data_is_read_and_is_no_danger() -> None:
    found = reading('<script type="application/ld+json">{"a": 1}</script>')
    assert (found.broken, found.dangerous) == ((), ())
    found = reading('<script type="application/ld+json">{"a": 1</script><script type="application/json">2</script>')
    assert (len(found.broken), found.dangerous) == (1, ())


def test_images_without_alternative_text_are_named() -> None:
    assert reading('<img src="a.png"><img src="b.png" alt=""><img src="c.png" alt="C">').without_alt == ("a.png",)


@pytest.mark.parametrize("text", ["x onclick=y", "javascript:x", "style = x", "&lt;script&gt;"])
def test_words_about_code_are_words(text: str) -> None:
    assert reading(f"<p>{text}</p>").dangerous == ()
