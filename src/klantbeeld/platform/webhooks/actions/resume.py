"""Starting a webhook again, and sending a message once more."""

from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import NotFoundHere
from klantbeeld.platform.webhooks.actions.save_webhook import webhook_of
from klantbeeld.platform.webhooks.models import Delivery, State, Webhook


def resume(actor: Actor, webhook_id: UUID) -> Webhook:
    """The webhook at work again; what waited is sent. Raises NotAllowed and NotFoundHere."""
    webhook = webhook_of(actor, webhook_id)
    webhook.paused_at, webhook.pause_reason, webhook.failures = None, "", 0
    webhook.save()
    return webhook


def send_again(actor: Actor, webhook_id: UUID, delivery_id: UUID) -> Delivery:
    """A message that is sent once more, with the id and the body that it had. Raises NotAllowed and NotFoundHere."""
    delivery = Delivery.objects.filter(pk=delivery_id, webhook=webhook_of(actor, webhook_id)).first()
    if delivery is None:
        raise NotFoundHere
    # It gets a day of its own; when it happened stands in its body.
    delivery.state, delivery.due_at, delivery.created_at, delivery.attempts = State.WAITING, clock.now(), clock.now(), 0
    delivery.save()
    return delivery
