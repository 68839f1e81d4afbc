"""Everything that reading a file into records needs, in one value that can be sent to another process."""

from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.records.bulk import BulkWriter, Drafter, Given
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.cells import reader_of
from klantbeeld.platform.transfer.reading import Dialect


@dataclass(frozen=True)
class MappedColumn:
    """The column at `index` goes into the field `name`; `decimal` and `date` are the styles in which it is written, and
    `is_code` says that it holds codes or numbers, whatever the field takes."""

    index: int
    name: str
    decimal: str = "point"
    date: str = "ymd"
    is_code: bool = False


@dataclass(frozen=True)
class Plan:
    """How a file becomes records. `run` names the import in what it writes, `key` the field that recognises records."""

    record_type: str
    path: Path
    dialect: Dialect
    columns: tuple[MappedColumn, ...]
    key: str
    actor: Actor
    fields: dict[str, RecordField]
    language: str = "en"
    run: str = ""
    headers: tuple[str, ...] = ()

    def bulk(self) -> BulkWriter:
        """The type's writer."""
        declared = registry.get(self.record_type)
        return declared.bulk(declared, self.actor, self.fields, self.run)

    def drafter(self, bulk: BulkWriter) -> Drafter:
        """What turns cells into records."""
        timezone = ZoneInfo(self.actor.timezone)
        given = []
        for each in self.columns:
            field = bulk.fields[each.name]
            read = reader_of(field, each.decimal, each.date, timezone, each.is_code)
            given.append(Given(each.index, field, read))
        return Drafter(bulk, given, self.key)
