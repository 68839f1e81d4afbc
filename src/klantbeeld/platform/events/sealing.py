"""What the dispatcher may know across organisations: which of them have events due, and nothing else."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

# Owned by the owner of the tables, so the policy doesn't bind it; it gives away ids of organisations only.
_DUE_TENANTS = """
CREATE OR REPLACE FUNCTION klantbeeld_due_tenants(at_most integer) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT tenant_id FROM events_outbox WHERE failed_at IS NULL AND due_at <= clock_timestamp() GROUP BY tenant_id
   ORDER BY min(due_at) LIMIT at_most
$$;
REVOKE ALL ON FUNCTION klantbeeld_due_tenants(integer) FROM PUBLIC;
"""


def open_the_dispatch(cursor: CursorWrapper) -> None:
    """Make the function, for the product's role alone."""
    cursor.execute(_DUE_TENANTS)
    cursor.execute(f"GRANT EXECUTE ON FUNCTION klantbeeld_due_tenants(integer) TO {settings.APP_ROLE}")
