"""Whoever guesses waits longer and longer, whatever process answers, and learns nothing of who has an account."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from klantbeeld.platform.kernel.clock import fixed_clock
from klantbeeld.platform.people import brakes
from klantbeeld.platform.people.models import Brake, Outcome, SignIn, User

LOGIN = reverse("account_login")
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
PASSWORD = "een-lange-fietstocht"


def test_five_failures_cost_nothing_and_then_each_doubles_the_wait(db):
    with fixed_clock(NOON):
        assert [brakes.count_attempt("key", brakes.OF_ACCOUNT) for _ in range(5)] == [None] * 5
        assert brakes.count_attempt("key", brakes.OF_ACCOUNT) == NOON + timedelta(minutes=1)
    later = NOON + timedelta(minutes=1)
    with fixed_clock(later):
        assert brakes.count_attempt("key", brakes.OF_ACCOUNT) is None
        assert brakes.count_attempt("key", brakes.OF_ACCOUNT) == later + timedelta(minutes=2)


def test_an_attempt_while_held_up_does_not_make_it_longer(db):
    with fixed_clock(NOON):
        for _ in range(20):
            brakes.count_attempt("key", brakes.OF_ACCOUNT)
        assert brakes.held_until("key") == NOON + timedelta(minutes=1)


def test_failures_are_forgotten_one_by_one(db):
    with fixed_clock(NOON):
        for _ in range(4):
            brakes.count_attempt("key", brakes.OF_ACCOUNT)
    with fixed_clock(NOON + timedelta(hours=3)):
        brakes.count_attempt("key", brakes.OF_ACCOUNT)
        assert Brake.objects.get().failures == 2


@given(st.integers(min_value=0, max_value=10_000))
def test_nobody_waits_longer_than_an_hour_or_less_than_after_one_failure_less(failures):
    wait = brakes.wait_after(failures, brakes.OF_ACCOUNT)
    assert brakes.wait_after(max(0, failures - 1), brakes.OF_ACCOUNT) <= wait <= timedelta(hours=1)


def test_one_subscriber_has_one_network():
    assert brakes.of_network("2001:db8:1:2::1") == brakes.of_network("2001:db8:1:2:ffff::9")
    assert brakes.of_network("2001:db8:1:2::1") != brakes.of_network("2001:db8:1:3::1")
    assert brakes.of_network("192.0.2.1") != brakes.of_network("192.0.2.2")


@pytest.fixture
def bob(cast):
    user = User.objects.get(email="bob@example.org")
    user.set_password(PASSWORD)
    user.save()
    return user


def told(email, password="wrong", times=1, client=None):
    client = client or Client(headers={"accept-language": "en"})
    for _ in range(times):
        page = client.post(LOGIN, {"login": email, "password": password})
    return page.content.decode().replace(email, "") if page.status_code == 200 else "in"


def test_the_right_password_waits_too_and_the_page_says_how_long(bob):
    told(bob.email, times=5)
    assert "Try again in 1 minute" in told(bob.email, PASSWORD)
    brakes.release(brakes.of_account(bob.email))
    assert told(bob.email, PASSWORD) == "in"


def test_an_address_that_nobody_has_is_answered_alike(bob):
    def shown(email):
        return [re.sub(r'value="\w{64}"', "", told(email, times=times)) for times in (1, 5)]

    assert shown(bob.email) == shown("nobody@example.org")


def test_a_right_password_releases_the_account(bob):
    told(bob.email, times=4)
    assert told(bob.email, PASSWORD) == "in"
    assert brakes.held_until(brakes.of_account(bob.email)) is None
    assert told(bob.email, times=4) != "in"
    assert told(bob.email, PASSWORD) == "in"


def test_one_network_is_held_up_for_all_accounts(bob, monkeypatch):
    monkeypatch.setattr(brakes, "OF_NETWORK", brakes.Limit(3, timedelta(minutes=1)))
    for number in range(3):
        told(f"somebody{number}@example.org")
    assert "Try again in" in told(bob.email, PASSWORD)


def test_the_history_tells_who_was_held_up_but_not_what_strangers_typed(bob):
    told(bob.email, times=6)
    told("eve@example.org")
    outcomes = list(SignIn.objects.order_by("id").values_list("member__name", "outcome"))
    assert outcomes == [("Bob", Outcome.WRONG_PASSWORD)] * 5 + [("Bob", Outcome.HELD), (None, Outcome.WRONG_PASSWORD)]
