"""Lists are in the order of each language's dictionaries, and excerpts end where readers pause."""

import pytest

from communique.languages import language
from communique.languages.excerpts import excerpt


def test_letters_with_accents_stand_with_the_letters() -> None:
    names = ["Zebra", "École", "apple", "O’Brien", "Obrist", "Eagle", "The Discovery Centre", "R&D", "Ärzte"]
    ordered = sorted(names, key=language("en").order)
    assert ordered == ["apple", "Ärzte", "Eagle", "École", "O’Brien", "Obrist", "R&D", "The Discovery Centre", "Zebra"]


def test_chinese_stands_by_pinyin_and_latin_names_among_it() -> None:
    names = ["中关村", "阿斯利康", "Cambridge", "北京", "剑桥", "上海"]
    assert sorted(names, key=language("zh-Hans").order) == ["阿斯利康", "北京", "Cambridge", "剑桥", "上海", "中关村"]


def test_people_stand_by_their_last_names() -> None:
    assert sorted(["Zoë Adams", "Ann Évora", "Bob Ely"], key=language("en").person_order) == [
        "Zoë Adams",
        "Bob Ely",
        "Ann Évora",
    ]


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Short.", 20, "Short."),
        ("One sentence ends. Another one goes on.", 25, "One sentence ends."),
        ("A bridge between the rivers", 20, "A bridge between…"),
        ("One. Then a very long sentence follows", 30, "One. Then a very long…"),
        ("Antidisestablishmentarianism", 10, "Antidisest…"),
        ("大桥已经通车。全长三百米。", 26, "大桥已经通车。全长三百米。"),
        ("大桥已经通车。全长三百米。", 20, "大桥已经通车。"),
        ("大桥连接两岸，全长三百米", 14, "大桥连接两岸…"),
        ("大桥连接Cambridge与北京", 14, "大桥连接…"),
        ("  spaces \n between ", 99, "spaces between"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_or_a_word(text: str, width: int, shown: str) -> None:
    assert excerpt(text, width) == shown
