from django.contrib.postgres.indexes import BrinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("audit", "0002_position")]

    operations = [
        AddIndexConcurrently(
            model_name="change",
            index=models.Index(
                fields=["tenant", "table", "id"], name="change_deletions", condition=models.Q(action="delete")
            ),
        ),
        AddIndexConcurrently(
            model_name="change", index=BrinIndex(fields=["at"], name="change_by_time", autosummarize=True)
        ),
    ]
