"""Lines of Chinese join without a space, and only where both sides are written without spaces."""

import pytest
from support import built, files

from communique.scripts import joined, unfolded

SITE = {"site.yaml": files()["site.yaml"].replace(b"[en]", b"[en, zh-Hans]")}


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("大桥\n通车", "大桥通车"),
        ("大桥，\n通车", "大桥，通车"),
        ("大桥\n（通车）", "大桥（通车）"),
        ("他说\n“通车”\n了", "他说“通车”了"),
        ("大桥……\n通车", "大桥……通车"),
        ("大桥\nBridge", "大桥\nBridge"),
        ("Bridge\n大桥", "Bridge\n大桥"),
        ("said\n“open”\nand", "said\n“open”\nand"),
        ("said “open”\n大桥", "said “open”\n大桥"),
        ("25\n亿", "25\n亿"),
    ],
)
def test_lines_join(broken: str, whole: str) -> None:
    assert joined(broken) == whole
    assert unfolded(broken.replace("\n", " ")) == whole.replace("\n", " ")


def test_folded_fields_and_paragraphs_of_chinese_have_no_gaps() -> None:
    front = "title: >-\n  大桥\n  通车\nsummary: >-\n  两河之间的\n  Delta\n  大桥。\n"
    text = f"---\n{front}---\n\n大桥\n已经通车，**「很好」**的\n大桥。\n"
    given = files() | SITE | {"content/announcements/2025-10-27-bridge.zh-Hans.md": text.encode()}
    shown = built(given).files["zh-Hans/announcements/bridge/index.html"].decode()
    assert "<h1>大桥通车</h1>" in shown
    assert "两河之间的 Delta 大桥。" in shown
    assert "大桥已经通车，<strong>「很好」</strong>的大桥。" in shown
