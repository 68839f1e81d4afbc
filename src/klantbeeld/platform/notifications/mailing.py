"""Mails of what somebody hasn't seen yet: one with all that is due, in their language."""

import hashlib
import logging
from datetime import datetime, timedelta
from email.utils import formataddr
from uuid import UUID

from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from klantbeeld.platform.access.actor import Actor, of_member
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.notifications.kinds import kinds
from klantbeeld.platform.notifications.models import Notification
from klantbeeld.platform.notifications.preferences import Wish, wishes
from klantbeeld.platform.notifications.site_address import site_address
from klantbeeld.platform.notifications.telling import Told, told
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered

log = logging.getLogger(__name__)

MOST_IN_A_MAIL = 50
TRIED_AGAIN_AFTER = timedelta(minutes=15)


def send_due() -> int:
    """Send the mails that are due in every organisation; how many went out. May run beside itself."""
    sent = 0
    for tenant in Tenant.objects.all():
        with entered(Scope(tenant.id, origin="mail")):
            due = Notification.objects.filter(mail_at__lte=clock.now())
            for member_id in list(due.order_by().values_list("member_id", flat=True).distinct()):
                sent += _send_to(tenant, member_id)
    return sent


def _send_to(tenant: Tenant, member_id: UUID) -> bool:
    try:
        with transaction.atomic():
            return _sent(tenant, member_id)
    except Exception:
        # A mail server that refuses one address mustn't keep the others waiting.
        log.exception("The mail with notifications to member %s couldn't be sent and is tried again", member_id)
        _postpone(member_id, clock.now() + TRIED_AGAIN_AFTER)
        return False


def _sent(tenant: Tenant, member_id: UUID) -> bool:
    now = clock.now()
    due = Notification.objects.select_for_update(skip_locked=True).filter(member_id=member_id, mail_at__lte=now)
    found = list(due.order_by("-at", "-id"))
    actor, wish = of_member(tenant, member_id), _wish(member_id)
    if actor is not None and wish is not None and (rest := wish.after_quiet(now)) > now:
        # The worker was away when it was due, and now it is night.
        _postpone(member_id, rest)
        return False
    Notification.objects.filter(id__in=[each.id for each in found]).update(mail_at=None, mailed_at=now)
    if actor is None or not found:
        return False
    with translation.override(actor.language), timezone.override(actor.timezone):
        items = told(actor, found)
        if not items:
            return False
        # Last in the transaction: what couldn't be sent isn't marked as sent.
        _mail(tenant, actor, items).send()
    return True


def _wish(member_id: UUID) -> Wish | None:
    # The quiet hours are the same for every kind.
    known = kinds()
    return wishes(known[0], [member_id]).get(member_id) if known else None


def _postpone(member_id: UUID, until: datetime) -> None:
    Notification.objects.filter(member_id=member_id, mail_at__lte=clock.now()).update(mail_at=until)


def _mail(tenant: Tenant, actor: Actor, items: list[Told]) -> EmailMultiAlternatives:
    context = {
        "actor": actor,
        "items": items[:MOST_IN_A_MAIL],
        "more": len(items) - MOST_IN_A_MAIL if len(items) > MOST_IN_A_MAIL else 0,
        "base": site_address(tenant),
    }
    subject = ngettext("%(firm)s: %(number)d notification", "%(firm)s: %(number)d notifications", len(items)) % {
        "firm": " ".join(tenant.name.split()),
        "number": len(items),
    }
    email = User.objects.values_list("email", flat=True).get(memberships=actor.member_id)
    made = EmailMultiAlternatives(
        subject,
        render_to_string("notifications/digest.txt", context),
        to=[formataddr((" ".join(actor.name.split()), email))],
        # The same for the same news: a mail that goes out twice after a crash is known as one.
        headers={"Message-ID": f"<{_fingerprint(items)}@klantbeeld>", "Auto-Submitted": "auto-generated"},
    )
    made.attach_alternative(render_to_string("notifications/digest.html", context), "text/html")
    return made


def _fingerprint(items: list[Told]) -> str:
    return hashlib.sha256(" ".join(sorted(str(each.notification.id) for each in items)).encode()).hexdigest()[:40]
