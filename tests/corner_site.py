"""A site with every corner that a page can have: all fields and none, three languages, one of them from right to left,
pictures, long names, tables, footnotes, a correction, a withdrawal, and forty partners."""

import io
from collections.abc import Mapping
from functools import cache

from PIL import Image, ImageDraw
from support import files

PARTNERS = 40
LONG = "The Interuniversity Consortium for Extraordinarily Long Names and Donaudampfschifffahrtsgesellschaftskapitäne"
TITLE = (
    "Partners of two rivers open a research centre for hydrodynamics, sedimentology and the long-term observation of "
    "wetlands, and agree on a common programme for students, clinicians and engineers from both of the countries"
)

_SETTINGS = """\
title: {en: Two Rivers Partnership, zh-Hans: 双河合作, ar: شراكة النهرين}
tagline: {en: Announcements from two rivers, zh-Hans: 两条河流的公告, ar: إعلانات من نهرين}
base_url: https://rivers.example.org/
languages: [en, zh-Hans, ar]
timezone: Europe/London
partner_kinds: [university, company, municipal body]
contact: {name: The press office, email: press@rivers.example.org, phone: "+44 1223 000000", hours: "9:00 to 17:00"}
per_page: 3
"""

_WHOLE = """\
---
title: A bridge and a research centre open
subtitle: What two cities have built together, and what they are going to do with it
summary: The bridge between the two rivers is open, and with it the centre that is to study both of them.
date: 2025-10-27T09:00:00+08:00
place: Beijing
partners: [delta, works, partner-3, partner-4]
topics: [bridges, water]
contacts: [ada-byron, li-wei]
image: {file: bridge.jpg, alt: A bridge at dawn, caption: The bridge at dawn., credit: Ada Byron, licence: CC BY 4.0}
gallery:
  - {file: drawing.png, alt: A drawing, caption: The plan., credit: Office, licence: none, redistribute: false}
  - {file: tall.jpg, alt: A pier, credit: Ada Byron}
  - {file: small.png, alt: A stone}
facts:
  - {value: "US$2.5 billion", label: for the bridge and the centre, as_of: 2025-10, source: Delta University}
  - {value: "12", label: years of planning}
  - {value: "3,400 metres", label: from bank to bank, as_of: 2025-10-27}
events:
  - {date: "2013", what: The two cities agree to plan a bridge.}
  - {date: 2020-05, what: Work begins.}
  - {date: 2025-10-25, what: The first people cross.}
source: {name: Delta University, url: "https://delta.example.org/news"}
notes: |
  1. The *bridge* has two decks.
  2. A second note, with a [link](https://example.org/).
corrections:
  - {date: 2025-10-30, note: "An earlier version said that the bridge has one deck; it has **two**."}
---

The bridge is open. It was built by [the works](../../partners/works.md) and by Delta University.[^deck]

![The river from above](inline.jpg "The river in spring")

## What it is for

It carries **trains**, *people* and `water`:

- trains
    - fast ones
    - slow ones
- people, who may also
  rest.

1. First this.
2. Then that.

> We have waited long for this day, and it is a fine one.
> — Ada Byron

| Deck | For | Metres |
|:-----|:---:|-------:|
| Upper, which is the one that carries everything that has wheels | trains | 3,400 |
| Lower | people and bicycles | 3,200 |

### What comes next

> 桥开通了，这是两座城市的共同成就。
> — Li Wei

A very long word: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, and an address
https://example.org/a/very/long/address/that/does/not/break/anywhere/at/all/and/goes/on/and/on/and/on.

---

#### A small heading

The end.

[^deck]: It has two decks.
"""

_CHINESE = """\
---
title: 大桥与研究中心同时启用
summary: 两河之间的大桥现已开通，研究两河的中心也随之启用。
---

大桥已经开通，由Delta University参与建设。

> 我们等待这一天已经很久了。
> — Ada Byron
"""

_ARABIC = """\
---
title: افتتاح جسر ومركز أبحاث
summary: افتتح الجسر بين النهرين، ومعه المركز الذي سيدرسهما.
---

افتتح الجسر بين النهرين.

> انتظرنا هذا اليوم طويلا.
> — Ada Byron
"""


@cache
def corner_site() -> Mapping[str, bytes]:
    """The files of the site, by path."""
    found = {path: data for path, data in files().items() if not path.startswith("content/announcements/")}
    found["site.yaml"] = _SETTINGS.encode()
    found["content/pages/about.md"] = (
        b"---\ntitle: About this site\n---\n\n[Delta](partner:delta) and [water](topic:water).\n"
    )
    folder = "content/announcements/2025-10-27-opening/"
    found |= {
        f"{folder}index.md": _WHOLE.encode(),
        f"{folder}index.zh-Hans.md": _CHINESE.encode(),
        f"{folder}index.ar.md": _ARABIC.encode(),
        f"{folder}bridge.jpg": photograph(1800, 1100),
        f"{folder}tall.jpg": photograph(500, 1400),
        f"{folder}inline.jpg": photograph(1000, 600),
        f"{folder}drawing.png": drawing(700, 420),
        f"{folder}small.png": drawing(90, 60),
        "content/people/ada-byron/index.md": _person("Ada Byron", "portrait: {file: face.jpg, alt: Ada Byron}\n"),
        "content/people/ada-byron/face.jpg": photograph(400, 500),
        "content/people/li-wei.md": _person("Li Wei", "also: [李伟]\n"),
        "content/partners/delta/index.md": _partner(
            "Delta University", "logo: {file: logo.png, alt: Delta University}\nwebsite: https://delta.example.org/\n"
        ),
        "content/partners/delta/logo.png": drawing(300, 200),
        "content/partners/works.md": _partner("The Works", "parent: delta\nalso: [Works Ltd]\n"),
        "content/topics/water.md": b"---\nname: Water\n---\n\nAll about [bridges](bridges.md).\n",
    }
    del found["content/people/ada-byron.md"], found["content/partners/delta.md"]
    for number in range(3, PARTNERS + 1):
        name = LONG if number == 7 else f"Partner {number} of the Rivers"
        parent = "parent: delta\n" if number % 9 == 0 else f"parent: partner-{number - 1}\n" if number % 7 == 0 else ""
        found[f"content/partners/partner-{number}.md"] = _partner(name, parent)
    for number in range(12):
        listed = [f"partner-{3 + (number * 5 + step) % (PARTNERS - 2)}" for step in range(5)]
        found[f"content/announcements/2025-0{1 + number % 9}-10-plan-{number}.md"] = _plan(number, listed)
    found["content/announcements/2025-10-01-bare.md"] = _announcement("Bare", "")
    found["content/announcements/2025-10-02-long.md"] = _announcement(TITLE, f"subtitle: {TITLE}\nplace: {LONG}\n")
    found["content/announcements/2025-10-03-gone.md"] = _announcement(
        "A ferry is to be built", "withdrawn: {date: 2025-10-20, note: The ferry is not going to be built.}\n"
    )
    return found


def _announcement(title: str, more: str) -> bytes:
    head = f"title: {title}\nsummary: What is said in short.\ndate: 2025-10-02\npartners: [delta, partner-7]\n"
    return f"---\n{head}{more}---\n\nOne sentence.\n".encode()


def _plan(number: int, partners: list[str]) -> bytes:
    head = f"title: Plan {number}\nsummary: A plan.\ndate: 2025-0{1 + number % 9}-10\n"
    return f"---\n{head}partners: [{', '.join(partners)}]\ntopics: [water]\n---\n\nA plan is made.\n".encode()


def _partner(name: str, more: str) -> bytes:
    head = f"name: {name}\nkind: university\ncity: Cambridge\ncountry: United Kingdom\n{more}"
    return f"---\n{head}boilerplate: {name} studies rivers.\n---\n\nIt has studied rivers for long.\n".encode()


def _person(name: str, more: str) -> bytes:
    roles = "roles:\n  - {title: Head of Bridges, partner: delta, from: 2020}\n  - {title: Poet, until: 2019-05}\n"
    return f"---\nname: {name}\nhonorific: Dr\n{more}{roles}---\n\nKnows bridges.\n".encode()


def photograph(width: int, height: int) -> bytes:
    """Something like a photograph, as JPEG with words in it that are nobody's business."""
    across = Image.linear_gradient("L").resize((width, height))
    picture = Image.merge("RGB", (across, across.rotate(180), Image.radial_gradient("L").resize((width, height))))
    exif = Image.Exif()
    exif[0x010E] = "SECRET-WORDS"
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=90, exif=exif)
    return file.getvalue()


def drawing(width: int, height: int) -> bytes:
    """A drawing of few colours, as PNG."""
    picture = Image.new("RGB", (width, height), "#f4efe6")
    pen = ImageDraw.Draw(picture)
    pen.arc(
        (width // 10, height // 4, width * 9 // 10, height * 5 // 4),
        180,
        360,
        fill="#0b5563",
        width=max(2, width // 60),
    )
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()
