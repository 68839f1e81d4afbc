from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while people work: no table is locked."""

    atomic = False

    dependencies = [
        ('commerce', '0002_mend_standing'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='order',
            index=models.Index(fields=['tenant', 'status', 'placed_at', 'id'], name='order_by_status'),
        ),
    ]
