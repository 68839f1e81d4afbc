"""What a token may be limited to.

A scope is "*" (everything its owner may do), "*:read" (reading every record type), "<type>:read" or "<type>:write".
Writing includes reading: who creates or changes a record is shown it.
"""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from klantbeeld.platform.kernel.errors import Invalid
from klantbeeld.platform.records.registry import registry

EVERYTHING = "*"
_ACTIONS = {
    "read": frozenset({"read"}),
    "write": frozenset({"read", "create", "change", "delete"}),
}


def checked(scopes: Iterable[str]) -> list[str]:
    """The scopes in order, each once. Raises Invalid (field "scopes") for none at all and for unknown ones."""
    wanted = sorted(set(scopes))
    known = {EVERYTHING, f"{EVERYTHING}:read"} | {f"{each.slug}:{verb}" for each in registry for verb in _ACTIONS}
    unknown = [scope for scope in wanted if scope not in known]
    if unknown:
        raise Invalid({"scopes": [_("There is no scope “%(scope)s”.") % {"scope": scope[:80]} for scope in unknown]})
    if not wanted:
        raise Invalid({"scopes": [_("Give at least one scope.")]})
    return wanted


def actions(scopes: Iterable[str]) -> Mapping[str, frozenset[str]] | None:
    """The actions that scopes leave, by record type or "*", for `access.grants.within`; None when they leave all."""
    left: dict[str, frozenset[str]] = {}
    for scope in scopes:
        if scope == EVERYTHING:
            return None
        record_type, _colon, verb = scope.partition(":")
        left[record_type] = left.get(record_type, frozenset()) | _ACTIONS[verb]
    return left
