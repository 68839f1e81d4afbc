"""Telling people: whom, how often, and only what they may know."""

import pytest
from django.db import transaction

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.notifications.public import notify
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.tenancy.scope import Scope, entered


def lines(cast, name):
    return cast.client(name).get("/notifications/").content.decode()


def test_who_did_it_is_not_told_and_neither_is_who_may_not_come_in(cast, news):
    Member.objects.filter(id=cast.carol.member_id).update(active=False)
    notify(news, [cast.alice.member_id, cast.bob.member_id, cast.carol.member_id], about={"did": ["came by"]})
    assert set(Notification.objects.values_list("member_id", flat=True)) == {cast.bob.member_id}


def test_the_same_key_is_told_once(cast, news):
    for _again in range(2):
        notify(news, [cast.bob.member_id], key="7")
    assert Notification.objects.count() == 1


def test_what_is_unread_is_brought_up_to_date_and_what_was_read_is_told_anew(cast, news, make):
    customer = make(cast.bob, "customers", name="Piet")
    record = ("customers", customer.pk)
    notify(news, [cast.bob.member_id], record, {"did": ["called"]}, merge=True)
    notify(news, [cast.bob.member_id], record, {"did": ["called", "wrote"]}, merge=True)
    assert Notification.objects.get().about == {"did": ["called", "wrote"]}
    cast.client("bob").post("/notifications/read")
    notify(news, [cast.bob.member_id], record, {"did": ["left"]}, merge=True)
    assert Notification.objects.count() == 2


def test_after_a_rollback_nobody_was_told(cast, news):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify(news, [cast.bob.member_id])
        raise ZeroDivisionError
    assert not Notification.objects.exists()


def test_a_record_that_may_not_be_read_any_more_is_not_told_of(cast, news, make):
    customer = make(cast.bob, "customers", name="Geheime Klant")
    notify(news, [cast.bob.member_id], ("customers", customer.pk), {"did": ["called"]})
    assert "Geheime Klant" in lines(cast, "bob")
    Role.objects.filter(name="Agent").update(grants={"records": {"tasks": {"read": "all"}}})
    told = Notification.objects.get()
    assert "Geheime" not in lines(cast, "bob")
    assert cast.client("bob").get(f"/notifications/{told.id}/")["Location"] == "/notifications/"


def test_nobody_opens_or_marks_what_somebody_else_was_told(cast, news):
    notify(news, [cast.bob.member_id])
    told = Notification.objects.get()
    for path in ("", "mark"):
        asked = cast.client("carol").post if path else cast.client("carol").get
        assert asked(f"/notifications/{told.id}/{path}").status_code == 404
    told.refresh_from_db()
    assert told.read_at is None


def test_the_count_is_of_what_was_not_seen_yet(cast, news):
    client = cast.client("bob")
    assert client.get("/notifications/count").content.strip() == b""
    notify(news, [cast.bob.member_id])
    assert ">1<" in client.get("/notifications/count").content.decode()
    client.get("/notifications/")
    assert client.get("/notifications/count").content.strip() == b""


def test_reading_and_unreading(cast, news):
    notify(news, [cast.bob.member_id], about={"did": ["came by"]})
    told, client = Notification.objects.get(), cast.client("bob")
    client.post(f"/notifications/{told.id}/mark", {"read": "1"})
    assert "came by" not in client.get("/notifications/?unread=1").content.decode()
    answer = client.post(f"/notifications/{told.id}/mark", {"read": "0"}, headers={"hx-request": "true"})
    assert "data-unread" in answer.content.decode()
    assert "came by" in client.get("/notifications/?unread=1").content.decode()


def test_older_ones_follow_without_a_gap_and_a_place_that_is_none_begins_at_the_start(cast, news):
    for number in range(45):
        notify(news, [cast.bob.member_id], about={"did": [f"nr-{number:02}"]})
    client = cast.client("bob")
    first = client.get("/notifications/").content.decode()
    after = first.split("after=")[1].split('"')[0]
    second = client.get(f"/notifications/?after={after}").content.decode()
    shown = [f"nr-{number:02}" for number in range(45) if f"nr-{number:02}" in first]
    then = [f"nr-{number:02}" for number in range(45) if f"nr-{number:02}" in second]
    assert (len(shown), len(then), set(shown) & set(then)) == (40, 5, set())
    assert "nr-44" in client.get("/notifications/?after=nonsense_x").content.decode()


def test_a_list_asks_no_question_per_line(cast, news, make, django_assert_max_num_queries):
    for number in range(20):
        customer = make(cast.bob, "customers", name=f"Klant {number}")
        notify(news, [cast.bob.member_id], ("customers", customer.pk))
    client = cast.client("bob")
    client.get("/notifications/")
    with django_assert_max_num_queries(8):
        client.get("/notifications/")


def test_another_organisation_hears_nothing(cast, news):
    with entered(Scope(cast.other_tenant.id)):
        notify(news, [cast.bob.member_id])
        assert not Notification.objects.exists()
