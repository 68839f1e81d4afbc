"""What follows from comments and from changes of records, after the commit: people are told, as far as they may know.

Each is asked with the rights of who is told, not of who acted.
"""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration import kinds
from klantbeeld.platform.collaboration.actions.write_comment import EDITED, WRITTEN
from klantbeeld.platform.collaboration.following import follow_by_itself, followers
from klantbeeld.platform.collaboration.models import Comment
from klantbeeld.platform.collaboration.seeing import who_may_see
from klantbeeld.platform.events.public import handles, handles_all
from klantbeeld.platform.notifications.public import forget_records, notify
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import current

Payload = Mapping[str, Any]


@handles(WRITTEN, "tell who follows and is addressed")
def tell_of_comment(payload: Payload) -> None:
    """Tell who is addressed by a new comment, and the others who follow its record."""
    _tell_of(payload, with_followers=True)


@handles(EDITED, "tell who is addressed now")
def tell_of_edit(payload: Payload) -> None:
    """Tell who is addressed by a comment only since it was changed."""
    _tell_of(payload, with_followers=False)


def _tell_of(payload: Payload, with_followers: bool) -> None:
    comment = Comment.objects.filter(id=payload["id"]).first()
    record_type = registry.find(payload["record_type"])
    if comment is None or record_type is None:
        return  # it is gone already
    record, about = (record_type.slug, comment.record_id), {"comment": str(comment.pk)}
    mentioned = {UUID(each) for each in payload["mentioned"]}
    following = followers(*record) if with_followers else set[UUID]()
    seeing = _seeing(record_type, comment.record_id, mentioned | following).keys()
    notify(kinds.MENTION, mentioned & seeing, record, about, key=str(comment.pk))
    follow_by_itself(*record, mentioned & seeing)
    notify(kinds.COMMENT, (following & seeing) - mentioned, record, about, key=str(comment.pk))


@handles_all("created", "collaboration: tell the owner")
def tell_of_new(slug: str, payload: Payload) -> None:
    """Tell somebody that a colleague made a record for them; whose it is, follows it."""
    record_type = registry.find(slug)
    if record_type is not None and _own_field(record_type) and "differing" in payload:
        _tell_owner(record_type, UUID(payload["id"]))


@handles_all("changed", "collaboration: tell owner and followers")
def tell_of_change(slug: str, payload: Payload) -> None:
    """Tell the new owner that it is theirs, and the followers which fields changed, of those that they may read.

    Of changes by the thousand, which don't say what differs, nobody is told.
    """
    record_type, differing = registry.find(slug), payload.get("differing", [])
    if record_type is None or not differing:
        return
    record_id = UUID(payload["id"])
    owner = _tell_owner(record_type, record_id) if _own_field(record_type) in differing else None
    by_fields: dict[tuple[str, ...], list[UUID]] = {}
    following = followers(record_type.slug, record_id) - {owner, current().actor_id}
    for member_id, actor in _seeing(record_type, record_id, following).items():
        readable = record_type.readable(actor)
        by_fields.setdefault(tuple(name for name in differing if name in readable), []).append(member_id)
    for fields, members in by_fields.items():
        if fields:
            notify(kinds.CHANGE, members, (record_type.slug, record_id), {"fields": list(fields)}, merge=True)


def _own_field(record_type: RecordType) -> str | None:
    """The field that says whose a record is; None where that is said by another record, or not at all."""
    return None if record_type.owner is None or "__" in record_type.owner else record_type.owner


def _tell_owner(record_type: RecordType, record_id: UUID) -> UUID | None:
    rows = record_type.model._default_manager.filter(pk=record_id)
    owner: UUID | None = rows.values_list(f"{record_type.owner}_id", flat=True).first()
    if owner is None:
        return None
    if owner != current().actor_id and owner not in _seeing(record_type, record_id, [owner]):
        return None
    follow_by_itself(record_type.slug, record_id, [owner])
    notify(kinds.ASSIGNED, [owner], (record_type.slug, record_id), merge=True)
    return owner


@handles_all("deleted", "collaboration: forget what was told")
def forget(slug: str, payload: Payload) -> None:
    """Forget what was told of a record that is gone. Comments and followers stay, for the day when it is restored."""
    forget_records(slug, [UUID(payload["id"])])


def _seeing(record_type: RecordType, record_id: UUID, member_ids: Collection[UUID]) -> Mapping[UUID, Actor]:
    if not member_ids:
        return {}
    tenant = Tenant.objects.get(id=current().tenant_id)
    return who_may_see(tenant, record_type, record_id, member_ids)
