"""Transcripts: Markdown that says the same when it is read again, and plain text without marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.links import Address, Reference
from communique.problems import Place
from communique.prose import Anchor, Illustration, LinkStart, Prose, QuoteEnd, QuoteStart, Words, escape, parse_prose
from communique.transcript import Transcriber

BASE = "https://rivers.example.org/"
TEXT = """\
First *emph* and **strong** with `co_de` and [Delta](partner:delta), 5 * 3 and _x_, AT&T.

- one
- two with *x*
    - deeper
    - deeper two
- three

3. a

4. b

    more of b

> “Words”
> are here.
> — Ada Byron

> “Others”
>
> - listed
>
> — Ada Byron

| A | B |
|---|--:|
| 1 | x\\|y |

A note[^1] and[^two]. Hard\x20\x20
break.

    code *here*
      more <b>

### Third

----

[elsewhere](https://example.org/a_(b)), <https://example.com/> and <press@example.org>

[^1]: The first.
[^two]: The second

    with more.
"""
MARKDOWN = """\
First *emph* and **strong** with `co_de` and [Delta](https://rivers.example.org/delta/), 5 \\* 3 and *x*, AT&T.

- one
- two with *x*
  - deeper
  - deeper two
- three

3. a

4. b

   more of b

> “Words” are here.
> — Ada Byron

> “Others”
>
> - listed
>
> — Ada Byron

| A | B |
| --- | ---: |
| 1 | x\\|y |

A note[^1] and[^2]. Hard\x20\x20
break.

    code *here*
      more <b>

### Third

* * *

[elsewhere](https://example.org/a_%28b%29), <https://example.com/> and <press@example.org>

[^1]: The first.

[^2]: The second

    with more."""
PLAIN = """\
First emph and strong with co_de and Delta, 5 * 3 and x, AT&T.

- one
- two with x
  - deeper
  - deeper two
- three

3. a

4. b

   more of b

  “Words” are here.
  — Ada Byron

  “Others”

  - listed

  — Ada Byron

A | B
1 | x|y

A note[1] and[2]. Hard
break.

    code *here*
      more <b>

Third

* * *

elsewhere (https://example.org/a_(b)), https://example.com/ and press@example.org

[1] The first.

[2] The second

    with more."""


def composed(prose: Prose) -> str:
    """The HTML of a text on a site where all people are Ada Byron."""
    html = ""
    for piece in prose.pieces:
        match piece:
            case str():
                html += piece
            case Words(text):
                html += escape(text)
            case Anchor(id):
                html += escape(id)
            case LinkStart(Address(url=url), _):
                html += f'<a href="{escape(url)}" rel="external">'
            case LinkStart(Reference(name=name), _):
                html += f'<a href="/{name.slug}/">'
            case QuoteStart():
                html += '<figure class="quote" id="quote-ada-byron"><blockquote>\n'
            case QuoteEnd():
                html += "</blockquote>\n<figcaption>Ada Byron</figcaption></figure>\n"
            case Illustration():
                html += f'<img src="/{escape(piece.path)}" alt="{escape(piece.alt)}">'
    return html


def transcript(text: str, *, marks: bool = True) -> str:
    return Transcriber(marks=marks, base=BASE, here=f"{BASE}a/").text(composed(parse_prose(text, Place("a.md"))))


def test_a_text_is_written_down_as_markdown() -> None:
    assert transcript(TEXT) == MARKDOWN


def test_a_text_is_written_down_as_plain_text() -> None:
    assert transcript(TEXT, marks=False) == PLAIN


@pytest.mark.parametrize(
    ("html", "markdown", "plain"),
    [
        ('<p><a href="#b">b</a></p>', "[b](https://rivers.example.org/a/#b)", "b"),
        ("<p><a>nowhere</a></p>", "nowhere", "nowhere"),
        ('<p><img src="/a/b.png" alt="A [bridge]"></p>', f"![A \\[bridge\\]]({BASE}a/b.png)", "[A [bridge]]"),
        ('<h2 id="x">A # B</h2>\n<p>C</p>', "## A # B\n\nC", "A # B\n\nC"),
        ("<p>a<br>b</p>", "a  \nb", "a\nb"),
        # else a piece of code would end at its own signs, and what follows be elements
        ("<p><code>a`&lt;img&gt;`b</code> c</p>", "``a`<img>`b`` c", "a`<img>`b c"),
        ("<p><code>``&lt;img&gt;</code></p>", "``` ``<img> ```", "``<img>"),
        (
            "<ul>\n<li>a <code>`</code></li>\n</ul>\n<pre><code>`b`\n</code></pre>",
            "- a `` ` ``\n\n    `b`",
            "- a `\n\n    `b`",
        ),
    ],
)
def test_what_stands_in_a_text_is_written_down(html: str, markdown: str, plain: str) -> None:
    assert Transcriber(marks=True, base=BASE, here=f"{BASE}a/").text(html) == markdown
    assert Transcriber(marks=False, base=BASE, here=f"{BASE}a/").text(html) == plain


SIGNS = st.text(st.sampled_from("ab 1.)#-+*_`~[]()<>&;=|\\“”—中文:!\n"), max_size=24)


@given(st.lists(SIGNS, min_size=1, max_size=3))
def test_no_sign_of_a_text_becomes_a_mark(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(' '.join(text.split()))}</p>\n" for text in texts)
    markdown = Transcriber(marks=True, base=BASE, here=BASE).text(html)
    again = parse_prose(markdown, Place("a.md"))
    assert again.plain == " ".join(" ".join(texts).split())
    assert "".join(composed(again).split()) == "".join(html.replace("<p></p>", "").split())
