"""Where sessions began, the history of signing in, brakes on guessing, dates of invitations, service accounts."""

import django.db.models.deletion
import klantbeeld.platform.kernel.ids
import klantbeeld.platform.tenancy.models
import klantbeeld.platform.tenancy.scope
from django.db import migrations, models

# The table of Django's cache in the database, in which allauth counts requests.
MAKE_COUNT = """
CREATE TABLE people_count (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX people_count_expires ON people_count (expires);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0003_invitations'),
        ('tenancy', '0001_initial'),
    ]

    operations = [
        migrations.RunSQL(MAKE_COUNT, "DROP TABLE people_count"),
        migrations.CreateModel(
            name='Brake',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('failed_at', models.DateTimeField()),
                ('held_until', models.DateTimeField(null=True)),
            ],
            options={
                'verbose_name': 'brake on signing in',
                'verbose_name_plural': 'brakes on signing in',
            },
        ),
        migrations.AddField(
            model_name='member',
            name='invited_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='invited'),
        ),
        migrations.AddField(
            model_name='member',
            name='is_service',
            field=models.BooleanField(db_default=False, default=False, editable=False, verbose_name='service account'),
        ),
        migrations.AddField(
            model_name='session',
            name='address',
            field=models.GenericIPAddressField(null=True, verbose_name='IP address'),
        ),
        migrations.AddField(
            model_name='session',
            name='browser',
            field=models.CharField(blank=True, db_default='', default='', max_length=300, verbose_name='browser'),
        ),
        migrations.AddField(
            model_name='session',
            name='last_seen_at',
            field=models.DateTimeField(null=True, verbose_name='last seen'),
        ),
        migrations.AddField(
            model_name='session',
            name='organisation',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.tenant'),
        ),
        migrations.CreateModel(
            name='SignIn',
            fields=[
                ('id', models.UUIDField(default=klantbeeld.platform.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('outcome', models.CharField(choices=[('in', 'signed in'), ('wrong_password', 'wrong password'), ('wrong_code', 'wrong code'), ('held', 'too many attempts'), ('shut_out', 'may not come in'), ('elsewhere', 'single sign-on is required')], max_length=20, verbose_name='outcome')),
                ('how', models.CharField(blank=True, max_length=60, verbose_name='how')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='IP address')),
                ('browser', models.CharField(blank=True, max_length=300, verbose_name='browser')),
                ('member', klantbeeld.platform.tenancy.models.TenantForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='people.member', verbose_name='colleague')),
                ('tenant', models.ForeignKey(db_constraint=False, db_index=False, default=klantbeeld.platform.tenancy.scope.current_tenant_id, editable=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenancy.tenant')),
            ],
            options={
                'verbose_name': 'sign-in',
                'verbose_name_plural': 'sign-ins',
                'indexes': [models.Index(fields=['tenant', 'at'], name='sign_in_at'), models.Index(fields=['tenant', 'member', 'at'], name='sign_in_of_member')],
            },
        ),
    ]
