from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while people work: no table is locked."""

    atomic = False

    dependencies = [
        ('customers', '0002_find_parts_of_names'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=models.Index(fields=['tenant', 'stage', 'last_contact_at', 'id'], name='customer_by_stage'),
        ),
    ]
