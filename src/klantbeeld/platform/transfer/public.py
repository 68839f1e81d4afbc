"""What others use of imports and exports."""

from pathlib import Path

from django.core.files import File
from django.db import transaction

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.jobs.public import Job, prepare, run_here, start
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.cleaning import remove_expired_files
from klantbeeld.platform.transfer.exporting import ask
from klantbeeld.platform.transfer.models import Import
from klantbeeld.platform.transfer.uploading import may_import, receive

__all__ = [
    "Import",
    "ask",
    "check",
    "import_here",
    "may_import",
    "prepare_here",
    "receive",
    "remove_expired_files",
    "resume_here",
    "run",
    "undo",
]


def run(actor: Actor, imported: Import) -> Job:
    """Queue an import; it goes on after a crash from where it was."""
    imported.job = start(actor, "import", imported.file_name, {"import": str(imported.id)})
    imported.save(update_fields=["job"])
    return imported.job


def check(actor: Actor, imported: Import) -> Job:
    """Queue a trial: what the import would do."""
    imported.check_job = start(actor, "check", imported.file_name, {"import": str(imported.id)})
    imported.save(update_fields=["check_job"])
    return imported.check_job


def import_here(actor: Actor, record_type: str, path: Path, key: str | None = None) -> Import:
    """Import a file with the suggested mapping, in this process and at once. Raises Refused.

    `key` is the field by which records are recognised; without it the best that has a column.
    """
    with path.open("rb") as file:
        imported = receive(actor, registry.get(record_type), File(file), path.name)
    if key is not None:
        imported.key = key
    return resume_here(prepare_here(actor, imported))


def prepare_here(actor: Actor, imported: Import) -> Import:
    """Store an import with a job that no worker will pick up, for `resume_here`."""
    with transaction.atomic():
        imported.job = prepare(actor, "import", imported.file_name, {"import": str(imported.id)})
        imported.save()
    return imported


def resume_here(imported: Import) -> Import:
    """Go on with an import in this process, from where it was when it was broken off; one that ended stays as it is."""
    if imported.job is not None:
        run_here(imported.job)
    return Import.objects.select_related("job").get(id=imported.id)


def undo(actor: Actor, imported: Import) -> Job:
    """Queue the undoing of an import."""
    imported.undo_job = start(actor, "undo", imported.file_name, {"import": str(imported.id)})
    imported.save(update_fields=["undo_job"])
    return imported.undo_job
