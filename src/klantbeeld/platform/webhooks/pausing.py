"""Stopping a webhook that doesn't work, and telling whose it is."""

import logging
from smtplib import SMTPException

from django.core.mail import send_mail
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.webhooks.models import Webhook

log = logging.getLogger(__name__)


def pause(webhook: Webhook, reason: str) -> None:
    """Send nothing more until somebody starts it again, and mail its owner why."""
    webhook.paused_at, webhook.pause_reason = clock.now(), reason[:300]
    webhook.save(update_fields=["paused_at", "pause_reason", "updated_at"])
    transaction.on_commit(lambda: _mail(webhook))


def _mail(webhook: Webhook) -> None:
    member = Member.objects.select_related("user", "tenant").filter(pk=webhook.member_id).first()
    if member is None:
        return
    with translation.override(member.user.language or member.tenant.language):
        subject = _("The webhook “%(name)s” is paused") % {"name": webhook.name}
        text = _(
            "Nothing is sent to %(url)s any more. %(reason)s\n\n"
            "What happened meanwhile waits for a day. Mend the other side, then start the webhook again under Settings,"
            " Webhooks."
        ) % {"url": webhook.url, "reason": webhook.pause_reason}
    try:
        send_mail(subject, text, None, [member.user.email])
    except (SMTPException, OSError):
        # The page says it as well.
        log.warning("The owner of webhook %s could not be mailed", webhook.pk, exc_info=True)
