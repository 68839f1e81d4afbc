"""How many records stand in each lane, and what they add up to, in one statement."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DecimalField, F, Func, JSONField, Sum, TextField, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import Condition, Kind
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records import reading
from klantbeeld.platform.records.boards.lanes import Lane, key_of
from klantbeeld.platform.records.counting import Count as Number
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.record_type import RecordType

# Adding up reads every record of the board. Beyond this it would take longer than somebody should wait for a page.
ADDED_UP_TO = 200_000


@dataclass
class LaneSum:
    """What the head of a lane says. `totals` are amounts by currency ("" for plain numbers), None if not added up."""

    number: Number
    totals: dict[str, Decimal] | None = field(default_factory=dict)


@dataclass(frozen=True)
class Sums:
    """The sums by lane; `elsewhere` is how many records have a value that has no lane on this board."""

    by_lane: dict[str, LaneSum]
    elsewhere: int = 0


def total_fields(actor: Actor, record_type: RecordType) -> list[RecordField]:
    """The numbers and amounts that lanes may add up: those of which this actor may read the currency, too."""
    readable = record_type.readable(actor)
    return [
        each
        for each in readable.values()
        if each.number_like
        and each.computed is None
        and (each.currency_field is None or each.currency_field in readable)
    ]


def total_field(actor: Actor, record_type: RecordType, name: str) -> RecordField | None:
    """The field that lanes add up: the one of that name, or for "" the one that the type declares; "-" is none.

    Raises Invalid for a field that isn't there, may not be read, or is no number.
    """
    offered = {each.name: each for each in total_fields(actor, record_type)}
    if not name:
        return offered.get(record_type.board.total) if record_type.board else None
    if name != "-" and name not in offered:
        raise Invalid({"total": [_("“%(name)s” can't be added up.") % {"name": name[:60]}]})
    return offered.get(name)


def sums_of(
    actor: Actor,
    record_type: RecordType,
    condition: Condition | None,
    by: RecordField,
    lanes: Sequence[Lane],
    total: RecordField | None,
    everything: Number,
) -> Sums:
    """The sums of all lanes. `everything` is the number of records on the board: where it is too large to be added
    up, lanes say about how many they hold and nothing is added up."""
    if not everything.exact and everything.number > ADDED_UP_TO:
        return Sums(
            {
                lane.key: LaneSum(reading.number(actor, record_type, lane.within(condition)), None if total else {})
                for lane in lanes
            }
        )
    known = {lane.key: LaneSum(Number(0, exact=True)) for lane in lanes}
    elsewhere = 0
    for row in _grouped(actor, record_type, condition, by, total):
        lane = known.get(key_of(row["lane_value"])) if isinstance(row["lane_value"], Hashable) else None
        if lane is None:
            elsewhere += row["lane_count"]
            continue
        lane.number = Number(lane.number.number + row["lane_count"], exact=True)
        if total is not None and row["lane_sum"] is not None:
            currency = row.get("lane_currency") or ""
            lane.totals = {**(lane.totals or {}), currency: (lane.totals or {}).get(currency, 0) + row["lane_sum"]}
    return Sums(known, elsewhere)


def _grouped(
    actor: Actor, record_type: RecordType, condition: Condition | None, by: RecordField, total: RecordField | None
) -> list[dict[str, Any]]:
    groups: dict[str, Any] = {"lane_value": _expression(by)}
    figures: dict[str, Any] = {"lane_count": Count("pk")}
    if total is not None:
        figures["lane_sum"] = Sum(_amount(total))
        if total.currency_field:
            groups["lane_currency"] = F(record_type.readable(actor)[total.currency_field].path)
    rows = reading.matching(actor, record_type, condition).order_by()
    return list(rows.values(**groups).annotate(**figures))


def _expression(by: RecordField) -> Any:
    return _element(by, "->", JSONField()) if by.json else F(f"{by.path}_id" if by.kind is Kind.USER else by.path)


def _amount(total: RecordField) -> Any:
    if not total.json:
        return F(total.path)
    amount = DecimalField(max_digits=30, decimal_places=6)
    kind = Func(_element(total, "->", JSONField()), function="jsonb_typeof", output_field=TextField())
    number = Cast(_element(total, "->>", TextField()), amount)
    # A key may have been another field's before: what is no number adds nothing.
    return Case(When(condition=Exact(kind, Value("number")), then=number), default=None, output_field=amount)


def _element(own: RecordField, sign: str, output: Any) -> Func:
    return Func(F("custom"), Value(own.path), template="(%(expressions)s)", arg_joiner=f" {sign} ", output_field=output)
