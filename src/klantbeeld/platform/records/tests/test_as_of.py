"""A record and its lists as they were: today's rights over yesterday's values."""

import json
from datetime import timedelta
from typing import Any

import pytest
from conftest import make_cast
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.customers.models import Customer
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.organisation.actions.save_type import TypeGiven, save_type
from klantbeeld.platform.records import lists_then
from klantbeeld.platform.records.as_of import linked_then, moment_of, one_then
from klantbeeld.platform.records.deletions import deletions
from klantbeeld.platform.records.lists_then import page_then
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.restoring import restore
from klantbeeld.platform.search.public import find
from klantbeeld.platform.tenancy.scope import Scope, entered

CUSTOMERS, TASKS = registry.get("customers"), registry.get("tasks")


def write(actor: Any, record_type: Any, pk: Any, **values: Any) -> Any:
    """Change a record; returns the moment just after."""
    record_type.writer(record_type, actor).change(pk, values)
    return timezone.now()


def cities(actor: Any, moment: Any, where: Any = None, sort: str = "") -> list[Any]:
    condition = conditions.parse(where) if where else None
    return [row["city"] for row in page_then(actor, CUSTOMERS, condition, sort, moment, 1).rows]


@pytest.fixture
def marieke(cast: Any, make: Any) -> Any:
    made = make(cast.alice, "customers", name="Marieke", city="Delft", owner=str(cast.bob.member_id))
    made.then = timezone.now()
    return made


def test_a_record_is_what_it_was_after_each_of_its_changes(cast: Any, marieke: Any):
    second = write(cast.alice, CUSTOMERS, marieke.pk, city="Gouda", birth_date="1980-02-29")
    write(cast.alice, CUSTOMERS, marieke.pk, city="Leiden")
    rows = [one_then(cast.alice, CUSTOMERS, marieke.pk, at) for at in (marieke.then, second, timezone.now())]
    assert [row["city"] for row in rows] == ["Delft", "Gouda", "Leiden"]
    assert [str(row["birth_date"]) for row in rows] == ["None", "1980-02-29", "1980-02-29"]
    assert one_then(cast.alice, CUSTOMERS, marieke.pk, marieke.created_at - timedelta(seconds=1)) is None


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.dictionaries(st.sampled_from(["city", "street", "note"]), st.text("ab", max_size=2)), max_size=6))
def test_every_state_that_a_task_was_in_comes_back(cast: Any, writes: list[Any]):
    task = TASKS.model.objects.create(title="a")
    states = []
    for each in writes:
        TASKS.model.objects.filter(pk=task.pk).update(title=each.get("city", "-"), note=each.get("note", ""))
        task.refresh_from_db()
        states.append((timezone.now(), task.title, task.note))
    for moment, title, note in states:
        row = one_then(cast.alice, TASKS, task.pk, moment)
        assert (row["title"], row["note"]) == (title, note)


def test_a_link_has_the_name_of_then(cast: Any, make: Any, marieke: Any):
    task = make(cast.alice, "tasks", title="Bellen", customer=str(marieke.pk))
    then = timezone.now()
    write(cast.alice, CUSTOMERS, marieke.pk, name="Marieke de Wit")
    assert one_then(cast.alice, TASKS, task.pk, then)["customer__label"] == "Marieke"
    assert one_then(cast.alice, TASKS, task.pk, timezone.now())["customer__label"] == "Marieke de Wit"


def test_what_pointed_here_then_is_shown_and_what_does_now_is_not(cast: Any, make: Any, marieke: Any):
    moved = make(cast.alice, "tasks", title="Bellen", customer=str(marieke.pk))
    deleted = make(cast.alice, "tasks", title="Mailen", customer=str(marieke.pk))
    then = timezone.now()
    write(cast.alice, TASKS, moved.pk, customer="")
    TASKS.writer(TASKS, cast.alice).delete(deleted.pk)
    make(cast.alice, "tasks", title="Later", customer=str(marieke.pk))

    def titles(moment: Any, most: int = 100) -> Any:
        found = linked_then(cast.alice, TASKS, TASKS.static_fields["customer"], marieke.pk, moment, most)
        return None if found is None else {row["title"] for row in found}

    assert titles(then) == {"Bellen", "Mailen"}
    assert titles(timezone.now()) == {"Later"}
    assert titles(then, most=2) is None


def test_a_list_is_filtered_and_sorted_by_what_was(cast: Any, make: Any, marieke: Any):
    other = make(cast.alice, "customers", name="Anna", city="Assen")
    then = timezone.now()
    write(cast.alice, CUSTOMERS, marieke.pk, city="Gouda", name="Aaf")
    CUSTOMERS.writer(CUSTOMERS, cast.alice).delete(other.pk)
    assert cities(cast.alice, then, sort="name") == ["Assen", "Delft"]
    assert cities(cast.alice, then, {"all": [{"field": "city", "op": "is", "value": "Delft"}]}) == ["Delft"]
    assert cities(cast.alice, then, {"all": [{"field": "city", "op": "is", "value": "Gouda"}]}) == []
    assert cities(cast.alice, timezone.now()) == ["Gouda"]


def test_what_history_does_not_keep_can_neither_be_seen_nor_asked(cast: Any, marieke: Any):
    row = one_then(cast.alice, CUSTOMERS, marieke.pk, timezone.now())
    assert not {"revenue", "order_count", "sort_name"} & row.keys()
    with pytest.raises(BadCondition):
        cities(cast.alice, timezone.now(), {"all": [{"field": "revenue", "op": "over", "value": 1}]})


def test_a_long_list_is_refused_kindly(cast: Any, marieke: Any, monkeypatch: Any):
    monkeypatch.setattr(lists_then, "MOST", 0)
    answer = cast.client("alice").get("/customers/", {"as_of": "2026-11-22"})
    assert answer.status_code == 400
    assert "Only smaller ones" in answer.content.decode()


def test_the_rights_of_today_decide(cast: Any, marieke: Any):
    write(cast.alice, CUSTOMERS, marieke.pk, owner=str(cast.carol.member_id))
    with pytest.raises(NotFoundHere):
        one_then(cast.bob, CUSTOMERS, marieke.pk, marieke.then)
    assert one_then(cast.carol, CUSTOMERS, marieke.pk, marieke.then)["owner_id"] == cast.bob.member_id
    assert cities(cast.bob, marieke.then) == []
    CUSTOMERS.writer(CUSTOMERS, cast.alice).delete(marieke.pk)
    assert cities(cast.bob, marieke.then) == []
    assert cities(cast.carol, marieke.then) == ["Delft"]
    with pytest.raises(NotFoundHere):
        one_then(cast.dave, CUSTOMERS, marieke.pk, marieke.then)


def test_a_hidden_field_is_hidden_in_the_past_too(cast: Any, marieke: Any):
    write(cast.alice, CUSTOMERS, marieke.pk, city="Gouda")
    role = Role.objects.get(name="Agent")
    role.grants = {"records": {"*": {"read": "all", "fields": {"city": "hidden"}}}}
    role.save()
    client = cast.client("bob")
    for page in (f"/customers/{marieke.pk}/", "/customers/"):
        answer = client.get(page, {"as_of": marieke.then.isoformat()})
        assert answer.status_code == 200
        assert "Delft" not in answer.content.decode()
    where = json.dumps({"all": [{"field": "city", "op": "is", "value": "Delft"}]})
    assert client.get("/customers/", {"as_of": "2026-11-22", "where": where}).status_code == 400


def test_a_record_is_absent_between_its_deletion_and_its_return(committing_db: None):
    cast = make_cast()
    with entered(Scope(cast.tenant.id, cast.alice.member_id, "web")):
        made = Customer.objects.create(name="Marieke", city="Delft")
        before = timezone.now()
        CUSTOMERS.writer(CUSTOMERS, cast.alice).delete(made.pk)
        between = timezone.now()
        restore(cast.alice, CUSTOMERS, made.pk)
        write(cast.alice, CUSTOMERS, made.pk, city="Gouda")
        rows = [one_then(cast.alice, CUSTOMERS, made.pk, at) for at in (before, between, timezone.now())]
        assert [row and row["city"] for row in rows] == ["Delft", None, "Gouda"]


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "9999-12-31T", "", "0000-00-00"])
def test_what_is_no_day_says_so(cast: Any, text: str):
    with pytest.raises(Refused):
        moment_of(cast.alice, text)


def test_a_day_ends_at_midnight_on_the_readers_clock_and_never_lies_ahead(cast: Any):
    assert moment_of(cast.alice, "2026-03-01").isoformat() == "2026-03-02T00:00:00+01:00"
    assert moment_of(cast.alice, "9999-12-30") <= timezone.now()


def test_the_page_says_what_day_it_shows_and_lets_nobody_edit(cast: Any, marieke: Any):
    write(cast.alice, CUSTOMERS, marieke.pk, city="Gouda")
    page = cast.client("alice").get(f"/customers/{marieke.pk}/", {"as_of": marieke.then.isoformat()}).content.decode()
    assert "Delft" in page
    assert "Gouda" not in page
    assert "As it was on" in page
    assert f"/customers/{marieke.pk}/edit" not in page
    assert "/field/" not in page
    assert cast.client("alice").get("/customers/", {"as_of": ""}).status_code == 200
    early = cast.client("alice").get(f"/customers/{marieke.pk}/", {"as_of": "2020-01-01"})
    assert "wasn’t there" in early.content.decode()


def test_a_type_of_the_organisations_own_has_a_past_too(cast: Any, marieke: Any):
    save_type(cast.alice, None, TypeGiven("machines", "machine", "machines", "", "tool"))
    machines = registry.get("machines")
    save_field(cast.alice, machines, None, FieldGiven("Of", "of", "link", [], required=False, target="customers"))
    made = machines.writer(machines, cast.alice).create({"name": "Draaibank", "custom.of": str(marieke.pk)})
    then = timezone.now()
    write(cast.alice, machines, made.pk, **{"custom.of": "", "name": "Freesbank"})
    write(cast.alice, CUSTOMERS, marieke.pk, name="Marieke de Wit")
    row = one_then(cast.alice, machines, made.pk, then)
    assert (row["name"], row["custom__of__label"]) == ("Draaibank", "Marieke")
    link = machines.all_fields()["custom.of"]
    assert [each["id"] for each in linked_then(cast.alice, machines, link, marieke.pk, then, 100)] == [made.pk]
    assert linked_then(cast.alice, machines, link, marieke.pk, timezone.now(), 100) == []
    page = cast.client("alice").get(f"/customers/{marieke.pk}/", {"as_of": then.isoformat()})
    assert "Draaibank" in page.content.decode()
    machines.writer(machines, cast.alice).delete(made.pk)
    assert deletions(cast.alice, machines)[0][0].row["name"] == "Freesbank"
    restore(cast.alice, machines, made.pk)
    assert [hit.id for hit in find(cast.alice, "Freesbank")] == [made.pk]
