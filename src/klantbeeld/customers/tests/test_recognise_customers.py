"""A customer is found by everything that we know them by, and once."""

import pytest

from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.search.public import find


def make(actor, slug="customers", **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


@pytest.fixture
def marieke(cast):
    """Bob's customer, who has changed her address and has a second number and a card."""
    made = make(cast.bob, name="Marieke van der Velden", email="m@oud.nl", phone="06 28419037")
    customers = registry.get("customers")
    customers.writer(customers, cast.bob).change(made.id, {"email": "m@nieuw.nl"})
    make(cast.bob, "identifiers", customer=str(made.id), kind="phone", shown="030 231 45 67")
    make(cast.bob, "identifiers", customer=str(made.id), kind="loyalty", shown="KB 1234-5")
    return made


TYPED = ["m@oud.nl", "M@Oud.NL ", "m@nieuw.nl", "0302314567", "+31 30 231 4567", "06 2841 9037", "kb12345"]


@pytest.mark.parametrize("typed", TYPED)
def test_former_addresses_second_numbers_and_cards_bring_the_customer_up_once(cast, marieke, typed):
    make(cast.bob, name="Joost Bakker", email="joost@nieuw.nl", phone="06 11111111")
    assert [hit.id for hit in find(cast.bob, typed)] == [marieke.id]


def test_the_palette_shows_the_customer(cast, marieke):
    page = cast.client("bob").get("/palette", {"q": "m@oud.nl"}).content.decode()
    assert page.count(f'href="/customers/{marieke.id}/"') == 1


def test_all_who_share_a_number_are_found(cast, marieke):
    joost = make(cast.bob, name="Joost Bakker", phone="030 231 45 67")
    assert {hit.id for hit in find(cast.bob, "030 231 4567")} == {marieke.id, joost.id}


@pytest.mark.parametrize("typed", TYPED)
def test_a_customer_of_another_team_is_not_recognised(cast, marieke, typed):
    assert find(cast.carol, typed) == []


@pytest.mark.parametrize(
    "grants",
    [
        {"*": {"read": "all", "fields": {"email": "hidden"}}},
        {"*": {"read": "all", "fields": {"shown": "hidden"}}},
        {"*": {"read": "all"}, "identifiers": {"read": "none"}},
    ],
)
def test_what_may_not_be_read_can_not_be_probed(cast, marieke, grants):
    Role.objects.filter(name="Agent").update(grants={"records": grants})
    assert find(of_user(cast.tenant, cast.bob.user_id), "m@oud.nl") == []
