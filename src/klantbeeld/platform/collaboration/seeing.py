"""Which colleagues may see a record, and what of it: asked with their own rights, several at once."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db.models import UUIDField, Value
from django.db.models.query import EmptyQuerySet

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor, of_members
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.tenancy.models import Tenant


def who_may_see(
    tenant: Tenant, record_type: RecordType, record_id: UUID, member_ids: Collection[UUID]
) -> Mapping[UUID, Actor]:
    """Those of the members who may read the record, as actors by id. Two questions, however many they are."""
    actors = of_members(tenant, member_ids) if member_ids else {}
    asked = [
        record_type.rows(each)
        .filter(pk=record_id)
        .order_by()
        .values_list(Value(member_id, output_field=UUIDField()), flat=True)
        for member_id, each in actors.items()
        if gates.may(each, "read", record_type)
    ]
    asked = [each for each in asked if not isinstance(each, EmptyQuerySet)]
    if not asked:
        return {}
    seeing = set(asked[0].union(*asked[1:], all=True))
    return {member_id: each for member_id, each in actors.items() if member_id in seeing}
