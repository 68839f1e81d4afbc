"""Writing down by hand what happened, or what is to be done."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from klantbeeld.interactions.enums import Channel, Direction
from klantbeeld.platform.access import gates
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.kernel.text import clean_text
from klantbeeld.platform.records.parsing import CannotUse, parse
from klantbeeld.platform.records.record_type import RecordType
from klantbeeld.platform.records.registry import registry

SUMMARY_LENGTH = 300
TITLE_LENGTH = 200
LONGEST_MINUTES = 24 * 60
# Clocks differ a little; what is further ahead hasn't happened.
AHEAD = timedelta(minutes=2)


class Kind(StrEnum):
    """What can be written down. All but a task are contacts or notes that stay as they are."""

    NOTE = "note"
    CALL = "call"
    MEETING = "meeting"
    MAIL = "mail"
    TASK = "task"


CONTACTS = {Kind.CALL: Channel.CALL, Kind.MEETING: Channel.MEETING, Kind.MAIL: Channel.MAIL}
_LEDGER_NEEDS = ("customer", "at", "channel", "direction", "summary", "body")
_TASK_NEEDS = ("customer", "title", "note")


def kinds_open_to(actor: Actor) -> list[Kind]:
    """What this actor may write down: nothing, notes and contacts, tasks, or both."""
    kinds: list[Kind] = []
    if _may_write("interactions", actor, _LEDGER_NEEDS):
        kinds += [kind for kind in Kind if kind is not Kind.TASK]
    if _may_write("tasks", actor, _TASK_NEEDS):
        kinds.append(Kind.TASK)
    return kinds


def _may_write(slug: str, actor: Actor, needed: tuple[str, ...]) -> bool:
    record_type = registry.get(slug)
    return gates.may_create(actor, record_type) and all(gates.writable(actor, record_type, name) for name in needed)


def note_down(actor: Actor, customer_id: UUID, given: Mapping[str, str]) -> Kind:
    """Store what a person typed: `kind`, `text`, and for contacts `at`, `direction`, `minutes`, for tasks `due_on`,
    `due_time` and `remind`.

    A line is the summary or the title; of several lines the first is. Returns the kind. Raises Invalid with what is
    wrong by the names of `given`, NotAllowed when this actor may not write it down.
    """
    try:
        kind = Kind(given.get("kind", ""))
    except ValueError:
        raise Invalid({"kind": [_("Choose what it was: a note, a call, a meeting, a mail or a task.")]}) from None
    text = clean_text(given.get("text", ""))
    if not text:
        raise Invalid({"text": [_("There is no text yet.")]})
    if kind is Kind.TASK:
        slug, values = "tasks", _task(text, given)
    else:
        slug, values = "interactions", _contact(kind, text, given, actor)
    record_type = registry.get(slug)
    record_type.writer(record_type, actor).create({"customer": customer_id, **values})
    return kind


def _task(text: str, given: Mapping[str, str]) -> dict[str, Any]:
    first, _newline, rest = text.partition("\n")
    if len(first) > TITLE_LENGTH:
        first, rest = f"{first[: TITLE_LENGTH - 1]}…", text
    values = {"title": first, "note": rest.strip()}
    return values | {name: given[name] for name in ("due_on", "due_time", "remind") if given.get(name)}


def _contact(kind: Kind, text: str, given: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    one_line = "\n" not in text and len(text) <= SUMMARY_LENGTH
    values: dict[str, Any] = {"summary": text} if one_line else {"body": text}
    if kind not in CONTACTS:
        return values | {"channel": Channel.NOTE, "direction": Direction.INTERNAL}
    errors: dict[str, list[Any]] = {}
    values |= {"channel": CONTACTS[kind], "direction": given.get("direction") or Direction.OUT}
    for name, found in (("at", lambda: _moment(given, actor)), ("seconds", lambda: _seconds(given))):
        _add(values, errors, name, found)
    if errors:
        raise Invalid(errors)
    return values


def _add(values: dict[str, Any], errors: dict[str, list[Any]], name: str, found: Callable[[], Any]) -> None:
    try:
        value = found()
    except CannotUse as problem:
        errors[name] = [str(problem)]
        return
    if value is not None:
        values[name] = value


def _moment(given: Mapping[str, str], actor: Actor) -> datetime | None:
    typed = given.get("at", "")
    if not typed or typed == given.get("at_offered"):
        return None  # nobody touched it: it is now
    field = _ledger().static_fields["at"]
    moment: datetime = parse(field, typed, ZoneInfo(actor.timezone))
    if moment > clock.now() + AHEAD:
        raise CannotUse(_("This moment is still to come. Make it a task, or choose when it was."))
    return moment


def _seconds(given: Mapping[str, str]) -> int | None:
    typed = given.get("minutes", "").strip()
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= LONGEST_MINUTES):
        raise CannotUse(_("Give how long it took in whole minutes, at most a day."))
    return int(typed) * 60


def _ledger() -> RecordType:
    return registry.get("interactions")
