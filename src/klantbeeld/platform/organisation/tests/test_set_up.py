from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access.models import Role
from klantbeeld.platform.organisation.actions.make_set_up_link import make_set_up_link
from klantbeeld.platform.organisation.models import SetUpLink
from klantbeeld.platform.people.models import Member, User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

GIVEN = {
    "organisation": "Bakkerij Blom",
    "country": "NL",
    "currency": "EUR",
    "language": "nl",
    "timezone": "Europe/Amsterdam",
    "name": "Sanne Blom",
    "email": "sanne@example.org",
    "password": "deeg-rijst-om-vijf",
}


def link(**options):
    out = StringIO()
    call_command("setup_link", base="http://testserver", stdout=out, **options)
    return out.getvalue().strip().removeprefix("http://testserver")


@pytest.mark.django_db
def test_the_first_owner_makes_the_organisation_and_is_signed_in():
    client = Client(headers={"accept-language": "en"})
    address = link()
    assert client.get(address).status_code == 200
    assert client.post(address, GIVEN).url == "/"
    tenant = Tenant.objects.get()
    assert (tenant.slug, tenant.language, tenant.currency) == ("bakkerij-blom", "nl", "EUR")
    with entered(Scope(tenant.id)):
        assert Member.objects.get().member_roles.get().role.is_owner
        assert list(Role.objects.order_by("name").values_list("name", flat=True)) == [
            "Eigenaar",
            "Lezer",
            "Manager",
            "Medewerker",
        ]
    page = client.get("/settings/")
    assert page.status_code == 200
    assert page["Content-Language"] == "nl"


@pytest.mark.django_db
def test_a_link_works_once():
    address = link()
    Client().post(address, GIVEN)
    again = Client().post(address, GIVEN | {"email": "other@example.org"})
    assert again.status_code == 410
    assert Tenant.objects.count() == 1
    assert not User.objects.filter(email="other@example.org").exists()


@pytest.mark.django_db
def test_a_link_ends_after_a_day():
    address = link()
    SetUpLink.objects.update(expires_at=SetUpLink.objects.get().expires_at - timedelta(hours=24, seconds=1))
    assert Client().get(address).status_code == 410


@pytest.mark.django_db
def test_a_second_link_ends_the_first():
    first = link()
    link()
    assert Client().get(first).status_code == 410


@pytest.mark.django_db
def test_a_weak_password_is_refused_and_nothing_is_made():
    answer = Client().post(link(), GIVEN | {"password": "password12"})
    assert answer.status_code == 422
    assert not Tenant.objects.exists()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_the_secret_is_not_stored():
    secret = make_set_up_link()
    assert secret not in str(list(SetUpLink.objects.values()))


def test_another_organisation_needs_to_be_asked_for(cast):
    with pytest.raises(CommandError, match="set up already"):
        link()


def test_another_organisation_lives_at_its_own_host(cast):
    client = Client(headers={"accept-language": "en"})
    answer = client.post(link(new=True), GIVEN | {"hosts": "blom.example  crm.blom.example"})
    assert answer.url == "http://blom.example/"
    client = Client(headers={"host": "blom.example"})
    client.force_login(User.objects.get(email="sanne@example.org"))
    assert "Bakkerij Blom" in client.get("/settings/").content.decode()
    # Noorderlicht doesn't know her.
    client = Client()
    client.force_login(User.objects.get(email="sanne@example.org"))
    assert client.get("/settings/").status_code == 403


@pytest.mark.parametrize("hosts", ["", "testserver", "https://blom.example"])
def test_a_host_that_is_missing_taken_or_no_name_is_refused(cast, hosts):
    answer = Client().post(link(new=True), GIVEN | {"hosts": hosts})
    assert answer.status_code == 422
    assert Tenant.objects.count() == 2


def test_an_organisation_without_host_names_must_get_some_first(cast):
    cast.tenant.hosts = []
    cast.tenant.save()
    with pytest.raises(CommandError, match="noorderlicht has no host name"):
        link(new=True)
    assert link(new=True, hosts=["noorderlicht=crm.noorderlicht.example"])
    cast.tenant.refresh_from_db()
    assert cast.tenant.hosts == ["crm.noorderlicht.example"]


def test_an_account_that_exists_must_prove_itself(cast):
    alice = User.objects.get(email="alice@example.org")
    alice.set_password("haar-eigen-wachtwoord")
    alice.save()
    given = GIVEN | {"hosts": "blom.example", "email": "alice@example.org"}
    address = link(new=True)
    assert Client().post(address, given).status_code == 422
    assert Client().post(address, given | {"password": "haar-eigen-wachtwoord"}).status_code == 302


def test_who_belongs_to_several_organisations_can_switch(cast):
    alice = User.objects.get(email="alice@example.org")
    with entered(Scope(cast.other_tenant.id)):
        Member.objects.create(user=alice, name="Alice")
    html = cast.client("alice").get(reverse("organisation:index")).content.decode()
    assert 'href="//zuiderzee.example/"' in html
    assert "zuiderzee.example" not in cast.client("bob").get(reverse("organisation:index")).content.decode()
