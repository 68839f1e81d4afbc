"""The statements of lists, worked out once and kept.

Building a query set, resolving it and compiling it takes Django longer than PostgreSQL takes to answer it. A list is
asked for again and again by the same people with the same columns, filter and order; only the place where a page
starts differs. So what was compiled is kept, with a gap where that place goes.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Expression, Model, QuerySet, TextField

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.customfields.public import version_of_fields
from klantbeeld.platform.records.columns import Columns, converters

KEPT = 1_000  # a few kilobytes each


class Gap(Expression):
    """A place in a statement whose value is given when it runs."""

    def __init__(self, name: str) -> None:
        super().__init__(output_field=TextField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)


@dataclass(frozen=True, slots=True)
class Statement:
    """A compiled query: its text, parameters (some of them gaps), and the names and converters of its columns."""

    sql: str
    params: tuple[Any, ...]
    names: tuple[str, ...] = ()
    converters: tuple[tuple[str, Callable[..., Any], Any], ...] = ()

    def rows(self, given: Mapping[str, Any], prepared: bool = False) -> list[dict[str, Any]]:
        """Run it with the gaps filled from `given`, `prepared` if its plan is to be kept; each row as a dictionary."""
        with connection.prepared() if prepared else connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute(self.sql, [given[each.name] if isinstance(each, Gap) else each for each in self.params])
            found = [dict(zip(self.names, values, strict=True)) for values in cursor.fetchall()]
        for name, convert, expression in self.converters:
            for row in found:
                row[name] = convert(row[name], expression, connection)
        return found


_kept: dict[Hashable, Statement | None] = {}


def statement(key: Hashable | None, build: "Callable[[], QuerySet[Any, Any]]") -> Statement | None:
    """The statement of the query set that `build` makes, kept under `key` unless that is None.

    None for a query that can't have rows. `key` must hold all that `build` depends on: see `key_of`.
    """
    if key is None:
        return _compiled(build())
    try:
        return _kept[key]
    except KeyError:
        made = _compiled(build())
    while len(_kept) >= KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = made
    return made


def rows(
    key: Hashable | None,
    build: "Callable[[], QuerySet[Any, Any]]",
    given: Mapping[str, Any],
    prepared: bool = False,
) -> list[dict[str, Any]]:
    """The rows of the query set that `build` makes (`values` or `columns.dictionaries`), with `given` in its gaps.

    `prepared` is for queries of which the best plan is always the same: the server keeps it, too.
    """
    made = statement(key, build)
    return [] if made is None else made.rows(given, prepared)


def instances(
    model: type[Model], key: Hashable | None, build: "Callable[[], QuerySet[Any, Any]]", given: Mapping[str, Any]
) -> list[Model]:
    """The instances of the query set that `build` makes, which selects whole records of `model`, with `given` in its
    gaps. The server keeps the plan."""
    found = rows(key, build, given, prepared=True)
    return [model.from_db(connection.alias, [*row], [*row.values()]) for row in found]


def key_of(actor: Actor, record_type: Hashable, condition: Condition | None = None, *more: Hashable) -> Hashable | None:
    """All that decides what a statement over a record type looks like for this actor; None if time does, too."""
    if condition is not None and conditions.moves(condition):
        return None
    rights = (actor.tenant.id, actor.member_id, actor.colleagues, actor.timezone, actor.grants.fingerprint)
    # The text of a condition tells 1 from True, which are equal.
    return (record_type, rights, version_of_fields(), repr(condition), *more)


def _compiled(rows: "QuerySet[Any, Any]") -> Statement | None:
    try:
        compiler: Any = rows.query.get_compiler(rows.db)
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    columns: Columns | None = rows._hints.get("columns")  # type: ignore[attr-defined]
    if columns is not None:
        names = (*columns.names, *columns.further_names)
        plain = tuple((name, convert, None) for name, convert in converters(columns.model, columns.names))
        return Statement(sql, tuple(params), names, plain)
    names = tuple(rows.query.selected or [each.attname for each in rows.model._meta.concrete_fields])
    found = compiler.get_converters(expression for expression, _sql, _alias in compiler.select)
    each = tuple((names[at], convert, of) for at, (several, of) in found.items() for convert in several)
    return Statement(sql, tuple(params), names, each)
