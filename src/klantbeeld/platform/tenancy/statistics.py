"""What the planner knows of a table, brought up to date on request.

After a large import it would otherwise take a table of half a million rows for a handful until autovacuum comes by.
Only the owner of a table may analyse it, and the product's role owns none: a function of the owner's does it, for
tables that belong to tenants and for no others.
"""

from django.conf import settings
from django.db import connection, models
from django.db.backends.utils import CursorWrapper

_FUNCTION = """
CREATE OR REPLACE FUNCTION klantbeeld_analyse(given text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_policies WHERE schemaname = 'public' AND tablename = given
                    AND policyname = 'own_tenant') THEN
    RAISE insufficient_privilege USING MESSAGE = format('%s is no table of tenants', given);
  END IF;
  EXECUTE format('ANALYZE public.%I', given);
END $$
"""


def put_on(cursor: CursorWrapper) -> None:
    """Make the function, for the product's role alone. `cursor` must be the owner's."""
    cursor.execute(_FUNCTION)
    cursor.execute("REVOKE ALL ON FUNCTION klantbeeld_analyse(text) FROM PUBLIC")
    cursor.execute(f"GRANT EXECUTE ON FUNCTION klantbeeld_analyse(text) TO {settings.APP_ROLE}")


def has_outgrown(model: type[models.Model], rows: int) -> bool:
    """Whether so many new rows are a good part of what the planner knows of: a tenth or more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        known: float = cursor.fetchone()[0]
    return rows * 10 >= known


def analyse(model: type[models.Model]) -> None:
    """Sample the model's table, rows of the current transaction included; takes well under a second.

    Raises ProgrammingError when the table doesn't belong to tenants.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT klantbeeld_analyse(%s)", [model._meta.db_table])
