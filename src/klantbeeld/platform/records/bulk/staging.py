"""The table beside the table: rows arrive by COPY, and leave by one INSERT or UPDATE."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, models
from psycopg import sql

from klantbeeld.platform.kernel import clock
from klantbeeld.platform.records.bulk.encoding import COPY_OPTIONS, encoder_of, line
from klantbeeld.platform.tenancy.scope import current_tenant_id

PLACE = "place__"


@dataclass(frozen=True)
class Linked:
    """A link in "staged": the column `given` says by what the other record goes, and the temporary table `table` which
    record that is. It goes into `column`, or into the own values under the key `own`."""

    given: str
    table: str
    column: str = ""
    own: str = ""


def load(name: str, columns: Mapping[str, str], data: bytes) -> None:
    """Make the temporary table `name` with columns of these types, and COPY `data` into it.

    It goes with the transaction.
    """
    made = sql.SQL(", ").join(sql.SQL("{} {}").format(sql.Identifier(each), sql.SQL(columns[each])) for each in columns)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS pg_temp.{}").format(sql.Identifier(name)))
        cursor.execute(sql.SQL("CREATE TEMP TABLE {} ({}) ON COMMIT DROP").format(sql.Identifier(name), made))
        connection.tell_scope()  # type: ignore[attr-defined]
        command = sql.SQL("COPY {} FROM STDIN " + COPY_OPTIONS).format(sql.Identifier(name))
        with connection.connection.cursor().copy(command) as copy:
            copy.write(data)


def types(columns: "Sequence[models.Field[Any, Any]]") -> dict[str, str]:
    """PostgreSQL's types of the columns by name, without limits: those were looked at before."""
    return {_name(each): _type(each) for each in columns}


def _name(column: "models.Field[Any, Any]") -> str:
    return str(column.column)


def _type(column: "models.Field[Any, Any]") -> str:
    if isinstance(column, models.CharField):
        return "text"
    return str(column.rel_db_type(connection) if column.primary_key else column.db_type(connection))


def load_links(name: str, pairs: Mapping[str, UUID]) -> None:
    """A temporary table of what each text in a link column stands for."""
    load(name, {"given": "text", "id": "uuid"}, "".join(line([text, str(pairs[text])]) for text in pairs).encode())


def insert(
    model: type[models.Model],
    varying: "Sequence[models.Field[Any, Any]]",
    links: Sequence[Linked],
    constants: Mapping[str, Any],
    places: Sequence[int] | None = None,
) -> list[int]:
    """Move rows from "staged" into the model's table; the places of those that stand there already.

    `constants` maps columns to the value that all rows get, or those that have no link.
    With `places` only those rows are moved.
    """
    made, values = _insert(model, varying, links, constants)
    query = sql.SQL(
        "WITH moved AS ({made}{chosen} ON CONFLICT DO NOTHING RETURNING id)"
        " SELECT s.{place} FROM staged s LEFT JOIN moved m ON m.id = s.id{chosen2} m.id IS NULL"
    ).format(
        made=made,
        place=sql.Identifier(PLACE),
        chosen=sql.SQL("" if places is None else f" WHERE s.{PLACE} = ANY(%s)"),
        chosen2=sql.SQL(" WHERE" if places is None else f" WHERE s.{PLACE} = ANY(%s) AND"),
    )
    chosen = [] if places is None else [list(places)]
    with connection.cursor() as cursor:
        cursor.execute(query, [*values, *chosen, *chosen])
        return [place for (place,) in cursor.fetchall()]


def insert_all(
    model: type[models.Model],
    varying: "Sequence[models.Field[Any, Any]]",
    links: Sequence[Linked],
    constants: Mapping[str, Any],
) -> None:
    """`insert` when nothing should stand there already. Raises IntegrityError when something does."""
    made, values = _insert(model, varying, links, constants)
    # In the order of the file, in which the identifiers ascend: joins leave another one, and indexes would be written
    # to all over.
    with connection.cursor() as cursor:
        cursor.execute(made + sql.SQL(" ORDER BY s.{}").format(sql.Identifier(PLACE)), values)


def _insert(
    model: type[models.Model],
    varying: "Sequence[models.Field[Any, Any]]",
    links: Sequence[Linked],
    constants: Mapping[str, Any],
) -> tuple[sql.Composed, list[Any]]:
    names = [_name(each) for each in varying]
    columns = [each for each in links if each.column]
    own = [each for each in links if each.own]
    fixed = _fixed(model, {*names, *(each.column for each in columns)}, constants)
    values = [_with_own(name, own) if name == "custom" else _staged(name) for name in names]
    values += [
        sql.SQL("coalesce({}.id, {}::uuid)").format(sql.Identifier(each.table), sql.Placeholder()) for each in columns
    ]
    values += [sql.SQL("{}::{}").format(sql.Placeholder(), sql.SQL(kind)) for _column, kind, _value in fixed]
    joins = [
        sql.SQL(" LEFT JOIN {t} ON {t}.given = s.{c}").format(
            t=sql.Identifier(each.table), c=sql.Identifier(each.given)
        )
        for each in links
    ]
    targets = [*names, *(each.column for each in columns), *(name for name, _kind, _value in fixed)]
    made = sql.SQL("INSERT INTO {table} ({targets}) SELECT {values} FROM staged s{joins}").format(
        table=sql.Identifier(model._meta.db_table),
        targets=sql.SQL(", ").join(map(sql.Identifier, targets)),
        values=sql.SQL(", ").join(values),
        joins=sql.SQL("").join(joins),
    )
    unlinked = [constants.get(each.column) for each in columns]
    return made, [*unlinked, *(value for _column, _kind, value in fixed)]


def _staged(name: str) -> sql.Composed:
    return sql.SQL("s.{}").format(sql.Identifier(name))


def _with_own(name: str, own: Sequence[Linked]) -> sql.Composed:
    """The own values of a staged row, with those links added that it has."""
    if not own:
        return _staged(name)
    pairs = [sql.SQL("{}, {}.id").format(sql.Literal(each.own), sql.Identifier(each.table)) for each in own]
    return sql.SQL("{} || jsonb_strip_nulls(jsonb_build_object({}))").format(_staged(name), sql.SQL(", ").join(pairs))


def _fixed(model: type[models.Model], taken: set[str], constants: Mapping[str, Any]) -> list[tuple[str, str, Any]]:
    made = []
    for each in model._meta.concrete_fields:
        if _name(each) not in taken and not each.has_db_default():
            value = constants.get(each.attname)
            if getattr(each, "auto_now", False) or getattr(each, "auto_now_add", False):
                value = clock.now()
            elif each.name == "tenant":
                value = current_tenant_id()
            made.append((_name(each), _type(each), each.get_db_prep_save(value, connection)))
    return made


def leave_out(places: Collection[int]) -> None:
    """Take rows out of "staged"."""
    if places:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM staged WHERE {PLACE} = ANY(%s)", [list(places)])  # noqa: S608 - a constant


def update(model: type[models.Model], columns: "Sequence[models.Field[Any, Any]]", instances: Iterable[Any]) -> None:
    """Write these columns of the instances, in one statement."""
    key: Any = model._meta.pk
    written = [key, *columns]
    encoders = [(each.attname, encoder_of(each)) for each in written]
    rows = (
        line([encode(getattr(one, name)) if encode else getattr(one, name) for name, encode in encoders])
        for one in instances
    )
    load("mended", types(written), "".join(rows).encode())
    sets = [sql.SQL("{c} = m.{c}").format(c=sql.Identifier(_name(each))) for each in columns]
    query = sql.SQL("UPDATE {} t SET {} FROM mended m WHERE t.id = m.id").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sets)
    )
    with connection.cursor() as cursor:
        cursor.execute(query)


def add(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows, given as the values of the attributes `names`; those that stand there already are left alone."""
    columns = [each for name in names for each in model._meta.concrete_fields if each.attname == name]
    encoders = [encoder_of(each) for each in columns]
    made = (
        line([encode(value) if encode else value for encode, value in zip(encoders, row, strict=True)]) for row in rows
    )
    load("added", types(columns), "".join(made).encode())
    fixed = _fixed(model, {_name(each) for each in columns}, _defaults(model))
    given = [sql.Identifier(_name(each)) for each in columns]
    query = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM added ON CONFLICT DO NOTHING").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join([*given, *(sql.Identifier(name) for name, _kind, _value in fixed)]),
        sql.SQL(", ").join(
            [*given, *(sql.SQL("{}::{}").format(sql.Placeholder(), sql.SQL(kind)) for _name, kind, _value in fixed)]
        ),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [value for _column, _kind, value in fixed])


def insert_beside(
    model: type[models.Model], columns: "Sequence[models.Field[Any, Any]]", link: str, whole: bool
) -> None:
    """Move rows from "beside" into the model's table, where the record that `link` points to was inserted.

    With `whole` all of them were, and none of these rows can be there yet: raises IntegrityError when one is.
    """
    fixed = _fixed(model, {_name(each) for each in columns}, _defaults(model))
    names = [_name(each) for each in columns]
    values: list[sql.Composed] = [sql.SQL("b.{}").format(sql.Identifier(name)) for name in names]
    values += [sql.SQL("{}::{}").format(sql.Placeholder(), sql.SQL(kind)) for _column, kind, _value in fixed]
    chosen = sql.SQL("" if whole else " JOIN staged s ON s.id = b.{} ON CONFLICT DO NOTHING")
    query = sql.SQL("INSERT INTO {} ({}) SELECT {} FROM beside b{}").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(map(sql.Identifier, [*names, *(name for name, _kind, _value in fixed)])),
        sql.SQL(", ").join(values),
        chosen if whole else chosen.format(sql.Identifier(link)),
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [value for _column, _kind, value in fixed])


def _defaults(model: type[models.Model]) -> dict[str, Any]:
    return {
        each.attname: ""
        if each.empty_strings_allowed and not each.null and not each.has_default()
        else each.get_default()
        for each in model._meta.concrete_fields
        if not each.primary_key and each.name != "tenant"
    }
