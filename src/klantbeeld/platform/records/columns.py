"""Many columns of a table as one expression.

Django resolves, compiles and quotes each column of a query for itself, on every request: for a list of thirty columns
that is a good part of the answer's time. Plain columns of the table itself need none of it.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import Expression, Model, QuerySet, TextField
from django.db.models.query import ValuesListIterable


class Columns(Expression):
    """Plain columns, by name, and further expressions behind them. Only as the whole of what a query selects."""

    def __init__(self, model: type[Model], names: tuple[str, ...], further: Mapping[str, Any]) -> None:
        super().__init__(output_field=TextField())
        self.model = model
        self.names = names
        self.further_names = tuple(further)
        self.further = list(further.values())

    def get_source_expressions(self) -> list[Any]:
        return self.further

    def set_source_expressions(self, exprs: Any) -> None:
        self.further = list(exprs)

    def get_db_converters(self, connection: Any) -> list[Any]:
        return []

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        parts, params = [_quoted(self.model, self.names, compiler.query.get_initial_alias())], []
        for each in self.further:
            sql, its_params = compiler.compile(each)
            parts.append(sql)
            params.extend(its_params)
        return ", ".join(parts), tuple(params)


class _Dictionaries(ValuesListIterable):
    """Rows as dictionaries by the names in the one `Columns` that is selected."""

    def __iter__(self) -> Iterator[Any]:
        queryset: Any = self.queryset
        columns: Columns = queryset._hints["columns"]
        names = (*columns.names, *columns.further_names)
        kept = converters(columns.model, columns.names)
        for values in super().__iter__():
            row = dict(zip(names, values, strict=True))
            for name, convert in kept:
                row[name] = convert(row[name], None, connection)
            yield row


def dictionaries(
    rows: "QuerySet[Any]", names: tuple[str, ...], further: Mapping[str, Any]
) -> "QuerySet[Any, dict[str, Any]]":
    """The rows as dictionaries: what `rows.values(*names, **further)` gives, sooner.

    `names` are fields of the model itself (or `<link>_id`); raises FieldDoesNotExist for anything else.
    """
    columns = Columns(rows.model, names, further)
    selected: Any = rows.values_list(columns)
    selected._iterable_class = _Dictionaries
    selected._hints = {**selected._hints, "columns": columns}
    made: QuerySet[Any, dict[str, Any]] = selected
    return made


@lru_cache(maxsize=1024)
def _quoted(model: type[Model], names: tuple[str, ...], alias: str) -> str:
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    return ", ".join(f"{quote(alias)}.{quote(each.column)}" for each in fields)


@lru_cache(maxsize=1024)
def converters(model: type[Model], names: tuple[str, ...]) -> list[tuple[str, Any]]:
    """What turns a stored value into Python's, where the driver doesn't: of fields such as JSON."""
    fields: list[tuple[str, Any]] = [(name, model._meta.get_field(name)) for name in names]
    return [(name, convert) for name, each in fields for convert in each.get_db_converters(connection)]
