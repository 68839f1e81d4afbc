"""What the sender may know across organisations: which of them have messages due, and nothing else."""

from django.conf import settings
from django.db.backends.utils import CursorWrapper

_DUE_TENANTS = """
CREATE OR REPLACE FUNCTION klantbeeld_tenants_with_webhooks_due(at_most integer) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT d.tenant_id FROM webhooks_delivery d JOIN webhooks_webhook w ON w.id = d.webhook_id
   WHERE d.state = 'waiting' AND d.due_at <= clock_timestamp() AND w.paused_at IS NULL
   GROUP BY d.tenant_id ORDER BY min(d.due_at) LIMIT at_most
$$;
REVOKE ALL ON FUNCTION klantbeeld_tenants_with_webhooks_due(integer) FROM PUBLIC;
"""


def open_the_deliveries(cursor: CursorWrapper) -> None:
    """Make the function, for the product's role alone."""
    cursor.execute(_DUE_TENANTS)
    cursor.execute(f"GRANT EXECUTE ON FUNCTION klantbeeld_tenants_with_webhooks_due(integer) TO {settings.APP_ROLE}")
