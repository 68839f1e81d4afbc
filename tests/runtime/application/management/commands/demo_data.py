from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        User.objects.get_or_create(username="demo")
        self.stdout.write("The demo organisation is there")
