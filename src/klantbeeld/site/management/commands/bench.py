"""`bench`: how fast the product is on a large database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klantbeeld.site.bench import report, running
from klantbeeld.site.bench.generating import NotOurDatabase, prepared
from klantbeeld.site.bench.scale import VERSION, Scale
from klantbeeld.site.bench.server import WORKERS, NotServing


class Command(BaseCommand):
    """Makes the database at the first run and measures, against real server processes."""

    help = "Measures speed and memory on a generated database of a million customers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scale", type=float, default=1.0, help="1 is a million customers")
        parser.add_argument("--rows", type=int, default=0, help="rows of the large import; as many as customers if 0")
        parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures to this file, too")
        parser.add_argument("--only", default="", help="measure only what has this in its name")
        parser.add_argument("--starts", action="store_true", help="measure a cold and a warm start of the demo, too")

    def handle(self, *args: Any, **options: Any) -> None:
        scale = Scale(options["scale"])
        try:
            facts = prepared(scale, self._tell)
            measured = running.run(scale, facts, self._tell, options["only"], options["rows"])
            if options["starts"]:
                running.measure_starts(measured, self._tell)
        except NotOurDatabase:
            raise CommandError("This database holds organisations of its own; give bench one for itself.") from None
        except NotServing as problem:
            raise CommandError(str(problem)) from None
        if options["json"]:
            about = {"generator": VERSION, "web_processes": WORKERS}
            found = report.as_json(scale.factor, measured.figures, measured.singles, about)
            options["json"].write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")

    def _tell(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
