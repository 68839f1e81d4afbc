from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--base")
        parser.add_argument("--if-needed", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{options['base']}setup/once")
