"""Single sign-on with a real OpenID Connect provider: who comes in, who doesn't, and what a provider can't do."""

import warnings
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.test import Client
from django.urls import reverse

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_provider import Wanted, save_provider
from klantbeeld.platform.people.models import Invitation, Member, Outcome, SignIn, User
from klantbeeld.platform.signon.public import Provider, check_issuer
from klantbeeld.platform.signon.sealed_text import opened
from klantbeeld.platform.tenancy.scope import Scope, entered

LOGIN = reverse("account_login")
PASSWORD = "een-lange-fietstocht"
SECRET = "heel-geheim"


@pytest.fixture(scope="module")
def idp():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from oidc_provider_mock import run_server_in_thread
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def private_networks(settings):
    settings.SIGN_ON_PRIVATE = True


def person(idp, sub, **claims):
    requests.put(f"{idp}/users/{sub}", json=claims, timeout=5).raise_for_status()


@pytest.fixture
def provider(cast, idp):
    """A tested provider that lets new people in as agents."""
    made = save_provider(cast.alice, None, wanted(idp))
    Provider.objects.update(tested_at="2026-11-01T00:00Z")
    made.refresh_from_db()
    return made


def wanted(idp, **more):
    agent = Role.objects.get(name="Agent")
    return Wanted(**{"name": "Noord", "issuer": idp, "client_id": "kb", "secret": SECRET, "joins": True,
                     "default_role": agent, **more})  # fmt: skip


def browser():
    return Client(headers={"accept-language": "en"})


def there_and_back(client, provider, sub, forge=""):
    """Go to the provider, sign in there as `sub`, and come back; the last answer."""
    away = client.get(reverse("to_provider", args=[provider.id]))
    assert away.status_code == 302
    assert parse_qs(urlsplit(away.url).query)["code_challenge_method"] == ["S256"]
    back = requests.post(away.url, data={"sub": sub}, allow_redirects=False, timeout=5).headers["Location"]
    query = parse_qs(urlsplit(back).query)
    return client.get(urlsplit(back).path, {"code": query["code"][0], "state": forge or query["state"][0]})


def is_in(client):
    return client.get("/customers/").status_code == 200


def test_somebody_new_becomes_a_colleague_with_the_role_to_start_with(cast, idp, provider):
    person(idp, "joost", email="Joost@example.org", name="Joost Bakker")
    client = browser()
    assert there_and_back(client, provider, "joost").status_code == 302
    assert is_in(client)
    member = Member.objects.get(user__email="joost@example.org")
    assert (member.name, member.member_roles.get().role.name) == ("Joost Bakker", "Agent")
    assert SignIn.objects.get(member=member).how == "sso"
    again = browser()
    there_and_back(again, provider, "joost")
    assert is_in(again)
    assert Member.objects.filter(user__email="joost@example.org").count() == 1


def test_a_colleague_is_recognised_by_address_and_then_by_who_they_are_there(cast, idp, provider):
    person(idp, "b-1", email="bob@example.org", name="Somebody")
    there_and_back(browser(), provider, "b-1")
    assert Member.objects.get(user__email="bob@example.org").name == "Bob"
    person(idp, "b-1", email="renamed@example.org")
    client = browser()
    there_and_back(client, provider, "b-1")
    assert is_in(client)
    assert not User.objects.filter(email="renamed@example.org").exists()


@pytest.mark.parametrize("email", ["dave@example.org", "eve@example.org"])
def test_an_account_of_elsewhere_is_not_taken_over(idp, provider, email):
    person(idp, "thief", email=email)
    client = browser()
    answer = there_and_back(client, provider, "thief")
    assert answer.url == LOGIN
    assert not is_in(client)
    assert not Member.objects.filter(user__email=email).exists()
    assert SignIn.objects.get().outcome == Outcome.SHUT_OUT


def test_nobody_agrees_to_an_invitation_for_somebody_else(cast, idp, provider):
    eve = User.objects.get(email="eve@example.org")
    Member.objects.create(user=eve, name="Eve", active=False, invitation=Invitation.ASKED)
    person(idp, "eve", email="eve@example.org")
    client = browser()
    there_and_back(client, provider, "eve")
    assert not is_in(client)


def test_without_letting_new_people_in_only_colleagues_come_in(cast, idp, provider):
    save_provider(cast.alice, provider.id, wanted(idp, secret="", joins=False))
    person(idp, "new", email="new@example.org")
    client = browser()
    there_and_back(client, provider, "new")
    assert not is_in(client)
    assert not User.objects.filter(email="new@example.org").exists()


def test_an_address_that_the_provider_has_not_proven_counts_for_nothing(idp, provider):
    person(idp, "liar", email="bob@example.org", email_verified=False)
    client = browser()
    there_and_back(client, provider, "liar")
    assert not is_in(client)


def test_a_forged_answer_lets_nobody_in(idp, provider):
    person(idp, "b-2", email="bob@example.org")
    client = browser()
    assert there_and_back(client, provider, "b-2", forge="forged").status_code == 401
    assert not is_in(client)


def test_groups_give_and_take_roles_but_never_an_owners(cast, idp, provider):
    sales = Role.objects.create(name="Sales")
    save_provider(cast.alice, provider.id, wanted(idp, secret="", groups={"verkoop": sales}))
    owner = Role.objects.get(name="Owner")
    with pytest.raises(Invalid):
        save_provider(cast.alice, provider.id, wanted(idp, secret="", groups={"bazen": owner}))

    def roles(*groups):
        person(idp, "b-3", email="bob@example.org", groups=list(groups))
        there_and_back(browser(), provider, "b-3")
        mine = MemberRole.objects.filter(member_id=cast.bob.member_id)
        return set(mine.values_list("role__name", flat=True))

    assert roles("verkoop", "other") == {"Agent", "Sales"}
    assert roles() == {"Agent"}


def test_a_session_by_single_sign_on_opens_nothing_else_and_proves_nothing_new(cast, idp, provider):
    bob = User.objects.get(email="bob@example.org")
    with entered(Scope(cast.other_tenant.id)):
        Member.objects.create(user=bob, name="Bob")
    person(idp, "b-4", email="bob@example.org")
    client = browser()
    there_and_back(client, provider, "b-4")
    for page in ("account_change_password", "account_set_password", "account_email", "mfa_index", "mfa_add_webauthn"):
        assert client.get(reverse(page)).status_code == 403, page
    carried = Client(headers={"host": "zuiderzee.example"})
    carried.cookies["klantbeeld_session"] = client.cookies["klantbeeld_session"].value
    assert carried.get("/settings/me").status_code == 302


def test_a_provider_of_another_organisation_is_not_there(provider):
    there = Client(headers={"host": "zuiderzee.example"})
    assert there.get(reverse("to_provider", args=[provider.id])).status_code == 404
    assert "Sign in with Noord" not in there.get(LOGIN).content.decode()
    assert "Sign in with Noord" in browser().get(LOGIN).content.decode()


def test_it_is_offered_after_a_test_that_signs_nobody_in_or_out(cast, idp):
    provider = save_provider(cast.alice, None, wanted(idp))
    assert "Sign in with Noord" not in browser().get(LOGIN).content.decode()
    person(idp, "a-1", email="someone@example.org", name="Some One", groups=["staf"])
    client = cast.client("alice")
    client.post(reverse("organisation:test_sign_on", args=[provider.id]))
    page = client.get(there_and_back(client, provider, "a-1").url).content.decode()
    assert "Some One, someone@example.org" in page
    assert "staf" in page
    assert not User.objects.filter(email="someone@example.org").exists()
    assert "Sign in with Noord" in browser().get(LOGIN).content.decode()
    save_provider(cast.alice, provider.id, wanted(idp, client_id="other"))
    assert "Sign in with Noord" not in browser().get(LOGIN).content.decode()


def test_an_untested_provider_lets_nobody_in(cast, idp):
    provider = save_provider(cast.alice, None, wanted(idp))
    person(idp, "b-5", email="bob@example.org")
    client = browser()
    there_and_back(client, provider, "b-5")
    assert not is_in(client)


def test_the_only_way_in_but_for_the_break_glass_owner(cast, idp, provider):
    for name in ("alice", "bob"):
        user = User.objects.get(email=f"{name}@example.org")
        user.set_password(PASSWORD)
        user.save()
    alice = Member.objects.get(id=cast.alice.member_id)
    for wrong in (None, Member.objects.get(id=cast.bob.member_id)):
        with pytest.raises(Invalid, match=""):
            save_provider(cast.alice, provider.id, wanted(idp, secret="", only=True, break_glass=wrong))
    save_provider(cast.alice, provider.id, wanted(idp, secret="", only=True, break_glass=alice))

    def by_password(name):
        client = browser()
        client.post(LOGIN, {"login": f"{name}@example.org", "password": PASSWORD})
        return is_in(client)

    assert (by_password("bob"), by_password("alice")) == (False, True)
    assert SignIn.objects.filter(outcome=Outcome.ELSEWHERE).count() == 1
    person(idp, "b-6", email="bob@example.org")
    client = browser()
    there_and_back(client, provider, "b-6")
    assert is_in(client)


def test_the_secret_is_unreadable_in_the_database_the_history_and_the_page(cast, provider):
    assert SECRET not in provider.secret
    assert opened(provider.secret) == SECRET
    assert opened("tampered" + provider.secret) == ""
    changes = Change.objects.filter(record_id=provider.id)
    assert not any(SECRET in str(change.__dict__) or provider.secret in str(change.__dict__) for change in changes)
    page = cast.client("alice").get(reverse("organisation:sign_on", args=[provider.id])).content.decode()
    assert provider.secret not in page
    assert SECRET not in page


def test_only_owners_set_it_up(cast, give, provider):
    give(records={}, abilities=["people.manage", "roles.manage"])
    bob = cast.client("bob")
    for name, ids in (("sign_ons", []), ("new_sign_on", []), ("sign_on", [provider.id])):
        assert bob.get(reverse(f"organisation:{name}", args=ids)).status_code == 403
    assert bob.post(reverse("organisation:delete_sign_on", args=[provider.id])).status_code == 403


def test_the_page_keeps_what_was_typed_and_says_which_line_is_wrong(cast, idp):
    given = {"name": "Noord", "issuer": idp, "client_id": "kb", "groups": "verkoop = Agent\nnonsense"}
    page = cast.client("alice").post(reverse("organisation:new_sign_on"), given)
    assert page.status_code == 422
    assert "Line 2" in page.content.decode()
    assert "nonsense" in page.content.decode()


def test_private_networks_are_not_asked(idp, settings, cast):
    settings.SIGN_ON_PRIVATE = False
    with pytest.raises(Invalid) as plain:
        check_issuer(idp)
    assert "https" in str(plain.value.errors)
    with pytest.raises(Invalid) as hidden:
        check_issuer(idp.replace("http://", "https://"))
    assert "private network" in str(hidden.value.errors)


def test_a_provider_that_went_away_gets_a_page_that_says_so(provider):
    Provider.objects.update(issuer="http://localhost:1")
    answer = browser().get(reverse("to_provider", args=[provider.id]))
    assert answer.status_code == 502
    assert "Single sign-on didn’t work" in answer.content.decode()
