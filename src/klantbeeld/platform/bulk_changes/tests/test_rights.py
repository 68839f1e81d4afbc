"""What somebody may not change stays, and what they may not read isn't told."""

import pytest

from klantbeeld.platform.access.actor import of_member
from klantbeeld.platform.access.models import Role
from klantbeeld.platform.bulk_changes import starting
from klantbeeld.platform.bulk_changes.instruction import offered, read
from klantbeeld.platform.bulk_changes.models import BulkChange
from klantbeeld.platform.bulk_changes.previewing import preview
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.bulk_changes.tests.conftest import stored
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry

TYPE = registry.get("customers")
CUSTOMERS = TYPE.model
AGENT = {"read": "all", "create": "team", "change": "team", "delete": "own", "export": "none"}


def with_role(cast, name, fields=None):
    Role.objects.filter(name="Agent").update(grants={"records": {"*": AGENT, "customers": {**AGENT, **(fields or {})}}})
    return of_member(cast.tenant, cast.actors[name].member_id)


@pytest.fixture
def theirs(cast, make):
    """A customer of Bob, and one of Carol."""
    return [make(cast.alice, "customers", name=who, owner=cast.actors[who].member_id).pk for who in ("bob", "carol")]


def test_others_records_stay_and_are_counted(cast, theirs, bulk):
    bob = with_role(cast, "bob")
    done = bulk(bob, "customers", theirs, field="city", value="Epe")
    assert (done.report["changed"], done.report["barred"]) == (1, 1)
    assert list(CUSTOMERS.objects.order_by("pk").values_list("city", flat=True)) == ["Epe", ""]


def test_the_preview_says_so_beforehand_and_why(cast, theirs):
    bob = with_role(cast, "bob")
    order = read(bob, TYPE, {"field": "city", "value": "Epe"})
    told = preview(bob, TYPE, Selection.picked(theirs), order)
    assert (told.total, told.changing, told.barred) == (2, 1, 1)
    assert told.why == "they belong to people outside your team"
    assert [(line.title, line.before, line.after) for line in told.sample] == [("bob", "", "Epe")]
    told = preview(bob, TYPE, Selection.picked(theirs), None)
    assert (told.changing, told.barred, told.why) == (1, 1, "they belong to somebody else")


def test_nobody_can_give_away_what_they_could_not_touch_then(cast, theirs, bulk):
    bob = with_role(cast, "bob")
    done = bulk(bob, "customers", theirs, field="owner", value=str(cast.carol.member_id))
    assert (done.report["changed"], done.report["refused"]) == (0, 1)
    assert done.report["reasons"] == {"You may not give this record to somebody else.": 1}
    assert CUSTOMERS.objects.get(pk=theirs[0]).owner_id == cast.bob.member_id


@pytest.mark.parametrize("mode", ["hidden", "read"])
def test_a_field_that_may_not_be_written_or_seen_is_not_offered(cast, mode):
    bob = with_role(cast, "bob", {"fields": {"city": mode}})
    assert "city" not in offered(bob, TYPE)
    with pytest.raises(Invalid) as there:
        read(bob, TYPE, {"field": "city", "value": "Epe"})
    with pytest.raises(Invalid) as not_there:
        read(bob, TYPE, {"field": "no_such_thing", "value": "Epe"})
    assert there.value.errors == not_there.value.errors


def test_a_hidden_field_can_not_be_asked_after_by_picking_all_that_match(cast, theirs):
    bob = with_role(cast, "bob", {"fields": {"city": "hidden"}})
    picked = Selection(None, {"field": "city", "op": "is", "value": "Utrecht"}, clock.now())
    with pytest.raises(BadCondition):
        picked.rows(bob, TYPE)


def test_rights_that_were_taken_away_since_are_missed_by_the_job(cast, theirs, bulk):
    change = stored(with_role(cast, "bob"), "customers", theirs, field="city", value="Epe")
    bob = with_role(cast, "bob", {"fields": {"city": "read"}})
    starting.claim(bob, change, 0)
    done = starting.begin(change)
    assert done.job.state == "failed"
    assert done.job.error == "There is no such field, or it can't be written."
    assert not CUSTOMERS.objects.filter(city="Epe").exists()


def test_somebody_elses_bulk_change_is_not_there(cast, theirs, bulk):
    change = bulk(cast.alice, "customers", theirs, field="city", value="Epe")
    for name in ("bob", "dave"):
        client = cast.client(name)
        if name == "dave":
            client.defaults["HTTP_HOST"] = "zuiderzee.example"
        for page in ("", "progress"):
            assert client.get(f"/bulk/{change.id}/{page}").status_code == 404
        for verb in ("undo", "run", "setup", "cancel", "go-on"):
            assert client.post(f"/bulk/{change.id}/{verb}").status_code == 404
    assert BulkChange.objects.get().undo_job is None
