"""Formulas: what they give, what is refused and where, and that nothing they meet ends a query."""

import datetime
import operator
from decimal import Decimal

import pytest
from django.db.models import BooleanField, DateField, DecimalField, TextField, Value
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.formulas import limits
from klantbeeld.platform.formulas.public import BadFormula, Compiler, Sql, Type, check, names_in, parse
from klantbeeld.platform.people.models import Member

DAY = datetime.date(2026, 3, 31)
VALUES = {
    "price": (Type.NUMBER, Decimal("12.50")),
    "number": (Type.NUMBER, Decimal(3)),
    "nothing": (Type.NUMBER, None),
    "name": (Type.TEXT, "Waterpomp"),
    "blank": (Type.TEXT, None),
    "bought": (Type.DATE, DAY),
    "never": (Type.DATE, None),
    "sold": (Type.TRUTH, True),
}
OUTPUTS = {Type.NUMBER: DecimalField, Type.TEXT: TextField, Type.DATE: DateField, Type.TRUTH: BooleanField}
CASTS = {Type.NUMBER: "numeric", Type.TEXT: "text", Type.DATE: "date", Type.TRUTH: "boolean"}


def worked_out(text, values=VALUES):
    """What the database makes of a formula over these values."""
    fields = {
        name: (kind, Sql(f"{{0}}::{CASTS[kind]}", Value(value, OUTPUTS[kind]()), output_field=OUTPUTS[kind]()))
        for name, (kind, value) in values.items()
    }
    expression = Compiler(fields, "Europe/Amsterdam").expression(parse(text))
    return Member.objects.annotate(made=expression).values_list("made", flat=True)[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("price * number", Decimal("37.5")),
        ("1 + 2 * 3", 7),
        ("(1 + 2) * 3", 9),
        ("8 - 3 - 2", 3),
        ("-2 * -3", 6),
        ("1 / 3", Decimal("0.333333")),
        ("7 / 0", None),
        ("price + nothing", None),
        ("coalesce(nothing, number, 1)", 3),
        ("min(price, number, nothing)", 3),
        ("round(price / number, 1)", Decimal("4.2")),
        ("floor(-1.5) + ceiling(1.2)", 0),
        ('name & " " & text(price)', "Waterpomp 12.5"),
        ('blank & "x"', "x"),
        ("upper(left(name, 3)) & right(name, 1)", "WATp"),
        ("left(name, nothing)", ""),
        ('contains(name, "POMP")', True),
        ("len(name)", 9),
        ('if(price > 10, "dear", "cheap")', "dear"),
        ('if(nothing > 10, "dear", "cheap")', "cheap"),
        ("not sold or price = 12.5 and number <> 4", True),
        ("isblank(nothing) and isblank(blank) and not isblank(name)", True),
        ("bought + 1", datetime.date(2026, 4, 1)),
        ("bought - 31", datetime.date(2026, 2, 28)),
        ("never + 1", None),
        ("bought + nothing", None),
        ("bought - addmonths(bought, -1)", 31),
        ("days(bought, bought + 10)", 10),
        ("year(bought) * 100 + month(bought)", 202603),
        ("addmonths(bought, 11)", datetime.date(2027, 2, 28)),
        ('"say ""ja"""', 'say "ja"'),
        ("today() >= bought", True),
    ],
)
def test_a_formula_gives_what_a_spreadsheet_would(cast, text, expected):
    assert worked_out(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", 0),
        ("price +", 7),
        ("price price", 6),
        ("price $ 2", 6),
        ('"open', 0),
        ("(price", 6),
        ("if(price > 1, 2", 15),
        ("price + name", 8),
        ("secret + 1", 0),
        ("power(2, 3)", 0),
        ("round(price, number)", 13),
        ("round(price, 9)", 13),
        ("if(price, 1, 2)", 3),
        ('if(sold, 1, "x")', 12),
        ("abs(1, 2)", 0),
        ("sold < true", 5),
        ("or", 0),
        ("9999999999999999", 0),
        ("name", None),
    ],
)
def test_a_mistake_is_told_with_its_place(text, place):
    types = {name: kind for name, (kind, _value) in VALUES.items()}
    if place is None:
        assert check(parse(text), types) is Type.TEXT
        return
    with pytest.raises(BadFormula) as told:
        check(parse(text), types)
    assert told.value.place == place


def test_the_fields_of_a_formula_are_known():
    assert names_in(parse('if(a > custom.b, -c, round(d, 2)) & "e"')) == {"a", "custom.b", "c", "d"}


@pytest.mark.parametrize(
    "text",
    ["(" * 500 + "1" + ")" * 500, "-" * 900 + "1", "+".join(["1"] * 400), "1" + " " * 2000, "not " * 200 + "sold"],
)
def test_a_formula_that_is_too_large_is_refused(text):
    with pytest.raises(BadFormula):
        parse(text)


@pytest.mark.parametrize(
    "text",
    [
        "*".join(["99999999999999"] * 60),
        "bought + 99999999999999 + 99999999999999",
        "addmonths(bought, 99999999999999)",
        "left(name, 99999999999999)",
        "1 / 0.00001 / 0.00001 / 0.00001 / 0.00001",
        "round(99999999999999 / 0.0001, 6)",
    ],
)
def test_no_value_ends_a_query(cast, text):
    worked_out(text)


numbers = st.decimals(-1000, 1000, places=2, allow_nan=False)
SIGNS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


@st.composite
def sums(draw, depth=3):
    """A formula over numbers as text, and what it gives by Python."""
    if depth == 0 or draw(st.booleans()):
        name = draw(st.sampled_from(["price", "number", "nothing"]))
        if draw(st.booleans()):
            return name, VALUES[name][1]
        value = abs(draw(numbers))
        return str(value), value
    (left, one), (right, other) = draw(sums(depth - 1)), draw(sums(depth - 1))
    sign = draw(st.sampled_from([*SIGNS, "/", ">"]))
    if sign == ">":
        then, otherwise = draw(sums(depth - 1)), draw(sums(depth - 1))
        chosen = then if one is not None and other is not None and one > other else otherwise
        return f"if({left} > {right}, {then[0]}, {otherwise[0]})", chosen[1]
    text = f"({left} {sign} {right})"
    if one is None or other is None or (sign == "/" and other == 0):
        return text, None
    return text, one / other if sign == "/" else SIGNS[sign](one, other)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sums())
def test_the_database_works_sums_out_as_python_does(cast, made):
    text, expected = made
    found = worked_out(text)
    if expected is None or abs(expected) >= 10**limits.DIGITS:
        assert found is None
    else:
        assert abs(found - expected) <= max(abs(expected), 1) * Decimal("0.00001"), text
