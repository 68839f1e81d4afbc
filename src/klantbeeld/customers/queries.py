"""Reading what belongs to a customer, always through the gates."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from klantbeeld.customers.enums import SEEN_FROM_OTHER, Role
from klantbeeld.customers.models import Customer
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.reading import label_of
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Gap

MOST_RELATIONSHIPS = 50
MOST_IDENTIFIERS = 100
MOST_ADDRESSES = 50
MOST_CHANGES = 20


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship as seen from one customer. `name` is None where the other one may not be seen."""

    id: UUID
    other_id: UUID
    name: str | None
    kind: str
    role: str
    function: str
    begins_on: date | None
    ends_on: date | None

    def over(self, today: date) -> bool:
        """Whether it belongs to the past."""
        return self.ends_on is not None and self.ends_on < today


@dataclass(frozen=True, slots=True)
class Origin:
    """Who stored something, from where, and when. `who` is "" for the system."""

    at: datetime
    who: str
    origin: str
    before: dict[str, Any]
    after: dict[str, Any]
    made: bool


def ties(actor: Actor, customer_id: UUID) -> list[Tie]:
    """The relationships of a customer from both sides: those that last first, then by when they began."""
    relationships = registry.get("relationships")
    readable = relationships.readable(actor)
    dates = [name for name in ("function", "begins_on", "ends_on") if name in readable]

    def build() -> "QuerySet[Any, Any]":
        rows = relationships.rows(actor).filter(Q(customer_id=Gap("customer")) | Q(other_id=Gap("customer")))
        rows = rows.order_by(F("ends_on").desc(nulls_first=True), F("begins_on").desc(nulls_last=True), "id")
        return rows.values(
            "id", "role", "customer_id", "other_id", *dates, *_kinds(actor),
            customer_name=label_of(actor, readable["customer"]), other_name=label_of(actor, readable["other"]),
        )[:MOST_RELATIONSHIPS]  # fmt: skip

    found = statements.rows(statements.key_of(actor, relationships), build, {"customer": customer_id})
    return [_tie(row, customer_id) for row in found]


def _kinds(actor: Actor) -> tuple[str, ...]:
    return ("customer__kind", "other__kind") if gates.readable(actor, registry.get("customers"), "kind") else ()


def _tie(row: dict[str, Any], customer_id: UUID) -> Tie:
    forward = row["customer_id"] == customer_id
    side = "other" if forward else "customer"
    role = Role(row["role"])
    name = row[f"{side}_name"]
    return Tie(
        id=row["id"],
        other_id=row[f"{side}_id"],
        name=name,
        kind=row.get(f"{side}__kind") or "person" if name else "person",
        role=str(role.label if forward else SEEN_FROM_OTHER[role]),
        function=row.get("function") or "",
        begins_on=row.get("begins_on"),
        ends_on=row.get("ends_on"),
    )


def identifiers_of(actor: Actor, customer_id: UUID, kind: str = "") -> list[dict[str, Any]]:
    """By what a customer is recognised: id, kind, shown, source (if that may be read), created_at."""
    identifiers = registry.get("identifiers")
    more = [name for name in ("source", "value") if gates.readable(actor, identifiers, name)]

    def build() -> "QuerySet[Any, Any]":
        rows = identifiers.rows(actor).filter(customer_id=Gap("customer"))
        rows = rows.filter(kind=kind) if kind else rows
        return rows.order_by("kind", "id").values("id", "kind", "shown", "created_at", *more)[:MOST_IDENTIFIERS]

    return statements.rows(statements.key_of(actor, identifiers, None, kind), build, {"customer": customer_id})


def addresses_of(actor: Actor, customer_id: UUID) -> list[dict[str, Any]]:
    """Where else a customer can be found: id and what may be read of kind and the parts of the address."""
    addresses = registry.get("addresses")
    parts = ("kind", "street", "house_number", "postcode", "city", "country")
    names = [name for name in parts if gates.readable(actor, addresses, name)]
    return statements.rows(
        statements.key_of(actor, addresses),
        lambda: (
            addresses.rows(actor)
            .filter(customer_id=Gap("customer"))
            .order_by("id")
            .values("id", *names)[:MOST_ADDRESSES]
        ),
        {"customer": customer_id},
    )


def origins(record_ids: list[UUID]) -> dict[UUID, Origin]:
    """Who made these records, by id; one question for all of them, one for the names."""
    made = Change.objects.filter(record_id__in=record_ids, action="create")
    return {key: found[0] for key, found in _told(list(made.order_by("id"))).items()}


def history_of(customer_id: UUID, columns: tuple[str, ...]) -> list[Origin]:
    """The latest changes of some columns of a customer, newest first, and at the end how they came in."""
    about = Change.objects.filter(record_id=customer_id, table=Customer._meta.db_table)
    changes = about.filter(action="change", after__has_any_keys=list(columns)).order_by("-id")[:MOST_CHANGES]
    return _told([*changes, *about.filter(action="create")[:1]]).get(customer_id, [])


def _told(changes: list[Change]) -> dict[UUID, list[Origin]]:
    names = dict(Member.objects.filter(id__in={each.actor_id for each in changes}).values_list("id", "name"))
    told: dict[UUID, list[Origin]] = {}
    for each in changes:
        who = names.get(each.actor_id, "") if each.actor_id else ""
        made = Origin(each.at, who, each.origin, each.before or {}, each.after or {}, each.action == "create")
        told.setdefault(each.record_id, []).append(made)
    return told
