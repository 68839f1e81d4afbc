"""Roles beside each other, in files, and in time."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from klantbeeld.platform.access.grants import ACTIONS
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.save_role import save_role
from klantbeeld.platform.organisation.role_files import bring_in, dump, read
from klantbeeld.platform.organisation.role_history import history_of
from klantbeeld.platform.organisation.roles_compared import Rights, compare

IMPORT = reverse("organisation:import_roles")
READER = {"records": {"*": {"read": "all"}, "customers": {"read": "team", "fields": {"email": "hidden"}}}}


def file_of(*roles, **changes):
    return json.dumps({"format": "klantbeeld-roles", "version": 1, "roles": list(roles)} | changes)


def test_two_roles_differ_in_what_they_say_and_nothing_else(cast):
    told = {each.what: (each.left, each.right) for each in compare(Rights(False, READER), Rights(True, {}))}
    assert told["Customers: see"] == ("the team’s", "all")
    assert told["Customers: e-mail address"] == ("hidden", "read and write")
    assert told["Orders: see"] == ("all", "all")
    assert not any(each.differs for each in compare(Rights(False, READER), Rights(False, READER)))


def test_the_page_shows_differences_or_all(cast):
    left, right = (str(Role.objects.get(name=name).id) for name in ("Agent", "Owner"))
    client = cast.client("alice")
    some = client.get(reverse("organisation:compare_roles"), {"a": left, "b": right}).content.decode()
    every = client.get(reverse("organisation:compare_roles"), {"a": left, "b": right, "all": "1"}).content.decode()
    same = client.get(reverse("organisation:compare_roles"), {"a": left, "b": left}).content.decode()
    assert "Customers: export" in some
    assert "No difference" in same
    assert len(every) >= len(some)


LINE = st.fixed_dictionaries({}, optional={each: st.sampled_from(["none", "own", "team", "all"]) for each in ACTIONS})
GRANTS = st.fixed_dictionaries({"records": st.dictionaries(st.sampled_from(["*", "customers", "orders"]), LINE)})


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GRANTS)
def test_what_was_exported_comes_back_the_same(cast, grants):
    role = Role.objects.create(name="Carried", description="Far", grants=grants)
    text = dump([role])
    role.grants = {}
    role.save()
    assert bring_in(cast.alice, read(text)) == 1
    role.refresh_from_db()
    assert (role.description, role.grants) == ("Far", grants)
    role.delete()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        file_of(),
        file_of({}, version=2),
        file_of({}, format="other"),
        file_of(roles={}),
        json.dumps({"format": "klantbeeld-roles", "version": 1, "roles": "Agent"}),
        " " * 600_000,
    ],
)
def test_what_is_no_file_of_roles_is_refused(cast, text):
    with pytest.raises(Invalid, match="Nothing was changed"):
        read(text)


@pytest.mark.parametrize(
    "role",
    [
        "Agent",
        {},
        {"name": 5},
        {"name": "x" * 101},
        {"name": "a\x00b"},
        {"name": "X", "powers": []},
        {"name": "X", "may_do_everything": "yes"},
        {"name": "X", "grants": []},
        {"name": "X", "grants": {"records": []}},
        {"name": "X", "grants": {"records": {"orders": "all"}}},
        {"name": "X", "grants": {"records": {"orders": {"fields": []}}}},
        {"name": "X", "grants": {"records": {"spaceships": {"read": "all"}}}},
        {"name": "X", "grants": {"records": {"orders": {"read": {"deep": 1}}}}},
        {"name": "X", "grants": {"abilities": [{}]}},
        {"name": "X", "grants": {"abilities": ["fly"]}},
        {"name": "X", "grants": {"rights": {}}},
    ],
)
def test_a_role_that_is_wrong_says_where_and_keeps_all_of_the_file_out(cast, role):
    planned = read(file_of({"name": "Good", "grants": READER}, role))
    assert [bool(each.problems) for each in planned] == [False, True]
    before = Role.objects.count()
    with pytest.raises(Invalid, match="Nothing was changed"):
        bring_in(cast.alice, planned)
    assert Role.objects.count() == before


def test_a_file_is_shown_before_it_does_anything(cast):
    client = cast.client("alice")
    text = file_of({"name": "Shop", "grants": READER}, {"name": "Agent", "grants": READER})
    page = client.post(IMPORT, {"file": SimpleUploadedFile("roles.json", text.encode())})
    assert "Shop" in page.content.decode()
    assert not Role.objects.filter(name="Shop").exists()
    assert client.post(IMPORT, {"text": text, "sure": "1"}).status_code == 302
    assert Role.objects.get(name="Shop").grants == Role.objects.get(name="Agent").grants == READER
    assert client.post(IMPORT, {"file": SimpleUploadedFile("x.json", b"\xff\xfe")}).status_code == 422


def test_nobody_brings_in_more_than_they_may(cast, give):
    bob = give(abilities=["roles.manage"])
    for role in (
        {"name": "Boss", "may_do_everything": True},
        {"name": "Besides", "grants": {"records": {"*": {"read": "own"}}}},
    ):
        with pytest.raises(Invalid, match="Nothing was changed"):
            bring_in(bob, read(file_of(role)))
    with pytest.raises(Invalid, match="Somebody must be left"):
        bring_in(cast.alice, read(file_of({"name": "Owner", "grants": {}})))


def test_history_says_who_changed_which_right_and_who_got_it(cast):
    role = save_role(cast.alice, None, "Shop", "", False, READER)
    held = MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
    save_role(cast.alice, role.id, "Shop", "", False, {"records": {"*": {"read": "all"}}})
    held.delete()
    role.refresh_from_db()
    told = history_of(role)
    assert [each.what for each in told] == ["took it from Bob", "changed it", "gave it to Bob", "made this role"]
    assert {each.who for each in told} == {"Alice"}
    assert {each.what: (each.left, each.right) for each in told[1].differences}["Customers: see"] == (
        "the team’s",
        "all",
    )
    page = cast.client("alice").get(reverse("organisation:role_history", args=[role.id]))
    assert "took it from Bob" in page.content.decode()
    assert cast.client("bob").get(reverse("organisation:role_history", args=[role.id])).status_code == 403
