"""What somebody probably looks for before they typed anything: their records that changed last."""

from django.db import connection

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.owning import knows_owner
from klantbeeld.platform.search.finding import Candidate, Hit, verified
from klantbeeld.platform.search.searchable import searchable_types

_OWN = """
SELECT e.record_type, e.record_id FROM unnest(%s::text[]) t (slug) CROSS JOIN LATERAL (
  SELECT s.record_type, s.record_id, s.updated_at FROM search_entry s
   WHERE s.tenant_id = %s AND s.record_type = t.slug AND s.owner_id = %s ORDER BY s.updated_at DESC LIMIT %s) e
 ORDER BY e.updated_at DESC LIMIT %s
"""


def recent(actor: Actor, limit: int) -> list[Hit]:
    """At most `limit` records that the actor owns and may see, those changed last first. Of kinds of which they may not
    know the owner there are none: that something is listed here would say whose it is."""
    slugs = [each.slug for each in searchable_types() if knows_owner(actor, each)]
    with connection.cursor() as cursor:
        cursor.execute(_OWN, [slugs, actor.tenant.id, actor.member_id, limit, limit])
        candidates = [Candidate(slug, record, 0) for slug, record in cursor.fetchall()]
    return verified(actor, candidates, limit)
