"""`migrate`, always as the owner of the tables, and always followed by sealing."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, transaction

from klantbeeld.platform.tenancy import sealing


class Command(Migrate):
    """Django's migrate on the owner's connection; afterwards isolation is brought in line with the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        options["database"] = "owner"
        super().handle(*args, **options)
        with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
            sealing.seal(cursor)
