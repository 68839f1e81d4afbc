"""Two people change one record at the same time: nobody's work is lost."""

import html
import re

import pytest
from tests.factory import make

from klantbeeld.commerce.models import Order
from klantbeeld.customers.models import Customer
from klantbeeld.platform.records.registry import registry

SHOWN = re.compile(r'name="first_shown" value="([^"]*)"')


@pytest.fixture
def customer(cast):
    return make(Customer, name="Piet de Boer", city="Delft", street="Markt", owner_id=cast.bob.member_id, country="NL")


def opened(cast, url):
    """What the form at this address says it showed."""
    return {"first_shown": html.unescape(SHOWN.search(cast.client("alice").get(url).content.decode())[1])}


def write(cast, customer, **values):
    customers = registry.get("customers")
    customers.writer(customers, cast.bob).change(customer.pk, values)


def whole(customer, **typed):
    """All that a browser sends of the form, with what Alice typed over."""
    return {"city": customer.city, "street": customer.street, "name": customer.name, **typed}


def test_what_a_colleague_changed_after_the_form_was_opened_stays(cast, customer):
    url = f"/customers/{customer.pk}/edit"
    form = opened(cast, url)
    write(cast, customer, city="Gouda")
    assert cast.client("alice").post(url, form | whole(customer, street="Lange Geer")).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.street) == ("Gouda", "Lange Geer")


def test_a_field_that_both_changed_is_refused_and_shows_both_values(cast, customer):
    url = f"/customers/{customer.pk}/edit"
    form = opened(cast, url)
    write(cast, customer, city="Gouda", name="Piet de Boer jr.")
    typed = form | whole(customer, street="Lange Geer", city="Leiden")
    answer = cast.client("alice").post(url, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Gouda" in page
    assert 'name="city" value="Leiden"' in page
    assert 'name="street" value="Lange Geer"' in page
    assert 'name="name" value="Piet de Boer jr."' in page  # nobody typed here, so that it shows what is there now
    customer.refresh_from_db()
    assert (customer.city, customer.street) == ("Gouda", "Markt")
    again = typed | {"first_shown": html.unescape(SHOWN.search(page)[1]), "name": "Piet de Boer jr."}
    assert cast.client("alice").post(url, again).status_code == 302
    customer.refresh_from_db()
    assert (customer.city, customer.street, customer.name) == ("Leiden", "Lange Geer", "Piet de Boer jr.")


def test_the_same_change_by_both_is_no_conflict(cast, customer):
    url = f"/customers/{customer.pk}/edit"
    form = opened(cast, url)
    write(cast, customer, city="Gouda")
    assert cast.client("alice").post(url, form | whole(customer, city="Gouda")).status_code == 302


def test_a_fact_that_both_changed_in_place_is_refused(cast, customer):
    url = f"/customers/{customer.pk}/field/city"
    form = opened(cast, url)
    write(cast, customer, city="Gouda")
    answer = cast.client("alice").post(url, form | {"city": "Leiden"})
    assert answer.status_code == 422
    assert "Gouda" in answer.content.decode()
    assert 'value="Leiden"' in answer.content.decode()
    assert cast.client("alice").post(url, form | {"city": "Gouda"}).status_code == 200


def test_lines_of_a_text_that_nobody_touched_are_no_change(cast):
    tasks = registry.get("tasks")
    task = make(tasks.model, title="Call", note="one\ntwo", owner_id=cast.bob.member_id)
    url = f"/tasks/{task.pk}/edit"
    form = opened(cast, url)
    tasks.writer(tasks, cast.bob).change(task.pk, {"note": "three"})
    assert cast.client("alice").post(url, form | {"title": "Call back", "note": "one\r\ntwo"}).status_code == 302
    task.refresh_from_db()
    assert (task.title, task.note) == ("Call back", "three")


@pytest.mark.parametrize("nonsense", ["", "{", "[]", '{"city": 3}', '{"city": ["a"]}', "[" * 9000])
def test_a_form_that_does_not_say_what_it_showed_is_compared_with_what_is_there(nonsense, cast, customer):
    url = f"/customers/{customer.pk}/edit"
    answer = cast.client("alice").post(url, {"first_shown": nonsense, "city": "Leiden"})
    assert answer.status_code == 302
    customer.refresh_from_db()
    assert customer.city == "Leiden"


def test_a_link_that_both_changed_still_says_what_was_picked(cast, customer):
    order, other = make(Order, customer=customer), make(Customer, name="Marieke van der Velden")
    orders, url = registry.get("orders"), f"/orders/{order.pk}/edit"
    form = opened(cast, url)
    orders.writer(orders, cast.alice).change(order.pk, {"customer": None})
    answer = cast.client("alice").post(url, form | {"customer": str(other.pk)})
    assert answer.status_code == 422
    assert f'value="{other.pk}"' in answer.content.decode()
    assert 'value="Marieke van der Velden"' in answer.content.decode()


def test_a_link_to_nothing_in_an_address_is_left_open(cast):
    assert cast.client("alice").get("/orders/new", {"customer": "nobody"}).status_code == 200
