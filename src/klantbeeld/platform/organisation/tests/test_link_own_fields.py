import pytest
from django.test import Client

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.api.tests.conftest import token_of
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.history import changes_of
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.undo import change_undoably, undo

FIELD = "/settings/fields/customers/new"


def customers():
    return registry.get("customers")


def make(actor, **given):
    return customers().writer(customers(), actor).create(given)


@pytest.fixture
def fields(cast):
    """Customers with a field that links to the customer who brought them in, and one for a colleague."""
    link = FieldGiven("Brought in by", "via", "link", [], required=False, in_list=True, target="customers")
    save_field(cast.alice, customers(), None, link)
    save_field(cast.alice, customers(), None, FieldGiven("Adviser", "adviser", "user", [], False, in_list=True))


@pytest.fixture
def pair(cast, fields):
    """Marieke, and Piet whom she brought in and whom Bob advises."""
    marieke = make(cast.bob, name="Marieke")
    piet = make(cast.bob, name="Piet", **{"custom.via": marieke.id, "custom.adviser": cast.bob.member_id})
    return marieke, piet


def test_an_owner_makes_a_link_in_the_browser(cast):
    client = cast.client("alice")
    assert 'name="target"' in client.get("/settings/fields/customers/new").content.decode()
    answer = client.post(FIELD, {"label": "Via", "kind": "link", "target": "customers"})
    assert answer.status_code == 302
    assert customers().all_fields()["custom.via"].target == "customers"


def test_a_link_to_nothing_is_refused(cast):
    answer = cast.client("alice").post(FIELD, {"label": "Via", "kind": "link", "target": ""})
    assert answer.status_code == 422
    assert "Say what it links to" in answer.content.decode()


def test_list_and_page_name_what_is_linked_to(cast, pair):
    marieke, piet = pair
    for address in ("/customers/", f"/customers/{piet.id}/"):
        page = cast.client("bob").get(address).content.decode()
        assert f'<a class="link" href="/customers/{marieke.id}/">Marieke</a>' in page
        assert "Bob" in page
    form = cast.client("bob").get(f"/customers/{piet.id}/edit?all=1").content.decode()
    assert f'value="{marieke.id}"' in form


def test_a_name_that_may_not_be_read_is_not_told(cast, pair):
    theirs = make(cast.carol, name="Geheim")
    piet = pair[1]
    customers().writer(customers(), cast.alice).change(piet.id, {"custom.via": theirs.id})
    for address in ("/customers/", f"/customers/{piet.id}/", f"/customers/{piet.id}/history"):
        page = cast.client("bob").get(address).content.decode()
        assert "Piet" in page
        assert "Geheim" not in page
    rows = reading.page(cast.bob, customers(), reading.Query(), ["name", "custom.via"]).rows
    assert {row["custom__via__label"] for row in rows} == {None}


def test_one_may_link_only_to_what_one_sees(cast, fields):
    theirs = make(cast.carol, name="Geheim")
    with pytest.raises(Invalid, match="no such record"):
        make(cast.bob, name="Piet", **{"custom.via": theirs.id})
    with pytest.raises(Invalid, match="no such colleague"):
        make(cast.bob, name="Piet", **{"custom.adviser": theirs.id})


def test_lists_are_filtered_by_links(cast, pair):
    marieke, piet = pair
    for field, op, value in (
        ("custom.via", "is", str(marieke.id)),
        ("custom.adviser", "is_me", None),
        ("custom.via", "is_not_empty", None),
    ):
        clause = {"field": field, "op": op} | ({} if value is None else {"value": value})
        found = reading.matching(cast.bob, customers(), conditions.parse({"all": [clause]}))
        assert list(found) == [piet], op


def test_a_link_whose_record_is_gone_has_no_name_and_breaks_nothing(cast, pair):
    marieke, piet = pair
    customers().writer(customers(), cast.bob).delete(marieke.id)
    for address in ("/customers/", f"/customers/{piet.id}/", f"/customers/{piet.id}/edit?all=1"):
        assert cast.client("bob").get(address).status_code == 200
    type(piet).objects.filter(id=piet.id).update(custom={"via": "what it was before", "adviser": 7})
    page = cast.client("bob").get("/customers/").content.decode()
    assert "Piet" in page


def test_programs_read_and_write_links(cast, pair):
    marieke, piet = pair
    client = Client(headers={"authorization": f"Bearer {token_of(cast.bob)}"})
    got = client.get(f"/api/v1/customers/{piet.id}").json()["custom"]
    assert got["via"] == {"id": str(marieke.id), "label": "Marieke"}
    assert got["adviser"]["label"] == "Bob"
    answer = client.patch(f"/api/v1/customers/{marieke.id}", {"custom": {"via": str(piet.id)}}, "application/json")
    assert answer.status_code == 200
    assert answer.json()["custom"]["via"]["label"] == "Piet"


def test_a_hidden_link_is_absent(cast, pair):
    grants = {"records": {"*": {"read": "team", "fields": {"custom.via": "hidden"}}}}
    Role.objects.filter(name="Agent").update(grants=grants)
    assert (
        f'href="/customers/{pair[0].id}/">Marieke</a>'
        not in cast.client("bob").get(f"/customers/{pair[1].id}/").content.decode()
    )


def test_a_change_of_a_link_is_told_and_undone(cast, pair):
    marieke, piet = pair
    change = change_undoably(cast.bob, customers(), marieke.id, {"custom.via": piet.id})
    events, _more = changes_of(cast.bob, customers(), marieke.id, None, 5)
    assert [each.field.name for each in events[0].differences] == ["custom.via"]
    assert "Piet" in cast.client("bob").get(f"/customers/{marieke.id}/history").content.decode()
    undo(cast.bob, customers(), marieke.id, change)
    assert type(marieke).objects.get(id=marieke.id).custom.get("via") is None
