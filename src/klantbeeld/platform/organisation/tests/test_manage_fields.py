import pytest
from django.db import connections
from django.urls import reverse

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.customfields.public import CustomField
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, delete_field, order_fields, save_field
from klantbeeld.platform.organisation.indexing import drop_own_index, index_own_field
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry

ADD = reverse("organisation:new_field", args=["customers"])
CHOICES = [{"value": "city", "label": "City bike"}, {"value": "cargo", "label": "Cargo bike"}]


def customers():
    return registry.get("customers")


def add(actor, label="Bike", kind="choice", choices=CHOICES):
    given = FieldGiven(label, label.lower(), kind, choices, required=False)
    return save_field(actor, customers(), None, given)


def make(actor, **given):
    return customers().writer(customers(), actor).create(given)


def test_a_new_field_is_at_once_on_every_surface(cast):
    answer = cast.client("alice").post(ADD, {"label": "Bike", "kind": "choice", "choices": "city = City bike\ncargo"})
    assert answer.status_code == 302
    made = make(cast.bob, name="Marieke", **{"custom.bike": "city"})
    page = cast.client("bob").get(f"/customers/{made.id}/").content.decode()
    assert "City bike" in page
    assert 'name="custom.bike"' in cast.client("bob").get(f"/customers/{made.id}/edit").content.decode()
    assert "custom.bike" in cast.client("bob").get("/customers/filter").content.decode()
    condition = conditions.parse({"all": [{"field": "custom.bike", "op": "is", "value": "city"}]})
    assert list(reading.matching(cast.bob, customers(), condition)) == [made]


def test_a_field_that_is_wanted_there_is_a_column_of_the_list(cast):
    asked = {"label": "Bike", "kind": "choice", "choices": "city = City bike\ncargo", "in_list": "on"}
    cast.client("alice").post(ADD, asked)
    make(cast.bob, name="Marieke", **{"custom.bike": "city"})
    page = cast.client("bob").get("/customers/").content.decode()
    assert 'data-col="custom.bike"' in page
    assert "City bike</td>" in page
    field = CustomField.objects.get()
    without = {name: asked[name] for name in ("label", "choices")}
    cast.client("alice").post(f"/settings/fields/customers/{field.id}/", without)
    assert 'data-col="custom.bike"' not in cast.client("bob").get("/customers/").content.decode()


def test_a_hidden_field_is_no_column(cast):
    save_field(cast.alice, customers(), None, FieldGiven("Bike", "bike", "text", [], required=False, in_list=True))
    make(cast.bob, name="Marieke", **{"custom.bike": "Gazelle"})
    assert "Gazelle" in cast.client("bob").get("/customers/").content.decode()
    Role.objects.filter(name="Agent").update(
        grants={"records": {"*": {"read": "team", "fields": {"custom.bike": "hidden"}}}}
    )
    page = cast.client("bob").get("/customers/").content.decode()
    assert "Marieke" in page
    assert "Gazelle" not in page


def test_programs_find_a_field_in_the_description_of_the_api(cast):
    add(cast.alice)
    save_field(cast.alice, customers(), None, FieldGiven("Size", "size", "number", [], required=True))
    schemas = cast.client("alice").get("/api/v1/openapi.json").json()["components"]["schemas"]
    assert set(schemas["customers"]["properties"]["custom"]["properties"]) == {"bike", "size"}
    written = schemas["customers.changes"]["properties"]["custom"]["properties"]
    assert {"city", "cargo"} <= set(written["bike"]["enum"])
    assert "bike" not in str(schemas["orders"])


def test_a_choice_that_records_have_stays(cast):
    field = add(cast.alice)
    make(cast.bob, name="Marieke", **{"custom.bike": "city"})
    without = FieldGiven("Bike", "", "", [CHOICES[1]], required=False)
    with pytest.raises(Invalid, match="City bike"):
        save_field(cast.alice, customers(), field.id, without)


def test_a_deleted_field_is_gone_from_the_page(cast):
    field = add(cast.alice)
    delete_field(cast.alice, customers(), field.id)
    assert "custom.bike" not in customers().readable(cast.alice)


def test_fields_keep_the_order_they_are_given(cast):
    add(cast.alice)
    second = add(cast.alice, "Helmet", "text", [])
    order_fields(cast.alice, customers(), second.id, up=True)
    assert [field.key for field in CustomField.objects.filter(record_type="customers")] == ["helmet", "bike"]


@pytest.mark.parametrize("given", [{"label": "A", "kind": "choice"}, {"label": "A", "kind": "money", "key": "A-b"}])
def test_a_field_that_can_not_be_is_refused(cast, given):
    assert cast.client("alice").post(ADD, given).status_code == 422


def test_a_field_needs_the_ability(cast):
    with pytest.raises(NotAllowed):
        add(cast.bob)


def test_a_key_gets_its_index_once_and_loses_it(committing_db):
    from conftest import make_cast

    tenant_id = make_cast().tenant.id
    name = index_own_field(customers(), tenant_id, "bike")
    assert index_own_field(customers(), tenant_id, "bike") == name
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [name])
        assert cursor.fetchone()[0] == 1
        drop_own_index(customers(), tenant_id, "bike")
        cursor.execute("SELECT count(*) FROM pg_indexes WHERE indexname = %s", [name])
        assert cursor.fetchone()[0] == 0
    with pytest.raises(Invalid):
        index_own_field(customers(), tenant_id, "bike'); drop table x; --")
