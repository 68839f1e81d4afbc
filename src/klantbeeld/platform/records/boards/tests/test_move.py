"""A card that is moved is a change like any other."""

import uuid

import pytest
from tests.factory import make
from tests.test_contract import with_role

from klantbeeld.customers.models import Customer
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered


@pytest.fixture
def customer(cast):
    return make(Customer, name="Piet de Boer", stage="lead", owner_id=cast.bob.member_id)


def move(cast, customer, who="alice", **values):
    given = {"id": str(customer.pk), "by": "stage", "from": "lead", "to": "prospect"} | values
    return cast.client(who).post("/customers/board/move", given)


def stage(customer):
    customer.refresh_from_db()
    return customer.stage


def test_a_move_is_recorded_and_can_be_taken_back(cast, customer):
    answer = move(cast, customer)
    assert answer.status_code == 200
    told = answer.json()["toast"]
    assert told["text"] == "Moved to “Prospect”"
    assert stage(customer) == "prospect"
    change = Change.objects.get(record_id=customer.pk, action="change")
    assert (change.actor_id, change.before["stage"], change.after["stage"]) == (
        cast.alice.member_id,
        "lead",
        "prospect",
    )
    assert cast.client("alice").post(told["undo_url"]).status_code == 302
    assert stage(customer) == "lead"


def test_a_move_beside_a_colleagues_is_refused_and_says_where_it_stands(cast, customer):
    customers = registry.get("customers")
    customers.writer(customers, cast.bob).change(customer.pk, {"stage": "customer"})
    answer = move(cast, customer)
    assert answer.status_code == 422
    assert answer.json()["toast"] == {
        "text": "A colleague changed this to “Customer” in the meantime. It stays there.",
        "tone": "bad",
    }
    assert stage(customer) == "customer"


def test_the_same_move_twice_changes_nothing_and_offers_nothing_to_take_back(cast, customer):
    move(cast, customer)
    answer = move(cast, customer)
    assert (answer.status_code, answer.json()["toast"]["undo_url"]) == (200, "")
    assert Change.objects.filter(record_id=customer.pk, action="change").count() == 1


def test_a_customer_can_be_given_to_a_colleague_and_to_nobody(cast, customer):
    bob, carol = str(cast.bob.member_id), str(cast.carol.member_id)
    assert move(cast, customer, by="owner", **{"from": bob, "to": carol}).status_code == 200
    customer.refresh_from_db()
    assert customer.owner_id == cast.carol.member_id
    assert move(cast, customer, by="owner", **{"from": carol, "to": ""}).status_code == 200
    customer.refresh_from_db()
    assert customer.owner_id is None


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"to": "nothing"}, 422),
        ({"to": ""}, 422),
        ({"by": "nothing"}, 404),
        ({"by": "name"}, 422),
        ({"by": "revenue"}, 404),
        ({"id": "nothing"}, 404),
        ({"id": str(uuid.uuid4())}, 404),
    ],
)
def test_a_move_that_cannot_be_is_refused_with_words(cast, customer, values, status):
    answer = move(cast, customer, **values)
    assert answer.status_code == status
    assert answer.json()["toast"]["text"]
    assert stage(customer) == "lead"


def test_who_may_not_write_the_field_or_the_record_moves_nothing(cast, customer):
    with_role(cast, customers={"read": "all", "change": "own", "fields": {"stage": "read"}})
    assert move(cast, customer, "bob").status_code == 404
    assert "data-movable" not in cast.client("bob").get("/customers/board").content.decode()
    with_role(cast, customers={"read": "all", "change": "own"})
    page = cast.client("bob").get("/customers/board").content.decode()
    assert page.count("data-movable") == 1
    theirs = make(Customer, name="Theirs", stage="lead", owner_id=cast.carol.member_id)
    assert move(cast, theirs, "bob").status_code == 404
    assert cast.client("bob").get("/customers/board").content.decode().count("data-movable") == 1
    assert move(cast, customer, "bob").status_code == 200


def test_a_hidden_value_is_not_told_by_a_refused_move(cast, customer):
    with_role(cast, customers={"read": "all", "change": "all", "fields": {"stage": "hidden"}})
    answer = move(cast, customer, "bob", **{"from": "customer"})
    assert answer.status_code == 404
    assert "Lead" not in answer.content.decode()


def test_a_record_of_another_organisation_is_not_moved(cast):
    with entered(Scope(cast.other_tenant.id)):
        theirs = make(Customer, name="Elsewhere", stage="lead")
    assert move(cast, theirs).status_code == 404
