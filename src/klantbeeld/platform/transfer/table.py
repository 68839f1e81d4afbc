"""Records as rows of a file, through both gates, as many as there are and never all at once."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Condition, Kind
from klantbeeld.platform.kernel.errors import NotAllowed
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.bulk import Among
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry
from klantbeeld.platform.transfer.mapping import ID_HEADER

ROWS_AT_ONCE = 2000
Cell = Callable[[Mapping[str, Any]], Any]


class Table:
    """The rows of a list, or those of them with these ids: the fields in `names` that `actor` may read, and the
    record's id.

    Raises NotAllowed without the right to export, BadCondition or Invalid as the list does.
    """

    def __init__(
        self,
        actor: Actor,
        record_type: RecordType,
        condition: Condition | None,
        names: Sequence[str],
        sort: str,
        ids: Sequence[UUID] | None = None,
    ) -> None:
        if not gates.may(actor, "export", record_type):
            raise NotAllowed
        readable = record_type.readable(actor)
        self.fields = [readable[name] for name in names if name in readable]
        self.timezone = ZoneInfo(actor.timezone)
        self.actor = actor
        self.rows = reading.matching(actor, record_type, condition, "export").filter(
            pk__in=record_type.rows(actor, "read").values("pk")
        )
        if ids is not None:
            self.rows = self.rows.filter(Among("pk", ids, "uuid"))
        order = reading.order_of(actor, record_type, sort)
        shown = {each.name: each for each in self.fields}
        ordering = [("-" if order.descending else "") + path for path in (order.path, "id")]
        self.selected = self._with_keys(reading.select(actor, record_type, self.rows, shown, "id")).order_by(*ordering)
        self.cells = [self._cell(each) for each in self.fields]

    def _with_keys(self, rows: Any) -> Any:
        # A link is written as what an import finds it by, where it has that.
        self.keys: dict[str, str] = {}
        selected: dict[str, Any] = {}
        for each in self.fields:
            key = self._key(each)
            if key:
                self.keys[each.name] = name = f"{each.label_key}__key"
                selected[name] = reading.text_of(self.actor, each, key)
        return rows.annotate(**selected).values(
            *rows.query.values_select, *rows.query.annotation_select, *self.keys.values()
        )

    def _key(self, field: RecordField) -> str:
        if field.kind is not Kind.LINK:
            return ""
        target: Any = registry.get(field.target or "")
        key = target.import_keys[0] if target.import_keys else ""
        return key if key and gates.readable(self.actor, target, key) else ""

    def headers(self) -> list[str]:
        """The names of the columns."""
        return [ID_HEADER, *(str(each.label) for each in self.fields)]

    def __iter__(self) -> Iterator[list[Any]]:
        for row in self.selected.iterator(chunk_size=ROWS_AT_ONCE):
            yield [str(row["id"]), *(cell(row) for cell in self.cells)]

    def _cell(self, field: RecordField) -> Cell:
        if field.is_link:
            return self._link(field)
        if field.kind in {Kind.CHOICE, Kind.MULTI_CHOICE}:
            labels = {value: str(label) for value, label in field.choices}
            return lambda row: _labelled(reading.value_of(row, field), labels)
        if field.kind is Kind.DATETIME:
            return lambda row: _local(reading.value_of(row, field), self.timezone)
        if field.kind is Kind.BOOLEAN:
            words = {True: _("yes"), False: _("no"), None: None}
            return lambda row: words[reading.value_of(row, field)]
        return lambda row: reading.value_of(row, field)

    def _link(self, field: RecordField) -> Cell:
        label, key = field.label_key, self.keys.get(field.name, "")

        def cell(row: Mapping[str, Any]) -> Any:
            # Without a label the actor may not see that record.
            linked = reading.value_of(row, field)
            if linked is None or row[label] is None:
                return None
            if field.kind is Kind.USER:
                return row[label]
            return (row[key] if key else "") or str(linked)

        return cell


def plain_choice(value: Any, field: RecordField) -> Any:
    """A value as it is written in a file: a choice by its label."""
    if field.kind in {Kind.CHOICE, Kind.MULTI_CHOICE}:
        return _labelled(value, {each: str(label) for each, label in field.choices})
    return value


def _labelled(value: Any, labels: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return "; ".join(labels.get(each, each) for each in value)
    return labels.get(value, value)


def _local(value: Any, timezone: ZoneInfo) -> Any:
    """The moment on the clocks of `timezone`. Only in the hour that comes twice in autumn it keeps its offset: without
    one it would come back as the first, and with one everywhere spreadsheets would take no moment for what it is."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value.replace("Z", "+00:00"))
    if value is None:
        return None
    local = value.astimezone(timezone)
    comes_twice = local.utcoffset() != local.replace(fold=1 - local.fold).utcoffset()
    return local if comes_twice else local.replace(tzinfo=None)
