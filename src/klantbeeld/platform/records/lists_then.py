"""A list as it was at a moment: filter and order are asked of the records as they were."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.fields import FieldSet
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.kernel.errors import Invalid, Refused
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.as_of import Row, as_then, kept_fields, known, rows_then
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import PAGE_SIZE, context
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.ui import formats

# Each record is folded back by itself: this many take a second or two.
MOST = 5_000


@dataclass(frozen=True)
class PageThen:
    """A page of a list as it was, and how many records it held in all."""

    rows: list[Row]
    fields: dict[str, RecordField]
    total: int


def page_then(
    actor: Actor, record_type: RecordType, condition: Condition | None, sort: str, moment: datetime, number: int
) -> PageThen:
    """Page `number` (from 1) of the records that were there and met the condition, with the fields of the list.

    Raises BadCondition and Invalid as a list does; relations and what history doesn't keep can't be asked about.
    Raises Refused when the list holds too many records to be folded back.
    """
    fields = kept_fields(actor, record_type)
    ids = _candidates(actor, record_type, moment)
    order = _order(record_type, fields, sort)
    rows = record_type.model._default_manager.order_by(*order)
    if condition is not None:
        known_fields = FieldSet.of(fields.values(), [])
        conditions.check(condition, known_fields)
        rows = rows.filter(conditions.compile(condition, known_fields, context(actor, moment)))
    made = statements.statement(None, lambda: rows.values("pk"))
    found: list[UUID] = []
    if made is not None and ids:
        found = [row["pk"] for row in as_then(made, actor, record_type, ids, moment).rows({})]
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    by_id = {row["id"]: row for row in rows_then(actor, record_type, shown, moment)} if shown else {}
    columns = {name: fields[name] for name in record_type.list_columns(actor) if name in fields}
    return PageThen([by_id[each] for each in shown if each in by_id], columns, len(found))


def _candidates(actor: Actor, record_type: RecordType, moment: datetime) -> set[UUID]:
    there = set(record_type.rows(actor).order_by().values_list("pk", flat=True)[: MOST + 1])
    gone = Change.objects.filter(table=record_type.model._meta.db_table, action="delete", at__gt=moment)
    lost = set(gone.values_list("record_id", flat=True)[: MOST + 1])
    if len(there) + len(lost) > MOST:
        raise Refused(
            _("This list holds more than %(count)s records. Only smaller ones can be shown as they were.")
            % {"count": formats.number(MOST, actor.language)}
        )
    return there | known(actor, record_type, lost) if lost else there


def _order(record_type: RecordType, fields: dict[str, RecordField], text: str) -> tuple[Any, ...]:
    wanted = text or record_type.sort
    field = fields.get(wanted.removeprefix("-"))
    if field is None or not field.sortable:
        if text:
            raise Invalid({"sort": [_("This list can't be sorted by “%(name)s”.") % {"name": text[:60]}]})
        return ("-pk",)
    path = F(field.sort_path)
    return (path.desc(nulls_last=True) if wanted.startswith("-") else path.asc(nulls_last=True), "-pk")
