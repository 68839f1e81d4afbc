"""A list in groups: one statement counts and adds up the filtered rows; the rows of a group are read when it opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import OperationalError, connection, transaction
from django.db.models import Count, F, QuerySet, Sum, Value
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.operands import aggregated
from klantbeeld.platform.conditions.public import Condition, Group, Join
from klantbeeld.platform.kernel.errors import Invalid, Refused
from klantbeeld.platform.records import group_keys
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import matching
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.tenancy.statement_timeout import took_too_long

MOST = 200
# Each group comes once per currency; more than this many lines are not read.
_LINES = MOST * 4
SECONDS = 8


class TooMuch(Refused):
    """More rows than can be added up while somebody waits."""

    def __init__(self) -> None:
        super().__init__(_("These are too many records to add up at once. Filter the list first, then group it."))


@dataclass
class RowGroup:
    """Rows with one value of the field.

    `key` names it in an address, "" for no value; None when its rows can't be asked for, since what they link to may
    not be seen. `sums` holds amounts by column and then by currency, "" for the organisation's own and plain numbers.
    """

    key: str | None
    label: str
    count: int = 0
    sums: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def add(self, count: int, sums: Mapping[str, tuple[str, Decimal | None]]) -> None:
        """Take so many rows in, with their sums by column: a currency and an amount, None where no row has one."""
        self.count += count
        for name, (currency, amount) in sums.items():
            if amount is not None:
                by_currency = self.sums.setdefault(name, {})
                by_currency[currency] = by_currency.get(currency, Decimal(0)) + Decimal(str(amount))


@dataclass(frozen=True)
class Groups:
    """The groups of a list, in order; `cut` says that there are more, which are not among them. `total` is over all."""

    by: RecordField
    groups: Sequence[RowGroup]
    total: RowGroup
    cut: bool


def groupable(fields: Mapping[str, RecordField]) -> list[RecordField]:
    """Those of the fields by which a list can be grouped."""
    stored = (each for each in fields.values() if each.computed is None)
    return [each for each in stored if each.kind in (group_keys.OWN_KINDS if each.json else group_keys.KINDS)]


def group_field(actor: Actor, record_type: RecordType, name: str) -> RecordField:
    """The field of this name. Raises Invalid when it isn't there, may not be read, or makes no groups."""
    for each in groupable(record_type.readable(actor)):
        if each.name == name:
            return each
    raise Invalid({"group": [_("This list can't be grouped by “%(name)s”.") % {"name": name[:60]}]})


def narrowed(actor: Actor, condition: Condition | None, by: RecordField, key: str) -> Condition:
    """The condition of one group's rows. Raises NotFoundHere for a key that no group has."""
    part = group_keys.condition(actor, by, key)
    if isinstance(condition, Group) and condition.join is Join.ALL:
        return Group(Join.ALL, (*condition.parts, part))
    return Group(Join.ALL, (part,) if condition is None else (condition, part))


def groups_of(
    actor: Actor, record_type: RecordType, condition: Condition | None, by: RecordField, summed: Sequence[RecordField]
) -> Groups:
    """The groups of the rows that may be read and meet the condition, with the sums of these fields.

    Amounts are added up per currency; not at all where the currency may not be read. What is worked out isn't added up.
    Raises BadCondition, and TooMuch after eight seconds.
    """
    readable = record_type.readable(actor)
    stored = (each for each in summed if each.computed is None)
    summed = [each for each in stored if not each.currency_field or each.currency_field in readable]
    rows = matching(actor, record_type, condition).order_by()
    key = group_keys.expression(by, ZoneInfo(actor.timezone))
    lines = _fetched(_added_up(rows, summed, {"in_group": key}).order_by("-counted"))
    merged = _merged(lines, summed)
    cut = len(merged) > MOST or len(lines) > _LINES
    kept = dict(list(merged.items())[:MOST])
    total = RowGroup(None, "")
    for line in _fetched(_added_up(rows, summed, {"in_group": Value("")})) if cut else lines:
        total.add(line["counted"], _sums(line, summed))
    return Groups(by, _named(actor, by, kept), total, cut)


def _added_up(
    rows: "QuerySet[Any]", summed: Sequence[RecordField], by: Mapping[str, Any]
) -> "QuerySet[Any, dict[str, Any]]":
    currencies = {f"currency_{at}": F(each.currency_field) for at, each in enumerate(summed) if each.currency_field}
    sums = {f"sum_{at}": Sum(aggregated(each)) for at, each in enumerate(summed)}
    return rows.values(**by, **currencies).annotate(counted=Count("*"), **sums)


def _fetched(rows: "QuerySet[Any, dict[str, Any]]") -> list[dict[str, Any]]:
    """The lines of an aggregate, given up when it takes too long."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{SECONDS}s"])
            return list(rows[: _LINES + 1])
    except OperationalError as problem:
        if took_too_long(problem):
            raise TooMuch from None
        raise


def _merged(lines: Sequence[dict[str, Any]], summed: Sequence[RecordField]) -> dict[str, RowGroup]:
    """The lines of each key taken together, by key, the largest first."""
    found: dict[str, RowGroup] = {}
    for line in lines:
        key = group_keys.text_of(line["in_group"])
        found.setdefault(key, RowGroup(key, "")).add(line["counted"], _sums(line, summed))
    return dict(sorted(found.items(), key=lambda pair: -pair[1].count))


def _sums(line: dict[str, Any], summed: Sequence[RecordField]) -> dict[str, tuple[str, Decimal | None]]:
    return {each.name: (line.get(f"currency_{at}") or "", line[f"sum_{at}"]) for at, each in enumerate(summed)}


def _named(actor: Actor, by: RecordField, found: Mapping[str, RowGroup]) -> list[RowGroup]:
    """The groups in order, with their words; those whose records may not be seen as one, and no value at the end."""
    labels = group_keys.labels(actor, by, list(found))
    named = [replace(found[key], label=label) for key, label in labels.items()]
    unseen = RowGroup(None, _("not visible to you"))
    for key, each in found.items():
        if key and key not in labels:
            unseen.count += each.count
            for name, by_currency in each.sums.items():
                for currency, amount in by_currency.items():
                    unseen.add(0, {name: (currency, amount)})
    nothing = [replace(found[""], label=group_keys.nameless(by))] if "" in found else []
    return [*named, *([unseen] if unseen.count else []), *nothing]
