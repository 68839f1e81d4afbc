"""`missing_translations`: fails when a text has no Dutch; with `--add` puts such texts into the catalogues."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from klantbeeld.platform.ui.catalogues import add_missing, missing

LANGUAGE = "nl"


class Command(BaseCommand):
    """Lists the texts without a translation by file and line; none is a success."""

    help = "Finds texts that have no translation."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", action="store_true", help="put them into the catalogues, to be translated there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["add"]:
            self.stdout.write(f"{add_missing(LANGUAGE)} texts wait for a translation.")
            return
        absent = missing(LANGUAGE)
        for asked in absent:
            self.stdout.write(f"{asked.path}:{asked.line}: {asked.key[1]!r}")
        if absent:
            raise CommandError(f"{len(absent)} texts have no Dutch translation.")
