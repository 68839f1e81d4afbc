import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.models import Tenant


def make(actor, slug, **given):
    record_type = registry.get(slug)
    return record_type.writer(record_type, actor).create(given)


def page(cast, name="bob", query=""):
    return cast.client(name).get(f"/{query}").content.decode()


@pytest.fixture(autouse=True)
def any_host(settings):
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture
def work(cast):
    customer = make(cast.bob, "customers", name="Marieke van der Velden")
    yesterday = str(timezone.localdate() - timedelta(days=2))
    late = make(cast.bob, "tasks", title="Accu bestellen", due_on=yesterday, customer=customer.id)
    make(cast.bob, "tasks", title="Offerte sturen", due_on=str(timezone.localdate() + timedelta(days=20)))
    make(cast.carol, "tasks", title="Taak van Carol")
    make(cast.alice, "orders", number="NF-1", customer=customer.id, placed_at="2026-11-20T10:00")
    return late


def test_ones_own_open_tasks_come_late_ones_first(cast, work):
    html = page(cast)
    assert html.index("Accu bestellen") < html.index("Offerte sturen")
    assert "Taak van Carol" not in html
    assert html.count('data-tone="bad">late') == 1


def test_a_day_shows_its_year_only_where_that_is_not_this_one(cast):
    today = timezone.localdate()
    make(cast.bob, "tasks", title="Nu", due_on=str(today.replace(month=11, day=18)))
    make(cast.bob, "tasks", title="Ooit", due_on=f"{today.year + 2}-11-18")
    html = page(cast).replace("\u00a0", " ")
    assert "18 Nov</span>" in html
    assert f"18 Nov {today.year}" not in html
    assert f"18 Nov {today.year + 2}</span>" in html


def test_a_task_is_done_in_place_with_an_undo(cast, work):
    client = cast.client("bob")
    assert f'hx-post="/tasks/{work.id}/done"' in client.get("/").content.decode()
    told = json.loads(client.post(f"/tasks/{work.id}/done")["HX-Trigger"])
    assert "panel:tasks" in told
    assert "Accu bestellen" not in client.get("/?block=tasks").content.decode()
    client.post(told["toast"]["undo_url"])
    assert "Accu bestellen" in client.get("/?block=tasks").content.decode()


def test_without_scripts_a_task_is_done_by_a_form(cast, work):
    cast.client("bob").post(f"/today/tasks/{work.id}/done")
    work.refresh_from_db()
    assert work.done_at is not None


def test_a_task_that_was_done_already_keeps_its_time_and_says_so(cast, work):
    client, url = cast.client("bob"), f"/today/tasks/{work.id}/done"
    client.post(url)
    work.refresh_from_db()
    first = work.done_at
    assert "done already" in client.post(url, follow=True).content.decode()
    work.refresh_from_db()
    assert work.done_at == first


def test_a_task_done_in_the_hour_that_comes_twice_keeps_its_time(cast, work):
    twice = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    with fixed_clock(twice):
        cast.client("bob").post(f"/today/tasks/{work.id}/done")
    work.refresh_from_db()
    assert work.done_at == twice


def test_somebody_elses_task_is_not_there_to_be_done(cast, work):
    assert cast.client("carol").post(f"/today/tasks/{work.id}/done").status_code == 404
    dave = Client(headers={"host": "zuiderzee.example"})
    dave.force_login(User.objects.get(email="dave@example.org"))
    assert dave.post(f"/today/tasks/{work.id}/done").status_code == 404


def test_a_block_is_there_only_for_who_may_read_it(cast, work):
    assert "New orders" in page(cast)
    Role.objects.filter(name="Agent").update(grants={"records": {"tasks": {"read": "own"}}})
    html = page(cast)
    assert "To do" in html
    assert "New orders" not in html
    assert cast.client("bob").get("/?block=orders").status_code == 404


def test_a_hidden_field_leaves_out_what_would_reveal_it(cast, work):
    tasks = {"read": "team", "fields": {"owner": "hidden"}}
    customers = {"read": "team", "fields": {"name": "hidden"}}
    Role.objects.filter(name="Agent").update(grants={"records": {"tasks": tasks, "customers": customers}})
    html = page(cast)
    assert "Accu bestellen" not in html
    assert "Marieke" not in html


def test_a_fresh_organisation_says_what_to_do_first(cast, work):
    assert "Nobody here yet" not in page(cast, "alice")
    client = Client(headers={"host": "zuiderzee.example", "accept-language": "en"})
    client.force_login(User.objects.get(email="dave@example.org"))
    html = client.get("/").content.decode()
    assert "Nobody here yet" in html
    assert "Invite a colleague" in html


def test_the_page_asks_little_of_the_database(cast, work, django_assert_max_num_queries):
    client = cast.client("bob")
    client.get("/")
    for number in range(10):
        make(cast.bob, "tasks", title=f"Taak {number}")
    with django_assert_max_num_queries(11):
        client.get("/")


def test_where_no_organisation_lives_the_page_says_how_to_make_one(db):
    Tenant.objects.all().delete()
    answer = Client(headers={"accept-language": "en"}).get("/")
    assert answer.status_code == 404
    assert "setup_link" in answer.content.decode()


def test_tasks_stand_under_the_day_they_are_for(cast, work):
    with fixed_clock(datetime(2026, 11, 25, 9, tzinfo=UTC)):  # a Wednesday
        for title, due_on, due_time in (
            ("Vandaag", "2026-11-25", "14:30"),
            ("Zondag", "2026-11-29", ""),
            ("Maandag", "2026-12-07", ""),
        ):
            make(cast.bob, "tasks", title=title, due_on=due_on, due_time=due_time)
        make(cast.bob, "tasks", title="Ooit")
        html = page(cast, query="?block=tasks")
    places = [
        html.index(text) for text in (">Late<", "Accu bestellen", ">Today<", "Vandaag", ">The coming week<", "Zondag")
    ]
    places += [html.index(text) for text in (">Later<", "Maandag", ">Any day<", "Ooit")]
    assert places == sorted(places)
    assert "14:30" in html


def test_what_colleagues_said_and_what_changed_stand_on_the_day(cast, work):
    from klantbeeld.platform.events.dispatch import dispatch_due

    client = cast.client("bob")
    client.post(f"/customers/{work.customer_id}/follow", {"follow": "1"})
    alice = cast.client("alice")
    alice.post(f"/customers/{work.customer_id}/comments", {"text": "@Bob bel jij?"})
    alice.post(f"/customers/{work.customer_id}/field/city", {"city": "Zeist"})
    while dispatch_due():
        pass
    html = page(cast)
    assert "Alice mentioned you in a comment on Marieke van der Velden" in html
    assert "Alice changed Marieke van der Velden: city" in html
    assert "mentioned you" not in page(cast, "carol")
