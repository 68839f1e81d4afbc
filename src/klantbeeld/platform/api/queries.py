"""Which tokens someone may see and end."""

from django.db.models import QuerySet

from klantbeeld.platform.access.abilities import MANAGE_PEOPLE
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api.models import Token


def tokens_within_reach(actor: Actor) -> "QuerySet[Token]":
    """Their own tokens, and everyone's for those who may manage people; newest first, with the member joined."""
    tokens = Token.objects.filter(tenant_id=actor.tenant.id).select_related("member").order_by("-created_at")
    return tokens if actor.may(MANAGE_PEOPLE) else tokens.filter(member=actor.member_id)
