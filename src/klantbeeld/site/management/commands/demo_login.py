"""`demo_login`: how to sign in to the demo, for people and for scripts."""

import json
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from klantbeeld.platform.access.actor import Actor, of_user
from klantbeeld.platform.api.public import create_token
from klantbeeld.platform.people.models import User
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.site.demo import company


class Command(BaseCommand):
    """Makes a password and an API token once; they are kept in the data folder, readable by its owner only."""

    help = "Prints how to sign in to the demo organisation."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="one line for a program")

    def handle(self, *args: Any, **options: Any) -> None:
        tenant = Tenant.objects.filter(slug=company.SLUG).first()
        if tenant is None:
            raise CommandError("There is no demo organisation yet; run demo_data first.")
        with entered(Scope(tenant.id, origin="demo")):
            login = _kept() or _made(tenant)
        if options["json"]:
            self.stdout.write(json.dumps(login))
        else:
            self.stdout.write(f"Sign in as {login['user']} with the password {login['password']}")


def _file() -> Path:
    return Path(settings.DATA) / "demo.json"


def _kept() -> dict[str, str] | None:
    try:
        login: dict[str, str] = json.loads(_file().read_text())
    except (OSError, ValueError):
        return None
    user = User.objects.filter(email=login.get("user", "")).first()
    return login if user is not None and user.check_password(login.get("password", "")) else None


def _made(tenant: Tenant) -> dict[str, str]:
    user = User.objects.get(email=company.OWNER)
    password = secrets.token_urlsafe(12)
    user.set_password(password)
    user.save(update_fields=["password"])
    actor: Actor | None = of_user(tenant, user.id)
    if actor is None:
        raise CommandError("The owner of the demo organisation may not sign in any more.")
    _token, text = create_token(actor, "Demo", ["*"])
    login = {"user": user.email, "password": password, "token": text}
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        json.dump(login, stream)
    return login
