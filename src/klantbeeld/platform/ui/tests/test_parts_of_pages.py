import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.ui import components
from klantbeeld.platform.ui.icons import UnknownIcon

HOSTILE = '"><img src=x onerror=alert(1)>'


@pytest.mark.parametrize(
    "draw",
    [
        lambda: components.avatar(HOSTILE, HOSTILE),
        lambda: components.who(HOSTILE, 1, url=HOSTILE, note=HOSTILE),
        lambda: components.badge(HOSTILE),
        lambda: components.dot(HOSTILE),
        lambda: components.tally(HOSTILE, "ticket", "ticket", HOSTILE),
        lambda: components.grade(HOSTILE, 1, "ok", HOSTILE),
        lambda: components.ring(HOSTILE, 0.5, "ok"),
        lambda: components.spark([1, 2], HOSTILE),
        lambda: components.icon("mail", label=HOSTILE),
        lambda: components.keys(HOSTILE),
    ],
)
def test_what_customers_wrote_never_becomes_markup(draw):
    drawn = draw()
    assert "<img" not in drawn
    assert '"">' not in drawn


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Marieke van der Velden", "MV"),
        ("Stichting Zonnehof", "Z"),
        ("Familie Vermeulen", "V"),
        ("Bakkerij Blom B.V.", "BB"),
        ("Stichting", "S"),
        ("Pieter-Jan de Wit", "PW"),
        ("  ", "?"),
        ("+31 6 28", "32"),
    ],
)
def test_an_avatar_shows_the_telling_letters(name, letters):
    assert strip_tags(components.avatar(name, 1)) == letters


def test_people_are_round_and_organisations_are_square():
    assert 'class="avatar"' in components.avatar("Joost Bakker", 1)
    assert 'class="avatar sq m"' in components.avatar("Bakkerij Blom", 1, "organisation", "m")


def test_the_same_customer_always_has_the_same_colour():
    tones = {components.tone_of(f"customer-{number}") for number in range(200)}
    assert tones == {f"a{place}" for place in range(1, 9)}
    assert components.tone_of("018f-1") == components.tone_of("018f-1")


def test_an_icon_that_is_not_in_the_sprite_is_refused():
    with pytest.raises(UnknownIcon, match="unicorn"):
        components.icon("unicorn")


def test_an_unknown_tone_is_refused():
    with pytest.raises(ValueError, match="pink"):
        components.badge("New", "pink")


def test_decoration_is_hidden_and_a_labelled_icon_is_read_out():
    assert 'aria-hidden="true"' in components.icon("lock")
    assert 'role="img" aria-label="Internal"' in components.icon("lock", label="Internal")


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40))
def test_a_spark_stays_inside_its_frame(values):
    drawn = components.spark(values, "Value")
    line = drawn.split('class="l" d="M')[1].split('"')[0]
    points = [tuple(map(float, point.split())) for point in line.split(" L")]
    assert len(points) == len(values)
    assert all(0 <= x <= 84 and 0 <= y <= 20 for x, y in points)


def test_one_value_is_no_line():
    assert components.spark([3], "Value") == ""
