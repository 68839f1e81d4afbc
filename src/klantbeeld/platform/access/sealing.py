"""The function with which a person's organisations are found across the border between organisations."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

_FUNCTION = """
CREATE OR REPLACE FUNCTION klantbeeld_organisations_of(account uuid)
RETURNS TABLE (id uuid, name varchar, hosts varchar[]) LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT t.id, t.name, t.hosts
    FROM people_member m JOIN tenancy_tenant t ON t.id = m.tenant_id
   WHERE m.user_id = account AND m.active
   ORDER BY t.name, t.id
$$;
REVOKE ALL ON FUNCTION klantbeeld_organisations_of(uuid) FROM PUBLIC;
"""


def make_function(cursor: CursorWrapper) -> None:
    """The sealing step that puts the function into the database."""
    cursor.execute(_FUNCTION)
    cursor.execute(f"GRANT EXECUTE ON FUNCTION klantbeeld_organisations_of(uuid) TO {settings.APP_ROLE}")
