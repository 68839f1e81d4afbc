"""Ending a token."""

from uuid import UUID

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.models import Token
from klantbeeld.platform.api.queries import tokens_within_reach
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import NotFoundHere


def revoke_token(actor: Actor, token_id: UUID) -> Token:
    """The token, of no use from now on; one that was revoked before stays as it is.

    Raises NotFoundHere when it isn't there or is somebody else's (who may manage people reaches everyone's).
    """
    token = tokens_within_reach(actor).filter(pk=token_id).first()
    if token is None:
        raise NotFoundHere
    if token.revoked_at is None:
        token.revoked_at = clock.now()
        token.save(update_fields=["revoked_at", "updated_at"])
    return token
