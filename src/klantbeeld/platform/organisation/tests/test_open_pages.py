import pytest
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.people.models import Member, Team, User
from klantbeeld.platform.tenancy.scope import Scope, entered

GUARDED = [
    ("colleagues", "people.manage"),
    ("new_colleague", "people.manage"),
    ("teams", "people.manage"),
    ("new_team", "people.manage"),
    ("roles", "roles.manage"),
    ("new_role", "roles.manage"),
    ("rights", "roles.manage"),
    ("compare_roles", "roles.manage"),
    ("export_roles", "roles.manage"),
    ("import_roles", "roles.manage"),
    ("fields", "fields.manage"),
]
OPEN = ["index", "me", "tokens", "new_token"]


@pytest.mark.parametrize(("name", "ability"), GUARDED)
def test_a_page_needs_its_ability_and_no_more(cast, give, name, ability):
    address = reverse(f"organisation:{name}")
    assert cast.client("alice").get(address).status_code == 200
    assert cast.client("bob").get(address).status_code == 403
    assert cast.client("eve").get(address).status_code == 403
    give(abilities=[ability])
    assert cast.client("bob").get(address).status_code == 200


@pytest.mark.parametrize("name", OPEN)
def test_everybody_who_works_here_has_settings(cast, name):
    address = reverse(f"organisation:{name}")
    assert cast.client("bob").get(address).status_code == 200
    assert cast.client("eve").get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_the_index_shows_only_what_may_be_opened(cast):
    html = cast.client("bob").get("/settings/").content.decode()
    assert reverse("organisation:me") in html
    assert reverse("organisation:colleagues") not in html


@pytest.mark.parametrize("name", ["switch_colleague", "renew_link", "delete_team", "delete_role"])
def test_bob_changes_nothing_by_address(cast, name):
    address = reverse(f"organisation:{name}", args=[cast.alice.member_id])
    assert cast.client("bob").post(address).status_code == 403
    assert cast.client("alice").get(address).status_code == 405


def test_a_team_is_made_renamed_and_deleted(cast):
    client = cast.client("alice")
    client.post(reverse("organisation:new_team"), {"name": "Werkplaats", "members": [str(cast.bob.member_id)]})
    team = Team.objects.get(name="Werkplaats")
    assert [member.id for member in team.members.all()] == [cast.bob.member_id]
    address = reverse("organisation:team", args=[team.id])
    assert client.post(address, {"name": "Service"}).status_code == 422
    client.post(address, {"name": "Winkel"})
    team.refresh_from_db()
    assert (team.name, team.members.count()) == ("Winkel", 0)
    client.post(reverse("organisation:delete_team", args=[team.id]))
    assert not Team.objects.filter(id=team.id).exists()
    assert Member.objects.filter(id=cast.bob.member_id).exists()


def test_another_organisations_team_is_not_there(cast):
    with entered(Scope(cast.other_tenant.id)):
        theirs = Team.objects.create(name="Haven")
    client = cast.client("alice")
    assert client.get(reverse("organisation:team", args=[theirs.id])).status_code == 404
    assert client.post(reverse("organisation:delete_team", args=[theirs.id])).status_code == 404


def test_what_one_says_of_oneself_counts_at_once(cast):
    client = cast.client("bob")
    given = {"name": "Bob Visser", "language": "nl", "timezone": "America/Curacao"}
    assert client.post(reverse("organisation:me"), given).status_code == 302
    page = client.get(reverse("organisation:me"))
    assert page["Content-Language"] == "nl"
    assert '<option value="America/Curacao" selected' in page.content.decode()
    assert User.objects.get(email="bob@example.org").timezone == "America/Curacao"


def test_a_time_zone_that_does_not_exist_is_refused(cast):
    given = {"name": "Bob", "language": "en", "timezone": "Mars/Olympus"}
    assert cast.client("bob").post(reverse("organisation:me"), given).status_code == 422
