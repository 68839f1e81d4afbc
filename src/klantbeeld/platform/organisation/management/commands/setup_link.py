"""`setup_link`: prints the one-time link with which the first (or another) organisation is made."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse

from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.organisation.actions.make_set_up_link import make_set_up_link
from klantbeeld.platform.organisation.hosts import BadHost, clean_hosts
from klantbeeld.platform.tenancy.models import Tenant


class Command(BaseCommand):
    """Prints the link on standard output, and nothing else."""

    help = "Prints a link, valid for 24 hours and for one use, to the page that makes an organisation and its owner."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--base", required=True, help="where people reach this installation: https://crm.example.org"
        )
        parser.add_argument("--if-needed", action="store_true", help="print nothing when there is an organisation")
        parser.add_argument("--new", action="store_true", help="make another organisation beside those that exist")
        parser.add_argument(
            "--hosts",
            action="append",
            default=[],
            metavar="SHORTNAME=HOST,HOST",
            help="first give an existing organisation these host names",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        base = options["base"].rstrip("/")
        if not base.startswith(("http://", "https://")):
            raise CommandError("--base must begin with http:// or https://")
        if options["if_needed"] and Tenant.objects.exists():
            return
        try:
            with transaction.atomic():
                for given in options["hosts"]:
                    _give_hosts(given)
                secret = make_set_up_link(another=options["new"])
        except Invalid as problem:
            raise CommandError(str(problem)) from None
        self.stdout.write(base + reverse("organisation:set_up", args=[secret]))


def _give_hosts(given: str) -> None:
    slug, _sign, names = given.partition("=")
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        raise CommandError(f"There is no organisation with the short name {slug!r}.")
    try:
        tenant.hosts = clean_hosts(names.replace(",", " "))
    except BadHost as problem:
        raise CommandError(str(problem)) from None
    tenant.save(update_fields=["hosts"])
