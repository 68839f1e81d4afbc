"""Lists as files: asked for, written in the background, kept for a week, for nobody but who asked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import Condition
from klantbeeld.platform.jobs.acting import actor_of
from klantbeeld.platform.jobs.public import Progress, job, start
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.ids import uuid7
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.models import Export
from klantbeeld.platform.transfer.table import Table
from klantbeeld.platform.transfer.writing_files import write_csv, write_xlsx

KEPT = timedelta(days=7)
REPORTED_EVERY = 5000
_WRITERS = {"csv": write_csv, "xlsx": write_xlsx}


def ask(
    actor: Actor,
    record_type: RecordType,
    file_format: str,
    condition: Mapping[str, Any] | None = None,
    columns: Sequence[str] = (),
    sort: str = "",
    ids: Sequence[UUID] | None = None,
) -> Export:
    """Queue an export of the rows that meet `condition` (its JSON), or those of them with these ids, with these
    columns: all readable ones when empty.

    Raises NotAllowed without the right to export, and Invalid or BadCondition for what can't be asked.
    """
    made = _prepared(actor, record_type, file_format, condition, columns, sort)
    made.ids = None if ids is None else list(ids)
    made.job = start(actor, "export", made.file_name, {"export": str(made.id)})
    made.save()
    return made


def _prepared(
    actor: Actor,
    record_type: RecordType,
    file_format: str,
    condition: Mapping[str, Any] | None,
    columns: Sequence[str],
    sort: str,
) -> Export:
    if file_format not in _WRITERS:
        raise Invalid({"format": [_("Choose CSV or Excel.")]})
    names = list(columns) or list(record_type.readable(actor))
    Table(actor, record_type, _parsed(condition), names, sort)
    day = timezone.localdate().isoformat()
    return Export(
        record_type=record_type.slug,
        condition=condition,
        columns=names,
        sort=sort,
        format=file_format,
        file_name=f"{record_type.slug}-{day}.{file_format}",
        member_id=actor.member_id,
        expires_at=timezone.now() + KEPT,
    )


def _parsed(condition: Mapping[str, Any] | None) -> Condition | None:
    return conditions.parse(condition) if condition else None


@job("export")
def run_export(progress: Progress) -> None:
    """Write the file; after a crash from the beginning, since what was written is worth little."""
    export = Export.objects.get(id=progress.job.arguments["export"])
    actor = actor_of(progress.job.member_id)
    record_type = registry.get(export.record_type)
    table = Table(actor, record_type, _parsed(export.condition), export.columns, export.sort, export.ids)
    # A name of this run's own: another run that went further may be writing, too.
    name = f"exports/{uuid7()}.{export.format}"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        progress.report(0, table.rows.count())
        _WRITERS[export.format](path, table.headers(), _reported(table, progress))
        export.file, export.rows = name, progress.job.done
        export.save(update_fields=["file", "rows"])
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _reported(table: Table, progress: Progress) -> Iterator[Sequence[Any]]:
    count = 0
    for count, row in enumerate(table, start=1):
        if count % REPORTED_EVERY == 0:
            progress.report(count)
        yield row
    progress.report(count, count)
