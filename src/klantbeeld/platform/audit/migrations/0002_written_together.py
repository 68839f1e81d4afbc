from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        # Without a value for what is there, so that no row is written again.
        migrations.AddField(model_name="change", name="transaction", field=models.BigIntegerField(null=True)),
    ]
