import pytest
from django.urls import reverse

from klantbeeld.platform.access.grants import merge
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.organisation.actions.save_role import delete_role, save_role
from klantbeeld.platform.organisation.public import default_roles

NEW = reverse("organisation:new_role")


def save(actor, grants, role_id=None, owner=False):
    return save_role(actor, role_id, "Testers", "", owner, grants)


def test_the_grid_gives_what_it_says(cast):
    given = {
        "name": "Shop",
        "reach.*.read": "team",
        "reach.orders.read": "all",
        "reach.orders.export": "own",
        "field.customers.email": "hidden",
        "field.customers.phone": "write",
        "abilities": ["people.manage"],
    }
    assert cast.client("alice").post(NEW, given).status_code == 302
    grants = merge([(False, Role.objects.get(name="Shop").grants)])
    assert grants.reach("products", "read").name == "TEAM"
    assert grants.reach("orders", "read").name == "ALL"
    assert grants.reach("orders", "export").name == "OWN"
    assert grants.reach("customers", "read").name == "TEAM"
    assert grants.mode("customers", "email").name == "HIDDEN"
    assert grants.mode("customers", "phone").name == "WRITE"
    assert grants.abilities == {"people.manage"}


def test_a_saved_role_comes_back_in_the_grid_as_it_was(cast):
    client = cast.client("alice")
    client.post(NEW, {"name": "Shop", "reach.*.read": "team", "reach.orders.read": "all"})
    made = Role.objects.get(name="Shop")
    html = client.get(reverse("organisation:role", args=[made.id])).content.decode()
    line = html.split('name="reach.orders.read"')[1].split("</select>")[0]
    assert '<option value="all" selected>' in line


@pytest.mark.parametrize(
    ("grants", "place"),
    [
        ({"records": {"spaceships": {"read": "all"}}}, "records.spaceships"),
        ({"records": {"orders": {"read": "most"}}}, "records.orders.read"),
        ({"records": {"orders": {"read": "all", "launch": "all"}}}, "records.orders"),
        ({"records": {"orders": {"fields": {"warp": "hidden"}}}}, "records.orders.fields.warp"),
        ({"abilities": ["fly"]}, "abilities"),
        ({"rights": {}}, ""),
    ],
)
def test_names_that_do_not_exist_are_refused_with_their_place(cast, grants, place):
    with pytest.raises(Invalid) as refused:
        save(cast.alice, grants)
    assert list(refused.value.errors) == [place]


def test_a_tampered_grid_is_refused(cast):
    answer = cast.client("alice").post(NEW, {"name": "X", "reach.spaceships.read": "all"})
    assert answer.status_code == 422
    assert "no such kind of record" in answer.content.decode()


@pytest.mark.parametrize(
    "grants",
    [
        {"records": {"*": {"read": "all"}}},
        {"records": {"customers": {"read": "all"}}},
        {"records": {"orders": {"export": "own"}}},
        {"abilities": ["people.manage"]},
    ],
)
def test_nobody_makes_a_role_that_does_more_than_they_may(cast, give, grants):
    with pytest.raises(NotAllowed, match="may not do yourself"):
        save(give(abilities=["roles.manage"]), grants)


def test_nobody_gives_a_field_that_is_hidden_from_them(cast, give):
    Role.objects.filter(name="Agent").update(
        grants={"records": {"*": {"read": "team"}, "customers": {"read": "team", "fields": {"email": "hidden"}}}}
    )
    bob = give(abilities=["roles.manage"])
    with pytest.raises(NotAllowed, match="e-mail address"):
        save(bob, {"records": {"customers": {"read": "own"}}})
    save(bob, {"records": {"customers": {"read": "own", "fields": {"email": "hidden"}}}})


def test_nobody_widens_their_own_role(cast, give):
    bob = give(abilities=["roles.manage"])
    besides = Role.objects.get(name="Besides")
    with pytest.raises(NotAllowed, match="your own"):
        save(bob, {"records": {"*": {"read": "own"}}}, besides.id)


def test_a_role_that_somebody_has_stays(cast):
    with pytest.raises(Invalid, match="2 colleagues have this role"):
        delete_role(cast.alice, Role.objects.get(name="Agent").id)


def test_the_last_owners_role_keeps_its_rights(cast):
    with pytest.raises(Invalid, match="Somebody must be left"):
        save(cast.alice, {}, Role.objects.get(name="Owner").id, owner=False)


def test_a_copy_starts_with_the_same_grants(cast):
    agent = Role.objects.get(name="Agent")
    html = cast.client("alice").get(NEW, {"like": str(agent.id)}).content.decode()
    assert 'value="Agent (copy)"' in html
    assert '<option value="team" selected>' in html.split('name="reach.*.read"')[1].split("</select>")[0]
    assert cast.client("alice").get(NEW, {"like": "nonsense"}).status_code == 200


def test_another_organisations_role_is_not_there(cast):
    from klantbeeld.platform.tenancy.scope import Scope, entered

    with entered(Scope(cast.other_tenant.id)):
        theirs = Role.objects.get(name="Owner")
    client = cast.client("alice")
    assert client.get(reverse("organisation:role", args=[theirs.id])).status_code == 404
    assert client.post(reverse("organisation:delete_role", args=[theirs.id])).status_code == 404


def test_the_roles_to_start_with_are_valid_and_reach_what_has_no_owner(cast):
    for start in default_roles():
        save_role(cast.alice, None, f"{start.name} 2", start.description, start.is_owner, start.grants)
    agent = next(start for start in default_roles() if start.key == "agent")
    assert merge([(False, agent.grants)]).reach("products", "read").name == "ALL"
    assert not MemberRole.objects.filter(role__name="Agent 2").exists()
