"""Messages arrive, signed, once; what fails is tried again, and paused in the end."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.webhooks import delivering
from klantbeeld.platform.webhooks.actions.resume import resume, send_again
from klantbeeld.platform.webhooks.actions.save_webhook import Wanted, change_webhook, create_webhook, renew_secret
from klantbeeld.platform.webhooks.models import Attempt, Delivery
from klantbeeld.platform.webhooks.tests.conftest import send


def signed_with(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body}"
    return "v1," + base64.b64encode(hmac.new(key, text.encode(), hashlib.sha256).digest()).decode()


def writer(cast):
    customers = registry.get("customers")
    return customers.writer(customers, cast.alice)


def test_what_happens_is_told_signed_and_once(cast, receiver, webhook, make):
    made = make(cast.alice, "customers", name="Piet", city="Gouda")
    send()
    writer(cast).change(made.pk, {"city": "Delft"})
    send()
    writer(cast).delete(made.pk)
    send()
    send()
    told = {json.loads(body)["type"]: (headers, body) for _path, headers, body in receiver.got}
    assert len(receiver.got) == 3
    assert set(told) == {"customers.created", "customers.changed", "customers.deleted"}
    path, headers, body = receiver.got[0]
    assert path == "/hook?a=1"
    assert headers["Host"] == f"127.0.0.1:{receiver.port}"
    assert headers["webhook-signature"] == signed_with(webhook.secret, headers, body)
    assert json.loads(told["customers.deleted"][1])["data"] == {"id": str(made.pk)}
    attempt = Attempt.objects.order_by("at").first()
    assert (attempt.status, attempt.body) == (200, "thanks")


def test_a_change_tells_the_record_as_it_is_and_what_changed(cast, receiver, webhook, make):
    made = make(cast.alice, "customers", name="Piet", city="Gouda")
    send()
    receiver.got.clear()
    writer(cast).change(made.pk, {"city": "Delft"})
    send()
    data = json.loads(receiver.got[0][2])["data"]
    assert (data["fields"], data["record"]["city"], data["record"]["name"]) == (["city"], "Delft", "Piet")


def test_what_fails_is_tried_again_later_with_the_same_id(cast, receiver, webhook, make):
    receiver.status, receiver.body = 500, b"x" * 10_000
    make(cast.alice, "customers", name="Piet")
    send()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, len(receiver.got)) == ("waiting", 1, 1)
    assert len(Attempt.objects.get().body) == 4096
    receiver.status = 204
    Delivery.objects.update(due_at=clock.now())
    send()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)
    assert receiver.got[0][1]["webhook-id"] == receiver.got[1][1]["webhook-id"] == f"msg_{delivery.pk}"


def test_the_wait_grows_and_after_a_day_it_is_over(cast, receiver, webhook, make):
    waits = [delivering.wait_after(number).total_seconds() for number in range(1, 12)]
    assert 8 <= waits[0] <= 12
    assert all(later > sooner for sooner, later in pairwise(waits[:7]))
    assert max(waits) <= 1.2 * 6 * 3600
    receiver.status = 503
    make(cast.alice, "customers", name="Piet")
    send()
    Delivery.objects.update(due_at=clock.now(), created_at=clock.now() - timedelta(hours=24))
    send()
    assert Delivery.objects.get().state == "failed"


def test_after_many_failures_it_is_paused_and_its_owner_hears_of_it(cast, receiver, webhook, make, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    receiver.status = 500
    webhook.failures = delivering.FAILURES_BEFORE_PAUSE - 1
    webhook.save()
    make(cast.alice, "customers", name="Piet")
    send()
    webhook.refresh_from_db()
    assert webhook.paused_at is not None
    asked = len(receiver.got)
    make(cast.alice, "customers", name="Kees")
    Delivery.objects.update(due_at=clock.now())
    send()
    assert len(receiver.got) == asked
    receiver.status = 200
    resume(cast.alice, webhook.pk)
    send()
    assert set(Delivery.objects.values_list("state", flat=True)) == {"delivered"}


def test_the_owner_is_mailed(cast, receiver, webhook, make, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    receiver.status = 410
    make(cast.alice, "customers", name="Piet")
    with django_capture_on_commit_callbacks(execute=True):
        send()
    assert [each.to for each in mail.outbox] == [["alice@example.org"]]
    assert "Magazijn" in mail.outbox[0].subject


def test_nobody_is_followed_elsewhere(cast, receiver, webhook, make):
    receiver.status, receiver.headers = 302, {"Location": f"http://127.0.0.1:{receiver.port}/elsewhere"}
    make(cast.alice, "customers", name="Piet")
    send()
    assert [path for path, _headers, _body in receiver.got] == ["/hook?a=1"]
    assert Delivery.objects.get().state == "waiting"


def test_a_condition_says_of_which_records(cast, receiver, webhook, make):
    wanted = Wanted(
        "M", receiver.url, ["customers.created"], {"all": [{"field": "city", "op": "is", "value": "Gouda"}]}
    )
    change_webhook(cast.alice, webhook.pk, wanted)
    make(cast.alice, "customers", name="Piet", city="Gouda")
    make(cast.alice, "customers", name="Kees", city="Delft")
    send()
    assert [json.loads(body)["data"]["record"]["name"] for _path, _headers, body in receiver.got] == ["Piet"]


def test_a_webhook_tells_no_more_than_its_owner_may_see(cast, receiver, make, give_bob):
    give_bob({"customers": {"read": "team", "change": "team", "fields": {"phone": "hidden"}}})
    from klantbeeld.platform.access.actor import of_member

    bob = of_member(cast.tenant, cast.bob.member_id)
    create_webhook(bob, Wanted("Bob", receiver.url, ["customers.created", "customers.changed", "customers.deleted"]))
    mine = make(cast.alice, "customers", name="Van Alice")
    his = make(cast.alice, "customers", name="Van Bob", phone="030 123 4567", owner=str(cast.bob.member_id))
    send()
    writer(cast).change(his.pk, {"phone": "030 765 4321"})
    writer(cast).delete(mine.pk)
    send()
    assert [json.loads(body)["data"]["id"] for _path, _headers, body in receiver.got] == [str(his.pk)]
    assert "phone" not in receiver.got[0][2]


@pytest.fixture
def give_bob():
    def give(records):
        grants = {"records": records, "abilities": ["webhooks.manage"]}
        Role.objects.filter(name="Agent").update(grants=grants)

    return give


def test_a_renewed_secret_and_the_old_one_sign_for_a_day(cast, receiver, webhook, make):
    old = webhook.secret
    new = renew_secret(cast.alice, webhook.pk).secret
    make(cast.alice, "customers", name="Piet")
    send()
    _path, headers, body = receiver.got[0]
    assert headers["webhook-signature"].split() == [signed_with(key, headers, body) for key in (new, old)]
    with clock.fixed_clock(clock.now() + timedelta(hours=25)):
        send_again(cast.alice, webhook.pk, Delivery.objects.get().pk)
        Delivery.objects.update(due_at="2026-01-01T00:00:00Z")
        send()
    _path, headers, body = receiver.got[1]
    assert headers["webhook-signature"] == signed_with(new, headers, body)
