"""The pages of webhooks: made, looked into, sent again, ended."""

import re

from django.urls import reverse

from klantbeeld.platform.webhooks.models import Delivery, Webhook
from klantbeeld.platform.webhooks.tests.conftest import send

LIST, NEW = reverse("webhooks:list"), reverse("webhooks:new")


def test_a_webhook_is_made_and_its_secret_shown_once(cast, receiver):
    client = cast.client("alice")
    assert "No webhooks yet" in client.get(LIST).content.decode()
    assert client.get(NEW).status_code == 200
    page = client.post(NEW, {"name": "Magazijn", "url": receiver.url, "events": ["customers.created"]})
    webhook = Webhook.objects.get()
    assert re.search(r'id="secret" value="(whsec_[^"]+)"', page.content.decode()).group(1) == webhook.secret
    assert page["Cache-Control"] == "no-store"
    for name in ("log", "edit"):
        shown = client.get(reverse(f"webhooks:{name}", args=[webhook.pk]))
        assert shown.status_code == 200
        assert webhook.secret not in shown.content.decode()


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(cast):
    page = cast.client("alice").post(NEW, {"name": "Magazijn", "url": "http://10.0.0.1/", "condition": "{"})
    html = page.content.decode()
    assert page.status_code == 422
    assert "http://10.0.0.1/" in html
    assert not Webhook.objects.exists()


def test_the_log_tells_what_was_sent_and_sends_it_again(cast, receiver, webhook, make):
    make(cast.alice, "customers", name="Piet & Co")
    send()
    client = cast.client("alice")
    html = client.get(reverse("webhooks:log", args=[webhook.pk])).content.decode()
    assert "customers.created" in html
    assert "thanks" in html
    assert "webhook-signature" in html
    delivery = Delivery.objects.get()
    client.post(reverse("webhooks:again", args=[webhook.pk, delivery.pk]))
    send()
    assert len(receiver.got) == 2
    client.post(reverse("webhooks:renew", args=[webhook.pk]))
    client.post(reverse("webhooks:delete", args=[webhook.pk]))
    assert not Webhook.objects.exists()


def test_bob_and_strangers_stay_outside(cast, webhook):
    for address in (LIST, NEW, reverse("webhooks:log", args=[webhook.pk])):
        assert cast.client("bob").get(address).status_code == 403
        assert cast.client("dave").get(address, HTTP_HOST="zuiderzee.example").status_code in {200, 404}
    dave = cast.client("dave").get(reverse("webhooks:log", args=[webhook.pk]), HTTP_HOST="zuiderzee.example")
    assert dave.status_code == 404
