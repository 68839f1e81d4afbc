"""The lanes of a board hold the records of a list, each where it belongs."""

import json
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factory import make
from tests.test_contract import with_role

from klantbeeld.customers.models import Customer
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.records import counting
from klantbeeld.platform.records.boards import sums
from klantbeeld.platform.records.boards.lanes import lane_field, lane_fields, lanes_of
from klantbeeld.platform.records.boards.sums import sums_of, total_field
from klantbeeld.platform.records.counting import Count
from klantbeeld.platform.records.registry import registry


@pytest.fixture
def customers(cast):
    for number in range(3):
        make(Customer, name=f"Lead {number}", stage="lead", revenue=Decimal(100 * number), owner_id=cast.bob.member_id)
    make(Customer, name="Piet de Boer", stage="customer", revenue=Decimal("12.50"))
    return registry.get("customers")


def board(cast, who="alice", **query):
    return cast.client(who).get("/customers/board", query)


def added_up(actor, record_type, by, total="-"):
    field = lane_field(actor, record_type, by)
    found = sums_of(
        actor, record_type, None, field, lanes_of(field), total_field(actor, record_type, total), Count(4, exact=True)
    )
    return {key: (lane.number.number, lane.totals) for key, lane in found.by_lane.items()}, found.elsewhere


def test_lanes_are_the_choices_in_order_with_what_they_count_and_add_up(cast, customers):
    page = board(cast).content.decode()
    assert page.index("Lead</a>") < page.index("Prospect</a>") < page.index("Customer</a>")
    lanes, elsewhere = added_up(cast.alice, customers, "stage", "revenue")
    assert lanes["lead"] == (3, {"": Decimal(300)})
    assert lanes["customer"] == (1, {"": Decimal("12.50")})
    assert lanes["prospect"] == (0, {})
    assert elsewhere == 0
    assert "€\u00a0300" in page


def test_a_board_shows_the_records_of_its_filter_and_view_only(cast, customers):
    where = json.dumps({"all": [{"field": "name", "op": "is", "value": "Lead 1"}]})
    page = board(cast, where=where).content.decode()
    assert "Lead 1" in page
    assert "Lead 2" not in page
    assert "Piet de Boer" not in page
    assert "Lead 1" not in board(cast, view="mine").content.decode()


def test_lanes_by_colleague_hold_those_who_have_nobody_first(cast, customers):
    lanes, _elsewhere = added_up(cast.alice, customers, "owner")
    assert next(iter(lanes)) == ""
    assert lanes[""][0] == 1
    assert lanes[str(cast.bob.member_id)][0] == 3


def test_own_fields_make_lanes_and_what_is_no_choice_any_more_is_told(cast, customers):
    CustomField.objects.create(
        record_type="customers",
        key="colour",
        label="Colour",
        kind=Kind.CHOICE,
        choices=[{"value": "r", "label": "Red"}],
    )
    CustomField.objects.create(record_type="customers", key="vip", label="Guest of honour", kind=Kind.BOOLEAN)
    CustomField.objects.create(record_type="customers", key="worth", label="Worth", kind=Kind.MONEY)
    make(Customer, name="Red", custom={"colour": "r", "vip": True, "worth": 5})
    make(Customer, name="Green", custom={"colour": "g", "vip": False, "worth": "no number"})
    lanes, elsewhere = added_up(cast.alice, customers, "custom.colour", "custom.worth")
    assert lanes == {"": (4, {}), "r": (1, {"": Decimal(5)})}
    assert elsewhere == 1
    lanes, elsewhere = added_up(cast.alice, customers, "custom.vip")
    assert {key: count for key, (count, _totals) in lanes.items()} == {"": 4, "false": 1, "true": 1}
    page = board(cast, by="custom.vip").content.decode()
    assert "Guest of honour" in page
    assert "1 record has a value that has no lane here" in board(cast, by="custom.colour").content.decode()


def test_a_lane_goes_on_where_it_stopped(cast, customers):
    for number in range(40):
        make(Customer, name=f"Prospect {number:02}", sort_name=f"{number:02}", stage="prospect")
    client = cast.client("alice")
    page = client.get("/customers/board", {"sort": "name"}).content.decode()
    assert "Prospect 29" in page
    assert "Prospect 30" not in page
    more = page.split('hx-get="')[-1].split('"')[0].replace("&amp;", "&")
    rest = client.get(more).content.decode()
    assert "Prospect 29" not in rest
    assert all(f"Prospect {number}" in rest for number in range(30, 40))
    again = client.get("/customers/board", {"part": "1", "sort": "name", "loaded": json.dumps({"prospect": 40})})
    assert "Prospect 39" in again.content.decode()


def test_a_board_takes_the_same_number_of_queries_for_few_and_for_many_cards(cast, customers):
    counts = []
    for rows in (1, 20):
        for number in range(rows):
            make(Customer, name=f"More {number}", stage="lead", owner_id=cast.bob.member_id)
        board(cast)
        with CaptureQueriesContext(connection) as queries:
            board(cast)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_of_very_many_records_it_is_said_about_how_many_and_nothing_is_added_up(cast, customers, monkeypatch):
    monkeypatch.setattr(sums, "ADDED_UP_TO", 2)
    monkeypatch.setattr(counting, "EXACT_UP_TO", 0)
    field = lane_field(cast.alice, customers, "stage")
    total = total_field(cast.alice, customers, "revenue")
    found = sums_of(cast.alice, customers, None, field, lanes_of(field), total, Count(1_000_000, exact=False))
    assert found.by_lane["lead"].totals is None
    assert not found.by_lane["lead"].number.exact


def test_a_hidden_field_is_no_lane_no_total_and_on_no_card(cast, customers):
    for name in ("stage", "revenue", "owner"):
        actor = with_role(cast, **{"*": {"read": "all", "change": "all", "fields": {name: "hidden"}}})
        assert name not in {each.name for each in lane_fields(actor, customers)}
        page = board(cast, "bob").content.decode()
        assert {"stage": "Prospect</a>", "revenue": "€", "owner": "Owner: "}[name] not in page
        absent = board(cast, "bob", by="nothing", total="-")
        hidden = board(cast, "bob", by=name, total="-")
        if name != "revenue":
            assert absent.status_code == hidden.status_code == 400
            assert f"by “{name}”" in hidden.content.decode()
        assert board(cast, "bob", total="revenue").status_code == (400 if name == "revenue" else 200)


def test_an_amount_whose_currency_is_hidden_is_not_added_up(cast):
    orders = registry.get("orders")
    actor = with_role(cast, orders={"read": "all", "fields": {"currency": "hidden"}})
    assert total_field(actor, orders, "") is None
    assert total_field(cast.alice, orders, "").name == "total"


@pytest.mark.parametrize("query", [{"by": "name"}, {"by": "nothing"}, {"total": "name"}, {"where": "{"}, {"sort": "x"}])
def test_what_makes_no_board_is_told(cast, customers, query):
    answer = board(cast, **query)
    assert answer.status_code == 400
    assert "This board can’t be shown" in answer.content.decode()


@pytest.mark.parametrize("loaded", ["[", "[1]", '{"lead": "x"}', '{"lead": -5}', '{"lead": 1000000000}'])
def test_nonsense_about_what_was_loaded_is_let_be(cast, customers, loaded):
    assert board(cast, part="1", loaded=loaded).status_code == 200


@pytest.mark.parametrize("record_type", list(registry), ids=lambda each: each.slug)
def test_every_type_has_its_board_where_it_has_a_field_for_one(cast, record_type):
    make(record_type.model)
    for field in lane_fields(cast.alice, record_type):
        assert cast.client("alice").get(f"/{record_type.slug}/board", {"by": field.name}).status_code == 200, field.name
    page = cast.client("alice").get(f"/{record_type.slug}/").content.decode()
    assert (f'href="/{record_type.slug}/board"' in page) == bool(lane_fields(cast.alice, record_type))
