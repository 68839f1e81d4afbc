"""Reading records for every surface: one query for a page of rows, as dictionaries, through both gates."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, F, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.own_ids import points_to
from klantbeeld.platform.conditions.public import Condition, Context, Kind
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import own_links, statements
from klantbeeld.platform.records.bulk.among import Among
from klantbeeld.platform.records.columns import dictionaries
from klantbeeld.platform.records.counting import Count, count
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.own_values import own_value
from klantbeeld.platform.records.paging import Cursor, Order, Part, decode, slice_after
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Gap

PAGE_SIZE = 50


@dataclass(frozen=True)
class Query:
    """What a list shows: a condition, an order, a place to start. All of it comes from outside.

    `within` is a link and an id: only the rows that point there. It says what a condition could say, too; but the
    lists on a record's page are the same statement for every record.
    """

    condition: Condition | None = None
    sort: str = ""
    cursor: str = ""
    size: int = PAGE_SIZE
    within: tuple[str, UUID] | None = None


@dataclass(frozen=True)
class Page:
    """A page of rows. `next` and `previous` are cursors, empty at the ends."""

    rows: list[dict[str, Any]]
    fields: Mapping[str, RecordField]
    order: Order
    next: str = ""
    previous: str = ""


def context(actor: Actor, now: datetime | None = None) -> Context:
    """What relative conditions are relative to, for this actor."""
    return Context(
        now=now or timezone.now(),
        timezone=ZoneInfo(actor.timezone),
        member_id=actor.member_id,
        team_member_ids=tuple(actor.colleagues),
    )


def matching(
    actor: Actor,
    record_type: RecordType,
    condition: Condition | None,
    action: str = "read",
    at: datetime | None = None,
) -> "QuerySet[Any]":
    """The rows on which `actor` may do `action` and that meet the condition, as it is to be understood at the moment
    `at` (now).

    Raises BadCondition when it asks about what isn't there or may not be read.
    """
    rows = record_type.rows(actor, action)
    if condition is None:
        return rows
    fields = record_type.field_set(actor)
    conditions.check(condition, fields)
    return rows.filter(conditions.compile(condition, fields, context(actor, at)))


def order_of(actor: Actor, record_type: RecordType, text: str) -> Order:
    """The order for "name" or "-name". Raises Invalid for a field that isn't there, hidden, or can't be sorted by."""
    readable = record_type.readable(actor)
    wanted = text or record_type.sort
    name = wanted.removeprefix("-")
    found = readable.get(name)
    if found is not None and found.sortable:
        return Order(name, found.sort_path, wanted.startswith("-"))
    if not text:
        # The type's own order is over a field that this actor may not read.
        return Order("id", "id", descending=True)
    raise Invalid({"sort": [_("This list can't be sorted by “%(name)s”.") % {"name": name[:60]}]})


def page(actor: Actor, record_type: RecordType, query: Query, names: Iterable[str]) -> Page:
    """A page of the fields in `names` that may be read. Raises BadCondition, BadCursor or Invalid on bad input, and
    NotFoundHere for a link to be `within` that may not be read."""
    order = order_of(actor, record_type, query.sort)
    readable = record_type.readable(actor)
    shown = {name: readable[name] for name in names if name in readable}
    column: Any = record_type.model._meta.get_field(order.path)
    cursor = decode(query.cursor, column) if query.cursor else None
    link, linked_to = query.within or ("", None)
    if link and link not in readable:
        raise NotFoundHere
    key = statements.key_of(actor, record_type, query.condition, tuple(shown), order.path, link)

    def fetch(part: Part, value: Any, row_id: UUID | None) -> list[dict[str, Any]]:
        def build() -> "QuerySet[Any, Any]":
            paths, labels = selected(actor, record_type, shown, order.path)
            rows = dictionaries(matching(actor, record_type, query.condition), paths, labels)
            if link:
                rows = rows.filter(points_to(readable[link].path, readable[link].json, Gap("link")))
            return part.of(rows, Gap("value"), Gap("id"))

        return statements.rows(key and (key, part), build, {"value": value, "id": row_id, "link": linked_to})

    found, more = slice_after(fetch, order, cursor, query.size, column.null)
    backward = cursor is not None and cursor.backward
    has_next = more if not backward else True
    has_previous = (cursor is not None) if not backward else more
    return Page(
        rows=found,
        fields=shown,
        order=order,
        next=_cursor(found, -1, order, backward=False) if has_next else "",
        previous=_cursor(found, 0, order, backward=True) if has_previous else "",
    )


def one(actor: Actor, record_type: RecordType, record_id: UUID, names: Iterable[str] | None = None) -> dict[str, Any]:
    """One record's readable fields: those in `names`, or all. Raises NotFoundHere when this actor has none such."""
    readable = record_type.readable(actor)
    shown = readable if names is None else {name: readable[name] for name in names if name in readable}

    def build() -> "QuerySet[Any, Any]":
        paths, labels = selected(actor, record_type, shown, "id")
        return dictionaries(record_type.rows(actor).filter(pk=Gap("id")), paths, labels)

    key = statements.key_of(actor, record_type, None, "one", tuple(shown))
    found = statements.rows(key, build, {"id": record_id}, prepared=True)
    if not found:
        raise NotFoundHere
    return found[0]


def some(actor: Actor, record_type: RecordType, ids: Collection[UUID], names: Iterable[str]) -> list[dict[str, Any]]:
    """Those of the records with these ids that may be read, in no order, with the readable fields in `names`."""
    readable = record_type.readable(actor)
    shown = {name: readable[name] for name in names if name in readable}

    def build() -> "QuerySet[Any, Any]":
        paths, labels = selected(actor, record_type, shown, "id")
        return dictionaries(record_type.rows(actor).filter(Among("id", Gap("ids"), "uuid")), paths, labels)

    key = statements.key_of(actor, record_type, None, "some", tuple(shown))
    return statements.rows(key, build, {"ids": list(ids)}, prepared=True)


def reaches(actor: Actor, record_type: RecordType, action: str, record_id: UUID) -> bool:
    """Whether this actor may do `action` on a record that they can read."""
    if actor.grants.reach(record_type.slug, action) >= actor.grants.reach(record_type.slug, "read"):
        return True
    return record_type.rows(actor, action).filter(pk=record_id).exists()


def number(actor: Actor, record_type: RecordType, condition: Condition | None) -> Count:
    """How many rows there are that may be read and meet the condition. Raises BadCondition."""
    return count(
        statements.statement(
            statements.key_of(actor, record_type, condition, "number"),
            lambda: matching(actor, record_type, condition).order_by().values("pk"),
        )
    )


def select(
    actor: Actor, record_type: RecordType, rows: "QuerySet[Any]", shown: Mapping[str, RecordField], sort_path: str
) -> "QuerySet[Any, dict[str, Any]]":
    """The rows as dictionaries: "id", the sort column, each field's path, and `label_key` for links."""
    paths, labels = selected(actor, record_type, shown, sort_path)
    return rows.values(*paths, **labels)


def selected(
    actor: Actor, record_type: RecordType, shown: Mapping[str, RecordField], sort_path: str
) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The paths that `select` selects, and the expressions for the names of what links point to."""
    paths, labels = ["id", sort_path], {}
    readable = record_type.readable(actor)
    for each in shown.values():
        if each.computed is not None:
            labels[each.path] = each.computed.expression(actor)
            continue
        paths.append("custom" if each.json else f"{each.path}_id" if each.is_link else each.path)
        if each.is_link:
            labels[each.label_key] = label_of(actor, each)
        needed = (each.currency_field, *record_type.cell_needs.get(each.name, ()))
        paths += [name for name in needed if name and (name in readable or name not in record_type.fields)]
    title = readable.get(record_type.title)
    if title is not None:
        paths.append(title.path)
    return tuple(dict.fromkeys(paths)), labels


def label_of(actor: Actor, linked: RecordField) -> Any:
    """An expression for the name of what a field links to; NULL where the actor may not see that record."""
    if linked.kind is Kind.USER:
        return own_links.text_of(linked, Member.objects.all(), "name") if linked.json else F(f"{linked.path}__name")
    target = registry.find(linked.target or "")
    if target is None:
        return Value(None, output_field=CharField())
    return text_of(actor, linked, target.title)


def text_of(actor: Actor, linked: RecordField, title: str) -> Any:
    """An expression for the field `title` of the record that a link points to; NULL where the actor may not see it."""
    target = registry.get(linked.target or "")
    reach = gates.reach_filter(actor, "read", target)
    if reach is None or not gates.readable(actor, target, title):
        return Value(None, output_field=CharField())
    if linked.json:
        return own_links.text_of(linked, target.rows(actor), title)
    name = F(f"{linked.path}__{title}")
    if actor.grants.reach(target.slug, "read") is Reach.ALL:
        return name
    prefixed = Q(*((f"{linked.path}__{path}", value) for path, value in reach.children))  # type: ignore[misc]
    return Case(When(prefixed, then=name), default=Value(None), output_field=CharField())


def value_of(row: Mapping[str, Any], field: RecordField) -> Any:
    """A field's value in a row that `select` made; for a link the id."""
    if field.json:
        return own_value(field, row.get("custom"))
    return row[f"{field.path}_id" if field.is_link else field.path]


def _cursor(rows: list[dict[str, Any]], index: int, order: Order, backward: bool) -> str:
    if not rows:
        return ""
    row = rows[index]
    return Cursor(row[order.path], row["id"], backward).encoded()
