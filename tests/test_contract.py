"""What holds for every record type: each declaration gets these tests for free."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from klantbeeld.platform.access.actor import of_user
from klantbeeld.platform.access.models import MemberRole, Role
from klantbeeld.platform.audit.models import Change, Recorded
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Kind
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.people.models import User
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.reading import Query
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.scope import Scope, entered
from tests.factory import make

TYPES = sorted(registry, key=lambda each: each.slug)
every_type = pytest.mark.parametrize("record_type", TYPES, ids=lambda each: each.slug)


def owned_by(record_type, member_id):
    """A record whose owner, along the declared path, is this member."""
    path = (record_type.owner or "").split("__")

    def build(model, steps):
        if not steps or steps == [""]:
            return make(model)
        name, *rest = steps
        related = model._meta.get_field(name).related_model
        return make(model, **{f"{name}_id": member_id if not rest else build(related, rest).pk})

    return build(record_type.model, path)


def with_role(cast, **lines):
    """Bob with one role that says exactly this."""
    MemberRole.objects.filter(member_id=cast.bob.member_id).delete()
    role = Role.objects.create(name=str(uuid.uuid4()), grants={"records": lines})
    MemberRole.objects.create(member_id=cast.bob.member_id, role=role)
    return of_user(cast.tenant, cast.bob.user_id)


@every_type
def test_a_list_takes_the_same_number_of_queries_for_1_and_for_50_rows(record_type, cast):
    client, counts = cast.client("alice"), []
    for rows in (1, 49):
        for _ in range(rows):
            make(record_type.model)
        client.get(f"/{record_type.slug}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/{record_type.slug}/").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@every_type
def test_a_stranger_sees_no_page(record_type, cast, client):
    row = make(record_type.model)
    for url in (f"/{record_type.slug}/", f"/{record_type.slug}/{row.pk}/"):
        answer = client.get(url)
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/account/login/")
    assert cast.client("eve").get(f"/{record_type.slug}/").status_code == 403


@every_type
def test_a_record_of_another_tenant_is_not_found(record_type, cast):
    with entered(Scope(cast.other_tenant.id)):
        theirs = make(record_type.model)
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
    row = make(record_type.model)
    for name in record_type.fields:
        actor = with_role(cast, **{"*": {"read": "all", "change": "all", "create": "all", "fields": {name: "hidden"}}})
        assert name not in reading.page(actor, record_type, Query(), record_type.fields).fields
        field = record_type.static_fields[name]
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
    row = make(record_type.model)
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
    row = make(record_type.model)
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
    made = {make(record_type.model).pk for _ in range(7)}
    for sort in ("", *record_type.sortable, *(f"-{name}" for name in record_type.sortable)):
        seen, cursor = [], ""
        while True:
            page = reading.page(cast.alice, record_type, Query(None, sort, cursor, 3), record_type.columns)
            seen += [row["id"] for row in page.rows]
            if not page.next:
                break
            cursor = page.next
        assert set(seen) >= made
        assert len(seen) == len(set(seen)) == record_type.model.objects.count()
        back = reading.page(cast.alice, record_type, Query(None, sort, page.previous, 3), record_type.columns)
        at = seen.index(back.rows[-1]["id"])
        assert [row["id"] for row in back.rows] == seen[at - len(back.rows) + 1 : at + 1]


@every_type
def test_a_deletion_is_recorded_with_all_that_was_lost(record_type, cast):
    if not record_type.deletable or not issubclass(record_type.model, Recorded):
        return
    row = make(record_type.model)
    record_type.writer(record_type, cast.alice).delete(row.pk)
    change = Change.objects.get(record_id=row.pk, action="delete")
    assert change.before["id"] == str(row.pk)
    assert change.actor_id == cast.alice.member_id
    with pytest.raises(NotFoundHere):
        reading.one(cast.alice, record_type, row.pk)


@every_type
def test_a_condition_round_trips_through_the_address(record_type, cast):
    for view in record_type.views:
        where = json.dumps(view.condition)
        answer = cast.client("alice").get(f"/{record_type.slug}/", {"where": where})
        assert answer.status_code == 200
