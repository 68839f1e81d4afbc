"""`reindex`: builds the search index anew, organisation by organisation."""

from typing import Any

from django.core.management.base import BaseCommand

from klantbeeld.platform.search.rebuilding import rebuild
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered


class Command(BaseCommand):
    """Safe to run while people work, to stop and to run again: each batch is a transaction of its own."""

    help = "Builds the search index anew."

    def handle(self, *args: Any, **options: Any) -> None:
        for tenant in Tenant.objects.order_by("slug"):
            with entered(Scope(tenant.id, origin="reindex")):
                number = rebuild()
            self.stdout.write(f"{tenant.name}: {number}")
