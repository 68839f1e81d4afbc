"""What stands on a customer's page: how to reach them, whom they know, and by what we recognise them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from klantbeeld.customers.enums import IdentifierKind
from klantbeeld.customers.graph import graph
from klantbeeld.customers.queries import Tie, addresses_of, identifiers_of, ties
from klantbeeld.customers.reasons import REACHES, reach_value
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.panels import Panel, add_panel
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.ui import formats
from klantbeeld.platform.ui.components import letters, tone_of


def reach_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The line under the name: each value with a card that says why we believe it."""
    shown = [(reach, reach_value(reach, customer, actor)) for reach in REACHES.values()]
    found = [(reach, value) for reach, value in shown if value]
    return {"reaches": found} if found else None


def relationships_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Whom this customer knows: a picture of what lasts, and a list with the past as well."""
    if not gates.may_read(actor, registry.get("relationships"), "customer", "other", "role"):
        return None
    today = clock.now().astimezone(ZoneInfo(actor.timezone)).date()
    found = ties(actor, customer["id"])
    lasting = [tie for tie in found if not tie.over(today)]
    relationships = registry.get("relationships")
    return {
        "graph": graph(lasting),
        "me": {"tone": tone_of(customer["id"]), "letters": letters(customer.get("name") or "")},
        "ties": [(tie, _when(tie, actor.language), not tie.over(today)) for tie in found],
        "may_add": may_add(actor, "relationships"),
        "may_end": gates.may(actor, "change", relationships) and gates.writable(actor, relationships, "ends_on"),
    }


def _when(tie: Tie, locale: str) -> str:
    begins = formats.date(tie.begins_on, locale) if tie.begins_on else ""
    ends = formats.date(tie.ends_on, locale) if tie.ends_on else ""
    if begins and ends:
        return f"{begins} – {ends}"
    if begins:
        return str(_("since %(day)s")) % {"day": begins}
    return str(_("until %(day)s")) % {"day": ends} if ends else ""


def identifiers_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """By what this customer is recognised."""
    if not gates.may_read(actor, registry.get("identifiers"), "customer", "kind", "shown"):
        return None
    rows = identifiers_of(actor, customer["id"])
    for row in rows:
        row["label"] = IdentifierKind(row["kind"]).label
        if row["kind"] == IdentifierKind.PHONE and row.get("value"):
            row["shown"] = formats.phone(row["value"], actor.tenant.country)
    return {"identifiers": rows, **_rights(actor, "identifiers")}


def addresses_panel(actor: Actor, customer: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Where else this customer can be found."""
    if not gates.may_read(actor, registry.get("addresses"), "customer", "kind", "city"):
        return None
    rows = addresses_of(actor, customer["id"])
    labels = dict(registry.get("addresses").readable(actor)["kind"].choices)
    for row in rows:
        row["label"] = labels.get(row["kind"], row["kind"])
        row["text"] = reach_value(REACHES["address"], row, actor)
    return {"addresses": rows, **_rights(actor, "addresses")}


def _rights(actor: Actor, slug: str) -> dict[str, bool]:
    return {"may_add": may_add(actor, slug), "may_remove": gates.may(actor, "delete", registry.get(slug))}


def may_add(actor: Actor, slug: str) -> bool:
    """Whether this actor may make such a record for a customer."""
    record_type = registry.get(slug)
    return gates.may_create(actor, record_type) and gates.writable(actor, record_type, "customer")


def add_panels() -> None:
    """Put them on the page; called once, at start-up."""
    add_panel(Panel("reach", "customers", "head", 10, _("How to reach"), "customers/reach.html", reach_panel))
    for key, order, label, context in (
        ("relationships", 30, _("Relationships"), relationships_panel),
        ("identifiers", 40, _("Recognised by"), identifiers_panel),
        ("addresses", 50, _("Further addresses"), addresses_panel),
    ):
        add_panel(Panel(key, "customers", "facts", order, label, f"customers/{key}.html", context))
