"""Making, renaming and deleting a record type of the organisation's own."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import get_resolver
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.customfields.public import CustomField, OwnType, fields_to, forget
from klantbeeld.platform.kernel.errors import Invalid, NotAllowed, NotFoundHere
from klantbeeld.platform.organisation.names import MANAGE_FIELDS
from klantbeeld.platform.records.registry import registry

# What later versions will call types of their own: an organisation's own type would stand in their way.
KEPT_FREE = frozenset(
    "accounts articles appointments calls campaigns carts channels chats consents contacts conversations coupons"  # noqa: SIM905
    " dashboards deals deliveries forms households invoices journeys knowledge leads messages notes payments pipelines"
    " posts price-lists queues quotes reports returns reviews scores segments shipments shops sources stages"
    " subscriptions surveys tags tickets webhooks".split()
)


@dataclass(frozen=True, slots=True)
class TypeGiven:
    """A record type as it is wanted. `slug` counts for a new one only: addresses and programs depend on it."""

    slug: str
    label: str
    label_plural: str
    name_label: str
    icon: str


def save_type(actor: Actor, slug: str | None, given: TypeGiven) -> OwnType:
    """The record type (a new one for None), seen at once everywhere. Raises NotAllowed, NotFoundHere, Invalid."""
    with transaction.atomic():
        own = _new(actor, given) if slug is None else type_to_change(actor, slug)
        own.label, own.label_plural = given.label, given.label_plural
        own.name_label, own.icon = given.name_label, given.icon
        try:
            own.full_clean(exclude=["tenant"], validate_constraints=False)
        except ValidationError as problem:
            raise Invalid(problem.message_dict) from None
        own.save()
        transaction.on_commit(forget)
    forget()
    return own


def delete_type(actor: Actor, slug: str) -> None:
    """The record type gone, with its own fields. Raises NotAllowed, NotFoundHere, and Invalid as long as there are
    records of it or links to it."""
    with transaction.atomic():
        own = type_to_change(actor, slug)
        declared = registry.get(slug)
        if declared.stored().exists():
            raise Invalid(_("There are still %(what)s. Delete them first.") % {"what": own.label_plural})
        linked = [each for each in fields_to(slug) if each.record_type != slug]
        if linked:
            names = ", ".join(f"{registry.get(each.record_type).label_plural}: {each.label}" for each in linked)
            raise Invalid(_("These fields still link to it: %(names)s. Delete them first.") % {"names": names})
        CustomField.objects.filter(record_type=slug).delete()
        own.delete()
        transaction.on_commit(forget)
    forget()


def type_to_change(actor: Actor, slug: str) -> OwnType:
    """The type under a row lock. Raises NotAllowed, NotFoundHere."""
    if not actor.may(MANAGE_FIELDS):
        raise NotAllowed
    own = OwnType.objects.select_for_update().filter(slug=slug).first()
    if own is None:
        raise NotFoundHere
    return own


def _new(actor: Actor, given: TypeGiven) -> OwnType:
    if not actor.may(MANAGE_FIELDS):
        raise NotAllowed
    if registry.find(given.slug) is not None or OwnType.objects.filter(slug=given.slug).exists():
        raise Invalid({"slug": [_("There are records of this name already.")]})
    if given.slug in KEPT_FREE | _pages():
        raise Invalid({"slug": [_("This name is kept for a page of the product. Use another one.")]})
    return OwnType(slug=given.slug)


@cache
def _pages() -> frozenset[str]:
    """What the addresses of pages that aren't lists of records begin with."""
    return frozenset(_beginnings(get_resolver().url_patterns))


def _beginnings(patterns: Iterable[Any]) -> Iterator[str]:
    for each in patterns:
        text = str(each.pattern)
        if text:
            yield text.split("/")[0]
        else:
            yield from _beginnings(getattr(each, "url_patterns", ()))
