"""Who follows a record."""

from collections.abc import Iterable
from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.collaboration.models import Follow
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.records.reading import one
from klantbeeld.platform.records.record_type import RecordType


def set_following(actor: Actor, record_type: RecordType, record_id: UUID, wanted: bool) -> None:
    """Follow a record, or stop to. Raises NotFoundHere when the actor may not see it, NotAllowed for the system."""
    one(actor, record_type, record_id, (record_type.title,))
    if actor.member_id is None:
        raise NotAllowed
    Follow.objects.update_or_create(
        record_type=record_type.slug, record_id=record_id, member_id=actor.member_id, defaults={"active": wanted}
    )


def follow_by_itself(record_type: str, record_id: UUID, member_ids: Iterable[UUID]) -> None:
    """Have members follow a record that they have to do with now; who stopped to follow it isn't brought back."""
    Follow.objects.bulk_create(
        [Follow(record_type=record_type, record_id=record_id, member_id=each) for each in sorted(set(member_ids))],
        ignore_conflicts=True,
    )


def followers(record_type: str, record_id: UUID) -> set[UUID]:
    """The members who follow a record."""
    found = Follow.objects.filter(record_type=record_type, record_id=record_id, active=True)
    return set(found.values_list("member_id", flat=True))
