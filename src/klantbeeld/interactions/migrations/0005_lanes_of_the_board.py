from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while people work: no table is locked."""

    atomic = False

    dependencies = [
        ('interactions', '0004_find_reminders'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='task',
            index=models.Index(fields=['tenant', 'owner', 'due_on', 'id'], name='task_by_owner_and_day'),
        ),
    ]
