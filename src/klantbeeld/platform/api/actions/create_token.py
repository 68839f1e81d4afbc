"""Making a token."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import scopes as scope_rules
from klantbeeld.platform.api import token_text
from klantbeeld.platform.api.limits import MOST
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed
from klantbeeld.platform.kernel.text import clean_line

_LONGEST_NAME = 60


def create_token(
    actor: Actor,
    name: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
    requests_per_minute: int | None = None,
    needs_if_match: bool = False,
) -> tuple[Token, str]:
    """A token with which programs act for `actor`, and its text, which can't be shown again.

    `expires_at` must be aware; None means never. `requests_per_minute` None leaves that to the installation, and with
    `needs_if_match` the token changes nothing that it hasn't seen. Raises Invalid with what is wrong per field,
    NotAllowed when the actor is no member (the system) or is a token itself.
    """
    if actor.member_id is None or actor.grants.only is not None:
        raise NotAllowed
    name = clean_line(name)
    if not name or len(name) > _LONGEST_NAME or "\x00" in name:
        raise Invalid({"name": [_("Give a name of at most %(limit)d characters.") % {"limit": _LONGEST_NAME}]})
    if expires_at is not None and expires_at <= clock.now():
        raise Invalid({"expires_at": [_("This moment has passed.")]})
    if requests_per_minute is not None and not 1 <= requests_per_minute <= MOST:
        raise Invalid({"requests_per_minute": [_("Use a whole number from 1 to %(most)d.") % {"most": MOST}]})
    text = token_text.new(actor.tenant.id)
    token = Token.objects.create(
        name=name,
        member_id=actor.member_id,
        digest=token_text.digest(text),
        prefix=text[: token_text.PREFIX_LENGTH],
        scopes=scope_rules.checked(scopes),
        expires_at=expires_at,
        requests_per_minute=requests_per_minute,
        needs_if_match=needs_if_match,
    )
    return token, text
