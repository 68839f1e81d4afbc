"""The triggers that write history. Statement triggers with transition tables: one INSERT per statement, not per row,
so that an import of a million rows is recorded, too, without slowing to a crawl."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from klantbeeld.platform.audit.models import AppendOnly, Change
from klantbeeld.platform.tenancy.models import InTenant
from klantbeeld.platform.tenancy.sealing import tenant_models

_WHO = (
    "clock_timestamp(), TG_TABLE_NAME, NULLIF(current_setting('klantbeeld.actor', true), '')::uuid,"
    " COALESCE(current_setting('klantbeeld.origin', true), '')"
)
_COLUMNS = 'tenant_id, record_id, action, at, "table", actor_id, origin, before, after'

# Looked up once for a statement: for each of a million rows it would take longer than writing them.
FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION klantbeeld_record_create() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  who uuid := NULLIF(current_setting('klantbeeld.actor', true), '')::uuid;
  whence text := COALESCE(current_setting('klantbeeld.origin', true), '');
  of_what text := TG_TABLE_NAME;
BEGIN
  INSERT INTO audit_change ({_COLUMNS})
  SELECT n.tenant_id, n.id, 'create', moment, of_what, who, whence, NULL, NULL FROM new_rows n;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION klantbeeld_record_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_change ({_COLUMNS})
  SELECT o.tenant_id, o.id, 'delete', {_WHO}, to_jsonb(o), NULL FROM old_rows o;
  RETURN NULL;
END $$;
"""  # noqa: S608 - constants of this module only

# The plan of a trigger is kept for the connection: made for an update of one row, it must still do for ten thousand.
# Each table has a function of its own, which knows its columns: most updates by the thousand are of derived columns
# alone, or of a single one, and turning whole rows into JSON to compare them takes ten times as long as comparing the
# columns and writing down those that differ.
_CHANGE = """
CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SET enable_nestloop = off AS $$
BEGIN
  INSERT INTO audit_change ({columns})
  SELECT n.tenant_id, n.id, 'change', {who},
         ('{{' || substr({before}, 2) || '}}')::jsonb, ('{{' || substr({after}, 2) || '}}')::jsonb
    FROM old_rows o JOIN new_rows n USING (tenant_id, id)
   WHERE ({old}) IS DISTINCT FROM ({new});
  RETURN NULL;
END $$;
"""
_MOST_ARGUMENTS = 50


def put_on(cursor: CursorWrapper) -> None:
    """Give every recorded table its three triggers and every append-only one that of deletions, and keep history and
    the append-only tables as they are written: from the product's role the right to change them is taken."""
    cursor.execute(FUNCTIONS)
    for model in tenant_models():
        table = model._meta.db_table
        if issubclass(model, AppendOnly):
            cursor.execute(f'REVOKE UPDATE, TRUNCATE ON "{table}" FROM {settings.APP_ROLE}')
        if model.recorded or issubclass(model, AppendOnly):
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER record_delete AFTER DELETE ON "{table}" REFERENCING OLD TABLE AS old_rows'
                f" FOR EACH STATEMENT EXECUTE FUNCTION klantbeeld_record_delete()"
            )
        if not model.recorded:
            continue
        function = _change_function(cursor, model)
        cursor.execute(
            f'CREATE OR REPLACE TRIGGER record_create AFTER INSERT ON "{table}" REFERENCING NEW TABLE AS new_rows'
            f" FOR EACH STATEMENT EXECUTE FUNCTION klantbeeld_record_create();"
            f'CREATE OR REPLACE TRIGGER record_change AFTER UPDATE ON "{table}"'
            f" REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
        )
    cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {Change._meta.db_table} FROM {settings.APP_ROLE}")


def _change_function(cursor: CursorWrapper, model: type[InTenant]) -> str:
    """Make the function that records changes of this table's rows; returns its name."""
    table = model._meta.db_table
    cursor.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attname <> ALL (%s) ORDER BY attnum",
        [f'"{table}"', ["updated_at", *model.unrecorded]],
    )
    told = [name for (name,) in cursor.fetchall()]
    function = f'"klantbeeld_record_change_{table[:38]}"'
    sides = {side: ", ".join(f'{letter}."{name}"' for name in told) for side, letter in (("old", "o"), ("new", "n"))}
    told_of = {"before": _differing(told, "o"), "after": _differing(told, "n")}
    cursor.execute(_CHANGE.format(function=function, columns=_COLUMNS, who=_WHO, **sides, **told_of))
    return function


def _differing(names: list[str], side: str) -> str:
    """SQL for the members of a JSON object, each with a comma in front: the columns in which two rows differ."""
    members = [
        f"""CASE WHEN o."{name}" IS DISTINCT FROM n."{name}" THEN ',"{name}":' || """
        f"""coalesce(to_json({side}."{name}")::text, 'null') END"""
        for name in names
    ]
    parts = [members[at : at + _MOST_ARGUMENTS] for at in range(0, len(members), _MOST_ARGUMENTS)]
    return " || ".join(f"concat({', '.join(part)})" for part in parts)
