"""Bring ledger and customers in line with orders that were deleted, cancelled, moved or dated anew before that was
followed by itself. Touches only what is wrong, so it takes no longer than reading the tables once."""

from django.db import migrations

ENTRIES_WITHOUT_ORDER = """
DELETE FROM interactions_interaction i WHERE i.source = 'orders' AND NOT EXISTS (
  SELECT FROM commerce_order o
   WHERE o.tenant_id = i.tenant_id AND o.id::text = i.source_id AND o.customer_id IS NOT NULL)
"""
ENTRIES_THAT_SAY_SOMETHING_ELSE = """
UPDATE interactions_interaction i SET customer_id = o.customer_id, at = o.placed_at, summary = o.number,
       direction = CASE o.kind WHEN 'credit_note' THEN 'out' ELSE 'in' END
  FROM commerce_order o
 WHERE i.source = 'orders' AND o.tenant_id = i.tenant_id AND o.id::text = i.source_id
   AND (i.customer_id, i.at, i.summary, i.direction) IS DISTINCT FROM
       (o.customer_id, o.placed_at, o.number, CASE o.kind WHEN 'credit_note' THEN 'out' ELSE 'in' END)
"""
STANDING = """
UPDATE customers_customer c SET order_count = s.n, last_order_at = s.at, revenue = s.revenue
  FROM (SELECT k.id, count(o.id) FILTER (WHERE o.kind = 'order') AS n, max(o.placed_at) AS at,
               round(coalesce(sum(o.total), 0), 2) AS revenue
          FROM customers_customer k LEFT JOIN commerce_order o
            ON o.tenant_id = k.tenant_id AND o.customer_id = k.id AND o.status <> 'cancelled'
         GROUP BY k.id) s
 WHERE c.id = s.id AND (c.order_count, c.last_order_at, c.revenue) IS DISTINCT FROM (s.n, s.at, s.revenue)
"""
LAST_CONTACT = """
UPDATE customers_customer c SET last_contact_at = s.at, last_contact_channel = coalesce(s.channel, '')
  FROM (SELECT k.id, l.at, l.channel
          FROM customers_customer k LEFT JOIN LATERAL (
               SELECT i.at, i.channel FROM interactions_interaction i
                WHERE i.tenant_id = k.tenant_id AND i.customer_id = k.id AND i.channel NOT IN ('note', 'task')
                ORDER BY i.at DESC, i.id DESC LIMIT 1) l ON true
         WHERE k.last_contact_channel = 'order') s
 WHERE c.id = s.id AND c.last_contact_at IS DISTINCT FROM s.at
"""


class Migration(migrations.Migration):
    dependencies = [
        ("commerce", "0001_initial"),
        ("customers", "0001_initial"),
        ("interactions", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (ENTRIES_WITHOUT_ORDER, ENTRIES_THAT_SAY_SOMETHING_ELSE, STANDING, LAST_CONTACT)
    ]
