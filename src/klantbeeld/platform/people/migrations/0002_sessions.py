"""Sessions get the account beside them. Those that there are go on: nobody has to sign in again."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """Copy the sessions that have not expired, each with the account that its data names."""
    using = schema_editor.connection.alias
    sessions, users = apps.get_model("people", "Session").objects.using(using), apps.get_model("people", "User")
    known = {str(key) for key in users.objects.using(using).values_list("pk", flat=True)}
    for old in apps.get_model("sessions", "Session").objects.using(using).all():
        # Data that our key didn't sign gives an empty session, as it did before.
        named = SessionStore().decode(old.session_data).get(SESSION_KEY)
        sessions.update_or_create(
            session_key=old.session_key,
            defaults={
                "session_data": old.session_data,
                "expire_date": old.expire_date,
                "user_id": named if named in known else None,
            },
        )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
