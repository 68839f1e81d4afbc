"""Saving a list as a view, sharing it, and what others make of it."""

import json

import pytest
from django.urls import reverse

from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.records.saved_views.models import SavedView
from klantbeeld.platform.transfer.models import Export

UTRECHT = {"all": [{"field": "city", "op": "is", "value": "Utrecht"}]}


@pytest.fixture
def people(cast, make):
    return [
        make(cast.alice, "customers", name=name, city=city, owner=cast.bob.member_id)
        for name, city in (("Anna", "Utrecht"), ("Bas", "Zwolle"))
    ]


def saved(client, name="In Utrecht", visibility="own", **state):
    where = {"where": json.dumps(UTRECHT)} | state
    answer = client.post("/customers/views/new", {"name": name, "visibility": visibility}, query_params=where)
    assert answer.status_code == 302, answer.content.decode()
    return SavedView.objects.get(name=name)


def test_a_list_is_saved_with_its_filter_order_and_columns(cast, people):
    client = cast.client("alice")
    view = saved(client, sort="-name", cols="name:300,city", group="")
    page = client.get(f"/customers/?view={view.id}").content.decode()
    assert "Anna" in page
    assert "Bas" not in page
    assert view.columns == [{"name": "name", "width": 300}, {"name": "city"}]
    assert '<col width="300">' in page
    assert 'aria-sort="descending"' in page
    assert Change.objects.filter(record_id=view.id, action="create").exists()


def test_a_view_is_seen_by_whom_it_is_shared_with(cast, people):
    bob, carol, alice = (cast.client(name) for name in ("bob", "carol", "alice"))
    team = saved(bob, "Of the team", "team")
    everyone = saved(bob, "Of everyone", "everyone")
    own = saved(bob, "Of Bob", "own")
    assert [view.name for view in (own, team, everyone) if view.name in bob.get("/customers/").content.decode()] == [
        "Of Bob",
        "Of the team",
        "Of everyone",
    ]
    for client in (carol, alice):
        page = client.get("/customers/").content.decode()
        assert "Of everyone" in page
        assert "Of the team" not in page
        assert "Of Bob" not in page
        answer = client.get(f"/customers/?view={own.id}")
        assert answer.status_code == 400
        assert "isn&#x27;t shared with you" in answer.content.decode()


def test_a_view_of_another_organisation_is_not_there(cast, people):
    view = saved(cast.client("alice"), visibility="everyone")
    dave = cast.client("dave")
    assert view.name not in dave.get("/customers/", headers={"host": "zuiderzee.example"}).content.decode()
    answer = dave.get(f"/customers/views/{view.id}/", headers={"host": "zuiderzee.example"})
    assert answer.status_code == 404


def test_only_its_maker_and_an_owner_change_a_shared_view(cast, people):
    view = saved(cast.client("bob"), visibility="everyone")
    carol, alice = cast.client("carol"), cast.client("alice")
    rename = {"name": "Renamed", "visibility": "everyone"}
    assert carol.post(f"/customers/views/{view.id}/", rename).status_code == 403
    assert carol.post(f"/customers/views/{view.id}/save?sort=name").status_code == 403
    assert carol.post(f"/customers/views/{view.id}/delete").status_code == 403
    assert alice.post(f"/customers/views/{view.id}/", rename).status_code == 302
    view.refresh_from_db()
    assert (view.name, view.sort) == ("Renamed", "")


def test_what_is_changed_in_a_view_is_shown_and_can_be_kept_or_undone(cast, people):
    client = cast.client("alice")
    view = saved(client)
    page = client.get(f"/customers/?view={view.id}&sort=-name").content.decode()
    assert "Undo changes" in page
    assert f"/customers/views/{view.id}/save?" in page
    assert client.post(f"/customers/views/{view.id}/save?sort=-name").status_code == 302
    view.refresh_from_db()
    assert (view.sort, view.condition) == ("-name", UTRECHT)
    assert "Undo changes" not in client.get(f"/customers/?view={view.id}").content.decode()


def test_a_clause_taken_out_of_a_view_stays_out_until_it_is_undone(cast, people):
    client = cast.client("alice")
    view = saved(client)
    everything = json.dumps({"all": []})
    page = client.get("/customers/", {"view": view.id, "where": everything}).content.decode()
    assert "Anna" in page
    assert "Bas" in page
    assert "Undo changes" in page


def test_a_view_over_a_field_that_is_hidden_is_refused_in_words(cast, people):
    from klantbeeld.platform.access.models import MemberRole, Role

    view = saved(cast.client("alice"), "Nearby", "everyone", cols="name,city")
    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    grants = {"records": {"*": {"read": "all", "fields": {"city": "hidden"}}}}
    MemberRole.objects.create(member_id=cast.bob.member_id, role=Role.objects.create(name="No cities", grants=grants))
    client = cast.client("bob")
    answer = client.get(f"/customers/?view={view.id}")
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "can’t be shown" in page
    assert "Utrecht" not in page
    for name in ("city", "nothing"):
        refused = client.get(f"/customers/?group={name}").content.decode()
        assert f"can&#x27;t be grouped by “{name}”" in refused
    columns = client.get("/customers/?cols=name,city").content.decode()
    assert 'data-col="name"' in columns
    assert 'data-col="city"' not in columns
    assert 'value="city"' not in client.get("/customers/columns").content.decode()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": " ", "visibility": "own"}, "Give the view a name"),
        ({"name": "x" * 61, "visibility": "own"}, "at most 60 characters"),
        ({"name": "IN utrecht", "visibility": "own"}, "with this name already"),
        ({"name": "Other", "visibility": "world"}, "Say who sees the view"),
    ],
)
def test_what_is_wrong_with_a_view_is_said_and_what_was_typed_is_kept(cast, people, given, said):
    client = cast.client("alice")
    saved(client)
    answer = client.post("/customers/views/new", given)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert given["name"].strip() in answer.content.decode()
    assert SavedView.objects.count() == 1


def test_a_state_that_can_not_be_shown_is_not_saved(cast, people):
    client = cast.client("alice")
    hostile = [{"sort": "nothing"}, {"group": "nothing"}, {"cols": "name:x"}, {"where": "[]"}, {"where": '{"all":[1]}'}]
    for state in hostile:
        answer = client.post("/customers/views/new", {"name": "x", "visibility": "own"}, query_params=state)
        assert answer.status_code in {400, 422}, state
    assert not SavedView.objects.exists()


def test_views_change_places_among_ones_own(cast, people):
    client = cast.client("alice")
    first, second = saved(client, "First"), saved(client, "Second")
    client.post(f"/customers/views/{second.id}/move", {"step": "-1"})
    page = client.get("/customers/").content.decode()
    assert page.index("Second") < page.index("First")
    assert first.position == 0


def test_a_shared_view_outlives_its_maker(cast, people):
    view = saved(cast.client("bob"), visibility="everyone")
    SavedView.objects.filter(id=view.id).update(maker=None)
    for name in ("alice", "carol"):
        assert view.name in cast.client(name).get("/customers/").content.decode()
    assert cast.client("carol").post(f"/customers/views/{view.id}/delete").status_code == 403


def test_an_export_of_a_view_holds_its_rows(cast, people, files):
    client = cast.client("alice")
    view = saved(client, sort="-name")
    assert client.post(reverse("transfer:export", args=["customers"]) + f"?view={view.id}").status_code == 302
    assert Export.objects.get().condition == UTRECHT
