"""What a bulk change would do, before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.access.grants import Reach
from klantbeeld.platform.bulk_changes.instruction import How, Instruction
from klantbeeld.platform.bulk_changes.selection import Selection
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import title_of
from klantbeeld.platform.records.writing import value_in

SHOWN = 6


@dataclass(frozen=True)
class Line:
    """One record as it would be; `problem` says why it would be refused."""

    id: UUID
    title: str
    before: str = ""
    after: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Preview:
    """Of `total` picked records so many would change, have it so already (`same`), or can't be touched (`barred`, and
    `why`). `sample` are the first that would change."""

    total: int
    changing: int
    same: int = 0
    barred: int = 0
    why: str = ""
    sample: list[Line] = field(default_factory=list)


def preview(actor: Actor, record_type: RecordType, selection: Selection, order: Instruction | None) -> Preview:
    """What following `order` would do, or without one deleting.

    Raises Invalid when the first records all refuse the value, BadCondition when what was picked can't be understood.
    """
    action = "change" if order else "delete"
    total = selection.rows(actor, record_type).count()
    reached = selection.rows(actor, record_type, action)
    if actor.grants.reach(record_type.slug, action) > actor.grants.reach(record_type.slug, "read"):
        reached = reached.filter(pk__in=record_type.rows(actor).values("pk"))
    may = reached.count()
    having = Q(pk__in=()) if order is None else _having(order)
    same = reached.filter(having).count() if order else 0
    found = _first(selection.rows(actor, record_type), reached, having, order)
    sample = _sample(actor, record_type, found, order)
    why = _why(actor, record_type, action) if may < total else ""
    return Preview(total, may - same, same, max(total - may, 0), why, sample)


def _why(actor: Actor, record_type: RecordType, action: str) -> str:
    reach = actor.grants.reach(record_type.slug, action)
    if reach is Reach.TEAM:
        return _("they belong to people outside your team")
    return _("they belong to somebody else") if reach is Reach.OWN else _("your role doesn’t allow it")


def _having(order: Instruction) -> Q:
    """The records that have it so already, as far as that can be asked."""
    path = f"custom__{order.field.path}" if order.field.json else order.field.path
    if order.how is How.SPREAD:
        return Q(pk__in=())
    if order.how is How.ADD:
        return Q(**{f"{path}__contains": order.value})
    if order.how is How.REMOVE:
        return _without(order, path)
    if order.field.json and order.value is None:
        return ~Q(custom__has_key=order.field.path)
    return Q(**{f"{path}__isnull": True}) if order.value is None else Q(**{path: order.value})


def _without(order: Instruction, path: str) -> Q:
    if not order.field.json:
        return ~Q(**{f"{path}__overlap": order.value}) | Q(**{f"{path}__isnull": True})
    found = ~Q(custom__has_key=order.field.path)
    having = Q()
    for each in order.value:
        having |= Q(**{f"{path}__contains": [each]})
    return found | ~having


def _first(
    picked: "QuerySet[Any]", reached: "QuerySet[Any]", having: Q, order: Instruction | None
) -> list[tuple[int, Any]]:
    """The first records that would change, with their place. Only in dealing out does the place matter."""
    if order is None or order.how is not How.SPREAD:
        return list(
            enumerate(reached.exclude(having).order_by("pk")[:SHOWN] if order else reached.order_by("pk")[:SHOWN])
        )
    ids = list(picked.order_by("pk").values_list("pk", flat=True)[:SHOWN])
    known = {one.pk: one for one in reached.filter(pk__in=ids)}
    return [(place, known[record_id]) for place, record_id in enumerate(ids) if record_id in known]


def _sample(
    actor: Actor, record_type: RecordType, found: Sequence[tuple[int, Any]], order: Instruction | None
) -> list[Line]:
    ids = [one.pk for _place, one in found]
    readable = reading.some(actor, record_type, ids, [record_type.title]) if ids else []
    titles = {row["id"]: title_of(actor, record_type, row) for row in readable}
    if order is None:
        return [Line(one.pk, titles[one.pk]) for _place, one in found if one.pk in titles]
    made = _changed(actor, record_type, found, order)
    refused = {problem for _before, _after, problem in made if problem}
    if made and len(refused) == 1 and all(problem for _before, _after, problem in made):
        raise Invalid({order.field.name: [refused.pop()]})
    reader = Reader(actor)
    return [
        Line(one.pk, titles[one.pk], words(order.field, reader, before), words(order.field, reader, after), problem)
        for (_place, one), (before, after, problem) in zip(found, made, strict=True)
        if one.pk in titles
    ]


def _changed(
    actor: Actor, record_type: RecordType, found: Sequence[tuple[int, Any]], order: Instruction
) -> list[tuple[Any, Any, str]]:
    """The value of each before and after, or why it would be refused. Nothing is stored."""
    bulk = record_type.bulk(record_type, actor, {order.field.name: order.field}, "")
    made = []
    for place, one in found:
        before, problem = value_in(one, order.field), ""
        try:
            bulk.writer.put(one, order.field, order.applied(before, place))
            if not bulk.stands_alone(order.field):
                bulk.complete(one, {order.field.name}, False)
                bulk.writer.check(one)
        except Invalid as refused:
            problem = " ".join(str(text) for texts in refused.errors.values() for text in texts)
        made.append((before, value_in(one, order.field), problem))
    return made
