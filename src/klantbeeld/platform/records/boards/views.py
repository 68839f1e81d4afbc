"""The pages of a board: all of it, more of a lane, and a move from one lane to another."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Condition
from klantbeeld.platform.kernel.errors import Invalid, NotFoundHere, Refused
from klantbeeld.platform.records import filtering, reading
from klantbeeld.platform.records.addresses import layout_url, list_url
from klantbeeld.platform.records.boards.cards import CardMaker, card_maker, changeable
from klantbeeld.platform.records.boards.lanes import Lane, key_of, lane_field, lane_fields, lanes_of
from klantbeeld.platform.records.boards.sums import LaneSum, sums_of, total_field, total_fields
from klantbeeld.platform.records.cells import safe
from klantbeeld.platform.records.counting import Count
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.filtering import ListState, state_of
from klantbeeld.platform.records.moving import move, record_id_of, refusal, writable_field
from klantbeeld.platform.records.reading import Page, Query
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.views.door import of_type
from klantbeeld.platform.records.views.field import toast_of_change
from klantbeeld.platform.records.views.list_head import filter_of, head_of
from klantbeeld.platform.ui import formats

CARDS = 30
# A board that is drawn anew shows as much of a lane as was loaded, within reason.
MOST_CARDS = 300


@dataclass(frozen=True)
class Board:
    """What is asked for: the records of a list by a field, with what lanes add up."""

    state: ListState
    condition: Condition | None
    by: RecordField
    total: RecordField | None
    cards: CardMaker

    @classmethod
    def of(cls, actor: Actor, record_type: RecordType, request: HttpRequest) -> "Board":
        """Read from an address. Raises BadCondition or Invalid."""
        state = state_of(actor, record_type, request.GET.dict(), "board")
        condition = filtering.condition_of(record_type, state)
        by = lane_field(actor, record_type, state.by)
        total = total_field(actor, record_type, state.total)
        return cls(state, condition, by, total, card_maker(actor, record_type, by, total))


@dataclass(frozen=True)
class DrawnLane:
    """A lane as the page shows it. `list_url` leads to its records as a list, `more_url` to its next cards."""

    lane: Lane
    number: Count
    totals: str
    cards: SafeString
    list_url: str
    more_url: str


@require_safe
@of_type
def show_board(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Records in lanes: `?by=` a field, `?total=` a number; the rest as in a list. `?part=1` is the lanes alone."""
    here = layout_url(record_type.slug, "board")
    try:
        board = Board.of(actor, record_type, request)
        said = filter_of(actor, record_type, board.condition, board.state, here)
        context = _lanes(actor, record_type, board, said["count"], _loaded(request))
    except (BadCondition, Refused) as problem:
        state = state_of(actor, record_type, request.GET.dict(), "board")
        context = head_of(actor, record_type, state, here) | {"problem": problem.message}
        return render(request, "records/board.html", context, status=400)
    context |= {"record_type": record_type, "here": here, "by": board.by, "total": board.total}
    context |= _addresses(record_type, board)
    if "part" in request.GET:
        return render(request, "records/board_lanes.html", context)
    context |= head_of(actor, record_type, board.state, here) | said | _choices(actor, record_type, board, here)
    return render(request, "records/board.html", context)


@require_safe
@of_type
def show_lane(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """The next cards of one lane: `?lane=` and `?cursor=`."""
    board = Board.of(actor, record_type, request)
    lane = next((each for each in lanes_of(board.by) if each.key == request.GET.get("lane", "")), None)
    if lane is None:
        raise NotFoundHere
    drawn = _drawn(actor, record_type, board, lane, LaneSum(Count(0, exact=True)), CARDS, board.state.cursor)
    return render(request, "records/board_more.html", {"drawn": drawn})


@require_POST
@of_type
def move_card(request: HttpRequest, actor: Actor, record_type: RecordType) -> HttpResponse:
    """Put a record (`id`) from the lane in which it was seen (`from`) into another one (`to`); answers in JSON."""
    try:
        field = writable_field(actor, record_type, request.POST.get("by", ""))
        lanes = {lane.key: lane for lane in lanes_of(field)}
        wanted, seen = request.POST.get("to", ""), request.POST.get("from", "")
        if wanted not in lanes or not lanes[wanted].takes:
            raise Invalid(_("A record can't be put there."))
        record_id = record_id_of(request.POST.get("id", ""))
        change = move(
            actor, record_type, record_id, field, {field.name: wanted}, lambda now: key_of(now) in {seen, wanted}
        )
    except Refused as refused:
        return refusal(refused)
    text = _("Moved to “%(lane)s”") % {"lane": lanes[wanted].label}
    return JsonResponse(toast_of_change(record_type, record_id, text, change))


def _lanes(
    actor: Actor, record_type: RecordType, board: Board, everything: Count, loaded: dict[str, int]
) -> dict[str, Any]:
    lanes = lanes_of(board.by)
    sums = sums_of(actor, record_type, board.condition, board.by, lanes, board.total, everything)
    drawn = [
        _drawn(actor, record_type, board, lane, sums.by_lane[lane.key], loaded.get(lane.key, CARDS), "")
        for lane in lanes
    ]
    writable = board.by.name in record_type.writable(actor) and record_type.changeable
    return {"lanes": drawn, "elsewhere": sums.elsewhere, "movable": writable}


def _drawn(
    actor: Actor, record_type: RecordType, board: Board, lane: Lane, its: LaneSum, size: int, cursor: str
) -> DrawnLane:
    condition = lane.within(board.condition)
    query = Query(condition, board.state.order, cursor, size)
    page = reading.page(actor, record_type, query, board.cards.names)
    where = json.dumps(conditions.dump(condition))
    more = board.state.url(reverse("records:lane", args=[record_type.slug]), cursor=page.next)
    return DrawnLane(
        lane=lane,
        number=its.number,
        totals=_totals(actor, board.total, its.totals),
        cards=_cards(actor, record_type, board, page),
        list_url=ListState(where=where, sort=board.state.order).url(list_url(record_type.slug)),
        more_url=f"{more}&{urlencode({'lane': lane.key})}" if page.next else "",
    )


def _cards(actor: Actor, record_type: RecordType, board: Board, page: Page) -> SafeString:
    movable: set[UUID] = set()
    if board.by.name in record_type.writable(actor):
        movable = changeable(actor, record_type, [row["id"] for row in page.rows])
    return safe("".join(board.cards.draw(row, row["id"] in movable) for row in page.rows))


def _totals(actor: Actor, total: RecordField | None, totals: dict[str, Any] | None) -> str:
    """What a lane adds up, "" where nothing is added up."""
    if total is None or totals is None:
        return ""
    if total.kind is not conditions.Kind.MONEY:
        return formats.number(totals.get("", 0), actor.language, total.extra.get("decimals", total.decimals))
    usual = actor.tenant.currency
    by_currency = totals or {usual: 0}
    return " + ".join(
        formats.money(amount, currency or usual, actor.language, 0) for currency, amount in sorted(by_currency.items())
    )


def _addresses(record_type: RecordType, board: Board) -> dict[str, str]:
    return {
        "move_url": reverse("records:move_card", args=[record_type.slug]),
        "part_url": board.state.url(layout_url(record_type.slug, "board"), by=board.by.name),
    }


def _choices(actor: Actor, record_type: RecordType, board: Board, here: str) -> dict[str, Any]:
    """The menus of lanes' fields and totals: label, address, whether it is the one on the screen."""
    state = board.state
    totals = [
        (each.label, state.url(here, total=each.name), each == board.total) for each in total_fields(actor, record_type)
    ]
    order = reading.order_of(actor, record_type, state.order)
    readable = record_type.readable(actor)
    return {
        "by_choices": [
            (each.label, state.url(here, by=each.name), each == board.by) for each in lane_fields(actor, record_type)
        ],
        "total_choices": [*totals, (_("Nothing"), state.url(here, total="-"), board.total is None)] if totals else [],
        "order_label": readable[order.name].label if order.name in readable else "",
    }


def _loaded(request: HttpRequest) -> dict[str, int]:
    """How many cards of each lane the page had, so that it has them again."""
    try:
        said = json.loads(request.GET.get("loaded", "{}")[:8000])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(said, dict):
        return {}
    return {
        key: min(max(number, CARDS), MOST_CARDS)
        for key, number in said.items()
        if isinstance(number, int) and not isinstance(number, bool)
    }
