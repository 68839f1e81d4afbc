"""Single sign-on by SAML: signed answers to our own questions let in; anything else doesn't."""

import base64

import pytest
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_provider import Wanted, save_provider
from klantbeeld.platform.organisation.tests.saml_provider import ENTITY, SIGN_IN, SamlProvider
from klantbeeld.platform.people.models import Member, SignIn, User
from klantbeeld.platform.signon.public import Protocol, Provider, read_metadata


@pytest.fixture(scope="module")
def idp():
    return SamlProvider()


@pytest.fixture
def provider(cast, idp):
    agent = Role.objects.get(name="Agent")
    wanted = Wanted("Noord", protocol=Protocol.SAML, metadata=idp.metadata, joins=True, default_role=agent)
    made = save_provider(cast.alice, None, wanted)
    Provider.objects.update(tested_at="2026-11-01T00:00Z")
    return made


def browser():
    return Client(headers={"accept-language": "en", "host": "testserver"})


def asked(client, provider):
    away = client.get(reverse("to_provider", args=[provider.id]))
    assert away.status_code == 302
    assert away.url.startswith(SIGN_IN)
    return away.url


def brought(client, provider, answer):
    """Post an answer as the browser does on behalf of the provider; what follows."""
    return client.post(reverse("saml_acs", args=[provider.id]), {"SAMLResponse": answer}, follow=True)


def is_in(client):
    return client.get("/customers/").status_code == 200


def test_a_signed_answer_lets_somebody_new_in(idp, provider):
    client = browser()
    answer = idp.answer(asked(client, provider), "p-1", mail=["joost@example.org"], displayName=["Joost Bakker"])
    brought(client, provider, answer)
    assert is_in(client)
    assert Member.objects.get(user__email="joost@example.org").name == "Joost Bakker"
    assert SignIn.objects.get().how == "sso"


def test_a_tampered_answer_is_refused(idp, provider):
    client = browser()
    answer = base64.b64decode(idp.answer(asked(client, provider), "p-2", mail=["new@example.org"]))
    forged = base64.b64encode(answer.replace(b"new@example.org", b"bob@example.org")).decode()
    page = brought(client, provider, forged)
    assert "Single sign-on didn’t work" in page.content.decode()
    assert not is_in(client)


def test_an_unsigned_answer_is_refused(idp, provider):
    client = browser()
    brought(client, provider, idp.answer(asked(client, provider), "p-3", signed=False, mail=["bob@example.org"]))
    assert not is_in(client)


def test_an_answer_of_another_key_is_refused(idp, provider):
    client = browser()
    brought(client, provider, SamlProvider().answer(asked(client, provider), "p-4", mail=["bob@example.org"]))
    assert not is_in(client)


def test_an_answer_counts_once_and_only_where_it_was_asked_for(idp, provider):
    first, second = browser(), browser()
    answer = idp.answer(asked(first, provider), "p-5", mail=["bob@example.org"])
    brought(second, provider, answer)
    assert not is_in(second)
    brought(first, provider, answer)
    assert is_in(first)
    first.post(reverse("account_logout"))
    brought(first, provider, answer)
    assert not is_in(first)


def test_an_account_of_elsewhere_is_not_taken_over(idp, provider):
    client = browser()
    brought(client, provider, idp.answer(asked(client, provider), "p-6", mail=["dave@example.org"]))
    assert not is_in(client)
    assert not Member.objects.filter(user=User.objects.get(email="dave@example.org")).exists()


@pytest.mark.parametrize("answer", ["", "not base64!", base64.b64encode(b"<a><b></a>").decode(), "PGEvPg=="])
def test_nonsense_gets_a_page_that_says_so(provider, answer):
    page = brought(browser(), provider, answer)
    assert "Single sign-on didn’t work" in page.content.decode()


def test_nobody_is_signed_out_from_elsewhere(cast, provider):
    alice = cast.client("alice")
    assert alice.get(reverse("saml_sls", args=[provider.id]), {"SAMLRequest": "x"}).status_code == 404
    assert is_in(alice)


def test_our_metadata_is_there_for_the_provider_of_this_organisation_only(provider):
    page = browser().get(reverse("saml_metadata", args=[provider.id]))
    assert b"AssertionConsumerService" in page.content
    there = Client(headers={"host": "zuiderzee.example"})
    assert there.get(reverse("saml_metadata", args=[provider.id])).status_code == 404


def test_metadata_tells_where_the_provider_is(idp):
    told = read_metadata(idp.metadata)
    assert (told.entity_id, told.sign_in_url) == (ENTITY, SIGN_IN)


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]><a>&y;</a>',
        "<a><b></a>",
        "no xml at all",
        "<a/>",
        "x" * 600_000,
        "https://127.0.0.1/metadata",
    ],
)
def test_hostile_metadata_is_refused(hostile):
    with pytest.raises(Invalid) as refused:
        read_metadata(hostile)
    assert list(refused.value.errors) == ["metadata"]
