"""What a page weighs: home and announcements with the style sheet, packed as servers send them."""

import gzip

import pytest
from corner_site import corner_site
from support import ROOT, built

from communique.disk import load

# the first round of a connection carries about as much
BUDGET = 14_000


def packed(data: bytes) -> int:
    """The size of a file as sent."""
    return len(gzip.compress(data, 6, mtime=0))


@pytest.mark.parametrize("name", ["shipped", "corners"])
def test_a_page_comes_in_the_first_round(name: str) -> None:
    files = built(load(ROOT, ROOT) if name == "shipped" else corner_site()).files
    sheet = packed(files["style.css"])
    weights = {
        path: packed(data) + sheet
        for path, data in files.items()
        if path.endswith("index.html") and (path.count("/") <= 1 or "announcements/" in path)
    }
    assert len(weights) >= 10
    rows = sorted(weights.items(), key=lambda row: -row[1])
    table = "\n".join(f"{weight:>7,} {path}" for path, weight in rows)
    print(f"style sheet {sheet:,}; with it, in bytes:\n{table}")
    heavy = [path for path, weight in rows if weight > BUDGET and not path.endswith("map/index.html")]
    assert heavy == [], table


def test_no_script_holds_a_page_up() -> None:
    for path, data in built(corner_site()).files.items():
        if path.endswith(".html"):
            page = data.decode()
            loaded = [tag for tag in page.split("<script")[1:] if " src=" in tag.partition(">")[0]]
            assert all(" defer" in tag.partition(">")[0] for tag in loaded), path
            assert page.count('rel="stylesheet"') == 1, path
