"""Records as they were at a moment: today's rows, or those that were deleted since, with later changes taken off.

The rights of today decide: who may read a record now, or could read it when it was deleted, sees what it was, without
the fields that are hidden from them. What follows from other records (`unrecorded`) isn't in history, and so isn't
shown at all.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.audit.models import Change
from klantbeeld.platform.conditions.public import Kind
from klantbeeld.platform.kernel.errors import NotFoundHere, Refused
from klantbeeld.platform.people.models import Member
from klantbeeld.platform.records import statements
from klantbeeld.platform.records.bulk.among import Among, uuid_array
from klantbeeld.platform.records.columns import dictionaries
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.past import among_deleted, last_deletions
from klantbeeld.platform.records.reading import selected, value_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.records.statements import Statement

Row = dict[str, Any]

# The table as it was, for these ids, under the table's own name. The first creation or deletion after the moment says
# whether a record was there, and a deletion what it was; each column has what its first change since replaced.
_THEN = """
WITH {table} AS (
SELECT p.*
  FROM unnest(%s::uuid[]) w(id)
  LEFT JOIN {table} r ON r.id = w.id
  LEFT JOIN LATERAL (
       SELECT c.id, c.action, c.before FROM audit_change c
        WHERE c.tenant_id = %s AND c.record_id = w.id AND c."table" = %s AND c.action <> 'change' AND c.at > %s
        ORDER BY c.id LIMIT 1) e ON true
 CROSS JOIN LATERAL (
       SELECT CASE WHEN e.action = 'delete' THEN e.before WHEN e.action IS NULL THEN to_jsonb(r) END AS row) b
 CROSS JOIN LATERAL (
       SELECT coalesce(jsonb_object_agg(o.key, o.value), '{{}}') AS row
         FROM (SELECT DISTINCT ON (each.key) each.key, each.value
                 FROM audit_change c CROSS JOIN LATERAL jsonb_each(c.before) each
                WHERE c.tenant_id = %s AND c.record_id = w.id AND c."table" = %s AND c.action = 'change' AND c.at > %s
                  AND (e.id IS NULL OR c.id < e.id)
                ORDER BY each.key, c.id) o) f
 CROSS JOIN LATERAL jsonb_populate_record(NULL::{table}, (b.row || f.row) - %s::text[]) p
 WHERE b.row IS NOT NULL AND coalesce((b.row ->> 'created_at')::timestamptz <= %s, true))
"""


def moment_of(actor: Actor, text: str) -> datetime:
    """The moment that an address means: the end of a day, or a time on the actor's clock; never later than now.

    Raises Refused when it is neither.
    """
    zone = ZoneInfo(actor.timezone)
    try:
        if len(text) == 10:
            given = datetime.combine(date.fromisoformat(text) + timedelta(days=1), time(), zone)
        else:
            given = datetime.fromisoformat(text)
            given = given if given.tzinfo else given.replace(tzinfo=zone)
        return min(given, timezone.now())
    except (ValueError, OverflowError):
        why = _("“%(given)s” is not a day. Give one as 2026-03-01.") % {"given": text[:40]}
        raise Refused(why) from None


def kept_fields(actor: Actor, record_type: RecordType) -> dict[str, RecordField]:
    """The fields that history knows and that the actor may read."""
    unrecorded = _unrecorded(record_type)
    return {
        name: replace(each, sort_path=each.path if each.sort_path in unrecorded else each.sort_path)
        for name, each in record_type.readable(actor).items()
        if each.path not in unrecorded and each.computed is None
    }


def known(actor: Actor, record_type: RecordType, ids: Collection[UUID]) -> set[UUID]:
    """Those of these records of which the actor may see what they were: by today's rights."""
    model = record_type.model
    found = set(record_type.rows(actor).filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
    there = set(model._default_manager.filter(Among("pk", ids, "uuid")).values_list("pk", flat=True))
    gone = last_deletions(model, [each for each in ids if each not in there])
    return found | among_deleted(actor, record_type, gone.values()).keys()


def rows_then(
    actor: Actor, record_type: RecordType, ids: Collection[UUID], moment: datetime, labels: bool = True
) -> list[Row]:
    """The records among these that were there at a moment and that the actor may see, as `reading.one` gives them;
    with `labels` also the names, then, of what they linked to."""
    allowed = known(actor, record_type, ids)
    if not allowed:
        return []
    fields = kept_fields(actor, record_type)
    unrecorded = _unrecorded(record_type)
    paths = tuple(each for each in selected(actor, record_type, fields, "id")[0] if each not in unrecorded)
    made = statements.statement(
        None, lambda: dictionaries(record_type.model._default_manager.order_by("-pk"), paths, {})
    )
    found = [] if made is None else as_then(made, actor, record_type, allowed, moment).rows({})
    if labels:
        _name_links(actor, fields, found, moment)
    return found


def one_then(actor: Actor, record_type: RecordType, record_id: UUID, moment: datetime) -> Row | None:
    """A record as it was; None when it wasn't there. Raises NotFoundHere when this actor may not know of it."""
    if not known(actor, record_type, [record_id]):
        raise NotFoundHere
    return next(iter(rows_then(actor, record_type, [record_id], moment)), None)


def as_then(
    made: Statement, actor: Actor, record_type: RecordType, ids: Collection[UUID], moment: datetime
) -> Statement:
    """A statement over a type's table, asked of these records as they were. The gates aren't in it: `ids` are to be
    `known` to the actor."""
    table = record_type.model._meta.db_table
    of = (actor.tenant.id, table, moment)
    then = (uuid_array(ids), *of, *of, sorted(_unrecorded(record_type)), moment)
    sql = _THEN.format(table=connection.ops.quote_name(table)) + made.sql
    return replace(made, sql=sql, params=(*then, *made.params))


def linked_then(
    actor: Actor, record_type: RecordType, link: RecordField, to: UUID, moment: datetime, most: int
) -> list[Row] | None:
    """The records that pointed to another then, the newest first; None when more than `most` come into question."""
    column, pointed = (f"custom__{link.path}", str(to)) if link.json else (f"{link.path}_id", to)
    now = record_type.stored().filter(**{column: pointed}).values_list("pk", flat=True)[: most + 1]
    since = Change.objects.filter(
        table=record_type.model._meta.db_table, at__gt=moment, **{f"before__{column}": str(to)}
    ).values_list("record_id", flat=True)
    ids = {*now, *since.distinct()[: most + 1]}
    if len(ids) > most:
        return None
    return [row for row in rows_then(actor, record_type, ids, moment) if value_of(row, link) == to]


def _unrecorded(record_type: RecordType) -> set[str]:
    return {"updated_at", *record_type.model.unrecorded}  # type: ignore[attr-defined]


def _name_links(actor: Actor, fields: Mapping[str, RecordField], rows: list[Row], moment: datetime) -> None:
    for field in fields.values():
        if not field.is_link:
            continue
        keys = {key for row in rows if (key := value_of(row, field))}
        names = _names(actor, field, keys, moment) if keys else {}
        for row in rows:
            row[field.label_key] = names.get(value_of(row, field))


def _names(actor: Actor, field: RecordField, keys: set[UUID], moment: datetime) -> dict[UUID, Any]:
    if field.kind is Kind.USER:
        return dict(Member.objects.filter(Among("pk", keys, "uuid")).values_list("id", "name"))
    target = registry.find(field.target or "")
    title = kept_fields(actor, target).get(target.title) if target is not None else None
    if target is None or title is None:
        return {}
    return {row["id"]: row[title.path] for row in rows_then(actor, target, keys, moment, labels=False)}
