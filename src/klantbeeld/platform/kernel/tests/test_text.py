import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel.text import clean_line, clean_text, fold, initials

anything = st.text(st.characters(codec=None))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Marieke\tvan der  Velden ", "marieke van der velden"),
        ("Renée Çelik", "renee celik"),
        ("Groß Sørensen Łukasz Đorđe Æsir Œuvre Ŋ", "gross sorensen lukasz dorde aesir oeuvre n"),
        ("Ĳsbrand", "ijsbrand"),
        ("İstanbul Diyarbakır", "istanbul diyarbakir"),
        ("’t Hart – O’Brien", "'t hart - o'brien"),
        ("ﬁets", "fiets"),
        ("Ёлка", "елка"),
        ("a\x00b\u200bc\u202ed", "abcd"),
        ("한국 が", "한국 が"),
    ],
)
def test_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(anything)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(anything)
def test_case_and_composition_make_no_difference(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("Zoe\u0308  de\u00a0Wit\r\n", "Zoë de Wit"),
        ("abc\u202egpj.exe", "abcgpj.exe"),
        ("Jan\x00\x07 \ufeffBakker", "Jan Bakker"),
        ("half \ud800 sign", "half sign"),
        ("👩\u200d🔧", "👩\u200d🔧"),
    ],
)
def test_a_line_is_cleaned(text: str, cleaned: str) -> None:
    assert clean_line(text) == cleaned


def test_text_keeps_its_lines_and_inner_spaces() -> None:
    assert clean_text("\r\nBeste,  \r\n\r\n\tniet  goed\x00\u2028Jan\n\n") == "Beste,\n\n\tniet  goed\nJan"


@given(anything)
def test_cleaning_is_final_and_safe_to_store(text: str) -> None:
    for clean in (clean_line, clean_text):
        once = clean(text)
        assert clean(once) == once
        assert "\x00" not in once
        once.encode()


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marieke van der Velden", "MV"),
        ("Zonnebloem", "Z"),
        ("van 't Hof", "H"),
        ("'s-Gravesande", ""),
        ("anna de wit", "AW"),
        ("Jansen & Zonen B.V.", "JB"),
        ("Ömer Şahin", "ÖŞ"),
        ("3M Nederland", "3N"),
        ("--- !", ""),
        ("", ""),
    ],
)
def test_initials_are_those_of_the_outer_words(name: str, letters: str) -> None:
    assert initials(name) == letters
