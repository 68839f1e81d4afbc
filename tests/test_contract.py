"""What holds for every record type: each declaration gets these tests for free."""

import json
import uuid
from contextlib import suppress

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.api.tests.conftest import examples, values
from klantbeeld.platform.audit.models import Change, Recorded
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Kind
from klantbeeld.platform.customfields.models import OFFERED_KINDS
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.organisation.actions.save_field import FieldGiven, save_field
from klantbeeld.platform.organisation.actions.save_type import TypeGiven, save_type
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.history import changes_of
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.writing import tell_followers
from klantbeeld.platform.search.public import find
from klantbeeld.platform.search.searchable import fields_of_class, searchable_types
from klantbeeld.platform.tenancy.scope import Scope, entered
from tests.factory import make

OWN = "machines"
"""A type that the organisation made itself: the suite passes on it as on any other."""
TYPES = sorted(registry, key=lambda each: each.slug)
NO_HISTORY = {"interactions": "The ledger is only ever added to: an entry is itself the record of what happened."}
RECORDED = [each.slug for each in TYPES if each.slug not in NO_HISTORY]


def of_types(slugs):
    """Run a test for each of these types and for one that the organisation made."""
    return pytest.mark.parametrize("record_type", [*slugs, OWN], indirect=True)


every_type = of_types([each.slug for each in TYPES])


@pytest.fixture
def record_type(request, cast):
    if request.param == OWN:
        make_machines(cast.alice)
    return registry.get(request.param)


def make_machines(actor):
    """A type of the organisation's own with a field of every kind, as an administrator makes it."""
    save_type(actor, None, TypeGiven(OWN, "machine", "machines", "Serial number", "tool"))
    for kind, _label in OFFERED_KINDS:
        choices = [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}] if "choice" in kind else []
        target = "customers" if kind is Kind.LINK else ""
        given = FieldGiven(str(kind), f"my_{kind}", kind, choices, required=False, in_list=True, target=target)
        save_field(actor, registry.get(OWN), None, given)


def row_of(record_type, **given):
    """A record of this type with whatever its columns demand."""
    return make(record_type.model, **record_type.discriminator, **given)


def owned_by(record_type, member_id):
    """A record whose owner, along the declared path, is this member."""
    path = (record_type.owner or "").split("__")

    def build(model, steps):
        of_type = record_type.discriminator if model is record_type.model else {}
        if not steps or steps == [""]:
            return make(model, **of_type)
        name, *rest = steps
        related = model._meta.get_field(name).related_model
        return make(model, **of_type, **{f"{name}_id": member_id if not rest else build(related, rest).pk})

    return build(record_type.model, path)


def with_role(cast, **lines):
    """Bob with one role that says exactly this."""
    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    role = Role.objects.create(name=str(uuid.uuid4()), grants={"records": lines})
    MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
    return of_user(cast.tenant, cast.bob.user_id)


@every_type
def test_a_list_takes_the_same_number_of_queries_for_1_and_for_50_rows(record_type, cast, kept_for_long):
    client, counts = cast.client("alice"), []
    for rows in (1, 49):
        for _ in range(rows):
            row_of(record_type)
        client.get(f"/{record_type.slug}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/{record_type.slug}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@every_type
def test_a_stranger_sees_no_page(record_type, cast, client):
    row = row_of(record_type)
    for url in (f"/{record_type.slug}/", f"/{record_type.slug}/{row.pk}/"):
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")
    assert cast.client("eve").get(f"/{record_type.slug}/").status_code == 403


@every_type
def test_a_record_of_another_tenant_is_not_found(record_type, cast):
    with entered(Scope(cast.other_tenant.id)):
        theirs = row_of(record_type)
    client = cast.client("alice")
    for page in ("", "edit", "history"):
        assert client.get(f"/{record_type.slug}/{theirs.pk}/{page}").status_code == 404
    assert client.post(f"/{record_type.slug}/{theirs.pk}/delete").status_code in {403, 404}


@every_type
def test_a_record_of_another_team_is_not_found(record_type, cast):
    row = owned_by(record_type, cast.carol.member_id)
    client = cast.client("bob")
    assert client.get(f"/{record_type.slug}/{row.pk}/").status_code == 404
    assert cast.client("carol").get(f"/{record_type.slug}/{row.pk}/").status_code == (200 if record_type.owner else 404)


@every_type
def test_a_type_that_may_not_be_read_is_nowhere(record_type, cast):
    with_role(cast, **{"customers" if record_type.slug != "customers" else "orders": {"read": "all"}})
    client = cast.client("bob")
    for page in ("", "new", "filter", f"{uuid.uuid4()}/"):
        assert client.get(f"/{record_type.slug}/{page}").status_code == 404


@every_type
def test_a_hidden_field_is_absent_and_refused_everywhere(record_type, cast):
    row = row_of(record_type)
    for name, field in record_type.all_fields().items():
        actor = with_role(cast, **{"*": {"read": "all", "change": "all", "create": "all", "fields": {name: "hidden"}}})
        assert name not in reading.page(actor, record_type, Query(), record_type.all_fields()).fields
        if field.kind is not Kind.UUID:
            with pytest.raises(BadCondition) as hidden:
                reading.matching(actor, record_type, conditions.parse({"all": [{"field": name, "op": "is_empty"}]}))
            with pytest.raises(BadCondition) as absent:
                reading.matching(
                    actor, record_type, conditions.parse({"all": [{"field": "nothing", "op": "is_empty"}]})
                )
            assert str(hidden.value).replace(name, "") == str(absent.value).replace("nothing", "")
        with pytest.raises(Invalid):
            reading.order_of(actor, record_type, name)
        with pytest.raises(Invalid):
            record_type.writer(record_type, actor).create({name: "x"})
        assert name not in reading.one(actor, record_type, row.pk)


@every_type
def test_every_page_opens_in_both_languages(record_type, cast):
    row = row_of(record_type)
    client = cast.client("alice")
    pages = ["", f"{row.pk}/", f"{row.pk}/history", "filter"]
    pages += ["new", "new?all=1"] if record_type.creatable else []
    pages += [f"{row.pk}/edit"] if record_type.changeable else []
    for language in ("en", "nl"):
        User.objects.filter(id=cast.alice.user_id).update(language=language)
        for page in pages:
            assert client.get(f"/{record_type.slug}/{page}").status_code == 200, page


@every_type
def test_the_history_of_a_deleted_record_opens(record_type, cast):
    row = row_of(record_type)
    with connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{record_type.model._meta.db_table}" WHERE id = %s', [row.pk])
    client = cast.client("alice")
    assert client.get(f"/{record_type.slug}/{row.pk}/history").status_code == 200
    assert client.get(f"/{record_type.slug}/{row.pk}/").status_code == 404
    assert client.get(f"/api/v1/{record_type.slug}/{row.pk}/history").json()["data"][0]["action"] == "delete"
    assert client.get(f"/{record_type.slug}/{uuid.uuid4()}/history").status_code == 404


@every_type
def test_a_filter_that_cannot_be_read_says_so(record_type, cast):
    client = cast.client("alice")
    for where in ("{", "[]", '{"all": [{"field": "nothing", "op": "is"}]}', "[" * 5000):
        answer = client.get(f"/{record_type.slug}/", {"where": where})
        assert answer.status_code == 400
        assert "Show all" in answer.content.decode()
    assert client.get(f"/{record_type.slug}/", {"cursor": "nonsense"}).status_code == 400
    assert client.get(f"/{record_type.slug}/", {"sort": "password"}).status_code == 400


@every_type
def test_pages_hold_every_row_once_in_order(record_type, cast):
    made = {row_of(record_type).pk for _ in range(7)}
    for sort in ("", *record_type.sortable, *(f"-{name}" for name in record_type.sortable)):
        seen, cursor = [], ""
        while True:
            page = reading.page(cast.alice, record_type, Query(None, sort, cursor, 3), record_type.columns)
            seen += [row["id"] for row in page.rows]
            if not page.next:
                break
            cursor = page.next
        assert set(seen) >= made
        assert len(seen) == len(set(seen)) == record_type.stored().count()
        back = reading.page(cast.alice, record_type, Query(None, sort, page.previous, 3), record_type.columns)
        at = seen.index(back.rows[-1]["id"])
        assert [row["id"] for row in back.rows] == seen[at - len(back.rows) + 1 : at + 1]


def test_only_the_types_that_say_why_have_no_history_and_those_stay_as_they_were_written():
    without = [each for each in TYPES if not issubclass(each.model, Recorded)]
    assert {each.slug for each in without} == set(NO_HISTORY)
    assert not any(each.changeable or each.deletable for each in without)


def changed_text(record_type, writer, row):
    """The name of a field of the record that now says "Anders": the first that takes it."""
    for name, field in record_type.static_fields.items():
        if field.editable and field.kind in {Kind.TEXT, Kind.LONG_TEXT}:
            with suppress(Invalid):
                writer.change(row.pk, {name: "Anders"})
                return name
    raise AssertionError(f"no text of {record_type.slug} can be changed")


@of_types(RECORDED)
def test_every_write_is_recorded_with_who_and_what(record_type, cast):
    writer, expected = record_type.writer(record_type, cast.alice), ["create"]
    row = (
        writer.create(values(record_type.slug, examples(cast.alice))) if record_type.creatable else row_of(record_type)
    )
    if record_type.changeable:
        name = changed_text(record_type, writer, row)
        expected.append("change")
    if record_type.deletable:
        writer.delete(row.pk)
        expected.append("delete")
    changes = Change.objects.filter(record_id=row.pk, table=record_type.model._meta.db_table).order_by("id")
    found = {each.action: each for each in changes}
    assert list(found) == [each.action for each in changes] == expected
    by_alice = changes if record_type.creatable else changes.exclude(action="create")
    assert {(each.actor_id, each.origin) for each in by_alice} == {(cast.alice.member_id, "web")}
    if record_type.changeable:
        assert found["change"].after[name] == "Anders" != found["change"].before[name]
    if record_type.deletable:
        assert found["delete"].before["id"] == str(row.pk)
        with pytest.raises(NotFoundHere):
            reading.one(cast.alice, record_type, row.pk)


@of_types(RECORDED)
def test_a_hidden_field_is_left_out_of_history(record_type, cast):
    row = row_of(record_type)

    def told_to(actor):
        events, _more = changes_of(actor, record_type, row.pk, None, 50)
        return {each.field.name for event in events for each in event.differences}

    known = told_to(cast.alice)
    assert known
    for name in known:
        actor = with_role(cast, **{"*": {"read": "all", "fields": {name: "hidden"}}})
        assert told_to(actor) == told_to(cast.alice) - {name}


@of_types([each.slug for each in searchable_types()])
def test_nobody_finds_by_a_hidden_field(record_type, cast):
    row = row_of(record_type)
    for name in {name for letter in "ABCD" for name in fields_of_class(record_type, letter)}:
        text = "+31612345678" if record_type.static_fields[name].input_type == "tel" else "zqxwv"
        record_type.model.objects.filter(pk=row.pk).update(**{name: text})
        tell_followers(record_type, [row.pk])
        assert [hit.id for hit in find(cast.alice, text)] == [row.pk], name
        hidden = with_role(cast, **{"*": {"read": "all", "fields": {name: "hidden"}}})
        assert find(hidden, text) == [], name
        record_type.model.objects.filter(pk=row.pk).update(**{name: getattr(row, name)})


@every_type
def test_a_condition_round_trips_through_the_address(record_type, cast):
    for view in record_type.views:
        where = json.dumps(view.condition)
        answer = cast.client("alice").get(f"/{record_type.slug}/", {"where": where})
        assert answer.status_code == 200
