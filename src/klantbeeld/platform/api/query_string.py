"""What may stand behind the question mark. Anything else is refused, so that a typing error never widens a list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import orjson
from django.http import HttpRequest
from django.utils.translation import gettext as _

from klantbeeld.platform.access.actor import Actor
from klantbeeld.platform.api import expanding
from klantbeeld.platform.api.expanding import Expansion
from klantbeeld.platform.conditions import public as conditions
from klantbeeld.platform.conditions.public import BadCondition, Condition
from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.fields import RecordField
from klantbeeld.platform.records.reading import PAGE_SIZE
from klantbeeld.platform.records.record_type import RecordType

LARGEST_PAGE = 200
LIST = frozenset({"limit", "cursor", "sort", "where", "fields", "count", "expand"})
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list is asked for. `fields` None means all."""

    limit: int = PAGE_SIZE
    cursor: str = ""
    sort: str = ""
    where: Condition | None = None
    fields: tuple[str, ...] | None = None
    count: bool = False
    expand: tuple[Expansion, ...] = ()


def parameters(request: HttpRequest, known: Iterable[str]) -> dict[str, str]:
    """The parameters of a request. Raises Invalid for unknown ones, ones given twice, and NUL characters."""
    errors: dict[str, list[str]] = {}
    found: dict[str, str] = {}
    for name, values in request.GET.lists():
        if name not in known:
            errors[name] = [_("There is no such parameter.")]
        elif len(values) > 1:
            errors[name] = [_("Give this parameter once.")]
        elif "\x00" in values[0]:
            errors[name] = [_("This holds a character that can't be used.")]
        else:
            found[name] = values[0]
    if errors:
        raise Invalid(errors)
    return found


def list_query(request: HttpRequest, actor: Actor, record_type: RecordType) -> ListQuery:
    """The query of a list. Raises Invalid per parameter, BadCondition for `where`."""
    given = parameters(request, LIST)
    names = chosen_fields(given, record_type.readable(actor))
    wanted = expanding.asked(actor, record_type, given, names)
    size = limit(given)
    if size > expanding.LARGEST_PAGE and any(each.link for each in wanted):
        message = _("Use a whole number from 1 to %(most)d.")
        raise Invalid({"limit": [message % {"most": expanding.LARGEST_PAGE}]})
    return ListQuery(
        limit=size,
        cursor=given.get("cursor", ""),
        sort=_sort(given),
        where=_where(given),
        fields=names,
        count=flag(given, "count"),
        expand=wanted,
    )


def limit(given: Mapping[str, str]) -> int:
    """How many rows a page has. Raises Invalid."""
    text = given.get("limit")
    if text is None:
        return PAGE_SIZE
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS and 0 < int(text) <= LARGEST_PAGE:
        return int(text)
    raise Invalid({"limit": [_("Use a whole number from 1 to %(most)d.") % {"most": LARGEST_PAGE}]})


def chosen_fields(given: Mapping[str, str], readable: Mapping[str, RecordField]) -> tuple[str, ...] | None:
    """The fields that are asked for, None for all. Raises Invalid for one that isn't there or may not be read."""
    if "fields" not in given:
        return None
    names = tuple(given["fields"].split(","))
    unknown = [name for name in names if name not in readable and name != "id"]
    if unknown:
        raise Invalid({"fields": [_("There is no field “%(name)s” here.") % {"name": name[:60]} for name in unknown]})
    return names


def _sort(given: Mapping[str, str]) -> str:
    text = given.get("sort")
    if text == "":
        raise Invalid({"sort": [_("Give the name of a field, or leave this parameter out.")]})
    return text or ""


def _where(given: Mapping[str, str]) -> Condition | None:
    if "where" not in given:
        return None
    try:
        data = orjson.loads(given["where"])
    except orjson.JSONDecodeError as problem:
        message = _("This isn't valid JSON: line %(line)d, column %(column)d.")
        raise BadCondition("", message % {"line": problem.lineno, "column": problem.colno}) from None
    return conditions.parse(data)


def flag(given: Mapping[str, str], name: str) -> bool:
    """Whether a parameter says true; false without it. Raises Invalid."""
    text = given.get(name, "false")
    if text not in {"true", "false"}:
        raise Invalid({name: [_("Use true or false.")]})
    return text == "true"
