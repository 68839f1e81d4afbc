"""`demo_files`: what the demo is imported from, written while its database is still being made."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from klantbeeld.site.demo.files import write_ahead


class Command(BaseCommand):
    """Needs no database. `demo_data` writes the files itself when they aren't there."""

    help = "Writes the files that demo_data imports."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        write_ahead(settings.DATA / "demo", timezone.now())
