"""`make_client`: the types of the Python client, from the API's own description."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from klantbeeld.platform.api.client.generating import render

TARGET = Path(settings.SOURCE).parents[1] / "clients" / "python" / "klantbeeld_client" / "records.py"


class Command(BaseCommand):
    """Writes `clients/python/klantbeeld_client/records.py`."""

    help = "Makes the types of the Python client anew, after a record type or the API has changed."

    def handle(self, *args: Any, **options: Any) -> None:
        TARGET.write_text(render(), encoding="utf-8")
        self.stdout.write(f"{TARGET.name} is up to date.")
