"""Making, changing and ending webhooks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.kernel.text import clean_line
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.webhooks import signing
from klantbeeld.platform.webhooks.addresses import NotAnAddress, target_of
from klantbeeld.platform.webhooks.models import Webhook
from klantbeeld.platform.webhooks.names import MANAGE_WEBHOOKS, VERBS

OLD_SECRET_LASTS = timedelta(hours=24)
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Wanted:
    """What somebody wants of a webhook, as it came in."""

    name: str
    url: str
    events: Iterable[str]
    condition: Mapping[str, Any] | None = None


def webhooks_of(actor: Actor) -> "QuerySet[Webhook]":
    """The organisation's webhooks. Raises NotAllowed for those who don't manage them."""
    if not actor.may(MANAGE_WEBHOOKS) or actor.member_id is None:
        raise NotAllowed
    return Webhook.objects.filter(tenant_id=actor.tenant.id).select_related("member").order_by("name", "id")


def webhook_of(actor: Actor, webhook_id: UUID) -> Webhook:
    """One of them. Raises NotFoundHere, and NotAllowed as above."""
    found = webhooks_of(actor).filter(pk=webhook_id).first()
    if found is None:
        raise NotFoundHere
    return found


def create_webhook(actor: Actor, wanted: Wanted) -> Webhook:
    """A webhook that sees what its maker sees; its secret is to be shown once. Raises Invalid and NotAllowed."""
    webhooks_of(actor)
    webhook = Webhook(secret=signing.new_secret(), **_checked(actor, wanted))
    webhook.save(force_insert=True)
    return webhook


def change_webhook(actor: Actor, webhook_id: UUID, wanted: Wanted) -> Webhook:
    """The webhook as it is wanted now. From now on it sees what the one who changed it sees, as they chose what it is
    told. Raises Invalid, NotAllowed and NotFoundHere."""
    webhook = webhook_of(actor, webhook_id)
    for name, value in _checked(actor, wanted).items():
        setattr(webhook, name, value)
    webhook.save()
    return webhook


def renew_secret(actor: Actor, webhook_id: UUID) -> Webhook:
    """The webhook with a new secret; the old one is used beside it for a day. Raises NotAllowed and NotFoundHere."""
    webhook = webhook_of(actor, webhook_id)
    webhook.old_secret, webhook.old_secret_until = webhook.secret, clock.now() + OLD_SECRET_LASTS
    webhook.secret = signing.new_secret()
    webhook.save()
    return webhook


def _checked(actor: Actor, wanted: Wanted) -> dict[str, Any]:
    errors: dict[str, list[str]] = {}
    name = clean_line(wanted.name)
    if not name or len(name) > _LONGEST_NAME or "\x00" in name:
        errors["name"] = [_("Give a name of at most %(limit)d characters.") % {"limit": _LONGEST_NAME}]
    try:
        target_of(wanted.url)
    except NotAnAddress as problem:
        errors["url"] = [str(problem)]
    events = sorted(set(wanted.events))
    if not events or any(not _may_be_told(actor, each) for each in events):
        errors["events"] = [_("Tick at least one thing to be told of.")]
    elif wanted.condition is not None:
        try:
            _check_condition(actor, events, wanted.condition)
        except BadCondition as problem:
            errors["condition"] = [str(problem.message)]
        except Invalid as problem:
            errors["condition"] = [str(problem)]
    if errors:
        raise Invalid(errors)
    return {
        "name": name,
        "url": wanted.url,
        "events": events,
        "condition": wanted.condition,
        "member_id": actor.member_id,
    }


def _may_be_told(actor: Actor, event: str) -> bool:
    slug, _dot, verb = event.rpartition(".")
    record_type = registry.find(slug)
    return verb in VERBS and record_type is not None and gates.may(actor, "read", record_type)


def _check_condition(actor: Actor, events: Iterable[str], condition: Mapping[str, Any]) -> None:
    slugs = {event.rpartition(".")[0] for event in events}
    if len(slugs) > 1:
        raise Invalid(_("A condition is about one kind of record: tick one kind only."))
    reading.matching(actor, registry.get(slugs.pop()), conditions.parse(condition))
