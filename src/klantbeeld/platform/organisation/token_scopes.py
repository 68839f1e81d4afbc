"""The scopes of API tokens as people choose and read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EVERYTHING = "*"
_VERBS: "dict[str, StrOrPromise]" = {
    "read": pgettext_lazy("scope", "read"),
    "write": pgettext_lazy("scope", "read and write"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One kind of record with the scopes that somebody may give for it, each with its words for a screen reader."""

    label: str
    scopes: list[tuple[str, str]]


def offers(actor: Actor) -> list[Offer]:
    """The scopes that lie within what this person may do; kinds that they may not read are left out."""
    made = []
    for each in registry.readable_by(actor):
        label = capfirst(str(each.label_plural))
        verbs = ["read", "write"] if _may_write(actor, each) else ["read"]
        made.append(Offer(label, [(f"{each.slug}:{verb}", f"{label}: {_VERBS[verb]}") for verb in verbs]))
    return made


def in_words(scopes: Sequence[str]) -> str:
    """What scopes allow, such as "Customers: read, Orders: read and write"."""
    if EVERYTHING in scopes:
        return _("everything its owner may do")
    return ", ".join(_one(*scope.split(":")) for scope in scopes)


def _one(slug: str, verb: str) -> str:
    record_type = registry.find(slug)
    label = pgettext("scope", "All") if slug == EVERYTHING else str(record_type.label_plural) if record_type else slug
    return f"{capfirst(label)}: {_VERBS[verb]}"


def _may_write(actor: Actor, record_type: RecordType) -> bool:
    return any(gates.may(actor, action, record_type) for action in ("create", "change", "delete"))
