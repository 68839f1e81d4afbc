"""Questions that only the application itself can answer. Run as `python -m klantbeeld.site.cli.django_checks`.

Prints one JSON list of findings. Kept apart, so that `doctor` still answers when the application can't even be loaded.
"""

import smtplib
import sys
from collections.abc import Iterator

from klantbeeld.site.cli.diagnosis import Finding, Level, as_json

_SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
_SECONDS = 5


def check_application() -> Iterator[Finding]:
    """Findings about migrations and mail, by the settings of the installation."""
    import django

    django.setup()
    yield _check_migrations()
    yield _check_mail()


def _check_migrations() -> Finding:
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor
    from django.db.utils import Error

    connection = connections["owner" if "owner" in connections else "default"]
    try:
        executor = MigrationExecutor(connection)
    except Error as error:
        return Finding(Level.BAD, "migrations", f"can't be looked at: {error}", "Mend the database first.")
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        mend = "The next start applies them; or: ./klantbeeld manage migrate"
        return Finding(Level.BAD, "migrations", f"{len(waiting)} are not applied", mend)
    return Finding(Level.OK, "migrations", "all applied")


def _check_mail() -> Finding:
    from django.conf import settings

    if settings.EMAIL_BACKEND != _SMTP_BACKEND:
        found = f"goes to {settings.EMAIL_BACKEND.rpartition('.')[2]}, not to people"
        return Finding(Level.WARN, "mail", found, "Unset KLANTBEELD_EMAIL_BACKEND to send mail.")
    server = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        with smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=_SECONDS) as connection:
            connection.noop()
    except (OSError, smtplib.SMTPException) as error:
        mend = "Set KLANTBEELD_SMTP_HOST, _PORT, _USER, _PASSWORD and _TLS to your mail server's."
        return Finding(Level.WARN, "mail", f"the mail server {server} does not answer: {error}", mend)
    return Finding(Level.OK, "mail", f"{server} answers; mail is sent as {settings.DEFAULT_FROM_EMAIL}")


if __name__ == "__main__":
    sys.stdout.write(as_json(check_application()) + "\n")
