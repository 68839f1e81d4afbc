"""Which customers go by an e-mail address, a phone number or another identifier."""

from uuid import UUID

from django.db.models import Q

from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.rules.identifiers import normalise
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry

_MOST = 50
_KINDS = [kind for kind in IdentifierKind if kind is not IdentifierKind.COOKIE]


def known_by(actor: Actor, text: str) -> list[UUID]:
    """The customers that go, or once went, by exactly this identifier, the latest known first.

    Nobody types a name hoping for a number: text without a digit or an @ is nobody's identifier.
    """
    if not any(sign.isdigit() or sign == "@" for sign in text):
        return []
    if not gates.may_read(actor, registry.get("identifiers"), "customer", "kind", "shown", "value"):
        return []
    wanted = Q()
    for kind in _KINDS:
        try:
            wanted |= Q(kind=kind, value=normalise(kind, text, actor.tenant.country).value)
        except Invalid:
            continue
    if not wanted:
        return []
    rows = registry.get("identifiers").rows(actor).filter(wanted)
    return list(dict.fromkeys(rows.order_by("-id").values_list("customer_id", flat=True)[:_MOST]))
