"""Generating the rows that are measured: always the same, and sums that agree."""

from uuid import UUID

from klantbeeld.site.bench import customers, history, interactions
from klantbeeld.site.bench.scale import BUSIEST, Scale

SMALL = Scale(0.001)
TENANT = UUID("0190f000-0000-7000-8000-000000000001")
MEMBERS = [UUID("0190f000-0000-7000-8000-00000000000a"), UUID("0190f000-0000-7000-8000-00000000000b")]


def _customers() -> list[str]:
    drawn = history.drawn(SMALL)
    return list(customers.customer_lines(SMALL, TENANT, MEMBERS, customers.customer_ids(SMALL), drawn))


def test_the_same_seed_makes_the_same_rows() -> None:
    assert _customers() == _customers()


def test_every_line_has_a_value_for_every_column() -> None:
    drawn, ids = history.drawn(SMALL), customers.customer_ids(SMALL)
    ledger = interactions.interaction_lines(SMALL, TENANT, MEMBERS, ids, drawn)
    assert {line.count("\t") + 1 for line in _customers()} == {len(customers.CUSTOMER_COLUMNS)}
    assert {line.count("\t") + 1 for line in ledger} == {len(interactions.INTERACTION_COLUMNS)}


def test_the_busiest_customer_has_ten_thousand_interactions_and_sums_are_those_of_the_orders() -> None:
    drawn = history.drawn(SMALL)
    assert drawn.met.count(0) == BUSIEST
    assert sum(drawn.revenue) == sum(drawn.totals)
    assert sum(drawn.order_count) == SMALL.orders


def test_identifiers_carry_their_moment_and_keep_its_order() -> None:
    ids = customers.customer_ids(SMALL)
    assert ids == sorted(ids)
    assert {UUID(each).version for each in ids} == {7}
