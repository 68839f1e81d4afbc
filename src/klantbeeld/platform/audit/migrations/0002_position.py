"""The order of changes: a column without a value in the rows that are there, so that no table is rewritten."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Func

from klantbeeld.platform.audit.position import FUNCTIONS


class Migration(migrations.Migration):

    atomic = False
    dependencies = [('audit', '0001_initial')]

    operations = [
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE audit_change ADD COLUMN position bigint NULL;'
                    'ALTER TABLE audit_change ALTER COLUMN position SET DEFAULT klantbeeld_position()',
                    'ALTER TABLE audit_change DROP COLUMN position',
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='change',
                    name='position',
                    field=models.BigIntegerField(
                        db_default=Func(function='klantbeeld_position', output_field=models.BigIntegerField()),
                        editable=False,
                        null=True,
                    ),
                ),
            ],
        ),
        AddIndexConcurrently(
            model_name='change',
            index=models.Index(
                condition=models.Q(('position__isnull', False)), fields=['tenant', 'position', 'id'], name='change_in_order'
            ),
        ),
    ]
