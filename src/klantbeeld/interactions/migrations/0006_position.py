"""The order of changes: a column without a value in the rows that are there, so that no table is rewritten."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Func


class Migration(migrations.Migration):

    atomic = False
    dependencies = [('interactions', '0005_lanes_of_the_board'), ('audit', '0002_position')]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    'ALTER TABLE interactions_interaction ADD COLUMN position bigint NULL;'
                    'ALTER TABLE interactions_interaction ALTER COLUMN position SET DEFAULT klantbeeld_position()',
                    'ALTER TABLE interactions_interaction DROP COLUMN position',
                ),
            ],
            state_operations=[
                migrations.AddField(
                    model_name='interaction',
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
            model_name='interaction',
            index=models.Index(
                condition=models.Q(('position__isnull', False)), fields=['tenant', 'position', 'id'], name='interaction_in_order'
            ),
        ),
    ]
