"""No text costs more than its length: what is meant to stall a reader of Markdown takes no longer than other texts."""

import time

import pytest
from support import announcement, built


@pytest.mark.parametrize(
    "text",
    [
        "[" * 4000,
        "![" * 4000,
        "[^" * 10_000,
        "[a](" * 3000,
        "> " * 4000,
        "- " * 4000,
        "`" * 40_000,
        " ".join("`" * length for length in range(1, 400)),
        "\\" * 40_000,
        "*a **b " * 5000,
        "a\n=\n" * 6000,
        "# a\n" * 6000,
        "---\n" * 8000,
        "<" * 20_000,
        "<a " * 8000,
        "<!--" * 10_000,
        "|" + "a|" * 2000 + "\n|" + "-|" * 2000 + "\n" + ("|" + "a|" * 2000 + "\n") * 10,
        "&" * 40_000,
        "".join(f"[^{number}]: x\n" for number in range(2000)),
        " " * 100_000 + "a",
        "a" * 400_000,
    ],
    ids=lambda text: repr(text[:12]),
)
def test_no_text_costs_more_than_seconds(text: str) -> None:
    start = time.process_time()
    built(announcement(text))
    assert time.process_time() - start < 8
