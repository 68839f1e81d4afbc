"""How often a token may ask: over all processes together."""

from datetime import timedelta

import pytest
from django.test import Client

from klantbeeld.platform.api import limits
from klantbeeld.platform.api.models import Bucket
from klantbeeld.platform.api.public import create_token
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid

ME = "/api/v1/me"


@pytest.fixture
def thrifty(cast):
    token, text = create_token(cast.alice, "Zuinig", ["*"], requests_per_minute=3)
    return Client(headers={"authorization": f"Bearer {text}"}), token


def test_who_asks_too_often_is_told_how_long_to_wait(thrifty):
    client, _token = thrifty
    answers = [client.get(ME) for _ in range(4)]
    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert answers[0]["RateLimit-Policy"] == '"token";q=3;w=60'
    assert [each["RateLimit"].split(";")[1] for each in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[3].json()["code"] == "too_often"
    assert 1 <= int(answers[3]["Retry-After"]) <= 20


def test_the_bucket_fills_again(thrifty):
    client, token = thrifty
    assert [client.get(ME).status_code for _ in range(4)][-1] == 429
    Bucket.objects.filter(id=token.id).update(at=clock.now() - timedelta(seconds=21))
    assert [client.get(ME).status_code for _ in range(2)] == [200, 429]


def test_processes_together_get_no_more_than_one(cast):
    token, text = create_token(cast.alice, "Veel", ["*"], requests_per_minute=600)
    client = Client(headers={"authorization": f"Bearer {text}"})
    given = 0
    # Each process begins with nothing in its hands; a row that is never late can't refill what we count.
    for _process in range(1_000):
        limits._leases.clear()
        Bucket.objects.filter(id=token.id).update(at=clock.now() + timedelta(hours=1))
        if client.get(ME).status_code != 200:
            break
        given += limits._leases[token.id].left + 1
    assert given == 600


def test_most_requests_do_not_ask_the_database(cast, django_assert_num_queries):
    _token, text = create_token(cast.alice, "Vaak", ["*"], requests_per_minute=6_000)
    client = Client(headers={"authorization": f"Bearer {text}"})
    client.get(ME)
    with django_assert_num_queries(0):  # besides finding the token
        client.get(ME)


@pytest.mark.parametrize("number", [0, -1, limits.MOST + 1])
def test_a_limit_that_cannot_be_is_refused(cast, number):
    with pytest.raises(Invalid):
        create_token(cast.alice, "Fout", ["*"], requests_per_minute=number)
