"""Removing what is kept only for a while: files hold what is known of people."""

from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Q
from django.utils import timezone

from klantbeeld.platform.jobs.public import JobState
from klantbeeld.platform.tenancy.models import Tenant
from klantbeeld.platform.tenancy.scope import Scope, entered
from klantbeeld.platform.transfer.models import Export, Import

FOLDERS = ("imports", "refused", "exports")
ORPHANED_AFTER = timedelta(days=1)
"""A file that nothing refers to may be one that is just coming in; not after this."""

_AT_WORK = Q(job__state__in=[JobState.WAITING, JobState.RUNNING])


def remove_expired_files() -> None:
    """Remove the files of every organisation whose time is over, and those that nothing refers to. May be repeated."""
    kept: set[str] = set()
    for tenant_id in Tenant.objects.values_list("id", flat=True):
        with entered(Scope(tenant_id, origin="clean-up")):
            expire()
            kept |= _referred_to()
    for folder in FOLDERS:
        _sweep(folder, kept)


def expire() -> None:
    """Remove what this organisation's imports and exports don't need any more.

    A file that was imported goes at once, one that wasn't after `Import.KEPT`, and with it the refused rows and the
    values that were kept as examples; the file of an export goes when it expires.
    """
    for imported in Import.objects.filter(job__state=JobState.DONE).exclude(file=""):
        _forget(imported, "file")
    old = Import.objects.filter(created_at__lt=timezone.now() - Import.KEPT).exclude(_AT_WORK)
    for imported in old.exclude(file="", refused_file="", profile={}):
        default_storage.delete(imported.refused_name)
        imported.profile, imported.report, imported.checked = {}, _plain(imported.report), _plain(imported.checked)
        _forget(imported, "file", "refused_file")
    for export in Export.objects.filter(expires_at__lt=timezone.now()).exclude(file=""):
        _forget(export, "file")


def _forget(row: Import | Export, *names: str) -> None:
    for name in names:
        if getattr(row, name):
            default_storage.delete(getattr(row, name))
            setattr(row, name, "")
    row.save(update_fields=[*names, *(["profile", "report", "checked"] if isinstance(row, Import) else [])])


def _plain(report: dict[str, Any]) -> dict[str, Any]:
    """A report without the values of single rows."""
    problems = [{**each, "text": each["kind"], "examples": []} for each in report.get("problems", [])]
    return report | ({"problems": problems} if problems else {})


def _referred_to() -> set[str]:
    names = set(Export.objects.exclude(file="").values_list("file", flat=True))
    names |= set(Import.objects.exclude(file="").values_list("file", flat=True))
    recent = Import.objects.filter(Q(created_at__gte=timezone.now() - Import.KEPT) | _AT_WORK)
    return names | {each.refused_name for each in recent.only("id")}


def _sweep(folder: str, kept: set[str]) -> None:
    if not default_storage.exists(folder):
        return
    before = timezone.now() - ORPHANED_AFTER
    for each in default_storage.listdir(folder)[1]:
        name = f"{folder}/{each}"
        if name not in kept and default_storage.get_modified_time(name) < before:
            default_storage.delete(name)
