"""`demo_data`: an organisation with real orders, to look at and try things on."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from klantbeeld.platform.access.actor import system
from klantbeeld.platform.jobs.public import JobState
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.public import Import, import_here, resume_here
from klantbeeld.site.demo import company, files, retail


class Command(BaseCommand):
    """May be stopped at any moment: run again, it goes on with what is missing, and does nothing when all is there."""

    help = "Fills the demo organisation with the Online Retail data, by way of the importer."

    def handle(self, *args: Any, **options: Any) -> None:
        begun = time.monotonic()
        tenant = company.founded()
        with entered(Scope(tenant.id, origin="demo")):
            missing = [step for step in files.STEPS if not _is_done(step)]
            if missing:
                self._fill(tenant, missing)
        self.stdout.write(f"The demo is complete ({time.monotonic() - begun:.1f} s).")

    def _fill(self, tenant: Tenant, missing: list[str]) -> None:
        folder = settings.DATA / "demo"
        shift = retail.shift_to(tenant.created_at)
        if not files.take_over(folder, shift):
            self.stdout.write("Reading the Online Retail data")
            files.write(folder, shift, missing)
        for step in missing:
            self.stdout.write(f"Importing {step}", ending="")
            self.stdout.flush()
            begun = time.monotonic()
            done = _import(tenant, step, folder / f"{step}.csv")
            counts = done.report
            self.stdout.write(f": {counts['created']} in {time.monotonic() - begun:.1f} s")
            if counts["refused"]:
                raise CommandError(f"{counts['refused']} {step} were refused: {counts['problems'][:3]}")
            (folder / f"{step}.csv").unlink(missing_ok=True)


def _latest(step: str) -> Import | None:
    return Import.objects.filter(file_name=f"{step}.csv", record_type=step, member=None).order_by("-created_at").first()


def _is_done(step: str) -> bool:
    latest = _latest(step)
    return latest is not None and latest.job is not None and latest.job.state == JobState.DONE


def _import(tenant: Tenant, step: str, path: Path) -> Import:
    actor = system(tenant)
    latest = _latest(step)
    # One that was broken off goes on from its last committed row: it must not be begun anew.
    done = resume_here(latest) if latest and latest.job else import_here(actor, step, path)
    if done.job is None or done.job.state != JobState.DONE:
        raise CommandError(f"The import of {step} failed: {done.job and done.job.error}")
    return done
