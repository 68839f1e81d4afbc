"""The page of a record's history."""

from typing import Any

import pytest

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.customfields.public import CustomField, forget
from klantbeeld.platform.records.registry import registry


@pytest.fixture
def marieke(cast: Any) -> Any:
    """Bob's customer; her name was changed twice, her own field once, her e-mail address came later."""
    CustomField.objects.create(record_type="customers", key="bike", label="Bike", kind="text")
    forget()
    customers = registry.get("customers")
    writer = customers.writer(customers, cast.bob)
    made = writer.create({"name": "Marieke Oud", "city": "Zwolle", "custom.bike": "Gazelle"})
    type(made).objects.filter(pk=made.pk).update(revenue=777)  # of which history knows nothing
    for changes in (
        {"name": "Marieke Half"},
        {"name": "Marieke Nieuw", "email": "m@nieuw.nl"},
        {"custom.bike": "Batavus"},
    ):
        writer.change(made.id, changes)
    return made


def creation(cast: Any, customer: Any) -> str:
    html = cast.client("bob").get(f"/customers/{customer.id}/history").content.decode()
    return html.split("made this")[1]


def test_a_creation_shows_what_was_filled_in_then(cast: Any, marieke: Any):
    told = creation(cast, marieke)
    for value in ("Marieke Oud", "Zwolle", "Gazelle", "Bob"):
        assert value in told
    for later in ("Half", "Nieuw", "m@nieuw.nl", "Batavus", "777"):
        assert later not in told


def test_programs_get_it_too(cast: Any, marieke: Any):
    data = cast.client("bob").get(f"/api/v1/customers/{marieke.id}/history").json()["data"]
    assert data[-1]["action"] == "create"
    assert data[-1]["changes"]["name"] == {"before": None, "after": "Marieke Oud"}
    assert "email" not in data[-1]["changes"]


def test_what_may_not_be_read_was_not_there_at_the_beginning_either(cast: Any, marieke: Any):
    Role.objects.filter(name="Agent").update(grants={"records": {"*": {"read": "team", "fields": {"city": "hidden"}}}})
    assert "Zwolle" not in creation(cast, marieke)


def test_changes_of_hidden_fields_leave_no_trace_and_end_no_page(cast: Any, marieke: Any, monkeypatch: Any):
    customers = registry.get("customers")
    for city in ("Delft", "Gouda", "Leiden"):
        customers.writer(customers, cast.alice).change(marieke.id, {"city": city})
    Role.objects.filter(name="Agent").update(grants={"records": {"*": {"read": "team", "fields": {"city": "hidden"}}}})
    monkeypatch.setattr("klantbeeld.platform.records.views.history.PAGE", 4)
    client = cast.client("bob")
    page = client.get(f"/customers/{marieke.id}/history").content.decode()
    assert page.count('class="entry"') == 1
    older = page.partition('href="?before=')[2].partition('"')[0]
    assert "Marieke Oud" in client.get(f"/customers/{marieke.id}/history?before={older}").content.decode()
    told = client.get(f"/api/v1/customers/{marieke.id}/history").json()["data"]
    assert [each["action"] for each in told] == ["change", "change", "change", "create"]
    assert all(each["changes"] for each in told)
