"""The pages of a calendar: a month, a week or an agenda, and a move from one day to another."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from html import escape
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions.public import BadCondition, Condition, Kind
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.records import filtering
from klantbeeld.platform.records.addresses import detail_url, layout_url, list_url, new_url
from klantbeeld.platform.records.boards.cards import changeable
from klantbeeld.platform.records.calendars.days import (
    Period,
    day_field,
    day_fields,
    end_field,
    first_weekday,
    period_of,
)
from klantbeeld.platform.records.calendars.entries import OnDays, Row, day_of, on_days, spread
from klantbeeld.platform.records.calendars.moving import move_to_day
from klantbeeld.platform.records.cells import Reader, safe, value_text
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import ListState, state_of
from klantbeeld.platform.records.moving import record_id_of, refusal, writable_field
from klantbeeld.platform.records.reading import value_of
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.records.views.field import toast_of_change
from klantbeeld.platform.records.views.list_head import filter_of, head_of
from klantbeeld.platform.ui import formats

A_DAY_OF_A_MONTH = 4
A_DAY = 40
MORNING = time(9)


@dataclass(frozen=True)
class Calendar:
    """What is asked for: the records of a list by one or two fields, and the days that are drawn."""

    state: ListState
    condition: Condition | None
    by: RecordField
    until: RecordField | None
    period: Period

    @classmethod
    def of(cls, actor: Actor, record_type: RecordType, request: HttpRequest) -> "Calendar":
        """Read from an address. Raises BadCondition or Invalid."""
        state = state_of(actor, record_type, request.GET.dict(), "calendar")
        condition = filtering.condition_of(record_type, state)
        by = day_field(actor, record_type, state.by)
        until = end_field(actor, record_type, state.until, by)
        period = period_of(state.span, state.on, _today(actor), first_weekday(actor.locale))
        return cls(state, condition, by, until, period)


@dataclass(frozen=True)
class DrawnDay:
    """A day as the page shows it. `further` is how many stand on it besides those that are drawn."""

    key: str
    label: str
    weekday: str
    number: int
    today: bool
    outside: bool
    entries: SafeString
    further: int
    list_url: str
    new_url: str


@require_safe
@of_type
def show_calendar(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Records on days: `?by=` a date, `?until=` another, `?span=` and `?on=`; the rest as in a list."""
    here = layout_url(record_type.slug, "calendar")
    try:
        calendar = Calendar.of(actor, record_type, request)
        context = _days(actor, record_type, calendar)
        said = {} if "part" in request.GET else filter_of(actor, record_type, calendar.condition, calendar.state, here)
    except (BadCondition, Refused) as problem:
        state = state_of(actor, record_type, request.GET.dict(), "calendar")
        context = head_of(actor, record_type, state, here) | {"problem": problem.message}
        return render(request, "records/calendar.html", context, status=400)
    context |= _choices(actor, record_type, calendar, here) | {"record_type": record_type, "actor": actor}
    if "part" in request.GET:
        return render(request, "records/calendar_days.html", context)
    context |= head_of(actor, record_type, calendar.state, here) | said
    return render(request, "records/calendar.html", context)


@require_POST
@of_type
def move_entry(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Put a record (`id`) from the day on which it was seen (`from`) on another (`to`); answers in JSON."""
    try:
        by = writable_field(actor, record_type, request.POST.get("by", ""))
        if by.kind not in (Kind.DATE, Kind.DATETIME):
            raise NotFoundHere
        until_name = request.POST.get("until", "")
        until = writable_field(actor, record_type, until_name) if until_name else None
        record_id = record_id_of(request.POST.get("id", ""))
        seen, wanted = _posted_day(request, "from"), _posted_day(request, "to")
        change = move_to_day(actor, record_type, record_id, by, until, seen, wanted)
    except Refused as refused:
        return refusal(refused)
    text = _("Moved to %(day)s") % {"day": formats.date(wanted, actor.language)}
    return JsonResponse(toast_of_change(record_type, record_id, text, change))


def _posted_day(request: HttpRequest, name: str) -> date:
    try:
        return date.fromisoformat(request.POST.get(name, ""))
    except ValueError:
        raise Invalid(_("This is no day to move to.")) from None


def _today(actor: Actor) -> date:
    return timezone.now().astimezone(ZoneInfo(actor.timezone)).date()


def _days(actor: Actor, record_type: RecordType, calendar: Calendar) -> dict[str, Any]:
    by, until, period = calendar.by, calendar.until, calendar.period
    most = A_DAY_OF_A_MONTH if period.span == "month" else A_DAY
    names = (record_type.title,)
    if until:
        found = spread(actor, record_type, calendar.condition, by, until, period, names, most)
    else:
        found = on_days(actor, record_type, calendar.condition, by, period, names, most)
    writable = record_type.writable(actor)
    movable = by.name in writable and record_type.changeable and (until is None or until.name in writable)
    ids = {row["id"] for rows in found.rows.values() for row in rows} if movable else set()
    draw = _entry(actor, record_type, by, changeable(actor, record_type, ids) if ids else set())
    may_create = record_type.creatable and gates.may_create(actor, record_type) and by.name in writable
    return {
        "by": by,
        "until": until,
        "period": period,
        "movable": movable,
        "more": found.more,
        "any": bool(found.rows),
        "days": [_day(actor, record_type, calendar, day, found, draw, may_create) for day in period.days],
        "weekdays": [formats.weekday(day, actor.language) for day in period.days[:7]],
        "heading": formats.month(period.on, actor.language),
        "move_url": reverse("records:move_entry", args=[record_type.slug]),
    }


def _day(
    actor: Actor,
    record_type: RecordType,
    calendar: Calendar,
    day: date,
    found: OnDays,
    draw: Callable[[Row, date], str],
    may_create: bool,
) -> DrawnDay:
    rows = found.rows.get(day, [])
    on = {"field": calendar.by.name, "op": "on", "value": day.isoformat()}
    where = json.dumps(filtering.with_part(calendar.condition, on))
    return DrawnDay(
        key=day.isoformat(),
        label=f"{formats.weekday(day, actor.language, wide=True)} {formats.date(day, actor.language)}",
        weekday=formats.weekday(day, actor.language),
        number=day.day,
        today=day == _today(actor),
        outside=calendar.period.outside(day),
        entries=safe("".join(draw(row, day) for row in rows)),
        further=max(found.numbers.get(day, 0) - len(rows), 0),
        list_url=ListState(where=where, sort=calendar.state.order).url(list_url(record_type.slug)),
        new_url=_new(record_type, calendar.by, day) if may_create else "",
    )


def _new(record_type: RecordType, by: RecordField, day: date) -> str:
    value = datetime.combine(day, MORNING).isoformat() if by.kind is Kind.DATETIME else day.isoformat()
    pairs = {by.name: value} | ({} if by.name in record_type.quick else {"all": "1"})
    return f"{new_url(record_type.slug)}?{urlencode(pairs)}"


def _entry(actor: Actor, record_type: RecordType, by: RecordField, movable: set[UUID]) -> Callable[[Row, date], str]:
    """The function that draws a record on a day; on the days after its first it only goes on."""
    reader = Reader(actor)
    title = record_type.readable(actor).get(record_type.title)
    named = value_text(title, reader) if title else None

    def draw(row: Row, day: date) -> str:
        value = value_of(row, by)
        first = day_of(value, reader.zone) == day
        at = _clock(value, reader.zone) if first and by.kind is Kind.DATETIME else ""
        name = escape((named(row) if named else "") or str(record_type.label))
        moves = " data-movable" if first and row["id"] in movable else ""
        key = f' id="card-{row["id"]}" data-card="{row["id"]}"{moves}' if first else " data-goes-on"
        clock = f"<time>{at}</time> " if at else ""
        return f'<li class="dated"{key}><a href="{detail_url(record_type.slug, row["id"])}">{clock}{name}</a></li>'

    return draw


def _clock(value: Any, zone: ZoneInfo) -> str:
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return f"{moment.astimezone(zone):%H:%M}"


def _choices(actor: Actor, record_type: RecordType, calendar: Calendar, here: str) -> dict[str, Any]:
    state, period = calendar.state, calendar.period
    words = {"month": _("Month"), "week": _("Week"), "agenda": _("Agenda")}
    fields = day_fields(actor, record_type)
    ends = [each for each in fields if each.kind is calendar.by.kind and each != calendar.by]
    chosen = [(each.label, state.url(here, until=each.name), each == calendar.until) for each in ends]
    return {
        "part_url": state.url(here, on=period.on.isoformat()),
        "before_url": state.url(here, on=period.before.isoformat()),
        "after_url": state.url(here, on=period.after.isoformat()),
        "today_url": state.url(here, on=""),
        "spans": [(label, state.url(here, span=key), key == period.span) for key, label in words.items()],
        "by_choices": [(each.label, state.url(here, by=each.name, until=""), each == calendar.by) for each in fields],
        "until_choices": [(_("the same day"), state.url(here, until="-"), calendar.until is None), *chosen]
        if chosen
        else [],
    }
