"""A map shows where the records of a list are, as far as that may be read."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factory import make
from tests.test_contract import with_role

from klantbeeld.customers.models import Customer
from klantbeeld.platform.records.maps import views
from klantbeeld.platform.records.maps.places import has_map, neighbourhoods, regions
from klantbeeld.platform.records.registry import registry

SPOT = re.compile(
    r'<li><a href="([^"]+)"><span class="clip">([^<]+)</span> <small>(\d+)</small><span class="n">([^<]+)'
)


@pytest.fixture
def customers(cast):
    for number, postcode in enumerate(("3511 AB", "3512 CD", "3512 EF", "9711 AB", "1012")):
        make(Customer, name=f"C{number}", postcode=postcode, country="NL", owner_id=cast.bob.member_id)
    make(Customer, name="Belgian", postcode="3500", country="BE")
    make(Customer, name="Nowhere", postcode="", country="NL")
    make(Customer, name="Odd", postcode="0000 XX", country="NL")
    return registry.get("customers")


def spots(cast, who="alice", **query):
    answer = cast.client(who).get("/customers/map", query)
    assert answer.status_code == 200, answer.content.decode()
    page = answer.content.decode()
    return {digits: (name, int(number), url.replace("&amp;", "&")) for url, name, digits, number in SPOT.findall(page)}


def test_every_neighbourhood_lies_in_the_country_and_belongs_to_a_region():
    assert len(neighbourhoods()) == 4064
    assert {place.digits[:2] for place in neighbourhoods().values()} == set(regions())
    groningen, maastricht = neighbourhoods()["9711"], neighbourhoods()["6211"]
    assert groningen.y < maastricht.y
    assert regions()["10"].name == "Amsterdam"


def test_regions_lead_to_neighbourhoods_and_these_to_the_list(cast, customers):
    found = spots(cast)
    assert {digits: (name, number) for digits, (name, number, _url) in found.items()} == {
        "35": ("Utrecht", 3),
        "10": ("Amsterdam", 1),
        "97": ("Groningen", 1),
    }
    near = cast.client("alice").get(found["35"][2]).content.decode()
    close = {digits: (int(number), url.replace("&amp;", "&")) for url, _name, digits, number in SPOT.findall(near)}
    assert {digits: number for digits, (number, _url) in close.items()} == {"3512": 2, "3511": 1}
    listed = cast.client("alice").get(close["3512"][1]).content.decode()
    assert ">C1<" in listed
    assert ">C2<" in listed
    assert ">C0<" not in listed
    assert "Belgian" not in listed


def test_what_has_no_place_on_the_map_is_counted(cast, customers):
    page = cast.client("alice").get("/customers/map").content.decode()
    assert "3 records have no Dutch postcode" in page


def test_a_map_shows_the_records_of_its_filter_and_rights_only(cast, customers):
    where = json.dumps({"all": [{"field": "name", "op": "is", "value": "C3"}]})
    assert set(spots(cast, where=where)) == {"97"}
    assert spots(cast, "carol") == {}


def test_places_are_counted_in_one_statement(cast, customers):
    spots(cast)
    with CaptureQueriesContext(connection) as queries:
        spots(cast)
    assert sum("map_digits" in each["sql"] for each in queries) == 1


def test_nothing_comes_from_elsewhere(cast, customers):
    page = cast.client("alice").get("/customers/map").content.decode()
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_so_many_that_they_cannot_be_counted_while_one_waits_are_told(cast, customers, monkeypatch):
    class Many:
        number, exact = 1_000_000, False

    places, state = customers.places, views.ListState()
    shown = views._shown(cast.alice, customers, places, None, state, "", Many())
    assert shown["too_many"]


@pytest.mark.parametrize("name", ["postcode", "country"])
def test_a_hidden_address_is_on_no_map(cast, customers, name):
    actor = with_role(cast, customers={"read": "all", "fields": {name: "hidden"}})
    assert not has_map(actor, customers)
    answer = cast.client("bob").get("/customers/map")
    assert answer.status_code == 400
    assert "Utrecht" not in answer.content.decode()
    assert "/customers/map" not in cast.client("bob").get("/customers/").content.decode()


@pytest.mark.parametrize("query", [{"on": "00"}, {"on": "x" * 500}, {"where": "{"}, {"where": '{"all": 1}'}])
def test_what_makes_no_map_is_told(cast, customers, query):
    answer = cast.client("alice").get("/customers/map", query)
    assert answer.status_code == 400
    assert "This map can’t be shown" in answer.content.decode()


def test_types_without_addresses_have_no_map(cast):
    assert cast.client("alice").get("/orders/map").status_code == 400
    assert cast.client("alice").get("/addresses/map").status_code == 200
