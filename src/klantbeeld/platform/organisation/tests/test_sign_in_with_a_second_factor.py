import re
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.organisation.actions.add_colleague import NewColleague, add_colleague
from klantbeeld.platform.organisation.public import NewOrganisation, NewOwner, set_up_organisation
from klantbeeld.platform.people.models import User
from klantbeeld.platform.people.vouching import vouch_for_address

PASSWORD = "een-lange-fietstocht"
LOGIN, CODE = reverse("account_login"), reverse("mfa_authenticate")


@pytest.fixture
def joost(cast):
    user = add_colleague(cast.alice, NewColleague("joost@example.org", "Joost", [], [])).user
    user.set_password(PASSWORD)
    user.save()
    return user


def browser():
    return Client(headers={"accept-language": "en"})


def signed_in(client):
    return "_auth_user_id" in client.session


def code_for(secret):
    cache.clear()  # a code is taken once, and a test doesn't wait for the next one
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrolled(client):
    client.post(LOGIN, {"login": "joost@example.org", "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp")).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    client.post(reverse("mfa_activate_totp"), {"code": code_for(secret)})
    return secret


def test_a_colleague_turns_it_on_and_signs_in_with_a_code(joost):
    client = browser()
    secret = enrolled(client)
    kinds = set(Authenticator.objects.filter(user=joost).values_list("type", flat=True))
    assert kinds == {"totp", "recovery_codes"}
    client.post(reverse("account_logout"))
    client.post(LOGIN, {"login": "joost@example.org", "password": PASSWORD})
    assert not signed_in(client)
    client.post(CODE, {"code": "000000"})
    assert not signed_in(client)
    client.post(CODE, {"code": code_for(secret)})
    assert signed_in(client)


def test_each_recovery_code_lets_in_once(joost):
    client = browser()
    enrolled(client)
    page = client.get(reverse("mfa_view_recovery_codes"), follow=True).content.decode()
    codes = Authenticator.objects.get(user=joost, type="recovery_codes").wrap().get_unused_codes()
    assert len(codes) == 10
    assert all(code in page for code in codes)
    for times, expected in (("first", True), ("second", False)):
        other = browser()
        other.post(LOGIN, {"login": "joost@example.org", "password": PASSWORD})
        other.post(CODE, {"code": codes[0]})
        assert signed_in(other) is expected, times


def test_the_first_owners_address_is_vouched_for(cast):
    new = NewOrganisation("Haven", hosts=["haven.example"])
    _tenant, user = set_up_organisation(new, NewOwner("Femke", "Femke@Example.org", PASSWORD))
    address = EmailAddress.objects.get(user=user)
    assert (address.email, address.verified, address.primary) == ("femke@example.org", True, True)


def test_an_address_that_somebody_else_has_proven_stays_theirs(cast):
    eve = User.objects.get(email="eve@example.org")
    EmailAddress.objects.create(user=eve, email="second@example.org", verified=True)
    user = User.objects.create_user("second@example.org", name="Second")
    vouch_for_address(user)
    assert not EmailAddress.objects.get(user=user).verified
