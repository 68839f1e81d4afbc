"""Who bought what and met us when: drawn before anything is written, since customers hold sums of it."""

from array import array
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from klantbeeld.site.bench.scale import BUSIEST, END, SEED, YEARS, Scale

_START_MS = round((END - timedelta(days=365 * YEARS)).timestamp() * 1000)
_SPAN_MS = 365 * YEARS * 86_400_000


@dataclass(frozen=True)
class History:
    """By number of interaction: whose it is. By number of order: whose, and its total in cents.

    Both are in the order of time. By number of customer: the number of the last interaction and of the last order
    (-1: none), the number of orders and their sum in cents.
    """

    met: "array[int]"
    bought: "array[int]"
    totals: "array[int]"
    last_met: "array[int]"
    last_bought: "array[int]"
    order_count: "array[int]"
    revenue: "array[int]"


def drawn(scale: Scale) -> History:
    """The history for a scale, always the same. Customer 0 is the busiest; one in twenty has never been met."""
    rng = Random(SEED)  # noqa: S311 - for measuring, not for secrets
    random, number = rng.random, scale.customers
    known = round(number * 0.95)
    of = scale.interactions
    met = array("i", (0 if place * BUSIEST % of < BUSIEST else 1 + int(random() * known) for place in range(of)))
    # Few buy much: the square root of that would be flat.
    bought = array("i", (int(random() ** 2 * known) for _ in range(scale.orders)))
    totals = array("i", (500 + int(random() ** 4 * 150_000) for _ in range(scale.orders)))
    last_met, last_bought = array("i", [-1]) * number, array("i", [-1]) * number
    order_count, revenue = array("i", [0]) * number, array("q", [0]) * number
    for place, customer in enumerate(met):
        last_met[customer] = place
    for place, customer in enumerate(bought):
        last_bought[customer] = place
        order_count[customer] += 1
        revenue[customer] += totals[place]
    return History(met, bought, totals, last_met, last_bought, order_count, revenue)


def moment(place: int, of: int) -> int:
    """When number `place` of `of` things happened, in milliseconds since 1970: evenly over the years."""
    return _START_MS + place * _SPAN_MS // of


def text_of(milliseconds: int) -> str:
    """A moment as PostgreSQL reads it, in UTC."""
    seconds, rest = divmod(milliseconds, 1000)
    days, second = divmod(seconds, 86_400)
    return f"{_day(days)} {second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.{rest:03d}+00"


_days: dict[int, str] = {}


def _day(days: int) -> str:
    found = _days.get(days)
    if found is None:
        found = _days[days] = date.fromordinal(719_163 + days).isoformat()
    return found
