"""Bringing messages to their webhooks: claimed in one short transaction, sent without any, noted in another.

A worker that dies in between leaves messages that are tried again after a while. The receiver may then get one twice,
and knows it by its id.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import uniform
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.webhooks import sending, signing
from klantbeeld.platform.webhooks.models import Attempt, Delivery, State, Webhook
from klantbeeld.platform.webhooks.pausing import pause
from klantbeeld.platform.webhooks.sending import Outcome

BATCH = 40
AT_ONCE = 8
TENANTS = 50
GIVE_UP_AFTER = timedelta(hours=24)
FAILURES_BEFORE_PAUSE = 20
KEPT = timedelta(days=30)
_CLAIM = timedelta(seconds=2 * sending.SECONDS * BATCH / AT_ONCE)
_FIRST_WAIT = 10.0
_LONGEST_WAIT = 6 * 3600.0
_GONE = 410


def deliver_due() -> int:
    """Try one batch of due messages of every organisation that has some; how many were tried.

    Several may run at once.
    """
    with entered(None), connection.cursor() as cursor:
        cursor.execute("SELECT klantbeeld_tenants_with_webhooks_due(%s)", [TENANTS])
        tenants = [row[0] for row in cursor.fetchall()]
    return sum(_deliver_for(tenant_id) for tenant_id in tenants)


def wait_after(attempts: int) -> timedelta:
    """How long to wait after so many tries: three times as long each time, give or take a fifth."""
    return timedelta(seconds=min(_FIRST_WAIT * 3 ** (attempts - 1), _LONGEST_WAIT) * uniform(0.8, 1.2))  # noqa: S311


def remove_old_deliveries() -> None:
    """Remove the messages of every organisation that are older than `KEPT`. May be repeated."""
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            Delivery.objects.filter(created_at__lt=clock.now() - KEPT).delete()


def _deliver_for(tenant_id: UUID) -> int:
    with entered(Scope(tenant_id, origin="webhooks")):
        claimed = _claimed()
        signed = [_signed(each) for each in claimed]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            outcomes = list(pool.map(_sent, claimed, signed))
        for delivery, headers, outcome in zip(claimed, signed, outcomes, strict=True):
            _note(delivery, headers, outcome)
    return len(claimed)


def _claimed() -> list[Delivery]:
    now = clock.now()
    with transaction.atomic():
        due = list(
            Delivery.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=State.WAITING, due_at__lte=now, webhook__paused_at=None)
            .select_related("webhook")
            .order_by("due_at", "id")[:BATCH]
        )
        Delivery.objects.filter(pk__in=[each.pk for each in due]).update(due_at=now + _CLAIM)
    return due


def _signed(delivery: Delivery) -> dict[str, str]:
    webhook, now = delivery.webhook, clock.now()
    keys = [webhook.secret]
    if webhook.old_secret and webhook.old_secret_until is not None and webhook.old_secret_until > now:
        keys.append(webhook.old_secret)
    signature = signing.headers(f"msg_{delivery.pk}", int(now.timestamp()), delivery.body, keys)
    return {"Content-Type": "application/json", "User-Agent": "Klantbeeld", **signature}


def _sent(delivery: Delivery, headers: dict[str, str]) -> Outcome:
    return sending.post(delivery.webhook.url, headers, delivery.body)


def _note(delivery: Delivery, headers: dict[str, str], outcome: Outcome) -> None:
    now = clock.now()
    delivery.attempts += 1
    if outcome.delivered:
        delivery.state = State.DELIVERED
    else:
        delivery.due_at = now + wait_after(delivery.attempts)
        if delivery.due_at > delivery.created_at + GIVE_UP_AFTER:
            delivery.state = State.FAILED
    with transaction.atomic():
        # Locked: another worker may note at the same moment.
        webhook = Webhook.objects.select_for_update(of=("self",)).filter(pk=delivery.webhook_id).first()
        if webhook is None:
            return
        Attempt.objects.create(
            delivery=delivery,
            at=now,
            milliseconds=outcome.milliseconds,
            sent_headers=headers,
            status=outcome.status,
            headers=dict(outcome.headers),
            body=outcome.body,
            error=outcome.error[:300],
        )
        delivery.save(update_fields=["attempts", "state", "due_at"])
        _count(webhook, outcome)


def _count(webhook: Webhook, outcome: Outcome) -> None:
    failures = 0 if outcome.delivered else webhook.failures + 1
    if failures != webhook.failures:
        webhook.failures = failures
        Webhook.objects.filter(pk=webhook.pk).update(failures=failures)
    if webhook.paused_at is not None or outcome.delivered:
        return
    if outcome.status == _GONE:
        pause(webhook, _("The other side says that this address is gone (410)."))
    elif failures >= FAILURES_BEFORE_PAUSE:
        pause(webhook, _("%(number)d tries in a row have failed.") % {"number": failures})
