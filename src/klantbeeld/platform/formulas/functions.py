"""What a formula can call: what each function takes and gives, and what it is in SQL.

Nothing here may end a query, whatever the values: a division by zero and a number that is too large give no value, and
a date stays in the years that programs know.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from klantbeeld.platform.formulas.tree import Type

NUMBER, TEXT, DATE, MOMENT, TRUTH = Type.NUMBER, Type.TEXT, Type.DATE, Type.MOMENT, Type.TRUTH
ANY, SAME = "any", "same"
Takes = Type | str


@dataclass(frozen=True, slots=True)
class Function:
    """`takes` are the types of its arguments: ANY for whatever comes, SAME for the type of the first SAME; with `many`
    the last may come more than once. `gives` is a type, or SAME. In `sql` "{0}" is the first argument, "{all}" are all,
    and "{zone}" is the time zone. With `literal` the last argument is a whole number that stands in the formula."""

    takes: tuple[Takes, ...]
    gives: Takes
    sql: str
    many: bool = False
    literal: bool = False


_BOUNDED = "least(greatest(coalesce({1}, 0), 0), 10000)::int"
# Without a value there is none (least and greatest would leave NULL out), and it stays in the years that programs know.
_DATE = (
    "(SELECT greatest(least(({moved})::date, DATE '9999-12-31'), DATE '0001-01-01')"
    " FROM (SELECT {0} AS d, {1} AS n) s WHERE d IS NOT NULL AND n IS NOT NULL)"
)
_DAYS = "least(greatest(round(n), -36500), 36500)::int"
_MONTHS = "make_interval(months => least(greatest(round(n), -1200), 1200)::int)"


def moved(sign: str) -> str:
    """SQL for a date and a number of days after ("+") or before it ("-"), at most a hundred years."""
    return _DATE.replace("{moved}", f"d {sign} {_DAYS}")


FUNCTIONS: dict[str, Function] = {
    "if": Function((TRUTH, SAME, SAME), SAME, "CASE WHEN {0} THEN {1} ELSE {2} END"),
    "isblank": Function((ANY,), TRUTH, "({0} IS NULL)"),
    "coalesce": Function((SAME, SAME), SAME, "coalesce({all})", many=True),
    "abs": Function((NUMBER,), NUMBER, "abs({0})"),
    "floor": Function((NUMBER,), NUMBER, "floor({0})"),
    "ceiling": Function((NUMBER,), NUMBER, "ceil({0})"),
    "round": Function((NUMBER, NUMBER), NUMBER, "round({0}, {1}::int)", literal=True),
    "min": Function((SAME, SAME), SAME, "least({all})", many=True),
    "max": Function((SAME, SAME), SAME, "greatest({all})", many=True),
    "len": Function((TEXT,), NUMBER, "length({0})::numeric"),
    "upper": Function((TEXT,), TEXT, "upper({0})"),
    "lower": Function((TEXT,), TEXT, "lower({0})"),
    "trim": Function((TEXT,), TEXT, "btrim({0})"),
    "left": Function((TEXT, NUMBER), TEXT, "left({0}, " + _BOUNDED + ")"),
    "right": Function((TEXT, NUMBER), TEXT, "right({0}, " + _BOUNDED + ")"),
    "contains": Function((TEXT, TEXT), TRUTH, "(strpos(lower({0}), lower({1})) > 0)"),
    "text": Function((ANY,), TEXT, "({0})::text"),
    "today": Function((), DATE, "(now() AT TIME ZONE {zone})::date"),
    "date": Function((MOMENT,), DATE, "({0} AT TIME ZONE {zone})::date"),
    "year": Function((DATE,), NUMBER, "extract(year FROM {0})"),
    "month": Function((DATE,), NUMBER, "extract(month FROM {0})"),
    "day": Function((DATE,), NUMBER, "extract(day FROM {0})"),
    "days": Function((DATE, DATE), NUMBER, "({1} - {0})::numeric"),
    "addmonths": Function((DATE, NUMBER), DATE, _DATE.replace("{moved}", f"d + {_MONTHS}")),
}


def wanted(name: str, function: Function, given: int) -> Sequence[Takes] | None:
    """The types of `given` arguments; None when the function doesn't take as many."""
    if function.many and given > len(function.takes):
        return (*function.takes, *[function.takes[-1]] * (given - len(function.takes)))
    return function.takes if given == len(function.takes) else None
