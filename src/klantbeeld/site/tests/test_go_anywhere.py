import pytest
from allauth.account.models import EmailAddress

from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.site.demo.company import founded


def palette(cast, name, typed):
    return cast.client(name).get("/palette", {"q": f"> {typed}"}).content.decode()


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("import", 'href="/import/new"'),
        ("settings", 'href="/settings/"'),
        ("tokens", 'href="/settings/tokens/"'),
        ("sign out", 'href="/account/logout/"'),
        ("dark", 'data-set-theme="dark"'),
    ],
)
def test_the_palette_goes_where_no_record_is(cast, typed, answer):
    assert answer in palette(cast, "alice", typed)


def test_the_palette_offers_only_what_one_may_do(cast):
    assert 'href="/settings/colleagues/"' in palette(cast, "alice", "colleagues")
    assert 'href="/settings/colleagues/"' not in palette(cast, "bob", "colleagues")
    Role.objects.filter(name="Agent").update(grants={"records": {"*": {"read": "all"}}})
    assert 'href="/import/new"' not in palette(cast, "bob", "import")


def test_imports_stand_in_the_menu_and_lead_to_exports(cast):
    client = cast.client("bob")
    assert 'href="/import/"' in client.get("/").content.decode()
    assert '<a class="tab" href="/export/"' in client.get("/import/").content.decode()
    assert 'href="/export/" aria-current="page"' in client.get("/export/").content.decode()


@pytest.mark.django_db
def test_the_demo_starts_with_the_usual_roles_and_may_be_founded_twice():
    tenant = founded()
    assert founded() == tenant
    with entered(Scope(tenant.id)):
        held = MemberRole.objects.values_list("member__user__email", "role__name").order_by("member__user__email")
        assert [(email.partition("@")[0], role) for email, role in held] == [
            ("alice", "Eigenaar"),
            ("bob", "Medewerker"),
            ("milan", "Medewerker"),
            ("sanne", "Manager"),
        ]
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 4
