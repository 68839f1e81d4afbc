from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.customers.rules.names import PersonName, family_with_prefix, full, parse_name, sort_key
from klantbeeld.platform.kernel.text import clean_line

WRITTEN = [
    ("Marieke van der Velden", PersonName("Marieke", "van der", "Velden")),
    ("Velden, Marieke van der", PersonName("Marieke", "van der", "Velden")),
    ("Velden, van der, Marieke", PersonName("Marieke", "van der", "Velden")),
    ("Velden van der, Marieke", PersonName("Marieke", "van der", "Velden")),
    ("Van der Velden, Marieke", PersonName("Marieke", "van der", "Velden")),
    ("Van der Velden", PersonName("", "van der", "Velden")),
    ("Berg, van den", PersonName("", "van den", "Berg")),
    ("Jansen", PersonName("", "", "Jansen")),
    ("Jansen,", PersonName("", "", "Jansen")),
    ("Anna Maria Jansen", PersonName("Anna Maria", "", "Jansen")),
    ("Piet van 't Hof", PersonName("Piet", "van 't", "Hof")),
    ("Els in ’t Veld", PersonName("Els", "in ’t", "Veld")),
    ("'t Hart", PersonName("", "'t", "Hart")),
    ("Kees op de Beek", PersonName("Kees", "op de", "Beek")),
    ("Hedy d'Ancona", PersonName("Hedy", "d'", "Ancona")),
    ("D'Ancona", PersonName("", "d'", "Ancona")),
    ("Ursula von der Leyen", PersonName("Ursula", "von der", "Leyen")),
    ("Jean de la Fontaine", PersonName("Jean", "de la", "Fontaine")),
    ("Fatima El Idrissi", PersonName("Fatima", "El", "Idrissi")),
    ("El Idrissi", PersonName("", "el", "Idrissi")),
    ("Jan De Smet", PersonName("Jan", "De", "Smet")),
    ("Ben Bakker", PersonName("Ben", "", "Bakker")),
    ("Ben de Boer", PersonName("Ben", "de", "Boer")),
    ("Boer, Ben", PersonName("Ben", "", "Boer")),
    ("De Vries-Jansen", PersonName("", "de", "Vries-Jansen")),
    ("Sanne Jansen-van der Berg", PersonName("Sanne", "", "Jansen-van der Berg")),
    ("Sanne de Vries - van der Berg", PersonName("Sanne", "de", "Vries-van der Berg")),
    ("Jansen-van der Berg", PersonName("", "", "Jansen-van der Berg")),
    ("J.P. de Wit", PersonName("", "de", "Wit", "J.P.")),
    ("J. P. de Wit", PersonName("", "de", "Wit", "J.P.")),
    ("JP de Wit", PersonName("", "de", "Wit", "J.P.")),
    ("JAN DE WIT", PersonName("JAN", "DE", "WIT")),
    ("Chr.Th. Visser", PersonName("", "", "Visser", "Chr.Th.")),
    ("IJ. Visser", PersonName("", "", "Visser", "IJ.")),
    ("J.P. (Jan) de Wit", PersonName("Jan", "de", "Wit", "J.P.")),
    ("Jan P. de Wit", PersonName("Jan P.", "de", "Wit")),
    ("mevrouw dr. A. Bakker", PersonName("", "", "Bakker", "A.", "mevrouw dr.")),
    ("De heer Jansen", PersonName("", "", "Jansen", "", "De heer")),
    ("prof.mr. P. van Dam MSc", PersonName("", "van", "Dam", "P.", "prof.mr.", "MSc")),
    ("Dam, ir. Piet van, MSc", PersonName("Piet", "van", "Dam", "", "ir.", "MSc")),
    ("Piet van Dam, MSc", PersonName("Piet", "van", "Dam", "", "", "MSc")),
    ("Jansen, mevr.", PersonName("", "", "Jansen", "", "mevr.")),
    ("H. Jansen", PersonName("", "", "Jansen", "H.")),
    ("Ing Yoe Tan", PersonName("Ing Yoe", "", "Tan")),
    ("Jack Ma", PersonName("Jack", "", "Ma")),
    ("Jansen, Utrecht, p/a Bakker, 2 hoog", PersonName("", "", "Jansen, Utrecht, p/a Bakker, 2 hoog")),
    ("J. v.d. Berg", PersonName("", "v.d.", "Berg", "J.")),
    ("Jan v/d Berg", PersonName("Jan", "v/d", "Berg")),
    ("JAN V/D BERG", PersonName("JAN", "V/D", "BERG")),
    ("Jan vd Berg", PersonName("Jan", "vd", "Berg")),
    ("J.P. v.d Berg", PersonName("", "v.d", "Berg", "J.P.")),
    ("J. v. Dam", PersonName("", "v.", "Dam", "J.")),
    ("J. V. Dam", PersonName("", "", "Dam", "J.V.")),
    ("V.D. Berg", PersonName("", "", "Berg", "V.D.")),
    ("V.d. Berg", PersonName("", "v.d.", "Berg")),
    ("Jan v. d. Berg", PersonName("Jan", "v. d.", "Berg")),
    ("Jan v d Berg", PersonName("Jan", "v d", "Berg")),
    ("Berg, J. v.d.", PersonName("", "v.d.", "Berg", "J.")),
    ("Berg v.d., J.", PersonName("", "v.d.", "Berg", "J.")),
    ("v/d Berg, Jan", PersonName("Jan", "v/d", "Berg")),
    ("Els v.'t Hof", PersonName("Els", "v.'t", "Hof")),
    ("Kees a/d Stegge", PersonName("Kees", "a/d", "Stegge")),
    ("van", PersonName("", "", "van")),
    ("  ", PersonName()),
]


@pytest.mark.parametrize(("written", "name"), WRITTEN)
def test_a_name_is_parsed(written: str, name: PersonName) -> None:
    assert parse_name(written) == name


PIECES = (
    """Marieke van v.d. v/d V. de Velden Jansen-van 't El J.P. JP dr. heer (Jan) , - MSc Ben d'Ancona Özlem IJ. h.c."""
)
PLAIN = "Marieke Anna van der de Velden Jansen 't El"

names = st.one_of(st.lists(st.sampled_from(PIECES.split()), max_size=8).map(" ".join), st.text(max_size=40))
plain_names = st.lists(st.sampled_from(PLAIN.split()), max_size=8).map(" ".join)


@given(names)
def test_no_letter_is_ever_lost(text: str) -> None:
    parts = "".join(parse_name(text))
    assert letters(parts) == letters(clean_line(text))


@given(names)
def test_a_name_has_a_family_name_unless_nothing_was_said(text: str) -> None:
    assert bool(parse_name(text).family) == bool(clean_line(text))


@given(plain_names)
def test_what_is_said_is_said_again(text: str) -> None:
    assert full(parse_name(text)).casefold() == text.casefold()


def letters(text: str) -> Counter[str]:
    return Counter(sign for sign in text.casefold() if sign.isalnum())


@pytest.mark.parametrize(
    ("written", "said", "alone"),
    [
        ("Velden, Marieke van der", "Marieke van der Velden", "Van der Velden"),
        ("dr. J.P. (Jan) de Wit", "Jan de Wit", "De Wit"),
        ("mevrouw 't Hart", "'t Hart", "'t Hart"),
        ("Hedy d'Ancona", "Hedy d'Ancona", "D'Ancona"),
        ("van Dam MSc", "Van Dam MSc", "Van Dam"),
    ],
)
def test_a_name_is_said_and_stands_alone(written: str, said: str, alone: str) -> None:
    name = parse_name(written)
    assert (full(name), family_with_prefix(name)) == (said, alone)


def test_names_sort_as_in_a_dutch_telephone_directory() -> None:
    in_order = [
        "Hedy d'Ancona",
        "Anna van den Berg",
        "Bert Berg",
        "Zita van der Berg",
        "Berg Jansen, Anna",
        "Berg-Visser, Anna",
        "Karel Bergman",
        "Xandra van 't Hof",
        "Henk Hoffman",
        "Çelik Öz",
        "Jan De Smet",
        "Piet Visser",
        "Anna Wijn",
        "Bert Wyn",
        "Carel Wijn",
    ]
    assert sorted(set(in_order), key=lambda text: sort_key(parse_name(text))) == in_order


def test_case_accents_and_apostrophes_do_not_change_the_order() -> None:
    assert sort_key(parse_name("RENÉE O'BRIEN")) == sort_key(parse_name("Renee OBrien"))
