"""Keeping the index: one statement for any number of records, in the transaction that wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, F, TextField, UUIDField, Value
from django.db.models.functions import Cast, Now

from klantbeeld.platform.records.bulk import uuid_array
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.search.searchable import Place, dependents, held_by_others, is_searchable, places
from klantbeeld.platform.search.words import CLASSES, PUNCTUATION, mark
from klantbeeld.platform.tenancy.scope import current_tenant_id

_LONGEST_FIELD = 400
_CLASS_ENDS = "\x01"
_DIALLING = " -/.()"

# Many records at once are put on the index's waiting list, which is searched, too, and which `tasks` sorts in.
_MANY = 1000
_PENDING_KILOBYTES = "65536"

# Only what differs is written. Moments within a day are as good as equal: without that, a number that is counted
# anew on every order would rewrite all indexes of the entry each time.
_UPSERT = """
WITH folded AS MATERIALIZED (
  SELECT e_record, e_owner, e_changed, {folded} AS words FROM ({rows}) found WHERE e_key = ANY (%(ids)s::uuid[])
), written AS (
  INSERT INTO search_entry AS kept (id, tenant_id, record_type, record_id, owner_id, title, tsv, updated_at)
  SELECT klantbeeld_search_id(%(slug)s, e_record), %(tenant)s, %(slug)s, e_record, e_owner,
         trim(replace(replace(split_part(words, %(ends)s, 1), '  ', ' '), '  ', ' ')), array_to_tsvector({lexemes}),
         e_changed
    FROM folded
  ON CONFLICT (id) DO UPDATE
     SET owner_id = excluded.owner_id, title = excluded.title, tsv = excluded.tsv, updated_at = excluded.updated_at
   WHERE (kept.owner_id, kept.title, kept.tsv) IS DISTINCT FROM (excluded.owner_id, excluded.title, excluded.tsv)
      OR excluded.updated_at > kept.updated_at + interval '1 day'
  -- What is new has no end of its former version: nothing can hold anything of it yet.
  RETURNING id, record_id, title, owner_id, xmax <> 0 AS was_there
), words AS (
  INSERT INTO search_word (id, tenant_id, word)
  SELECT gen_random_uuid(), %(tenant)s, w.word
    FROM (SELECT DISTINCT left(each, 60) AS word FROM written, string_to_table(title, ' ') each) w
   WHERE length(w.word) > 2 AND w.word !~ '[0-9]'
     AND NOT EXISTS (SELECT 1 FROM search_word known WHERE known.tenant_id = %(tenant)s AND known.word = w.word)
)
SELECT record_id FROM written WHERE was_there AND {telling}
"""
# The statement sees the entries as they were before it.
_SAME_TO_OTHERS = """
NOT coalesce((SELECT was.title = written.title AND was.owner_id IS NOT DISTINCT FROM written.owner_id
                FROM search_entry was WHERE was.id = written.id), false)
"""


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement that indexes records of one type, and the parameters that don't differ from call to call."""

    sql: str
    parameters: dict[str, Any]


def index(record_type: RecordType, ids: Sequence[UUID | str]) -> None:
    """Bring the index in line with records of one type that were written, and with what others hold of them.

    Deletions need no call: a trigger sees to them.
    """
    changed: Sequence[UUID | str] = _write(record_type, "id", ids) if is_searchable(record_type) else ids
    if not changed:
        return
    for other, link in dependents(record_type):
        _write(other, link, changed)


def _write(record_type: RecordType, key: str, ids: Sequence[UUID | str]) -> list[UUID]:
    """Index the records whose `key` (their own id, or a link) is among `ids`; returns those whose entry was there and
    changed in what the entries of other types hold of it."""
    made = _statement(record_type, key)
    tenant = current_tenant_id()
    given = {
        **made.parameters,
        "tenant": tenant,
        "ids": uuid_array(ids),
        **{f"mark{letter}": f" {mark(tenant, record_type.slug)}{letter}" for letter in CLASSES},
        **{f"bare{letter}": f"{mark(tenant, record_type.slug)}{letter}" for letter in CLASSES},
    }
    few = len(ids) < _MANY
    # The plan for a few isn't the one for thousands.
    with connection.prepared() if few else connection.cursor() as cursor:  # type: ignore[attr-defined]
        if not few:
            cursor.execute("SELECT set_config('gin_pending_list_limit', %s, true)", [_PENDING_KILOBYTES])
        cursor.execute(made.sql, given)
        return [row[0] for row in cursor.fetchall()]


@lru_cache(maxsize=256)
def _statement(record_type: RecordType, key: str) -> Statement:
    looked_at = places(record_type)
    expressions: dict[str, Any] = {f"e_{at}": Cast(place.path, TextField()) for at, place in enumerate(looked_at)}
    has_moment = any(column.name == "updated_at" for column in record_type.model._meta.concrete_fields)
    rows = (
        record_type.model._default_manager.order_by()
        .annotate(
            e_record=F("pk"),
            e_owner=Cast(record_type.owner, UUIDField()) if record_type.owner else Cast(Value(None), UUIDField()),
            e_changed=F("updated_at") if has_moment else Cast(Now(), DateTimeField()),
            e_key=F("pk") if key == "id" else F(f"{key}_id"),
            **expressions,
        )
        .values("e_record", "e_owner", "e_changed", "e_key", *expressions)
    )
    sql, positional = rows.query.sql_with_params()
    parameters: dict[str, Any] = {f"q{at}": value for at, value in enumerate(positional)}
    inner = sql % tuple(f"%({name})s" for name in parameters)
    parameters |= {"slug": record_type.slug, "ends": _CLASS_ENDS}
    parameters |= {f"sign{at}": sign for at, sign in enumerate(PUNCTUATION)}
    telling = _SAME_TO_OTHERS if held_by_others(record_type) <= {"title", "owner"} else "true"
    sql = _UPSERT.format(rows=inner, folded=_folded(record_type), lexemes=_lexemes(record_type), telling=telling)
    return Statement(sql, parameters)


def _folded(record_type: RecordType) -> str:
    """All texts of a row, folded at once, with a sign that nobody can type behind those of a class."""
    parts = []
    for letter in CLASSES:
        texts = [_text(at, place) for at, place in enumerate(places(record_type)) if place.letter == letter]
        parts.append(f"concat_ws(' ', {', '.join(texts)})" if texts else "''")
    made = f"lower(unaccent({' || %(ends)s || '.join(parts)}))"
    # A chain of replacements takes a fifth of the time of one translate().
    for at in range(len(PUNCTUATION)):
        made = f"replace({made}, %(sign{at})s, ' ')"
    return made


def _text(at: int, place: Place) -> str:
    text = f"left(e_{at}, {_LONGEST_FIELD})"
    if place.dialled:
        for sign in _DIALLING:
            text = f"replace({text}, '{sign}', '')"
    return text


def _lexemes(record_type: RecordType) -> str:
    """The array of lexemes of a row: each word behind the mark of its class, without the marks that got no word."""
    used = [
        (number, letter)
        for number, letter in enumerate(CLASSES, start=1)
        if any(place.letter == letter for place in places(record_type))
    ]
    marked = " || ".join(
        f"replace(' ' || split_part(words, %(ends)s, {number}), ' ', %(mark{letter})s)" for number, letter in used
    )
    array = f"string_to_array(ltrim({marked}), ' ')"
    for _number, letter in used:
        array = f"array_remove({array}, %(bare{letter})s)"
    return array
