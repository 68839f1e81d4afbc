"""A calendar puts records on the days of its reader's clock."""

import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.factory import make
from tests.test_contract import with_role

from klantbeeld.commerce.models import Order
from klantbeeld.customers.models import Customer
from klantbeeld.interactions.models import Task
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.customfields.models import CustomField
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records.calendars.days import SPANS, day_fields, first_weekday, period_of
from klantbeeld.platform.records.calendars.entries import on_days
from klantbeeld.platform.records.filtering import ListState
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.views.list_head import head_of

MONDAY, SUNDAY = 0, 6
TODAY = date(2026, 3, 15)


def days_of(page):
    """What the page shows, by day: the names on it, and how many more are said to be there."""
    found = {}
    for part in page.split('data-day="')[1:]:
        names = re.findall(r"<a href=\"[^\"]*\">(?:<time>([0-9:]+)</time> )?([^<]+)</a></li>", part)
        further = re.search(r">\+(\d+)</a>", part)
        found[part[:10]] = ([" ".join(filter(None, each)) for each in names], int(further[1]) if further else 0)
    return found


def calendar(cast, slug="orders", who="alice", **query):
    answer = cast.client(who).get(f"/{slug}/calendar", query)
    assert answer.status_code == 200, answer.content.decode()
    return days_of(answer.content.decode())


def order(number, *when):
    return make(Order, number=number, placed_at=datetime(*when, tzinfo=UTC))


@given(st.sampled_from(SPANS), st.dates(date(1901, 1, 1), date(2199, 10, 1)), st.integers(MONDAY, SUNDAY))
def test_a_period_holds_its_day_in_whole_weeks_and_leads_to_its_neighbours(span, day, first):
    period = period_of(span, day.isoformat(), TODAY, first)
    assert day in period.days
    assert list(period.days) == [period.days[0] + timedelta(count) for count in range(len(period.days))]
    if span != "agenda":
        assert len(period.days) % 7 == 0
        assert period.days[0].weekday() == first
    later = period_of(span, period.after.isoformat(), TODAY, first)
    assert period_of(span, later.before.isoformat(), TODAY, first).days == period.days
    assert later.days[0] <= period.days[-1] + timedelta(1) <= later.days[-1]


def test_weeks_begin_where_the_reader_lives():
    assert (first_weekday("nl_NL"), first_weekday("en_GB"), first_weekday("en_US")) == (MONDAY, MONDAY, SUNDAY)


@pytest.mark.parametrize(
    ("utc", "day", "clock"),
    [
        ((2026, 3, 28, 22, 59), "2026-03-28", "23:59"),
        ((2026, 3, 28, 23, 0), "2026-03-29", "00:00"),
        ((2026, 3, 29, 0, 59), "2026-03-29", "01:59"),  # the clock goes from here
        ((2026, 3, 29, 1, 0), "2026-03-29", "03:00"),  # to here
        ((2026, 3, 29, 21, 59), "2026-03-29", "23:59"),
        ((2026, 3, 29, 22, 0), "2026-03-30", "00:00"),
        ((2026, 10, 24, 22, 0), "2026-10-25", "00:00"),
        ((2026, 10, 25, 0, 30), "2026-10-25", "02:30"),
        ((2026, 10, 25, 1, 30), "2026-10-25", "02:30"),  # once more
        ((2026, 10, 25, 22, 59), "2026-10-25", "23:59"),
        ((2026, 10, 25, 23, 0), "2026-10-26", "00:00"),
    ],
)
def test_a_moment_stands_on_the_day_of_the_readers_clock_when_the_clocks_change(cast, utc, day, clock):
    order("A1", *utc)
    found = calendar(cast, on=day)
    assert {key: names for key, (names, _further) in found.items() if names} == {day: [f"{clock} A1"]}


def test_another_reader_sees_it_on_the_day_of_theirs(cast):
    order("A1", 2026, 3, 29, 22, 30)
    User.objects.filter(id=cast.alice.user_id).update(timezone="America/New_York")
    assert calendar(cast, on="2026-03-29")["2026-03-29"] == (["18:30 A1"], 0)


def test_a_busy_day_says_how_many_more_there_are_and_leads_to_all_of_them(cast):
    for number in range(9):
        order(f"A{number}", 2026, 3, 10, 9, number)
    order("B", 2026, 3, 11, 9)
    found = calendar(cast, on="2026-03-01")
    assert found["2026-03-10"] == ([f"10:0{number} A{number}" for number in range(4)], 5)
    assert found["2026-03-11"][0] == ["10:00 B"]
    page = cast.client("alice").get("/orders/calendar", {"on": "2026-03-01"}).content.decode()
    part = page.split('data-day="2026-03-10"')[1]
    url = re.search(r'class="further" href="([^"]+)"', part)[1].replace("&amp;", "&")
    listed = cast.client("alice").get(url).content.decode()
    assert all(f">A{number}<" in listed for number in range(9))
    assert ">B<" not in listed
    assert len(calendar(cast, span="week", on="2026-03-10")["2026-03-10"][0]) == 9


def test_a_period_is_one_statement_however_much_stands_in_it(cast):
    counts = []
    for rows in (1, 30):
        for number in range(rows):
            order(f"{rows}-{number}", 2026, 3, 10 + number % 5, 9)
        calendar(cast, on="2026-03-01")
        with CaptureQueriesContext(connection) as queries:
            calendar(cast, on="2026-03-01")
        counts.append(len(queries))
        assert sum("calendar_day" in each["sql"] for each in queries) == 1
    assert counts[0] == counts[1]


def test_what_has_an_end_stands_on_all_its_days(cast):
    customers = registry.get("customers")
    CustomField.objects.create(record_type="customers", key="starts", label="Starts", kind=Kind.DATE)
    CustomField.objects.create(record_type="customers", key="ends", label="Ends", kind=Kind.DATE)
    make(Customer, name="Long", custom={"starts": "2026-02-01", "ends": "2026-03-03"})
    make(Customer, name="Short", custom={"starts": "2026-03-02"})
    make(Customer, name="Wrong", custom={"starts": "2026-03-05", "ends": "2026-03-01"})
    make(Customer, name="Past", custom={"starts": "2026-02-01", "ends": "2026-02-03"})
    make(Customer, name="No date", custom={"starts": "soon", "ends": 3})
    found = calendar(cast, "customers", by="custom.starts", until="custom.ends", span="agenda", on="2026-03-01")
    assert {key[-2:]: names for key, (names, _further) in found.items() if names} == {
        "01": ["Long"],
        "02": ["Long", "Short"],
        "03": ["Long"],
        "05": ["Wrong"],
    }
    assert len(day_fields(cast.alice, customers)) > 2


def test_own_moments_stand_on_the_readers_day_and_what_was_another_fields_breaks_nothing(cast):
    CustomField.objects.create(record_type="customers", key="visit", label="Visit", kind=Kind.DATETIME)
    make(Customer, name="Here", custom={"visit": "2026-03-28T23:30:00.000000Z"})
    for nonsense in ("2026-03-28 or so", "2026-03-99T99:99", 7, ["2026-03-28"], True):
        make(Customer, name="Nonsense", custom={"visit": nonsense})
    found = calendar(cast, "customers", by="custom.visit", on="2026-03-01")
    assert {key: names for key, (names, _further) in found.items() if names} == {"2026-03-29": ["00:30 Here"]}


def test_a_calendar_shows_the_records_of_its_filter_only_and_keeps_it(cast):
    order("A1", 2026, 3, 10, 9)
    order("B1", 2026, 3, 10, 9)
    where = json.dumps({"all": [{"field": "number", "op": "is", "value": "A1"}]})
    assert calendar(cast, where=where, on="2026-03-10")["2026-03-10"][0] == ["10:00 A1"]
    page = cast.client("alice").get("/orders/calendar", {"where": where, "on": "2026-03-10"}).content.decode()
    assert "where=" in re.search(r'href="([^"]+)" data-key="n"', page)[1]
    assert "where=" in re.search(r'href="(/orders/board[^"]*)"', page)[1]


def test_a_new_one_begins_on_its_day(cast):
    page = cast.client("alice").get("/tasks/calendar", {"on": "2026-03-29"}).content.decode()
    url = re.search(r'class="add" href="([^"]+2026-03-29[^"]*)"', page)[1].replace("&amp;", "&")
    assert 'value="2026-03-29"' in cast.client("alice").get(url).content.decode()
    page = cast.client("alice").get("/orders/calendar", {"on": "2026-03-29"}).content.decode()
    url = re.search(r'class="add" href="([^"]+2026-03-29[^"]*)"', page)[1].replace("&amp;", "&")
    assert 'value="2026-03-29T09:00:00"' in cast.client("alice").get(url).content.decode()


def test_a_hidden_date_is_no_calendar_and_nothing_is_told_of_it(cast):
    make(Task, title="Call", due_on=date(2026, 3, 10))
    actor = with_role(cast, tasks={"read": "all", "change": "all", "fields": {"due_on": "hidden", "title": "hidden"}})
    client = cast.client("bob")
    hidden, absent = (client.get("/tasks/calendar", {"by": name}) for name in ("due_on", "nothing"))
    assert hidden.status_code == absent.status_code == 400
    assert "by “due_on”" in hidden.content.decode()
    page = client.get("/tasks/calendar", {"by": "created_at"}).content.decode()
    assert "Call" not in page
    assert "due" not in {each.name for each in day_fields(actor, registry.get("tasks"))}


def test_a_type_without_a_date_that_may_be_read_has_no_calendar(cast):
    days = {Kind.DATE, Kind.DATETIME}
    fields = registry.get("tasks").static_fields.items()
    hidden = {name: "hidden" for name, each in fields if each.kind in days}
    actor = with_role(cast, tasks={"read": "all", "fields": hidden})
    assert cast.client("bob").get("/tasks/calendar").status_code == 400
    layouts = head_of(actor, registry.get("tasks"), ListState(), "")["layouts"]
    assert [each.icon for each in layouts] == ["list", "layout-kanban"]


@pytest.mark.parametrize(
    "query",
    [
        {"by": "name"},
        {"by": "x"},
        {"until": "x"},
        {"on": "soon"},
        {"on": "0001-01-01"},
        {"on": "9999-12-31"},
        {"span": "x"},
        {"where": "{"},
    ],
)
def test_what_makes_no_calendar_is_told(cast, query):
    answer = cast.client("alice").get("/customers/calendar", query)
    assert answer.status_code == 400
    assert "This calendar can’t be shown" in answer.content.decode()


@pytest.mark.parametrize("record_type", list(registry), ids=lambda each: each.slug)
def test_every_type_has_a_calendar_by_each_of_its_dates(cast, record_type):
    make(record_type.model)
    for field in day_fields(cast.alice, record_type):
        for span in SPANS:
            query = {"by": field.name, "span": span}
            assert cast.client("alice").get(f"/{record_type.slug}/calendar", query).status_code == 200


def test_nobody_sees_what_another_team_has_on_a_day(cast):
    customer = make(Customer, name="Theirs", owner_id=cast.carol.member_id)
    make(Order, number="A1", placed_at=datetime(2026, 3, 10, tzinfo=UTC), customer_id=customer.pk)
    orders = registry.get("orders")
    period = period_of("month", "2026-03-10", TODAY, MONDAY)
    by = orders.static_fields["placed_at"]
    assert not on_days(cast.bob, orders, None, by, period, ("number",), 4).rows
    assert on_days(cast.alice, orders, None, by, period, ("number",), 4).rows
