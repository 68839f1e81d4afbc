"""What the composer shows: the kinds of things that may be written down, and what was typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from klantbeeld.interactions.actions.note_down import Kind, kinds_open_to
from klantbeeld.interactions.enums import Direction
from klantbeeld.interactions.reminders import Remind
from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel import clock
from klantbeeld.platform.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Choice:
    """A kind as the composer offers it. `key` is the key that opens it, `send` what its button says."""

    kind: Kind
    label: Any
    icon: str
    key: str
    send: Any


CHOICES = (
    Choice(Kind.NOTE, _("Note"), "note", "n", _("Keep the note")),
    Choice(Kind.CALL, _("Log a call"), "phone", "l", _("Log the call")),
    Choice(Kind.MEETING, _("Meeting"), "users", "", _("Log the meeting")),
    Choice(Kind.MAIL, _("Mail"), "mail", "", _("Log the mail")),
    Choice(Kind.TASK, _("Task"), "checklist", "t", _("Add the task")),
)
DIRECTIONS = ((Direction.OUT, _("from us")), (Direction.IN, _("from the customer")))
_FIELD_ORDER = ("kind", "text", "body", "summary", "title", "at", "seconds", "due_on", "due_time", "remind", "")


def composer(
    actor: Actor, given: Mapping[str, str] | None = None, problem: Invalid | None = None
) -> dict[str, Any] | None:
    """The context of `interactions/composer.html`; None for an actor who may write nothing down.

    `given` is what was typed when it couldn't be stored because of `problem`: all of it is shown again.
    """
    allowed = kinds_open_to(actor)
    if not allowed:
        return None
    given = given or {}
    now = clock.now().astimezone(ZoneInfo(actor.timezone)).strftime("%Y-%m-%dT%H:%M")
    errors = problem.errors if problem else {}
    chosen = given.get("kind") if given.get("kind") in allowed else allowed[0]
    return {
        "choices": [choice for choice in CHOICES if choice.kind in allowed],
        "chosen": chosen,
        "directions": DIRECTIONS,
        "reminders": Remind.choices,
        "typed": given,
        "at": given.get("at") or now,
        "at_offered": given.get("at_offered") or now,
        "wrong": [str(text) for name in sorted(errors, key=_place) for text in errors[name]],
    }


def _place(name: str) -> int:
    return _FIELD_ORDER.index(name) if name in _FIELD_ORDER else len(_FIELD_ORDER)
