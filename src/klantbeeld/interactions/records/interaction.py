"""The record type of interactions: readable and to be added to, never changed."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from klantbeeld.interactions.actions.import_interactions import InteractionBulk
from klantbeeld.interactions.actions.record_interaction import InteractionWriter
from klantbeeld.interactions.models import Interaction
from klantbeeld.interactions.sources import open_to
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.record_type import RecordType, Section, View
from klantbeeld.platform.records.registry import register

if TYPE_CHECKING:
    from django.db.models import QuerySet


@register
class InteractionType(RecordType):
    slug = "interactions"
    model = Interaction
    label = _("interaction")
    label_plural = _("interactions")
    icon = "message-circle"
    owner = "customer__owner"
    title = "summary"
    fields = (
        "summary",
        "customer",
        "at",
        "channel",
        "direction",
        "member",
        "body",
        "seconds",
        "source",
        "created_at",
        "written_by",
        "origin",
    )
    changes = {"customer": {"target": "customers"}, "at": {"required": False}}
    columns = ("summary", "customer", "channel", "direction", "member", "at")
    phone = {"summary": "a", "at": "b", "customer": "c", "channel": "d"}
    sortable = {"at": "at"}
    sort = "-at"
    sections = (
        Section(_("Interaction"), ("customer", "channel", "direction", "at", "summary", "body", "seconds")),
        Section(_("Written down"), ("created_at", "written_by", "origin")),
    )
    views = (View("mine", _("Mine"), {"all": [{"field": "member", "op": "is_me"}]}),)
    personal = frozenset({"summary", "body"})
    changeable = False
    deletable = False
    writer = InteractionWriter
    bulk = InteractionBulk

    def rows(self, actor: Actor, action: str = "read") -> "QuerySet[Any]":
        """The entries that may be reached, without those that tell of records this actor may not read."""
        return super().rows(actor, action).filter(open_to(actor, self, action))
