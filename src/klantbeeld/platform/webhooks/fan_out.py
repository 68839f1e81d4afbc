"""From events to messages: who is to be told, and what their owner may see of it. Set by set, in the transaction that
takes the events from the outbox."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from klantbeeld.platform.access.actor import Actor, of_member
from klantbeeld.platform.api.public import Representation, encoded
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.events.models import Outbox
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records import past, reading
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import current_tenant_id
from klantbeeld.platform.webhooks.models import Delivery, Webhook
from klantbeeld.platform.webhooks.names import VERBS

Told = tuple[Outbox, dict[str, Any]]


def fan_out(events: Sequence[Outbox]) -> None:
    """Make a message for each event and webhook that it concerns."""
    names = {event.name for event in events}
    webhooks = Webhook.objects.filter(events__overlap=sorted(names)).select_related("member")
    now = clock.now()
    for webhook in webhooks:
        actor = of_member(Tenant.objects.get(pk=current_tenant_id()), webhook.member_id)
        if actor is None:
            continue
        concerning = [event for event in events if event.name in webhook.events]
        Delivery.objects.bulk_create(
            Delivery(
                webhook=webhook,
                event=event.name,
                body=encoded({"type": event.name, "timestamp": event.emitted_at, "data": data}).decode(),
                created_at=now,
                due_at=now,
            )
            for event, data in _told(actor, webhook, concerning)
        )


def _told(actor: Actor, webhook: Webhook, events: Sequence[Outbox]) -> Iterable[Told]:
    by_type: dict[str, list[Outbox]] = {}
    for event in events:
        slug, _dot, verb = event.name.rpartition(".")
        if verb in VERBS and event.payload.get("id"):
            by_type.setdefault(slug, []).append(event)
    for slug, some in by_type.items():
        record_type = registry.find(slug)
        if record_type is not None:
            yield from _of_type(actor, webhook, record_type, some)


def _of_type(actor: Actor, webhook: Webhook, record_type: RecordType, events: Sequence[Outbox]) -> Iterable[Told]:
    readable = record_type.readable(actor)
    ids = {UUID(event.payload["id"]) for event in events}
    gone = past.deleted_among(
        actor, record_type, {UUID(e.payload["id"]) for e in events if e.name.endswith(".deleted")}
    )
    wanted = _matching(actor, webhook, record_type, ids)
    shape = Representation(readable.values())
    records = {row["id"]: shape.document(row) for row in reading.some(actor, record_type, wanted, readable)}
    for event in events:
        record_id = UUID(event.payload["id"])
        if event.name.endswith(".deleted"):
            if record_id in gone:
                yield event, {"id": record_id}
            continue
        fields = [name for name in event.payload.get("fields", ()) if name in readable]
        # A change of hidden fields alone is none to somebody who can't see them.
        unseen = event.name.endswith(".changed") and bool(event.payload.get("fields")) and not fields
        if record_id in records and not unseen:
            yield event, {"id": record_id, "fields": fields, "record": records[record_id]}


def _matching(actor: Actor, webhook: Webhook, record_type: RecordType, ids: set[UUID]) -> set[UUID]:
    try:
        condition = None if webhook.condition is None else conditions.parse(webhook.condition)
        rows = reading.matching(actor, record_type, condition)
    except BadCondition:
        # It speaks of something that its owner may not read any more, or that is gone.
        return set()
    return set(rows.filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
