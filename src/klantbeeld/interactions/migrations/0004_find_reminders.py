from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while people work: no table is locked."""

    atomic = False

    dependencies = [
        ('interactions', '0003_reminders'),
    ]

    operations = [
        AddIndexConcurrently(
            model_name='task',
            index=models.Index(condition=models.Q(('done_at', None), ('remind_at__isnull', False)), fields=['tenant', 'remind_at'], name='task_to_recall'),
        ),
        AddIndexConcurrently(
            model_name='task',
            index=models.Index(condition=models.Q(('repeat_of__isnull', False)), fields=['tenant', 'repeat_of'], name='task_repeated'),
        ),
    ]
