"""The one-time link with which a new colleague chooses a password."""

import logging
import smtplib
from datetime import datetime

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.people.models import Member

log = logging.getLogger(__name__)

_MAIL_SECONDS = 5


def may_make_link(member: Member) -> bool:
    """Whether a link may be handed out: this organisation made the account and nobody has chosen a password yet."""
    return member.account_made_here and not member.user.has_usable_password()


def make_password_link(member: Member) -> str:
    """The path of a link that lets whoever has it choose the first password, once.

    Raises NotAllowed for an account that has a password, or that this organisation didn't make: the link would hand
    over somebody's account.
    """
    if not may_make_link(member):
        raise NotAllowed
    key = default_token_generator.make_token(member.user)
    names = {"uidb36": user_pk_to_url_str(member.user), "key": key}
    return reverse("account_reset_password_from_key", kwargs=names)


def mail_link(actor: Actor, member: Member, url: str, until: datetime | None = None) -> bool:
    """Send the link, which works `until` then, to the colleague in their language; whether the mail server took it.

    Call it after the commit.
    """
    with translation.override(member.user.language or actor.tenant.language):
        day = date_format(timezone.localtime(until), "DATE_FORMAT") if until else ""
        names = {"name": member.name, "who": actor.name, "organisation": actor.tenant.name, "url": url, "day": day}
        message = EmailMessage(
            _("%(organisation)s: you are invited") % names,
            _(
                "Hello %(name)s,\n\n%(who)s invites you to work at %(organisation)s. Join here:\n\n"
                "%(url)s\n\nThe link works once, until %(day)s."
            )
            % names,
            to=[member.user.email],
            connection=get_connection(timeout=_MAIL_SECONDS),
        )
    try:
        return message.send() == 1
    except (OSError, smtplib.SMTPException) as problem:
        log.warning("The mail to a new colleague wasn't sent: %s", problem)
        return False
