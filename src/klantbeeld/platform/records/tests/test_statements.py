"""What is kept of a statement never shows one person what another may see, nor yesterday's answer."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Count

from klantbeeld.platform.access.grants import merge
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.records import reading, statements
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.registry import registry

HERE = conditions.parse({"field": "city", "op": "is", "value": "Utrecht"})


@pytest.fixture
def customers():
    return registry.get("customers")


def add(customers, actor, **given):
    return customers.writer(customers, actor).create({"city": "Utrecht", **given})


def names(actor, customers, condition=HERE, **more):
    page = reading.page(actor, customers, Query(condition, "name", **more), ("name", "city"))
    return [row["name"] for row in page.rows]


def with_role(actor, reach, **fields):
    line = {"read": reach, "change": reach, "fields": fields}
    return replace(actor, grants=merge([(False, {"records": {"customers": line}})]))


def compilations(monkeypatch):
    made = []
    original = statements._compiled
    monkeypatch.setattr(statements, "_compiled", lambda rows: made.append(1) or original(rows))
    return made


def test_a_list_that_was_asked_for_before_is_not_compiled_again_and_shows_what_is_new(cast, customers, monkeypatch):
    made = compilations(monkeypatch)
    add(customers, cast.alice, name="Anna")
    assert names(cast.alice, customers) == ["Anna"]
    first = len(made)
    add(customers, cast.alice, name="Bram")
    assert names(cast.alice, customers) == ["Anna", "Bram"]
    assert len(made) == first > 0


def test_somebody_with_less_reach_gets_their_own_rows(cast, customers):
    add(customers, cast.alice, name="Anna")
    add(customers, cast.bob, name="Bram")
    bob = with_role(cast.bob, "all")
    assert names(bob, customers) == ["Anna", "Bram"]
    assert names(with_role(cast.bob, "own"), customers) == ["Bram"]
    assert names(with_role(cast.carol, "own"), customers) == []
    assert names(bob, customers) == ["Anna", "Bram"]


def test_a_field_that_is_hidden_later_is_gone_at_once(cast, customers):
    add(customers, cast.bob, name="Bram")
    assert names(with_role(cast.bob, "all"), customers) == ["Bram"]
    hidden = with_role(cast.bob, "all", city="hidden")
    with pytest.raises(conditions.BadCondition):
        names(hidden, customers)
    assert "city" not in reading.page(hidden, customers, Query(None, "name"), ("name", "city")).rows[0]


def test_a_filter_for_today_moves_with_the_day(cast, customers, monkeypatch):
    add(customers, cast.alice, name="Anna")
    today = conditions.parse({"field": "created_at", "op": "today"})
    recent = conditions.parse({"field": "created_at", "op": "in_last", "value": {"n": 2, "unit": "hour"}})
    assert names(cast.alice, customers, today) == names(cast.alice, customers, recent) == ["Anna"]
    later = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    assert names(cast.alice, customers, today) == names(cast.alice, customers, recent) == []


def test_the_next_page_starts_where_the_last_one_ended_whichever_was_asked_first(cast, customers):
    for name in ("Anna", "Bram", "Cees", "Dirk"):
        add(customers, cast.alice, name=name)
    pages, cursor = [], ""
    for _turn in range(2):
        page = reading.page(cast.alice, customers, Query(HERE, "name", cursor, 1), ("name",))
        pages += [row["name"] for row in page.rows]
        cursor = page.next
    page = reading.page(cast.alice, customers, Query(HERE, "name", cursor, 1), ("name",))
    back = reading.page(cast.alice, customers, Query(HERE, "name", page.previous, 1), ("name",))
    assert [*pages, page.rows[0]["name"], back.rows[0]["name"]] == ["Anna", "Bram", "Cees", "Bram"]


def test_an_own_field_that_changes_its_kind_is_read_as_what_it_became(cast, customers):
    given = FieldGiven("Size", "size", "number", [], required=False)
    save_field(cast.alice, customers, None, given)
    add(customers, cast.alice, name="Anna", **{"custom.size": 3})
    bigger = conditions.parse({"field": "custom.size", "op": "over", "value": 2})
    assert names(cast.alice, customers, bigger) == ["Anna"]
    before = statements.key_of(cast.alice, customers, bigger)
    save_field(cast.alice, customers, None, replace(given, label="Weight", key="weight"))
    assert statements.key_of(cast.alice, customers, bigger) != before


def test_a_condition_on_true_is_not_that_on_one(cast, customers):
    keys = {
        statements.key_of(cast.alice, customers, conditions.Test("order_count", "is", value))
        for value in (1, True, 1.0)
    }
    assert len(keys) == 3


def test_no_more_is_kept_than_there_is_room_for(cast, customers, monkeypatch):
    monkeypatch.setattr(statements, "KEPT", 3)
    monkeypatch.setattr(statements, "_kept", {})
    for size in range(1, 9):
        names(cast.alice, customers, size=size)
    assert len(statements._kept) == 3


def test_one_statement_serves_the_lists_on_every_record_s_page(cast, customers, monkeypatch):
    anna, bram = add(customers, cast.alice, name="Anna"), add(customers, cast.alice, name="Bram")
    tasks = registry.get("tasks")
    for customer, title in ((anna, "Call"), (bram, "Write")):
        tasks.writer(tasks, cast.alice).create({"title": title, "customer": str(customer.id)})
    made = compilations(monkeypatch)

    def titles(actor, customer):
        page = reading.page(actor, tasks, Query(within=("customer", customer.id)), ("title",))
        return [row["title"] for row in page.rows]

    assert titles(cast.alice, anna) == ["Call"]
    first = len(made)
    assert titles(cast.alice, bram) == ["Write"]
    assert len(made) == first
    line = {"read": "all", "fields": {"customer": "hidden"}}
    with pytest.raises(NotFoundHere):
        titles(replace(cast.bob, grants=merge([(False, {"records": {"tasks": line}})])), anna)


def test_rows_are_those_that_values_gives(cast, customers):
    add(customers, cast.alice, name="Anna")
    customers.model.objects.update(custom={"budget": 1.5})
    rows = customers.rows(cast.alice).values("id", "custom", "owner__name").annotate(n=Count("orders"))
    assert statements.rows(None, lambda: rows, {}) == list(rows)
    assert statements.rows(None, customers.model.objects.none, {}) == []


def test_a_record_is_changed_by_whom_the_role_lets(cast, customers):
    mine, other = add(customers, cast.bob, name="Mine"), add(customers, cast.alice, name="Other")
    grants = merge([(False, {"records": {"customers": {"read": "all", "change": "own"}}})])
    bob = replace(cast.bob, grants=grants)
    assert reading.reaches(bob, customers, "change", mine.id)
    assert not reading.reaches(bob, customers, "change", other.id)
    assert not reading.reaches(bob, customers, "delete", mine.id)
    assert reading.reaches(cast.alice, customers, "delete", other.id)
