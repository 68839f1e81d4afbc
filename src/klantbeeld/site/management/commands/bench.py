"""`bench`: how fast the product is on a large database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klantbeeld.site.bench.generating import NotOurDatabase, prepared
from klantbeeld.site.bench.scale import Scale


class Command(BaseCommand):
    """Makes the database at the first run and measures, against real server processes."""

    help = "Measures speed and memory on a generated database of a million customers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="1 is a million customers")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = Scale(options["scale"])
        try:
            facts = prepared(scale, self.stderr.write)
        except NotOurDatabase:
            raise CommandError("This database holds organisations of its own; give bench one for itself.") from None
        print(facts)
