from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    """Built while people work: no table is locked."""

    atomic = False

    dependencies = [
        ('customers', '0001_initial'),
        ('search', '0001_initial'),  # makes the extension
    ]

    operations = [
        AddIndexConcurrently(
            model_name='customer',
            index=GinIndex(OpClass('name', 'gin_trgm_ops'), name='customer_name_parts'),
        ),
    ]
