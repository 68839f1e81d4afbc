"""What a form showed when it was opened: only what its reader changed is written, and nobody's work is written over."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.kernel.errors import Invalid, Text
from klantbeeld.platform.records.cells import Reader, words
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.inputs import as_typed
from klantbeeld.platform.records.writing import value_in

NAME = "first_shown"
Values = Mapping[str, Any]


class Overtaken(Invalid):
    """Fields that somebody else changed since the form was opened. `theirs` are their values as they would be typed."""

    def __init__(self, errors: Mapping[str, list[Text]], theirs: dict[str, Any]) -> None:
        super().__init__(errors)
        self.theirs = theirs


def of(actor: Actor, fields: Mapping[str, RecordField], stored: Values) -> dict[str, Any]:
    """What a form with these stored values shows."""
    return {name: as_typed(actor, field, stored.get(name)) for name, field in fields.items()}


def read(posted: Mapping[str, str], otherwise: dict[str, Any]) -> dict[str, Any]:
    """What the form that was sent had shown; `otherwise` for what it doesn't say (in the right shape)."""
    try:
        said = json.loads(posted.get(NAME, ""))
    except (ValueError, RecursionError):
        return otherwise
    if not isinstance(said, dict):
        return otherwise
    return {
        name: said[name] if name in said and type(said[name]) is type(value) else value
        for name, value in otherwise.items()
    }


def touched(shown: Values, typed: Values) -> dict[str, Any]:
    """The values that differ from what was shown."""
    return {name: value for name, value in typed.items() if not same(value, shown[name])}


def same(one: Any, other: Any) -> bool:
    """Whether two values look the same on a form. Browsers send the lines of a text with an ending of their own."""
    if isinstance(one, str) and isinstance(other, str):
        return one.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    return bool(one == other)


def check(actor: Actor, fields: Mapping[str, RecordField], shown: Values, given: Values, instance: Any) -> None:
    """Raise Overtaken when the record has another value than was shown, and than is given, in a field that is given."""
    theirs = {name: as_typed(actor, fields[name], value_in(instance, fields[name])) for name in given}
    overtaken = {name: now for name, now in theirs.items() if not same(now, shown[name]) and not same(now, given[name])}
    if overtaken:
        reader = Reader(actor)
        errors: dict[str, list[Text]] = {
            name: [_overtaken(words(fields[name], reader, value_in(instance, fields[name])))] for name in overtaken
        }
        raise Overtaken(errors, overtaken)


def _overtaken(now: str) -> str:
    if not now:
        return _("Somebody emptied this after you opened it. Save again to put yours in its place.")
    return _("Somebody changed this to “%(now)s” after you opened it. Save again to put yours in its place.") % {
        "now": now
    }
