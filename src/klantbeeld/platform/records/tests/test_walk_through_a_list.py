"""From one record to the next in the list that one came from."""

import json
import re
from itertools import pairwise
from typing import Any

import pytest

from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.records.beside import beside
from klantbeeld.platform.records.reading import Query, page
from klantbeeld.platform.records.registry import registry

ZWOLLE = {"all": [{"field": "city", "op": "is", "value": "Zwolle"}]}


@pytest.fixture
def customers(cast: Any) -> Any:
    """Nine of Bob's customers, some met and some never, some of them equals; and one of Carol's."""
    record_type = registry.get("customers")
    writer = record_type.writer(record_type, cast.bob)
    for number in range(9):
        made = writer.create({"name": "Piet" if number % 2 else f"Jan {number}", "city": "Zwolle" if number else ""})
        if number % 3:
            type(made).objects.filter(pk=made.pk).update(last_contact_at=f"2026-01-0{number % 4 + 1}T12:00Z")
    record_type.writer(record_type, cast.carol).create({"name": "Kees", "city": "Zwolle"})
    return record_type


@pytest.mark.parametrize("sort", ["name", "-name", "last_contact_at", "-last_contact_at", "", "-revenue"])
@pytest.mark.parametrize("where", [None, ZWOLLE])
def test_all_records_of_a_list_follow_each_other_as_they_do_there(cast: Any, customers: Any, sort: str, where: Any):
    query = Query(conditions.parse(where) if where else None, sort)
    ids = [row["id"] for row in page(cast.bob, customers, query, ["name"]).rows]
    assert len(ids) == (8 if where else 9)
    assert beside(cast.bob, customers, query, ids[0]).previous is None
    assert beside(cast.bob, customers, query, ids[-1]).next is None
    for one, other in pairwise(ids):
        assert beside(cast.bob, customers, query, one).next == other
        assert beside(cast.bob, customers, query, other).previous == one


def test_the_bar_leads_on_and_back_to_the_list_as_it_was(cast: Any, customers: Any):
    state = {"where": json.dumps(ZWOLLE), "sort": "name"}
    rows = page(cast.bob, customers, Query(conditions.parse(ZWOLLE), "name"), ["name"]).rows
    bar = cast.client("bob").get(f"/customers/{rows[1]['id']}/beside", state).content.decode()
    assert re.findall(r'href="/customers/([0-9a-f-]+)/"', bar) == [str(rows[0]["id"]), str(rows[2]["id"])]
    assert 'href="/customers/?where=' in bar


@pytest.mark.parametrize("search", [{"where": "{"}, {"sort": "nothing"}, {"where": json.dumps(ZWOLLE)}])
def test_a_record_outside_the_list_and_a_list_that_can_not_be_show_nothing(cast: Any, customers: Any, search: Any):
    outside = next(row["id"] for row in page(cast.bob, customers, Query(), ["city"]).rows if not row["city"])
    assert cast.client("bob").get(f"/customers/{outside}/beside", search).status_code == 204


def test_a_record_that_may_not_be_seen_has_no_neighbours(cast: Any, customers: Any):
    kees = page(cast.carol, customers, Query(), ["name"]).rows[0]["id"]
    answer = cast.client("bob").get(f"/customers/{kees}/beside")
    assert (answer.status_code, answer.content) == (204, b"")
